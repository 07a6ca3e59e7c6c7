"""Catalogs brought up to their articles."""

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
    that change no meaning (typos, too, but none in a number, a name or a term of the glossary) for
    the targets they make stale, or have made stale before. Raises
    ``UsageError`` for an unknown slug, ``ContentError`` for an article or a catalog that cannot be
    read, ``StorageError`` when the disk is in the way; catalogs written before stay written.
    """
    chosen = list(dict.fromkeys(slugs or newsroom.slugs()))
    places = [(slug, *newsroom.source(slug)) for slug in chosen]
    index = newsroom.index()
    vanished = _Vanished(newsroom)
    done: list[Segmented] = []
    try:
        for slug, source, written in places:
            language = newsroom.other_language(written)
            path = newsroom.catalog_path(slug, language)
            units = index.settled(slug, source, path)
            if units is not None and not trivial:
                done.append(Segmented(slug, path, language, kept=units))
                continue
            article = newsroom.article(slug)
            if check:
                done.append(_checked(newsroom, article, vanished))
            else:
                done.append(_followed(newsroom, article, vanished, index, trivial=trivial))
    finally:
        if not check:
            if not slugs:
                index.keep(set(chosen))
                newsroom.cuts().keep(chosen)
            index.save()
    return tuple(done)


def _checked(newsroom: Newsroom, article: Article, vanished: _Vanished) -> Segmented:
    """Say what ``_followed`` would do."""
    from bilingual.catalog.pairing import is_current  # noqa: PLC0415 - as in _followed
    from bilingual.catalog.update import update  # noqa: PLC0415

    language = newsroom.target_language(article)
    path = newsroom.catalog_path(article.slug, language)
    units = newsroom.document(article).units
    exists = (newsroom.root / path).is_file()
    renamed = "" if exists else vanished.former(language, units)
    catalog = newsroom.catalog(renamed or article.slug, language)
    current = exists and is_current(catalog, units)
    said = _said(article.slug, path, language, update(catalog, units))
    return replace(said, current=current, renamed=renamed)


def _followed(
    newsroom: Newsroom, article: Article, vanished: _Vanished, index: ArticleIndex, *, trivial: bool
) -> Segmented:
    """Bring the catalog of ``article`` up to it, and remember that it is."""
    from bilingual.catalog.pairing import is_current  # noqa: PLC0415 - a settled newsroom
    from bilingual.catalog.update import update  # noqa: PLC0415 - needs none of it

    language = newsroom.target_language(article)
    path = newsroom.catalog_path(article.slug, language)
    units = newsroom.document(article, remember=True).units
    exists = (newsroom.root / path).is_file()
    renamed = "" if exists else vanished.former(language, units)
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
        accept = _small(newsroom, article.language) if trivial else None
        followed = update(named, units, accept=accept)
        updates.append((followed, was_current))
        return followed.catalog

    _, content = newsroom.rewrite(article, language, follow)
    followed, current = updates[0]
    said = _said(article.slug, path, language, followed)
    index.settle(article.slug, article.path, article.text.encode(), path, content, said.units)
    return replace(said, current=current, renamed=renamed)


def _small(newsroom: Newsroom, language: str) -> Callable[[str, str], bool]:
    """Return what says whether an edit of a source is a typo that leaves its glossary terms."""
    from bilingual.catalog.trivial import trivial  # noqa: PLC0415 - only a person asks for it
    from bilingual.glossary.match import Matcher  # noqa: PLC0415

    matcher = Matcher(newsroom.glossary().terms)

    def terms(text: str) -> list[str]:
        return [hit.term.id for hit in matcher.find(text, language)]

    return lambda old, new: trivial(old, new) and terms(old) == terms(new)


class _Vanished:
    """Catalogs whose articles are gone, looked for once however many articles are new."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        self._texts: dict[str, dict[str, list[str]]] = {}

    def former(self, language: str, units: Sequence[Unit]) -> str:
        """Return the slug of the catalog whose units these are, or nothing; it is then taken."""
        if language not in self._texts:
            self._texts[language] = dict(self._read(language))
        catalogs = self._texts[language]
        texts = {unit.source for unit in units if unit.translatable}
        best, most = "", ADOPTED
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
                continue  # a catalog of no article is nobody's business here
            yield slug, [entry.source for entry in live]


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
