"""Find the cells of a table's row, and escape pipes in them (GFM 0.29, section 4.10)."""

from __future__ import annotations

import re

from bilingual.markdown.lines import BLANK, SPACE

_PIPE = re.compile(r"(?<!\\)\|")


def cells(source: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of the cells of the row ``source[start:end]``, without blanks around.

    A pipe after a backslash is text, also in code. An empty cell is an empty span.
    """
    start, end = _trim(source, start, end)
    # A backslash before the row escapes nothing here: a row begins after blanks.
    edges = [start, *(match.end() for match in _PIPE.finditer(source, start, end))]
    stops = [edge - 1 for edge in edges[1:]]
    found = list(zip(edges, [*stops, end], strict=True))
    if found and found[0][0] == found[0][1]:
        del found[0]
    if found and found[-1][0] == found[-1][1]:
        del found[-1]
    return [_trim(source, *cell) for cell in found]


def _trim(source: str, start: int, end: int) -> tuple[int, int]:
    while start < end and source[start] in BLANK:
        start += 1
    while end > start and source[end - 1] in BLANK:
        end -= 1
    return start, end


def decode(raw: str) -> str:
    """Return a cell's Markdown, with its pipes unescaped."""
    return raw.replace("\\|", "|")


def encode(target: str) -> str:
    """Return a target as the Markdown of a cell: one line, its pipes escaped.

    A backslash at the end gets a space after it, so that it does not escape the next pipe.
    """
    line = re.sub(rf"{SPACE}*\n{SPACE}*", " ", target).replace("|", "\\|")
    return f"{line} " if line.endswith("\\") else line
