"""Where in a PO file a person finds the text of an entry: line and column of any offset in it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from bilingual.model import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bilingual.model import Finding

ESCAPE = re.compile(r"\\([0-7]{1,3}|x[0-9A-Fa-f]{2}|.)")


class Placing(Protocol):
    """The places of entries in a file."""

    def of(self, unit: str, *, offset: int = 0) -> tuple[int, int]:
        """Return line and column of the character ``offset`` of an entry's target."""

    def written(self, text: str) -> str | None:
        """Return how the file writes ``text`` inside a target; None when that is unknown."""


def located(finding: Finding, path: str, places: Placing) -> Finding:
    """Return ``finding`` at its place in the file ``path``: begin, end, and its fix's edit."""
    start, end = finding.span
    line, column = places.of(finding.unit, offset=start)
    found = replace(finding, path=path, line=line, column=column)
    if end > start:
        end_line, end_column = _behind(places, finding.unit, end)
        found = replace(found, end_line=end_line, end_column=end_column)
    fix = finding.fix
    if fix is None:
        return found
    first, last, text = _difference(finding.target, fix.target)
    written = places.written(text)
    if written is None:
        return found
    begin = places.of(finding.unit, offset=first)
    stop = _behind(places, finding.unit, last) if last > first else begin
    return replace(found, fix=replace(fix, edit=Edit(*begin, *stop, written)))


def _behind(places: Placing, unit: str, end: int) -> tuple[int, int]:
    """Return the place after the character before ``end``, on its own line."""
    line, column = places.of(unit, offset=end - 1)
    after = places.of(unit, offset=end)
    return after if after[0] == line else (line, column + 1)


def _difference(before: str, after: str) -> tuple[int, int, str]:
    """Return from where to where ``before`` differs from ``after``, and what is there then."""
    first = 0
    while first < min(len(before), len(after)) and before[first] == after[first]:
        first += 1
    last, end = len(before), len(after)
    while last > first and end > first and before[last - 1] == after[end - 1]:
        last, end = last - 1, end - 1
    return first, last, after[first:end]


class Places:
    """The places of the entries in the PO ``text``."""

    def __init__(self, text: str, lines: Mapping[str, int]) -> None:
        self._lines = text.split("\n")
        self._msgids = lines
        """Id to the line of its ``msgid``."""

    def of(self, unit: str, *, offset: int = 0, keyword: str = "msgstr") -> tuple[int, int]:
        """Return line and column of the character ``offset`` of an entry's text.

        ``keyword`` is ``msgid`` or ``msgstr``. An offset after the end is the closing quote's; an
        unknown unit is at (1, 1).
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

    def written(self, text: str) -> str | None:
        """Return ``text`` as PO strings write it."""
        from bilingual.catalog.syntax import escape  # noqa: PLC0415 - findings come without it

        return escape(text)

    def _characters(self, start: int, keyword: str) -> Iterator[tuple[int, int, int]]:
        """Yield line, column and width (0 for a closing quote) of each character of a string."""
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
