"""Where in a PO file a person finds the text of an entry: line and column of any offset in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ESCAPE = re.compile(r"\\([0-7]{1,3}|x[0-9A-Fa-f]{2}|.)")


class Places:
    """The places of the entries in the PO ``text``."""

    def __init__(self, text: str, lines: Mapping[str, int]) -> None:
        self._lines = text.split("\n")
        self._msgids = lines
        """Id to the line of its ``msgid``."""

    def of(self, unit: str, *, offset: int = 0, keyword: str = "msgstr") -> tuple[int, int]:
        """Return line and column of the character ``offset`` of an entry's text.

        ``keyword`` is ``msgid`` or ``msgstr``. An offset behind the end is the closing quote's; an
        unknown unit stands at (1, 1).
        """
        start = self._msgids.get(unit)
        if start is None:
            return 1, 1
        last = (start, 1)
        seen = 0
        for line, column, width in self._characters(start, keyword):
            last = (line, column)
            if seen >= offset and width:
                break
            seen += width
        return last

    def _characters(self, start: int, keyword: str) -> Iterator[tuple[int, int, int]]:
        """Give line, column and width (0 for a closing quote) of each character of a string."""
        inside = False
        for number in range(start, len(self._lines) + 1):
            line = self._lines[number - 1].rstrip("\r")
            bare = re.sub(r"^[ \t]*(?:#~[ \t]*)?", "", line)
            column = len(line) - len(bare) + 1
            if bare.startswith("msg"):
                if inside:
                    return
                inside = bare.startswith(keyword) and not bare.startswith("msgid_plural")
            elif inside and not bare.startswith('"'):
                return
            if inside:
                yield from _string(bare, number, column)


def _string(bare: str, number: int, column: int) -> Iterator[tuple[int, int, int]]:
    place = bare.find('"') + 1
    end = bare.rfind('"')
    if not 0 < place <= end:
        return
    while place < end:
        escape = ESCAPE.match(bare, place)
        yield number, column + place, 1
        place = escape.end() if escape else place + 1
    yield number, column + end, 0
