"""Read and write the articles, catalogs and glossary of a newsroom folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from bilingual.errors import ConfigurationError, ContentError, UsageError
from bilingual.model import Article, Catalog, msg
from bilingual.nearest import did_you_mean
from bilingual.newsroom import config, paths, reading
from bilingual.newsroom.index import ArticleIndex, key_of
from bilingual.newsroom.locks import is_present, locked, present
from bilingual.newsroom.segment_cache import SegmentCache
from bilingual.storage import atomic

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from bilingual.glossary.schema import Glossary
    from bilingual.markdown.document import Document

GUIDE_LENGTH = 20_000
"""Bytes of a style guide: twice the built-in ones, and far below any model's context."""


class Newsroom:
    """A folder with ``bilingual.toml`` and what it describes. Reads on demand, keeps no state.

    Every path passed or returned as a string is relative to ``root`` and has ``/``.
    """

    def __init__(self, root: Path, settings: config.Config) -> None:
        self.root = root
        self.config = settings
        self._segment_cache: SegmentCache | None = None

    @classmethod
    def open(cls, start: Path | None = None) -> Newsroom:
        """Return the newsroom that contains the folder ``start`` (default: working directory).

        Raises ``ConfigurationError`` when neither that folder nor a parent has a
        ``bilingual.toml``, or when that file is invalid.
        """
        here = (start or Path.cwd()).resolve()
        for folder in (here, *here.parents):
            file = folder / config.FILE
            if file.is_file():
                try:
                    text = reading.text(reading.read(file, config.FILE), config.FILE)
                except ContentError as error:
                    raise ConfigurationError(
                        error.problem, path=error.path, line=error.line, hint=error.hint
                    ) from error
                return cls(folder, config.parse(text))
        raise ConfigurationError(
            msg("no {file} in {here} or a folder above it", file=config.FILE, here=here),
            hint=msg("change into a newsroom, or create one with `bilingual init`"),
        )

    # Articles

    def slugs(self) -> list[str]:
        """Return the names of all article folders, sorted; hidden ones and files are ignored.

        Raises ``ContentError`` for a folder whose name cannot be a slug, or that is a link to a
        folder outside the newsroom.
        """
        folder = self.root / paths.ARTICLES
        if not folder.is_dir():
            return []
        with os.scandir(folder) as entries:
            found = sorted(
                each.name for each in entries if not each.name.startswith(".") and each.is_dir()
            )
        return [slug for slug in found if self._is_article(slug)]

    def articles(self, slugs: Sequence[str] = ()) -> list[Article]:
        """Return the articles ``slugs``, in that order, or all by name when it is empty.

        Raises ``UsageError`` for a slug that does not exist, with similar ones; ``ContentError``
        for an article that cannot be read.
        """
        return [self.article(slug) for slug in dict.fromkeys(slugs or self.slugs())]

    def article(self, slug: str) -> Article:
        """Return the article in the folder ``slug``; raises as ``articles`` does."""
        name, language = self.source(slug)
        content = reading.read(self.root / name, name)
        return Article(slug, language, name, reading.text(content, name))

    def source(self, slug: str) -> tuple[str, str]:
        """Return the path and the language of the source file of ``slug``, without reading it.

        Raises ``UsageError`` for a slug that does not exist; ``ContentError`` when its folder has
        no source, more than one, or one in a language that is not the newsroom's.
        """
        place = f"{paths.ARTICLES}/{slug}"
        folder = self.root / paths.ARTICLES / slug
        if paths.slug_problem(slug) or not folder.is_dir():
            raise self._unknown(slug)
        self._guard(folder, place)
        names = sorted(os.listdir(folder))  # noqa: PTH208 - ten times as fast as iterdir
        sources = [found for name in names if (found := paths.INDEX.fullmatch(name))]
        if not sources:
            raise ContentError(
                msg("the folder contains no article"),
                path=place,
                hint=msg(
                    "name the article `index.en.md` or `index.ko.md`, by the language it is "
                    "written in"
                ),
            )
        if len(sources) > 1:
            both = " and ".join(f"{place}/{found[0]}" for found in sources)
            raise ContentError(
                msg("more than one source: {both}", both=both),
                path=place,
                hint=msg(
                    "keep the original, and move the other out of the folder: "
                    "`bilingual absorb {slug} FILE` takes a translation into the catalog",
                    slug=slug,
                ),
            )
        language = sources[0][1]
        if language not in self.config.newsroom.languages:
            pair = " and ".join(self.config.newsroom.languages)
            raise ContentError(
                msg(
                    "the newsroom's languages are {pair}, not {language}",
                    pair=pair,
                    language=language,
                ),
                path=f"{place}/{sources[0][0]}",
                hint=msg(
                    "rename the file, or set `newsroom.languages` in {file}", file=config.FILE
                ),
            )
        self._guard(folder / sources[0][0], f"{place}/{sources[0][0]}")
        return f"{place}/{sources[0][0]}", language

    def target_language(self, article: Article) -> str:
        """Return the language into which ``article`` is translated."""
        return self.other_language(article.language)

    def other_language(self, language: str) -> str:
        """Return the newsroom's other language."""
        first, second = self.config.newsroom.languages
        return second if language == first else first

    def document(self, article: Article, *, remember: bool = False) -> Document:
        """Return the segmented ``article``, with the newsroom's front-matter keys.

        A cached segmentation is used (see ``segment_cache``); ``remember`` stores a new one.
        Raises ``ContentError`` with the article's path for invalid front matter.
        """
        from bilingual.markdown.segment import segment  # noqa: PLC0415 - the parser loads slowly

        cache = self.segment_cache()
        cached = cache.get(article.slug, article.text)
        if cached is not None:
            return cached
        try:
            document = segment(article.text, keys=self.config.markdown.keys)
        except ContentError as error:
            raise ContentError(
                error.problem, path=article.path, line=error.line, hint=error.hint
            ) from error
        if remember:
            cache.put(article.slug, document)
        return document

    def segment_cache(self) -> SegmentCache:
        """Return the cache of segmented articles."""
        if self._segment_cache is None:
            self._segment_cache = SegmentCache(self.root, key_of(self.config))
        return self._segment_cache

    # Catalogs

    def catalog_path(self, slug: str, language: str) -> str:
        """Return the path of the catalog of ``slug`` into ``language``, which may not exist."""
        return paths.catalog_path(slug, language)

    def catalog(self, slug: str, language: str) -> Catalog:
        """Return the catalog of ``slug`` into ``language``; empty when it has no file.

        Raises ``ContentError`` with file and line when it is not a valid catalog.
        """
        return self._load(slug, language)[0]

    def change(
        self, article: Article, language: str, edit: Callable[[Catalog], Catalog]
    ) -> Catalog:
        """Read the catalog of ``article`` into ``language``, ``edit`` it, write it; return it.

        This holds the catalog's lock, so that no write of another process is lost. When ``edit``
        raises, or the text does not change, nothing is written. Raises ``StorageError`` when the
        lock cannot be taken or the file cannot be written.
        """
        return self.rewrite(article, language, edit)[0]

    def rewrite(
        self, article: Article, language: str, edit: Callable[[Catalog], Catalog]
    ) -> tuple[Catalog, bytes]:
        """Do the same as ``change``; return the catalog and the file's content."""
        from bilingual.catalog import po  # noqa: PLC0415 - readers of articles need no PO

        path = self.catalog_path(article.slug, language)
        with self.lock(path):
            catalog, before = self._load(article.slug, language)
            edited = edit(catalog)
            content = po.serialize(edited).encode()
            if content != before:
                self.write(path, content)
        return edited, content

    def _load(self, slug: str, language: str) -> tuple[Catalog, bytes]:
        from bilingual.catalog import po  # noqa: PLC0415

        path = self.catalog_path(slug, language)
        self._guard(self.root / path, path)
        try:
            content = reading.read(self.root / path, path)
        except FileNotFoundError:
            try:
                source, written = self.source(slug)
            except UsageError:
                source, written = "", self.other_language(language)
            return Catalog(slug, written, language, source), b""
        return po.parse(reading.text(content, path), path=path, own=True), content

    def catalogs(self, language: str) -> list[str]:
        """Return the slugs that have a catalog into ``language``, with or without an article."""
        folder = self.root / paths.catalog_path("", language).rpartition("/")[0]
        return sorted(file.stem for file in folder.glob("*.po")) if folder.is_dir() else []

    def rename_catalog(self, slug: str, new: str, language: str) -> None:
        """Move the catalog of ``slug`` to the slug ``new``, which has none.

        Raises ``StorageError`` when the file cannot be written.
        """
        old_path, new_path = (self.catalog_path(each, language) for each in (slug, new))
        self._guard(self.root / old_path, old_path)
        self._guard(self.root / new_path, new_path)
        first, second = sorted((old_path, new_path))  # a fixed order prevents a deadlock
        with self.lock(first), self.lock(second):
            if not (self.root / new_path).exists():
                atomic.rename(self.root / old_path, self.root / new_path, name=old_path)

    # Everything else

    def index(self) -> ArticleIndex:
        """Return the index of unchanged articles; see ``index``."""
        return ArticleIndex.load(self.root, self.config)

    def glossary(self) -> Glossary:
        """Return the glossary; an empty one when ``glossary.yaml`` does not exist.

        Raises ``ConfigurationError`` with its errors by line.
        """
        from bilingual.glossary import schema  # noqa: PLC0415 - YAML and its validation load slowly

        try:
            content = reading.read(self.root / paths.GLOSSARY, paths.GLOSSARY)
        except FileNotFoundError:
            return schema.Glossary(())
        try:
            text = reading.text(content, paths.GLOSSARY)
        except ContentError as error:
            raise ConfigurationError(
                error.problem, path=error.path, line=error.line, hint=error.hint
            ) from error
        return schema.parse(text, path=paths.GLOSSARY)

    def guide_path(self, source_language: str, target_language: str) -> str:
        """Return the path of the newsroom's own style guide for a direction; it may not exist."""
        return paths.guide_path(source_language, target_language)

    def guide(self, source_language: str, target_language: str) -> str:
        """Return the newsroom's own style guide for a direction; empty when it has none.

        Raises ``ConfigurationError`` for a file that is empty, too long or not UTF-8.
        """
        path = self.guide_path(source_language, target_language)
        self._guard(self.root / path, path)
        try:
            content = reading.read(self.root / path, path)
        except FileNotFoundError:
            return ""
        if len(content) > GUIDE_LENGTH:
            raise ConfigurationError(
                msg(
                    "the guide has {size:,} bytes, more than {most:,}",
                    size=len(content),
                    most=GUIDE_LENGTH,
                ),
                path=path,
                hint=msg("shorten it: every request contains all of it"),
            )
        try:
            text = reading.text(content, path).removeprefix("\ufeff").replace("\r\n", "\n")
        except ContentError as error:
            raise ConfigurationError(
                error.problem, path=error.path, line=error.line, hint=error.hint
            ) from error
        if not text.strip():
            raise ConfigurationError(
                msg("the guide is empty"),
                path=path,
                hint=msg("write it, or delete it to use the built-in one"),
            )
        return text

    def lock(self, name: str) -> AbstractContextManager[None]:
        """Return a context that holds the lock of the file ``name``; see ``locks.locked``."""
        return locked(self.root / paths.WORK / "locks", name)

    def presence(self, name: str) -> AbstractContextManager[None]:
        """Return a context in which ``present(name)`` is true for every process."""
        return present(self.root / paths.WORK / "locks", name)

    def present(self, name: str) -> bool:
        """Return True while a process is in ``presence(name)``."""
        return is_present(self.root / paths.WORK / "locks", name)

    def write(self, name: str, content: bytes) -> None:
        """Write ``content`` to the path ``name`` atomically.

        Raises ``StorageError`` when it cannot be written or the path is outside the newsroom.
        """
        self._guard(self.root / name, name)
        atomic.write(self.root / name, content, name=name)

    def _is_article(self, slug: str) -> bool:
        place = f"{paths.ARTICLES}/{slug}"
        problem = paths.slug_problem(slug)
        if problem:
            raise ContentError(
                msg("the folder's name {reason}", reason=problem),
                path=place,
                hint=msg("name it with letters, digits and hyphens"),
            )
        return True

    def _guard(self, path: Path, name: str) -> None:
        """Raise ``ContentError`` when ``path`` (with links resolved) is outside the newsroom."""
        here = str(self.root)
        for part in name.split("/"):
            here = f"{here}/{part}"
            if part in {"", ".."} or os.path.islink(here):  # noqa: PTH114 - a path object costs as much
                break
        else:
            return  # the root is resolved, and the path has no link
        if not path.resolve().is_relative_to(self.root):
            raise ContentError(
                msg("the path leads out of the newsroom"),
                path=name,
                hint=msg("put the file itself there"),
            )

    def _unknown(self, slug: str) -> UsageError:
        folder = self.root / paths.ARTICLES
        known = [each.name for each in folder.iterdir()] if folder.is_dir() else []
        hint = (
            msg("`bilingual status` lists all articles")
            if known
            else msg("put one at `{folder}/SLUG/index.en.md`", folder=paths.ARTICLES)
        )
        return UsageError(
            msg("no article {slug!r}", slug=slug), hint=did_you_mean(slug, known, hint)
        )
