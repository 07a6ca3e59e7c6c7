"""The stored memory: pairs of texts in a database, and blocks that find alike texts again.

Everything in it is made from files that git keeps, so what is damaged is thrown away and made
again. The database (SQLite, write-ahead log) holds each text once and the pairs that it is in;
each file's pairs are replaced in one transaction. Texts that are in no block yet, a few thousand
at most, are compared one by one; when they are more, they and the small blocks become one larger
block, so that a text is written again a few times at most, however many come.

One connection for a process: calls from several threads wait for one another.
"""

from __future__ import annotations

import contextlib
import hashlib
import secrets
import sqlite3
import threading
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from bilingual import clock
from bilingual.memory import fuzzy, tables
from bilingual.memory.fuzzy import CUT
from bilingual.model import MemoryPair

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from bilingual.memory.block import Block

TAIL = 5_000
"""Texts of one language outside blocks at which a block is written: comparing them all takes some
milliseconds."""
GROWTH = 2
"""A block joins the new one when it has at most this many times its texts."""
ABANDONED = 3600.0
"""Seconds after which a block that nobody named belongs to a process that was killed."""


class MemoryFile(NamedTuple):
    """What the store knows of a file whose pairs it holds."""

    name: str
    seen: str
    """What the caller keeps to see whether the file changed."""
    pairs: int


class Found(NamedTuple):
    """A pair of the store in the direction that was asked for."""

    pair: MemoryPair
    score: float
    """Of its source with the query; 100 for the same text."""
    near: bool
    """True when it is between the neighbours that were asked for."""


