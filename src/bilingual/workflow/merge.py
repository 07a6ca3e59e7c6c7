"""The target article: the source's own bytes with the targets in their places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bilingual.catalog.pairing import pair

if TYPE_CHECKING:
    from bilingual.catalog.pairing import Pairing
    from bilingual.markdown.place import Document
    from bilingual.model import Entry, Message
    from bilingual.newsroom import Newsroom


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A target that has no place in the article; its unit keeps its source there."""

    entry: Entry
    reason: Message


@dataclass(frozen=True, slots=True)
class Merge:
    """A target article, and what in it is not a target."""

    slug: str
    language: str
    """The target language, in which ``text`` is."""
    text: str
    missing: tuple[Entry, ...] = ()
    """Units that stand in the source language: no target, or none that may be used."""
    refused: tuple[Unplaced, ...] = ()
    drafts: tuple[Entry, ...] = ()
    """Units whose target is used and not approved; only with ``drafts=True``."""
    current: bool = True
    """False when the catalog is behind the article (``segment`` brings it up)."""

    @property
    def complete(self) -> bool:
        """True when every unit stands in the target language, approved."""
        return self.current and not (self.missing or self.refused or self.drafts)


def merge(newsroom: Newsroom, slug: str, *, drafts: bool = False) -> Merge:
    """Return the article ``slug`` in its target language.

    Approved targets are used; with ``drafts``, every target there is. The rest of the text, byte
    by byte, is the source's. Raises ``UsageError`` for an unknown slug, ``ContentError`` for an
    article or a catalog that cannot be read.
    """
    article = newsroom.article(slug)
    language = newsroom.target_language(article)
    document = newsroom.document(article)
    pairing = pair(newsroom.catalog(slug, language), document.units)
    return lay(document, pairing, slug=slug, language=language, drafts=drafts)


def lay(
    document: Document, pairing: Pairing, *, slug: str, language: str, drafts: bool = False
) -> Merge:
    """Return ``document`` with the targets of ``pairing`` laid into it; see ``merge``."""
    from bilingual.markdown import merge as markdown  # noqa: PLC0415 - the parser loads slowly

    used = {
        index: entry
        for index, _, entry in pairing.pairs()
        if entry.target.approved or (drafts and entry.target.text)
    }
    merged = markdown.merge(document, {index: each.target.text for index, each in used.items()})
    refused = tuple(Unplaced(used[each.index], each.reason) for each in merged.refusals)
    return Merge(
        slug=slug,
        language=language,
        text=merged.text,
        missing=tuple(entry for index, _, entry in pairing.pairs() if index not in used),
        refused=refused,
        drafts=tuple(entry for entry in used.values() if not entry.target.approved),
        current=pairing.current,
    )
