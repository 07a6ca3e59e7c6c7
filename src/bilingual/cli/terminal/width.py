"""Fit text into the columns of a terminal: break lines, cut, pad, align."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bilingual.language.width import columns as columns_of
from bilingual.language.width import width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WORD = re.compile(r"\S+")


def lines(text: str, columns: int) -> Iterator[tuple[int, int]]:
    """Yield the offsets (start, end) of the lines that ``text`` takes in ``columns``.

    Lines break at white space, as Korean and English are read; a word wider than a whole line
    breaks where the line ends, never between a character and its combining ones. ``columns`` is
    at least 2, so that every character has room.
    """
    columns = max(columns, 2)
    offset = 0
    for paragraph in text.split("\n"):
        first = last = 0
        for start, end in _pieces(paragraph, columns):
            if width(paragraph[first:end]) > columns:
                if last:
                    yield offset + first, offset + last
                first = start  # without the white space before it, at the margin too
            last = end
        yield offset + first, offset + last
        offset += len(paragraph) + 1


def _pieces(paragraph: str, columns: int) -> Iterator[tuple[int, int]]:
    """Yield the words of ``paragraph``, those wider than ``columns`` in parts that are not."""
    for word in WORD.finditer(paragraph):
        start, used = word.start(), 0
        for index, character in enumerate(word[0], word.start()):
            wide = columns_of(character)
            if used + wide > columns:
                yield start, index
                start, used = index, 0
            used += wide
        yield start, word.end()


def cut(text: str, columns: int) -> str:
    """Return ``text`` cut to ``columns``, with an ellipsis where something is missing."""
    if width(text) <= columns:
        return text
    kept, used = [], 1
    for character in text:
        used += columns_of(character)
        if used > columns:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"


def padded(text: str, columns: int) -> str:
    """Return ``text`` followed by as many spaces as ``columns`` leaves."""
    return text + " " * max(columns - width(text), 0)


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return ``rows`` as the lines of a table, each column as wide as its widest cell."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(map(padded, row, widths)).rstrip() for row in rows]
