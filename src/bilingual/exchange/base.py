"""Which exchange formats of translation memories there are.

A format is a module with the functions of ``ExchangeFormat``: a file of this package, or another
package's entry point in the group ``bilingual.formats``. Its name is the ending of its files.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

from bilingual.plugins import Plugins

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bilingual.model import MemoryPair

FORMATS = Plugins("bilingual.exchange", "bilingual.formats", "parse")
DEFAULT = "tmx"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a document holds for a newsroom."""

    pairs: tuple[MemoryPair, ...]
    """Each once."""
    lacking: int = 0
    """Translation units without both languages: an export of several languages has some."""
    line: int = 0
    """The line of the first of them."""


class ExchangeFormat(Protocol):
    """The module of a format."""

    def parse(self, content: bytes, languages: Sequence[str], *, path: str = "") -> Contents:
        """Return what the document ``content`` holds in the two ``languages``.

        Raises ``ContentError`` with ``path`` and the line when it cannot be read.
        """

    def serialize(
        self, pairs: Iterable[MemoryPair], source_language: str, tool: str = "1"
    ) -> bytes:
        """Return the document that holds ``pairs``; ``tool`` is the version of this tool."""


def name_for(file: str) -> str:
    """Return the name of the format of ``file`` by its ending; TMX's for an unknown one."""
    ending = file.rpartition(".")[2].lower()
    return ending if ending in FORMATS.names() else DEFAULT


def exchange_format(name: str) -> ExchangeFormat:
    """Return the format ``name``; raises ``KeyError`` when there is none."""
    return cast("ExchangeFormat", FORMATS.load(name))
