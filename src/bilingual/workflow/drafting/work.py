"""What is drafted: an article's pending units, those of one request, and a unit's outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bilingual.catalog import origin
from bilingual.model import State

if TYPE_CHECKING:
    from collections.abc import Collection

    from bilingual.markdown.document import Document
    from bilingual.model import Article, Catalog, Entry, Message, Target
    from bilingual.prompting.marks import Protected
    from bilingual.prompting.request import Neighbour, Request
    from bilingual.workflow.drafting.layers.base import NotAsked


@dataclass(frozen=True, slots=True)
class PendingArticle:
    """The units of one article that wait for a draft."""

    article: Article
    language: str
    """The target language."""
    catalog: Catalog
    entries: tuple[Entry, ...]
    waiting: int
    """Stale units whose target a person made: left for a person."""
    redo: frozenset[str] = frozenset()
    """Ids among ``entries`` with a target that is to be replaced."""


@dataclass(frozen=True, slots=True)
class Job:
    """Entries that are asked for together, and what goes with them."""

    slug: str
    entries: tuple[Entry, ...]
    request: Request
    """Its passages are the entries, in order, with the ids 1, 2 …"""
    protected: tuple[Protected, ...]
    document: Document
    indexes: tuple[int, ...]
    """Where the entries are in ``document.units``."""
    neighbours: tuple[Neighbour, ...] = ()
    """The entries as neighbours of each other, for when they are asked for in smaller requests."""
    kept: tuple[str, str] = ("", "")
    """Of a revision, what stays of the target before and after what is asked for."""
    full: Job | None = None
    """How the same is asked for after a revision was refused."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one entry: a target's text, or why there is none."""

    entry: Entry
    text: str = ""
    problem: Message | None = None
    origin: str = ""
    """Empty for the engine's own."""
    found: int = 0
    """How many problems the first answer had."""
    left: int = 0
    """How many of them are left, or new, in what is kept; all of them for a refused draft."""
    refused: bool = False
    """Whether the server refused the request, rather than an answer being of no use."""
    not_asked: NotAsked | None = None
    """Why the entry has no outcome yet although nothing failed."""


def is_draft(target: Target) -> bool:
    """Return True for a ``target`` that no person wrote or approved."""
    machine = target.origin.startswith((*origin.MACHINES, origin.IMPORT))
    return machine and target.state.rank < State.REVIEWED.rank


def is_rejected(entry: Entry, redo: Collection[str]) -> bool:
    """Return True for a draft that is named in ``redo``: a similar one is not wanted."""
    return entry.id in redo and is_draft(entry.target)
