"""Remember which articles and catalogs fit each other, so that ``segment`` skips them: a cache.

A record means: this article's file, with this content, and this catalog's, with that content, fit
each other. It holds for the files as they are when their stat (``Stamp``) is the one that was
seen, or else when their content is, by its hash. The content decides: a file
that changed so shortly before it was seen that its time stamp could not tell a second change is
hashed (the rule of git's index, "racy git"), and the inode's change time, which nobody can set,
must be the same, too.

Processes write the file whole, and each record is true by itself, so the last one is right.
"""

from __future__ import annotations

import importlib.util
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import bilingual
from bilingual import clock
from bilingual.newsroom import paths
from bilingual.storage import cache
from bilingual.storage.cache import digest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.newsroom.config import Config

FILE = f"{paths.WORK}/index.json"
FORMAT = 2
RACY = 2_000_000_000
"""Nanoseconds: the coarsest time stamps that file systems in use have (FAT's two seconds)."""
READ_BY = ("markdown", "catalog", "workflow", "model.py")
"""The code of this package that decides what a record means."""
PARSERS = ("markdown_it", "mdit_py_plugins", "yaml")


class Stamp(NamedTuple):
    """A file's stat, as far as it shows that the content changed."""

    modified: int
    """Nanoseconds, as the file system counts them."""
    changed: int
    """The same for the inode."""
    size: int
    inode: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it was read once."""

    stamp: Stamp
    """Taken before the content was read."""
    digest: str
    """Of the content."""
    time: int
    """When, in nanoseconds since the epoch; not after the stamp was taken."""

    @property
    def sure(self) -> bool:
        """True when an equal stamp means equal content."""
        return max(self.stamp.modified, self.stamp.changed) < self.time - RACY


@dataclass(frozen=True, slots=True)
class IndexRecord:
    """An article and its catalog that fit each other."""

    source: str
    """Relative path of the article's file."""
    catalog: str
    """Relative path of the catalog."""
    units: int
    article_seen: Seen
    catalog_seen: Seen


def stamp(path: str | Path) -> Stamp | None:
    """Return the stamp of the file at ``path``; None for anything but a file of its own."""
    try:
        found = os.lstat(path)
    except OSError:
        return None
    if found.st_mode & 0o170000 != 0o100000:  # links are followed with care elsewhere
        return None
    return Stamp(found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino)


class ArticleIndex:
    """The records of one newsroom, by slug. ``load`` reads them, ``save`` writes what changed."""

    def __init__(self, root: Path, key: str, records: dict[str, IndexRecord] | None = None) -> None:
        self.root = root
        self.key = key
        self.time = clock.nanoseconds()
        self._prefix = f"{root}/"
        self._records = records or {}
        self._changed = False

    @classmethod
    def load(cls, root: Path, config: Config) -> ArticleIndex:
        """Return the index of the newsroom at ``root``; an empty one when it cannot be used."""
        key = key_of(config)
        return cls(root, key, cache.read(root / FILE, key, _records))

    def settled(self, slug: str, source: str, catalog: str) -> int | None:
        """Return how many units ``slug`` has when nothing is to be done for it; None otherwise.

        ``source`` and ``catalog`` are where its files are now.
        """
        record = self._records.get(slug)
        if record is None or record.source != source or record.catalog != catalog:
            return None
        article = self._same(source, record.article_seen)
        if article is None:
            return None
        seen = self._same(catalog, record.catalog_seen)
        if seen is None:
            return None
        if article is not record.article_seen or seen is not record.catalog_seen:
            self._put(slug, IndexRecord(source, catalog, record.units, article, seen))
        return record.units

    def settle(  # noqa: PLR0913, PLR0917 - both files, and what they hold
        self, slug: str, source: str, text: bytes, catalog: str, written: bytes, units: int
    ) -> None:
        """Remember that the article with content ``text`` and the catalog with ``written`` fit.

        Nothing is remembered when one of the files has another content by now.
        """
        article = self._look(source, digest(text))
        seen = self._look(catalog, digest(written))
        if article is not None and seen is not None:
            self._put(slug, IndexRecord(source, catalog, units, article, seen))

    def keep(self, slugs: set[str]) -> None:
        """Forget the articles that are not among ``slugs``."""
        for slug in self._records.keys() - slugs:
            del self._records[slug]
            self._changed = True

    def save(self) -> None:
        """Write the index when it changed. A disk that does not let it costs only time."""
        if not self._changed:
            return
        rows = {slug: list(_row(record)) for slug, record in sorted(self._records.items())}
        cache.write(self.root / FILE, self.key, rows)
        self._changed = False

    def _put(self, slug: str, record: IndexRecord) -> None:
        self._records[slug] = record
        self._changed = True

    def _same(self, name: str, seen: Seen) -> Seen | None:
        """Return ``seen``, or a newer sight of the same content; None when it is another."""
        now = stamp(self._prefix + name)
        if now is None or now.size != seen.stamp.size:
            return None
        if now == seen.stamp and seen.sure:
            return seen
        return self._look(name, seen.digest)

    def _look(self, name: str, wanted: str) -> Seen | None:
        now = stamp(self._prefix + name)
        if now is None:
            return None
        try:
            content = Path(self._prefix + name).read_bytes()
        except OSError:
            return None
        return Seen(now, wanted, self.time) if digest(content) == wanted else None


def key_of(config: Config) -> str:
    """Return what decides the result of ``segment`` apart from the files: settings and code."""
    settings = [*config.newsroom.languages, "", *sorted(config.markdown.keys)]
    parts = [str(FORMAT), bilingual.__version__, *settings, "", *cache.code_stamps(_code())]
    return digest("\n".join(parts).encode())


def _code() -> Iterator[Path | str]:
    """Yield the files and folders whose code decides, as far as they are files."""
    package = Path(bilingual.__file__).parent
    yield from (package / name for name in READ_BY)
    specs = (importlib.util.find_spec(name) for name in PARSERS)
    yield from (spec.origin for spec in specs if spec is not None and spec.origin)


def _records(rows: dict[str, list[object]]) -> dict[str, IndexRecord]:
    return {slug: _record(row) for slug, row in rows.items()}


def _row(record: IndexRecord) -> Iterator[object]:
    yield from (record.source, record.catalog, record.units)
    for seen in (record.article_seen, record.catalog_seen):
        yield from (*seen.stamp, seen.digest, seen.time)


def _record(row: list[object]) -> IndexRecord:
    """Return the record that ``_row`` wrote; the checksum has vouched for the types."""
    source, catalog, units, *seen = row
    first, second = (
        Seen(Stamp(*part[:4]), part[4], part[5])  # type: ignore[arg-type]
        for part in (seen[:6], seen[6:])
    )
    return IndexRecord(source, catalog, units, first, second)  # type: ignore[arg-type]
