r"""Map offsets of the text that the parser reads to offsets of the file's text.

The parser works on text without byte order mark, with ``\n`` alone as line ending and without
NUL (CommonMark 0.31, sections 2.1 and 2.3). Merging works on the author's text. ``Lines``
maps an offset of the first to one of the second; both count code points.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

BOM = "\ufeff"
BLANK = " \t\n\x0b\x0c\r"
"""Markdown's white space (CommonMark 0.31, section 2.1), which is HTML's too: what is trimmed from
both ends of a block's text. All other spaces and line ends of Unicode are text."""
SPACE = f"[{BLANK}]"
r"""The same in a regular expression, where ``\s`` would be all of Unicode's."""
_BREAK = re.compile(r"\r\n?|\n")
_PAIR = re.compile(r"\r\n")


class Lines:
    """A text as the parser reads it (``source``), with the offsets of the author's text.

    Only a leading byte order mark and one character of each ``CR LF`` are removed, so an offset
    moves by the number of those before it.
    """

    __slots__ = ("_pairs", "_starts", "ending", "shift", "source")

    def __init__(self, text: str) -> None:
        self.shift = 1 if text.startswith(BOM) else 0
        body = text[self.shift :]
        self._pairs: list[int] = []
        if "\r" in body:
            self._pairs = [
                match.start() - count for count, match in enumerate(_PAIR.finditer(body))
            ]
        self.ending = found.group() if (found := _BREAK.search(body)) else "\n"
        """The file's line ending: that of its first line."""
        self.source = plain(body)
        self._starts: list[int] = []

    def original(self, offset: int) -> int:
        """Return the offset in the author's text of ``offset`` in ``source``."""
        if self._pairs:
            return offset + self.shift + bisect_left(self._pairs, offset)
        return offset + self.shift

    def originals(self, spans: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
        """Return the spans in the author's text of ``spans`` in ``source``."""
        if self._pairs or self.shift:
            return [(self.original(start), self.original(end)) for start, end in spans]
        return spans

    def line(self, offset: int) -> int:
        """Return the line, from 1, of an offset of ``source``."""
        return bisect_right(self.starts, offset)

    @property
    def starts(self) -> list[int]:
        """The offsets in ``source`` at which its lines begin."""
        if not self._starts:
            widths = [len(row) + 1 for row in self.source.split("\n")]
            self._starts = [0, *accumulate(widths[:-1])]
        return self._starts


def plain(text: str) -> str:
    r"""Return ``text`` with ``\n`` as its only line ending and U+FFFD for NUL."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\0", "\ufffd") if "\0" in text else text
