"""How wide text stands on a terminal, and where its lines break.

Hangul and most emoji take two columns (Unicode Standard Annex 11: East Asian Width W and F);
combining characters and the vowels and finals of decomposed Hangul take none.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WORD = re.compile(r"\S+")


def width(text: str) -> int:
    """Return how many columns ``text`` takes."""
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    code = ord(character)
    if 0x20 <= code < 0x7F:
        return 1
    if 0x1160 <= code <= 0x11FF or 0xD7B0 <= code <= 0xD7FF:  # jungseong, jongseong
        return 0
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def lines(text: str, columns: int) -> Iterator[tuple[int, int]]:
    """Give the offsets (start, end) of the lines that ``text`` takes in ``columns``.

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
    """Give the words of ``paragraph``, those wider than ``columns`` in parts that are not."""
    for word in WORD.finditer(paragraph):
        start, used = word.start(), 0
        for index, character in enumerate(word[0], word.start()):
            wide = _columns(character)
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
        used += _columns(character)
        if used > columns:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"


def padded(text: str, columns: int) -> str:
    """Return ``text`` followed by as many spaces as ``columns`` leaves."""
    return text + " " * max(columns - width(text), 0)


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return ``rows`` as the lines of a table, columns as wide as what stands in them."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(map(padded, row, widths)).rstrip() for row in rows]
