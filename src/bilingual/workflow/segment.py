"""Update catalogs to their articles."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bilingual.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bilingual.catalog.update import Update
    from bilingual.model import Article, Catalog, Unit
    from bilingual.newsroom import Newsroom
    from bilingual.newsroom.index import ArticleIndex

MIN_SHARED = 0.5
"""The share of a deleted article's units that a new article must have to count as renamed."""


@dataclass(frozen=True, slots=True)
class SegmentResult:
    """The numbers of an article's units by what happened to them."""

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
    """Changed without a change of meaning: the target is kept."""
    gone: int = 0
    restored: int = 0
    current: bool = True
    """False when the catalog was out of date with the article (before this update)."""
    renamed: str = ""
    """The former slug of a renamed article, whose catalog was taken over."""

    @property
    def units(self) -> int:
        """The number of units of the article."""
        parts = (self.new, self.kept, self.moved, self.stale, self.accepted, self.restored)
        return sum(parts)


def segment(
    newsroom: Newsroom, slugs: Sequence[str] = (), *, check: bool = False, trivial: bool = False
) -> tuple[SegmentResult, ...]:
    """Update the catalogs of ``slugs`` (all when empty) to their articles; return the changes.

    ``check`` writes nothing and only reports outdated catalogs. ``trivial`` accepts edits that do
    not change the meaning (also typos, but not in a number, a name or a term of the glossary) for
    the targets that they make stale, now or earlier. Raises ``UsageError`` for an unknown slug,
    ``ContentError`` for an article or a catalog that cannot be read, ``StorageError`` when a file
    cannot be written; catalogs written before are kept.
    """
    chosen = list(dict.fromkeys(slugs or newsroom.slugs()))
    places = [(slug, *newsroom.source(slug)) for slug in chosen]
    index = newsroom.index()
    orphaned = _OrphanedCatalogs(newsroom)
    done: list[SegmentResult] = []
    try:
        for slug, source, written in places:
            language = newsroom.other_language(written)
            path = newsroom.catalog_path(slug, language)
            units = index.settled(slug, source, path)
            if units is not None and not trivial:
                done.append(SegmentResult(slug, path, language, kept=units))
                continue
            article = newsroom.article(slug)
            if check:
                done.append(_preview(newsroom, article, orphaned))
            else:
                done.append(_update_catalog(newsroom, article, orphaned, index, trivial=trivial))
    finally:
        if not check:
            if not slugs:
                index.keep(set(chosen))
                newsroom.segment_cache().keep(chosen)
            index.save()
    return tuple(done)


def _preview(newsroom: Newsroom, article: Article, orphaned: _OrphanedCatalogs) -> SegmentResult:
    """Return what ``_update_catalog`` would do."""
    from bilingual.catalog.pairing import is_current  # noqa: PLC0415 - as in _update_catalog
    from bilingual.catalog.update import update  # noqa: PLC0415

    language = newsroom.target_language(article)
    path = newsroom.catalog_path(article.slug, language)
    units = newsroom.document(article).units
    exists = (newsroom.root / path).is_file()
    renamed = "" if exists else orphaned.former(language, units)
    catalog = newsroom.catalog(renamed or article.slug, language)
    current = exists and is_current(catalog, units)
    result = _result(article.slug, path, language, update(catalog, units))
    return replace(result, current=current, renamed=renamed)


def _update_catalog(
    newsroom: Newsroom,
    article: Article,
    orphaned: _OrphanedCatalogs,
    index: ArticleIndex,
    *,
    trivial: bool,
) -> SegmentResult:
    """Update the catalog of ``article``, and record in ``index`` that it is current."""
    from bilingual.catalog.pairing import is_current  # noqa: PLC0415 - an unchanged newsroom
    from bilingual.catalog.update import update  # noqa: PLC0415 - needs none of it

    language = newsroom.target_language(article)
    path = newsroom.catalog_path(article.slug, language)
    units = newsroom.document(article, remember=True).units
    exists = (newsroom.root / path).is_file()
    renamed = "" if exists else orphaned.former(language, units)
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
        accept = _trivial_edits(newsroom, article.language) if trivial else None
        updated = update(named, units, accept=accept)
        updates.append((updated, was_current))
        return updated.catalog

    _, content = newsroom.rewrite(article, language, follow)
    updated, current = updates[0]
    result = _result(article.slug, path, language, updated)
    index.settle(article.slug, article.path, article.text.encode(), path, content, result.units)
    return replace(result, current=current, renamed=renamed)


def _trivial_edits(newsroom: Newsroom, language: str) -> Callable[[str, str], bool]:
    """Return a function that is True for a trivial edit that keeps the glossary terms."""
    from bilingual.catalog.trivial import is_trivial  # noqa: PLC0415 - only a person asks for it
    from bilingual.glossary.match import Matcher  # noqa: PLC0415

    matcher = Matcher(newsroom.glossary().terms)

    def terms(text: str) -> list[str]:
        return [hit.term.id for hit in matcher.find(text, language)]

    return lambda old, new: is_trivial(old, new) and terms(old) == terms(new)


class _OrphanedCatalogs:
    """Catalogs whose articles were deleted, read once for all new articles."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        self._texts: dict[str, dict[str, list[str]]] = {}

    def former(self, language: str, units: Sequence[Unit]) -> str:
        """Return the slug of the catalog that has these units, or empty; it is used only once."""
        if language not in self._texts:
            self._texts[language] = dict(self._read(language))
        catalogs = self._texts[language]
        texts = {unit.source for unit in units if unit.translatable}
        best, most = "", MIN_SHARED
        for slug, live in catalogs.items():
            share = sum(source in texts for source in live) / max(len(live), 1)
            if share >= most:
                best, most = slug, share
        catalogs.pop(best, None)
        return best

    def _read(self, language: str) -> Iterator[tuple[str, list[str]]]:
        known = set(self._newsroom.slugs())
        for slug in self._newsroom.catalogs(language):
            if slug in known:
                continue
            try:
                live = self._newsroom.catalog(slug, language).live
            except ContentError:
                continue  # a broken catalog without an article does not matter here
            yield slug, [entry.source for entry in live]


def _result(slug: str, path: str, language: str, update: Update) -> SegmentResult:
    return SegmentResult(
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
