"""Texts, differences and facts as indented lines that fit a terminal, painted with SGR colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bilingual.cli.terminal.safe_text import visible
from bilingual.cli.terminal.width import cut, lines
from bilingual.language.width import width
from bilingual.language.word_diff import WordChange, difference

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

INDENT = "  "
CHANGES = {
    WordChange.GONE: ("[-", "-]", {"fg": "red", "strikethrough": True}),
    WordChange.NEW: ("{+", "+}", {"fg": "green", "bold": True}),
}
"""How a change is written: in marks, to read without colours, as ``git diff --word-diff`` does."""


def text_lines(text: str, columns: int, **style: object) -> Iterator[str]:
    """Yield ``text`` indented and broken into lines."""
    shown = visible(text)
    for start, end in lines(shown, columns - len(INDENT)):
        line = shown[start:end]
        yield INDENT + (click.style(line, **style) if style and line else line)  # type: ignore[arg-type]


def change_lines(before: str, after: str, columns: int) -> Iterator[str]:
    """Yield the difference of two sources in one text, each changed run in its marks."""
    shown = ""
    painted: list[tuple[int, int, WordChange]] = []
    for run in difference(before, after):
        start = len(shown)
        opening, closing, _ = CHANGES.get(run.change, ("", "", {}))
        shown += f"{opening}{visible(run.text)}{closing}"
        if run.change is not WordChange.KEPT:
            painted.append((start, len(shown), run.change))
    for start, end in lines(shown, columns - len(INDENT)):
        yield INDENT + "".join(_paint(shown, start, end, painted))


def _paint(
    text: str, start: int, end: int, painted: Sequence[tuple[int, int, WordChange]]
) -> Iterator[str]:
    """Yield ``text[start:end]`` in parts, those within ``painted`` in their colours."""
    here = start
    for opens, closes, change in painted:
        first, last = max(opens, here), min(closes, end)
        if first < last:
            yield text[here:first]
            yield click.style(text[first:last], **CHANGES[change][2])  # type: ignore[arg-type]
            here = last
    yield text[here:end]


def fact_lines(parts: Sequence[str], columns: int, *, dim: bool = False) -> Iterator[str]:
    """Yield ``parts`` with a dot between them, as many a line as there is room for."""
    line = ""
    for part in parts:
        joined = f"{line} · {part}" if line else part
        if line and width(joined) > columns:
            yield click.style(line, dim=True) if dim else line
            joined = part
        line = cut(joined, columns)
    yield click.style(line, dim=True) if dim else line