class Store:
    """The memory in the folder ``folder``; None for one that lives in this process only.

    Methods raise ``sqlite3.Error`` when the database cannot be used.
    """

    def __init__(self, folder: Path | None, key: str) -> None:
        """Open the store, empty when it is new; ``key`` is what it was made by and for.

        Raises ``sqlite3.DatabaseError`` when there is one that is damaged or has another key.
        """
        self._folder = folder
        self.private = folder is None
        """True when no other process sees it."""
        self._lock = threading.RLock()
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        place = ":memory:" if folder is None else str(folder / tables.FILE)
        self._db = sqlite3.connect(
            place, timeout=30.0, isolation_level=None, check_same_thread=False
        )
        try:
            tables.prepare(self._db, key)
        except sqlite3.Error:
            self._db.close()
            raise
        self._version = -1
        self._blocks: dict[str, list[tuple[str, int, Block | None]]] = {}
        self._tail: dict[str, tuple[list[int], list[str]]] = {}

    def close(self) -> None:
        """Let the files go."""
        with self._lock:
            self._forget_blocks()
            self._db.close()

    # Files and their pairs

    def files(self) -> dict[str, MemoryFile]:
        """Return the files that pairs came from, by name."""
        with self._lock:
            return {row[0]: MemoryFile(*row) for row in self._db.execute(tables.FILES)}

    def put(self, name: str, seen: str, pairs: Iterable[MemoryPair]) -> None:
        """Let the file ``name`` have these pairs and no others."""
        with self._lock, self._writing():
            before = self._texts_of(name)
            self._db.execute("DELETE FROM pairs WHERE file = ?", (name,))
            self._db.executemany(tables.PUT, (self._row(name, each) for each in pairs))
            (count,) = self._db.execute(
                "SELECT count(*) FROM pairs WHERE file = ?", (name,)
            ).fetchone()
            self._db.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", (name, seen, count))
            self._sweep(before)

    def saw(self, name: str, seen: str) -> None:
        """Remember a newer sight of a file that has not changed."""
        with self._lock, self._writing():
            self._db.execute("UPDATE files SET seen = ? WHERE name = ?", (seen, name))

    def drop(self, name: str) -> None:
        """Forget the file ``name`` and its pairs."""
        with self._lock, self._writing():
            before = self._texts_of(name)
            self._db.execute("DELETE FROM pairs WHERE file = ?", (name,))
            self._db.execute("DELETE FROM files WHERE name = ?", (name,))
            self._sweep(before)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")
        self._version = -1

    def _texts_of(self, name: str) -> set[int]:
        rows = self._db.execute("SELECT source, target FROM pairs WHERE file = ?", (name,))
        return {number for row in rows for number in row}

    def _sweep(self, texts: Iterable[int]) -> None:
        """Delete those of ``texts`` that are in no pair any more."""
        for number in texts:
            gone = self._db.execute(tables.SWEEP, (number, number, number)).fetchone()
            if gone:
                self._db.execute(tables.GONE, {"language": gone[0], "text": number})

    def _row(self, name: str, pair: MemoryPair) -> tuple[object, ...]:
        return (
            name,
            self._text(pair.source, pair.source_language),
            self._text(pair.target, pair.target_language),
            pair.origin,
            pair.slug,
            pair.unit,
            pair.segment,
            pair.reviewer,
            pair.time,
            *(_key(side) for place in (pair.before, pair.after) for side in place),
        )

    def _text(self, text: str, language: str) -> int:
        """Return the number of ``text``; it gets one when it is new."""
        text = normal(text)
        found = self._db.execute(tables.NUMBER, (language, _key(text), text)).fetchone()
        if found is None:
            row = (language, _key(text), len(text), text)
            return int(self._db.execute(tables.NEW_TEXT, row).lastrowid or 0)
        return int(found[0])

    # Looking up

    def same(
        self, text: str, language: str, other: str, before: str = "", after: str = ""
    ) -> list[Found]:
        """Return the pairs whose source is ``text`` in ``language``, with a target in ``other``."""
        text = normal(text)
        with self._lock:
            found = self._db.execute(tables.NUMBER, (language, _key(text), text)).fetchone()
            rows = self._pairs(int(found[0]), other) if found else []
        around = (_key(before), _key(after))
        near = any((before, after))
        return [Found(pair, fuzzy.EXACT, near and keys == around) for pair, keys in rows]

    def alike(
        self, text: str, language: str, other: str, limit: int, cut: float = CUT
    ) -> list[Found]:
        """Return pairs whose source scores ``cut`` or more with ``text``, best first.

        Pairs with the same source are left out. At least ``limit`` texts are looked up, if there
        are that many.
        """
        text = normal(text)
        found: list[Found] = []
        with self._lock:
            for number, score in sorted(self.near(text, language, cut), key=lambda hit: -hit[1]):
                if len(found) >= limit and score < found[-1].score:
                    break
                found += (
                    Found(pair, score, near=False)
                    for pair, _ in self._pairs(number, other)
                    if pair.source != text
                )
        return found

    def near(self, text: str, language: str, cut: float = CUT) -> list[tuple[int, float]]:
        """Return number and score of each text of ``language`` that scores ``cut`` or more."""
        with self._lock:
            self._refresh(language)
            hits: list[tuple[int, float]] = []
            for name, _, block in self._blocks[language]:
                found = _searched(block, text, cut)
                if found is None:
                    self._discard(name)
                    self.grow()
                    return self.near(text, language, cut)
                hits += found
            ids, texts = self._tail[language]
            if texts:
                hits += ((ids[index], score) for index, score in fuzzy.close(text, texts, cut))
        return hits

    def _pairs(self, number: int, other: str) -> list[tuple[MemoryPair, tuple[int, int]]]:
        """Return the pairs of a text in its direction, with the keys of their neighbours there."""
        rows = self._db.execute(tables.PAIRS, {"text": number, "other": other})
        return [(_pair(row), (row[9], row[10])) for row in rows]

    def holding(self, holds: Callable[[str], bool], language: str, other: str) -> Iterator[Found]:
        """Yield the pairs whose text in ``language`` makes ``holds`` return True."""
        with self._lock:
            for number, text in self._db.execute(tables.ALL_TEXTS, (language,)):
                if holds(text):
                    for pair, _ in self._pairs(number, other):
                        yield Found(pair, fuzzy.EXACT, near=False)

    def origins(self) -> list[tuple[str, str, str, bool, int]]:
        """Return how many pairs there are of each file, direction, origin and size."""
        with self._lock:
            rows = self._db.execute(tables.ORIGINS).fetchall()
        return [
            (name, f"{source}→{target}", origin, bool(segment), count)
            for name, source, target, origin, segment, count in rows
        ]

    # Blocks

    def _refresh(self, language: str) -> None:
        """Take note of what was written since the last look, here or by another process."""
        (version,) = self._db.execute("PRAGMA data_version").fetchone()
        if version != self._version:
            self._forget_blocks()
            self._version = version
        if language in self._blocks:
            return
        blocks: list[tuple[str, int, Block | None]] = []
        for name, last in self._db.execute(tables.BLOCKS, (language,)).fetchall():
            blocks.append((name, last, self._open(name)))
        self._blocks[language] = blocks
        last = max((last for _, last, _ in blocks), default=0)
        rows = self._db.execute(tables.TAIL, (language, last)).fetchall()
        self._tail[language] = ([row[0] for row in rows], [row[1] for row in rows])

    def _open(self, name: str) -> Block | None:
        from bilingual.memory.block import Block, DamagedError  # noqa: PLC0415 - numpy loads slowly

        try:
            return Block(self._path(name))
        except DamagedError:
            return None

    def _path(self, name: str) -> Path:
        assert self._folder is not None, "a store without a folder has no blocks"  # noqa: S101
        return self._folder / name

    def _forget_blocks(self) -> None:
        for blocks in self._blocks.values():
            for _, _, block in blocks:
                if block is not None:
                    block.close()
        self._blocks.clear()
        self._tail.clear()

    def _discard(self, name: str) -> None:
        """Give up a block; its texts and those of younger blocks are outside of blocks again."""
        with self._writing():
            names = [row[0] for row in self._db.execute(tables.NOT_BEFORE, (name,)).fetchall()]
            self._db.executemany("DELETE FROM blocks WHERE name = ?", [(each,) for each in names])
        self._remove(names)

    def grow(self) -> None:
        """Write blocks for texts outside of them, when they are many, and for blocks half empty.

        What cannot be written for want of room stays outside: searches are slower, no worse.
        """
        if self._folder is None:
            return
        with self._lock, contextlib.suppress(OSError):
            for (language,) in self._db.execute(tables.LANGUAGES).fetchall():
                while (plan := self._plan(language)) is not None:
                    if not self._write(language, *plan):
                        return  # another process was first; its blocks do as well
            self._clear()

    def _plan(self, language: str) -> tuple[int, list[str]] | None:
        """Return the last text before the next block, and the blocks that it takes the place of."""
        blocks = self._db.execute(tables.SIZES, (language,)).fetchall()
        last = blocks[-1][1] if blocks else 0
        (tail,) = self._db.execute(tables.TAIL_SIZE, (language, last)).fetchone()
        size, merged = tail if tail > TAIL else 0, 0
        emptied = [place for place, row in enumerate(blocks) if row[3] * 2 > row[2]]
        if emptied:
            merged = len(blocks) - emptied[0]
            size = max(size, 1)
        if not size:
            return None
        size += sum(row[2] - row[3] for row in blocks[len(blocks) - merged :])
        for _, _, count, _ in reversed(blocks[: len(blocks) - merged]):
            if count > GROWTH * size:
                break
            size += count
            merged += 1
        kept = blocks[: len(blocks) - merged]
        return (kept[-1][1] if kept else 0), [row[0] for row in blocks[len(kept) :]]

    def _write(self, language: str, after: int, merged: list[str]) -> bool:
        """Write one block of all texts after the number ``after``; return False when too late."""
        from bilingual.memory import block_writing  # noqa: PLC0415

        (last,) = self._db.execute(tables.LAST, (language,)).fetchone() or (0,)
        name = f"{language}-{secrets.token_hex(6)}{tables.BLOCK}"
        count = 0
        if last > after:
            rows = self._db.execute(tables.SHORTEST_FIRST, (language, after, last))
            count = block_writing.write(self._path(name), rows)
        with self._writing():
            later = self._db.execute(tables.LATER, (language, after)).fetchall()
            known = [row[0] for row in later] == merged
            if known:
                gone = [(one,) for one in merged]
                self._db.executemany("DELETE FROM blocks WHERE name = ?", gone)
                if count:
                    row = (name, language, last, count, 0)
                    self._db.execute("INSERT INTO blocks VALUES (?, ?, ?, ?, ?)", row)
        self._remove(merged if known else [name])
        return known

    def _remove(self, names: Sequence[str]) -> None:
        for name in names:
            with contextlib.suppress(OSError):
                self._path(name).unlink(missing_ok=True)

    def _clear(self) -> None:
        """Delete blocks that nobody names: a process was killed while it wrote them."""
        known = {row[0] for row in self._db.execute("SELECT name FROM blocks")}
        assert self._folder is not None, "a store without a folder has no blocks"  # noqa: S101
        for pattern in (f"*{tables.BLOCK}", f"{tables.UNFINISHED}*"):
            for file in self._folder.glob(pattern):
                with contextlib.suppress(OSError):
                    age = clock.nanoseconds() - file.stat().st_mtime_ns
                    if file.name not in known and age > ABANDONED * 10**9:
                        file.unlink()


def _searched(block: Block | None, text: str, cut: float) -> list[tuple[int, float]] | None:
    """Return what ``block`` holds that is like ``text``; None when it is damaged."""
    from bilingual.memory.block import DamagedError  # noqa: PLC0415

    if block is None:
        return None
    try:
        return [(hit.id, hit.score) for hit in block.search(text, cut)]
    except DamagedError:
        return None


def normal(text: str) -> str:
    """Return ``text`` in the form in which it is kept and compared (NFC)."""
    return unicodedata.normalize("NFC", text)


def _key(text: str) -> int:
    """Return a number of 64 bits for ``text``; 0 for an empty one."""
    if not text:
        return 0
    digest = hashlib.blake2b(normal(text).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _pair(row: Sequence[object]) -> MemoryPair:
    source, target, source_language, target_language, origin, slug, unit, segment, time_ = row[:9]
    return MemoryPair(
        str(source),
        str(target),
        str(source_language),
        str(target_language),
        str(origin),
        str(slug),
        str(unit),
        bool(segment),
        time=str(time_),
    )
