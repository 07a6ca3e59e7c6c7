"""A segmented article, and the locations of its units."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING

from bilingual.markdown.structure import outline

if TYPE_CHECKING:
    from bilingual.markdown.blocks import Blocks, Span
    from bilingual.markdown.fields import Field
    from bilingual.model import Unit


class Layout(Enum):
    """How a target is inserted at the location of its unit."""

    PROSE = auto()
    """Lines of a paragraph, none of which may begin a block."""
    HEADING = auto()
    """The rest of a line after ``#``, without its closing ``#``."""
    LINE = auto()
    """One line that is a block's text: a definition's term, an admonition's title."""
    CELL = auto()
    ALT = auto()
    """Between the brackets of an image."""
    TITLE = auto()
    """Between the quotation marks of an image's or a definition's title."""
    HTML = auto()
    ATTRIBUTE = auto()
    FIELD = auto()


@dataclass(frozen=True, slots=True)
class UnitLocation:
    """The location of a unit: offsets in the author's text, one span per line.

    Between two spans are a line ending and the prefixes of containers (``> ``, indentation),
    which are not part of the unit.
    """

    spans: tuple[Span, ...]
    layout: Layout
    quote: str = ""
    """The quotation mark around a title or an attribute."""
    field: Field | None = None
    """For ``FIELD``: the value, with offsets in ``Lines.source``."""

    @property
    def start(self) -> int:
        """Where the unit begins."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Where the unit ends."""
        return self.spans[-1][1]


@dataclass(frozen=True, slots=True)
class Document:
    """A segmented article. ``segment.segment`` returns it, ``merge.merge`` takes it."""

    text: str
    """The article, exactly as in the author's file."""
    units: tuple[Unit, ...]
    """In article order."""
    locations: tuple[UnitLocation, ...] = field(default=(), repr=False, compare=False)
    """The location of each unit; disjoint and in order."""
    ending: str = field(default="\n", repr=False, compare=False)
    """The file's line ending."""
    parsed: Blocks | None = field(default=None, repr=False, compare=False)
    """Its blocks; kept so that a merge need not parse them again."""
    outline: tuple[str, ...] | None = field(default=None, repr=False, compare=False)
    """Its block structure, when that is known without its blocks."""

    @property
    def skeleton(self) -> tuple[str, ...]:
        """The block structure (``structure.skeleton``), computed when a merge needs it."""
        if self.outline is not None:
            return self.outline
        return tuple([name for name, _ in outline(self.parsed)]) if self.parsed else ()
