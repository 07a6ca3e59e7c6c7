"""Cheaper versions of markdown-it's block state and token.

A third of the block pass was spent on reading each line character by character and on setting
thirteen fields of each token. Here lines are measured by calls on the whole text, and a token has
the fields that its rule sets; to the rules both look the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from markdown_it import token
from markdown_it.rules_block import StateBlock

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

    from bilingual.markdown.lines import Lines


_NOWHERE: list[tuple[int, int]] = []


class Token(token.Token):
    """A block's token: fields that no rule sets are those of the class."""

    tag: str
    map: list[int] | None = None
    children: list[token.Token] | None = None
    content: str = ""
    markup: str = ""
    info: str = ""
    block: bool = True
    hidden: bool = False
    spans: list[tuple[int, int]] = _NOWHERE
    """The spans of its text, one a line (see ``blocks``); assigned, never appended to."""

    def __init__(self, kind: str, tag: str, nesting: Literal[-1, 0, 1], level: int) -> None:
        # The base's constructor is not called: its defaults are the ones above.
        self.type = kind
        self.tag = tag
        self.nesting = nesting
        self.level = level

    def __getattr__(self, name: str) -> dict[Any, Any]:
        # Most tokens never need these two dictionaries; they are created on first access.
        if name not in {"attrs", "meta"}:
            raise AttributeError(name)
        made: dict[Any, Any] = {}
        setattr(self, name, made)
        return made


class BlockState(StateBlock):
    """The state of one block pass over ``lines``."""

    tokens: list[Token]  # type: ignore[assignment]  # every one is pushed below

    def __init__(self, lines: Lines, md: MarkdownIt) -> None:
        super().__init__("", md, {}, [])
        self.src = lines.source
        rows = lines.source.split("\n")
        if not rows[-1].strip(" \t"):
            rows.pop()  # blank text after the last line break is not a line
        count = len(rows)
        self.bMarks = lines.starts[:count]
        self.eMarks = [start + len(row) for start, row in zip(self.bMarks, rows, strict=True)]
        self.tShift = [len(row) - len(row.lstrip(" \t")) for row in rows]
        self.sCount = self.tShift.copy()
        if "\t" in self.src:
            for number, row in enumerate(rows):
                if "\t" in row and self.tShift[number]:
                    self.sCount[number] = len(row[: self.tShift[number]].expandtabs(4))
        self.bsCount = [0] * count
        # One more line, empty, spares the rules a check for the end of the text.
        self.bMarks.append(len(self.src))
        self.eMarks.append(len(self.src))
        for marks in (self.tShift, self.sCount, self.bsCount):
            marks.append(0)
        self.lineMax = count

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """Append a token."""
        if nesting < 0:
            self.level -= 1
        made = Token(ttype, tag, nesting, self.level)
        if nesting > 0:
            self.level += 1
        self.tokens.append(made)
        return made

    def getLines(self, begin: int, end: int, indent: int, keepLastLF: bool) -> str:  # noqa: N802, N803 - the base's names
        """Return the lines, each without up to ``indent`` columns of blanks at its start."""
        if indent or begin >= end:
            return super().getLines(begin, end, indent, keepLastLF)
        stops = [stop + 1 for stop in self.eMarks[begin:end]]
        if not keepLastLF:
            stops[-1] -= 1
        starts = self.bMarks[begin:end]
        return "".join([self.src[a:b] for a, b in zip(starts, stops, strict=True)])
