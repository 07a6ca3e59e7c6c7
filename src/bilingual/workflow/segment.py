"""Catalogs brought up to their articles."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bilingual.catalog.pairing import is_current
from bilingual.catalog.update import Update, update
from bilingual.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilingual.model import Article, Catalog, Unit
    from bilingual.newsroom import Newsroom

ADOPTED = 0.5
"""The share of a vanished article's units that a new one must hold to be the same, renamed."""


@dataclass(frozen=True, slots=True)
class Segmented:
    """What became of one article's units; numbers of units."""

    slug: str
    path: str
    """The catalog."""
    language: str
    """The target language."""
    new: int = 0
    kept: int = 0
    moved: int = 0
    stale: int = 0
    accepted: int = 0
    """Changed without a change of meaning: the target stands."""
    gone: int = 0
    restored: int = 0
    current: bool = True
    """False when the catalog was behind the article; it is now, unless this was a check."""
    renamed: str = ""
    """The slug that the article had before, when its catalog was adopted."""

    @property
    def units(self) -> int:
        """How many units the article has."""
        parts = (self.new, self.kept, self.moved, self.stale, self.accepted, self.restored)
        return sum(parts)


def segment(
    newsroom: Newsroom, slugs: Sequence[str] = (), *, check: bool = False, trivial: bool = False
) -> tuple[Segmented, ...]:
    """Bring the catalogs of ``slugs`` (all when empty) up to their articles; say what changed.

    ``check`` writes nothing and only says which catalogs are behind. ``trivial`` accepts edits
    that change no meaning (typos, too) for the targets they would make stale. Raises
    ``UsageError`` for an unknown slug, ``ContentError`` for an article or a catalog that cannot be
    read, ``StorageError`` when the disk is in the way; catalogs written before stay written.
    """
    return tuple(
        _segment(newsroom, article, check=check, trivial=trivial)
        for article in newsroom.articles(slugs)
    )


def _segment(newsroom: Newsroom, article: Article, *, check: bool, trivial: bool) -> Segmented:
    language = newsroom.target_language(article)
    path = newsroom.catalog_path(article.slug, language)
    units = newsroom.document(article).units
    exists = (newsroom.root / path).is_file()
    renamed = "" if exists else _former(newsroom, language, units)
    if check:
        catalog = newsroom.catalog(renamed or article.slug, language)
        current = exists and is_current(catalog, units)
        said = _said(article.slug, path, language, update(catalog, units))
        return replace(said, current=current, renamed=renamed)
    if renamed:
        newsroom.rename_catalog(renamed, article.slug, language)
    updates: list[tuple[Update, bool]] = []

    def follow(catalog: Catalog) -> Catalog:
        was_current = exists and is_current(catalog, units)
        named = replace(
            catalog,
            slug=article.slug,
            source_language=article.language,
            target_language=language,
            path=article.path,
        )
        followed = update(named, units, accept=trivial)
        updates.append((followed, was_current))
        return followed.catalog

    newsroom.change(article, language, follow)
    followed, current = updates[0]
    said = _said(article.slug, path, language, followed)
    return replace(said, current=current, renamed=renamed)


def _former(newsroom: Newsroom, language: str, units: Sequence[Unit]) -> str:
    """Return the slug of a catalog whose article is gone and whose units these are, or nothing."""
    texts = {unit.source for unit in units if unit.translatable}
    known = set(newsroom.slugs())
    best, most = "", ADOPTED
    for slug in newsroom.catalogs(language):
        if slug in known:
            continue
        try:
            live = newsroom.catalog(slug, language).live
        except ContentError:
            continue  # a catalog of no article is nobody's business here
        share = sum(entry.source in texts for entry in live) / max(len(live), 1)
        if share >= most:
            best, most = slug, share
    return best


def _said(slug: str, path: str, language: str, update: Update) -> Segmented:
    return Segmented(
        slug=slug,
        path=path,
        language=language,
        new=len(update.new),
        kept=len(update.kept),
        moved=len(update.moved),
        stale=len(update.stale),
        accepted=len(update.accepted),
        gone=len(update.gone),
        restored=len(update.restored),
    )
