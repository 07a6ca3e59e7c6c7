"""Every example of the CommonMark Spec 0.31.2 keeps its characters and its structure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bilingual.markdown.merge import merge
from bilingual.markdown.segment import segment
from bilingual.markdown.structure import skeleton

EXAMPLES = json.loads(
    (Path(__file__).parents[1] / "fixtures" / "commonmark" / "examples.json").read_text("utf-8")
)
SECTIONS = sorted({section for section, _ in EXAMPLES})
HOSTILE = (
    "번역문",
    "# 제목",
    "52. That's a score",
    "- a\n\nb",
    "a | b\n--|--",
    "> 인용",
    "```",
    "<div>",
    "x\n===",
    "</p>",
    "[a]: b",
    "    code",
)


def examples(section: str) -> list[str]:
    return [markdown for name, markdown in EXAMPLES if name == section]


@pytest.mark.parametrize("section", SECTIONS)
def test_the_examples_of_a_section_come_back_byte_for_byte(section: str):
    for text in examples(section):
        for article in (text, text.replace("\n", "\r\n"), f"\ufeff{text.removesuffix(chr(10))}"):
            document = segment(article)
            same = merge(document, {i: unit.source for i, unit in enumerate(document.units)})
            assert same.text == article
            assert same.refusals == ()


@pytest.mark.parametrize("section", SECTIONS)
def test_no_target_changes_the_structure_of_a_sections_examples(section: str):
    for text in examples(section):
        document = segment(text)
        for target in HOSTILE:
            merged = merge(document, dict.fromkeys(range(len(document.units)), target))
            assert skeleton(merged.text) == document.skeleton, (text, target)


def test_plain_words_are_laid_into_every_example():
    for _, text in EXAMPLES:
        document = segment(text)
        merged = merge(document, dict.fromkeys(range(len(document.units)), "번역문이다."))
        assert merged.refusals == (), text


def test_all_examples_are_here():
    assert len(EXAMPLES) == 652
