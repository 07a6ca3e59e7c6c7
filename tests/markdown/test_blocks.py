"""The block pass is quicker than the parser it is made of, and sees the same blocks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.rules_block import StateBlock

from bilingual.markdown import blocks
from bilingual.markdown.lines import Lines
from bilingual.markdown.parser import new_parser

EXAMPLES = json.loads(
    (Path(__file__).parents[1] / "fixtures" / "commonmark" / "examples.json").read_text("utf-8")
)
PLAIN = new_parser()
PLAIN.options["inline_definitions"] = True
FRAGMENTS = st.sampled_from([
    "a\n", "나\n", "===\n", "---\n", ": b\n", "~ c\n", "\n", "- ", "> ", "    ", "# d\n",
    "| e |\n", "|---|\n", "import x from 'y'\n", "!!! n\n", ":::t\n", "[a]: b\n", "[^1]: c\n",
    "1. ", "```\n",
])  # fmt: skip


def plain(text: str):
    source = Lines(text).source
    tokens: list = []
    if source:
        state = StateBlock(source, PLAIN, {}, tokens)
        PLAIN.block.tokenize(state, 0, state.lineMax)
    return shape(tokens)


def shape(tokens):
    return [(t.type, t.tag, t.map, t.level, t.markup, t.hidden) for t in tokens]


@given(st.lists(FRAGMENTS, max_size=16).map("".join))
@settings(max_examples=400)
def test_any_text_has_the_parsers_own_blocks(text: str):
    assert shape(blocks.parse(text).tokens) == plain(text)


def test_the_examples_of_commonmark_have_the_parsers_own_blocks():
    for _, text in EXAMPLES:
        assert shape(blocks.parse(text).tokens) == plain(text), text


@pytest.mark.parametrize("text", ["a\n: b\n---\n", "a\nb\n===\nc", "> a\n===\n", "- a\n ---\n"])
def test_an_underline_a_definition_and_a_lazy_line_are_distinguished(text: str):
    assert shape(blocks.parse(text).tokens) == plain(text)


def test_spans_are_what_the_block_says():
    text = "> - 하나 \n>   둘\n\n\t셋\n"
    parsed = blocks.parse(text)
    found = [
        [parsed.lines.source[a:b] for a, b in blocks.spans(token)]
        for token in parsed.tokens
        if token.type == "inline"
    ]
    assert found == [["하나 ", "둘"]]
