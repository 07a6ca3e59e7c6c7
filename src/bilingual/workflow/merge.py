"""Build the target article: the source's own bytes with the targets in place of the units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bilingual.catalog.pairing import pair

if TYPE_CHECKING:
    from bilingual.catalog.pairing import Pairing
    from bilingual.markdown.document import Document
    from bilingual.model import Entry, Message
    from bilingual.newsroom import Newsroom


@dataclass(frozen=True, slots=True)
class RefusedTarget:
    """A target that cannot be merged; its unit keeps its source in the article."""

    entry: Entry
    reason: Message


@dataclass(frozen=True, slots=True)
class TargetArticle:
    """A target article, and the units that are not translated in it."""

    slug: str
    language: str
    """The target language, in which ``text`` is."""
    text: str
    missing: tuple[Entry, ...] = ()
    """Units in the source language: without a target, or without one that may be used."""
    refused: tuple[RefusedTarget, ...] = ()
    drafts: tuple[Entry, ...] = ()
    """Units whose target is used and not approved; only with ``drafts=True``."""
    current: bool = True
    """False when the catalog is out of date with the article (``segment`` updates it)."""

    @property
    def complete(self) -> bool:
        """True when every unit has an approved target."""
        return self.current and not (self.missing or self.refused or self.drafts)


def merge(newsroom: Newsroom, slug: str, *, drafts: bool = False) -> TargetArticle:
    """Return the article ``slug`` in its target language.

    Approved targets are used; with ``drafts``, all targets. The rest of the text is the source's,
    byte for byte. Raises ``UsageError`` for an unknown slug, ``ContentError`` for an
    article or a catalog that cannot be read.
    """
    article = newsroom.article(slug)
    language = newsroom.target_language(article)
    document = newsroom.document(article)
    pairing = pair(newsroom.catalog(slug, language), document.units)
    return merge_pairing(document, pairing, slug=slug, language=language, drafts=drafts)


def merge_pairing(
    document: Document, pairing: Pairing, *, slug: str, language: str, drafts: bool = False
) -> TargetArticle:
    """Return ``document`` with the targets of ``pairing``; see ``merge``."""
    from bilingual.markdown import merge as markdown  # noqa: PLC0415 - the parser loads slowly

    used = {
        index: entry
        for index, _, entry in pairing.pairs()
        if entry.target.approved or (drafts and entry.target.text)
    }
    merged = markdown.merge(document, {index: each.target.text for index, each in used.items()})
    refused = tuple(RefusedTarget(used[each.index], each.reason) for each in merged.refusals)
    return TargetArticle(
        slug=slug,
        language=language,
        text=merged.text,
        missing=tuple(entry for index, _, entry in pairing.pairs() if index not in used),
        refused=refused,
        drafts=tuple(entry for entry in used.values() if not entry.target.approved),
        current=pairing.current,
    )
