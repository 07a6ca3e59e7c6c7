"""Cells of a table's row, and the pipes within them (GFM 0.29, section 4.10)."""

from __future__ import annotations

import re

from bilingual.markdown.lines import BLANK, SPACE

_PIPE = re.compile(r"(?<!\\)\|")


def cells(source: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where the cells of the row ``source[start:end]`` stand, without blanks around.

    A pipe behind a backslash is text, in code too. An empty cell is an empty span.
    """
    start, end = _trim(source, start, end)
    # A backslash before the row belongs to nothing here: a row begins behind blanks.
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


def decoded(raw: str) -> str:
    """Return a cell's Markdown: its pipes without their escape."""
    return raw.replace("\\|", "|")


def encoded(target: str) -> str:
    """Return a target as a cell holds it: one line, its pipes escaped.

    A backslash at the end gets a space behind it, so that it cannot reach the next pipe.
    """
    line = re.sub(rf"{SPACE}*\n{SPACE}*", " ", target).replace("|", "\\|")
    return f"{line} " if line.endswith("\\") else line
