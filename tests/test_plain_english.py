"""Documentation, messages and comments use plain words, as a reader from any country knows them.

Each word that is out has its replacement. A word in code (between backticks), in an indented
block of a page or in a fence is a name, and is not looked at.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from pathlib import Path
from typing import TYPE_CHECKING

import click
import polib
import pytest

from bilingual.cli.app.commands import bilingual

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "bilingual"
OUT: dict[str, str] = {
    r"mend(s|ed|ing)?": "fix (what is applied) or hint (what to do)",
    r"anew": "again",
    r"beside": "next to, alongside, with",
    r"besides": "also, in addition",
    r"behind(?! (a|the) (proxy|load balancer|gateway|flag))": "after",
    r"n[ao]ught": "zero, nothing",
    r"who(so)?ever": "the person who, everybody who",
    r"so many(?! \w+ that)": "the number, N",
    r"stands?(?! (for|out|in for)\b)(?!-)": "is",
    r"stood": "was",
    r"in the way": "blocks",
    r"reckon(s|ed|ing)?": "estimate, compute, count",
    r"faults?": "error, problem, violation",
    r"slips?": "error, mistake",
    r"admit(s|ted|ting)?": "allow, allowed",
    r"(?<!one )(?<!block )(?<!a )pass(es|ed|ing)? over": "skip",
    r"bears? on": "affects",
    r"heed(s|ed)?": "respect, follow",
    r"at the most": "at most",
    r"for ever": "forever",
    r"(?<!there )(is|are) (?-i:none)": "is not one, there are none",
    r"(gives?|given|gave|giving) back": "return",
    r"(hitherto|thereof|wherein|whereby|whence|lest|amongst|whilst|unto)": "a common word",
    r"a word on": "about",
}
"""Pattern to what to write instead; a hyphen or an apostrophe next to it makes another word."""
WORDS = {
    re.compile(rf"(?<![\w'’-])(?:{pattern})(?![\w'’-])", re.IGNORECASE): instead
    for pattern, instead in OUT.items()
}
FENCE = re.compile(r"^(```|~~~).*?^\1[`~]*$", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(r"(?<=\n\n) {4}.*?(?=\n\n|\Z)", re.DOTALL)
CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)


def found(text: str) -> list[str]:
    """Return each word of ``text`` that is out, with what to write instead."""
    text = CODE.sub(lambda code: "`" + "\n" * code[0].count("\n") + "`", text)
    return [
        f"{hit[0]!r}: write {instead}"
        for words, instead in WORDS.items()
        for hit in words.finditer(text)
    ]


def prose(page: str) -> str:
    """Return a Markdown page without its blocks of code."""
    return INDENTED.sub("", FENCE.sub("", page))


def remarks(source: str) -> Iterator[tuple[int, str]]:
    """Yield the line and text of every docstring and comment of Python code."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Expr(value=ast.Constant(value=str(text))):
                yield node.lineno, text
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def helps(group: click.Group) -> Iterator[tuple[str, str]]:
    """Yield the name of every command and its help, and that of its options."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield name, command.help or ""
        for option in command.params:
            yield f"{name} {option.name}", getattr(option, "help", None) or ""
        if isinstance(command, click.Group):
            yield from helps(command)


PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("benchmarks/**/*.md")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_page_uses_plain_words(page: Path):
    assert found(prose(page.read_text("utf-8"))) == []


def test_every_help_text_uses_plain_words(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LC_ALL", "C")
    texts = dict(helps(bilingual))
    assert len(texts) > 100
    assert [(name, words) for name, text in texts.items() if (words := found(text))] == []


def test_every_message_uses_plain_words():
    messages = polib.pofile(str(ROOT / "locales" / "ko" / "LC_MESSAGES" / "bilingual.po"))
    texts = [entry.msgid for entry in messages if not entry.obsolete]
    assert len(texts) > 500
    assert [(text, words) for text in texts if (words := found(text))] == []


@pytest.mark.parametrize(
    "file", sorted(PACKAGE.rglob("*.py")), ids=lambda file: file.relative_to(PACKAGE).as_posix()
)
def test_docstrings_and_comments_use_plain_words(file: Path):
    source = file.read_text("utf-8")
    assert [(line, words) for line, text in remarks(source) if (words := found(text))] == []


@pytest.mark.parametrize(
    "text",
    [
        "what mends it",
        "It is read anew.",
        "the file beside it",
        "The full stop stands behind it.",
        "Whoever asks gets nought.",
        "So many requests a second.",
        "what stands in the way",
        "tokens are reckoned",
        "two faults",
    ],
)
def test_a_word_that_is_out_is_found(text: str):
    assert found(text)


@pytest.mark.parametrize(
    "text",
    ["a stand-alone image", "`beside.py` and ``anew``", "it stands for a number", "by default"],
)
def test_a_name_or_a_plain_use_is_not_found(text: str):
    assert found(text) == []


def test_docstrings_comments_and_prose_are_read():
    source = '"""One."""\n\nVALUE = 1\n"""Two."""\n# Three\n\n\ndef f() -> None:\n    """Four."""\n'
    assert sorted(text for _, text in remarks(source)) == ["# Three", "Four.", "One.", "Two."]
    assert prose("one\n\n```sh\ntwo\n```\n\n    three\n\nfour\n").split() == ["one", "four"]
