"""The translation memory of a newsroom: what people approved before, found again.

Whenever it is opened it is brought up to the files that git keeps: each catalog and each imported
memory whose stat differs is read again. It is a cache: damaged, absent or of another version, it is
made again, and where the disk lets nothing be written it lives in the process alone.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING, Self, TypeVar

from bilingual import clock
from bilingual.catalog import origin as origins
from bilingual.errors import BilingualError, ContentError, StorageError
from bilingual.language.sentence import segments
from bilingual.memory import fuzzy
from bilingual.memory.store import Found, Store, normal
from bilingual.model import Match
from bilingual.newsroom import paths
from bilingual.newsroom.index import Seen, Stamp, stamp
from bilingual.storage.cache import digest
from bilingual.workflow.memory import sources

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from bilingual.memory.store import MemoryFile
    from bilingual.model import Segment
    from bilingual.newsroom import Newsroom

FOLDER = f"{paths.WORK}/memory"
LIMIT = 5
Asked = TypeVar("Asked")


class Memory:
    """The memory of one newsroom. Threads may share it: one asks at a time."""

    def __init__(
        self, newsroom: Newsroom, store: Store, without: Collection[tuple[str, str]] = ()
    ) -> None:
        self._newsroom = newsroom
        self._store = store
        self._without = frozenset(without)
        self.problems: tuple[BilingualError, ...] = ()
        """Why files are not in the memory, or only as they once were."""

    @classmethod
    def open(cls, newsroom: Newsroom, *, without: Collection[tuple[str, str]] = ()) -> Memory:
        """Return the memory of ``newsroom``, up to its files.

        ``without`` are units (slug and id) that no match comes from.
        """
        memory = cls(newsroom, _opened(newsroom), without)
        memory.refresh()
        return memory

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Let its files go."""
        self._store.close()

    def refresh(self) -> None:
        """Bring the memory up to the newsroom's files: what was approved since is in it then."""
        self._asked(self._refreshed)

    def matches(  # noqa: PLR0913 - a text and its context
        self,
        source: str,
        source_language: str,
        target_language: str,
        *,
        before: str = "",
        after: str = "",
        slug: str = "",
        unit: str = "",
        limit: int = LIMIT,
        cut: int = fuzzy.CUT,
    ) -> tuple[Match, ...]:
        """Return at most ``limit`` matches of ``source``, best first.

        A match scores 101 when it comes from the same unit (``slug`` and ``unit``) or is
        between the same neighbours (``before`` and ``after``: sources of the units next to it). A
        source that was approved with two targets gives both. ``cut`` above 99 asks for no fuzzy
        ones.
        """

        def ask() -> tuple[Match, ...]:
            both = (source_language, target_language)
            found = self._store.same(source, *both, before, after)
            matches = self._distinct(found, (slug, unit), limit)
            if cut < fuzzy.EXACT and len(matches) < limit:
                found += self._store.alike(source, *both, limit + len(self._without), cut)
                matches = self._distinct(found, (slug, unit), limit)
            return matches

        return self._asked(ask) if normal(source).strip() else ()

    def segments(
        self, source: str, source_language: str, target_language: str, *, limit: int = 1
    ) -> tuple[tuple[Segment, tuple[Match, ...]], ...]:
        """Return the sentences of ``source`` that have matches, each with its own, best first.

        A text of one sentence has none: its matches are those of the whole. Each match is one of
        a sentence, also where that was a whole unit: it does not cover the rest of ``source``.
        """
        sentences = segments(source, source_language)
        if len(sentences) < 2:
            return ()
        texts = ["", *(each.text for each in sentences), ""]
        found = (
            (
                each,
                self.matches(
                    each.text,
                    source_language,
                    target_language,
                    before=before,
                    after=after,
                    limit=limit,
                ),
            )
            for each, before, after in zip(sentences, texts, texts[2:], strict=False)
        )
        return tuple(
            (each, tuple(replace(match, segment=True) for match in matches))
            for each, matches in found
            if matches
        )

    def search(
        self, words: str, language: str, target_language: str, limit: int
    ) -> tuple[tuple[Match, ...], int]:
        """Return ``limit`` pairs whose text in ``language`` holds ``words``, and how many do.

        All the words must be in it, as parts of words too: 서울 is in 서울은. Letter case
        makes no difference.
        """
        parts = normal(words).casefold().split()
        if not parts:
            return (), 0

        def holds(text: str) -> bool:
            folded = text.casefold()
            return all(part in folded for part in parts)

        def ask() -> tuple[Match, ...]:
            found = self._store.holding(holds, language, target_language)
            return self._distinct(list(found), ("", ""), None)

        matches = self._asked(ask)
        return matches[:limit], len(matches)

    def origins(self) -> list[tuple[str, str, str, bool, int]]:
        """Return how many pairs each file, direction, origin and size (sentence or not) has."""
        return self._asked(self._store.origins)

    def _distinct(
        self, found: list[Found], place: tuple[str, str], limit: int | None
    ) -> tuple[Match, ...]:
        """Return the matches in ``found``: each pair of texts once, the best first.

        A unit and a sentence of it overlap: the better of them is kept.
        """
        best: dict[tuple[str, str], Match] = {}
        units: dict[tuple[str, str, str], list[Match]] = {}
        for each in sorted((_match(one, place) for one in found), key=_order):
            if (each.slug, each.unit) in self._without or (each.source, each.target) in best:
                continue
            siblings = units.setdefault((each.origin, each.slug, each.unit), [])
            if each.unit and any(_is_of(each, one) or _is_of(one, each) for one in siblings):
                continue
            siblings.append(each)
            best[each.source, each.target] = each
        return tuple(best.values())[:limit]

    # Up to the files

    def _refreshed(self) -> None:
        """Read what differs from what is remembered; drop what is gone."""
        problems: list[BilingualError] = []
        now = clock.nanoseconds()
        known = self._store.files()
        there = sources.names(self._newsroom)
        changed = [name for name in there if not self._same(known.get(name), name)]
        gone = known.keys() - set(there)
        if not (changed or gone):
            return
        try:
            alone = contextlib.nullcontext() if self._store.private else None
            with alone or self._newsroom.lock(FOLDER):
                known = self._store.files()
                for name in gone:
                    self._store.drop(name)
                for name in changed:
                    try:
                        self._take(name, known[name].seen if name in known else "", now)
                    except (ContentError, StorageError) as problem:
                        problems.append(problem)
                self._store.grow()
        except StorageError as busy:  # another process reads the same files; ours come later
            problems.append(busy)
        self.problems = tuple(problems)

    def _same(self, file: MemoryFile | None, name: str) -> bool:
        """Return True when the stat of the file ``name`` is as it was seen."""
        if file is None:
            return False
        seen = _seen(file.seen)
        return seen.sure and stamp(self._newsroom.root / name) == seen.stamp

    def _take(self, name: str, seen: str, now: int) -> None:
        """Read the file ``name`` into the memory, unless it is as it was seen."""
        place = self._newsroom.root / name
        found = stamp(place)
        try:
            content = place.read_bytes() if found is not None else b""
        except OSError:
            found = None
        if found is None:  # a link, or gone meanwhile
            self._store.drop(name)
            return
        fresh = Seen(found, digest(content), now)
        if seen and _seen(seen).digest == fresh.digest:
            self._store.saw(name, _written(fresh))
        else:
            pairs = sources.read(self._newsroom, name, content)
            self._store.put(name, _written(fresh), pairs)

    def _asked(self, ask: Callable[[], Asked]) -> Asked:
        """Return the answer of ``ask``; a memory that turns out damaged is made again once.

        Where the disk does not let it, it lives in the process.
        """
        try:
            return ask()
        except sqlite3.Error:
            with contextlib.suppress(sqlite3.Error):
                self._store.close()
        try:
            self._store = _opened(self._newsroom, again=True)
            self._refreshed()
            return ask()
        except sqlite3.Error:
            with contextlib.suppress(sqlite3.Error):
                self._store.close()
            self._store = Store(None, _key(self._newsroom))
            self._refreshed()
            return ask()


def _opened(newsroom: Newsroom, *, again: bool = False) -> Store:
    """Return the newsroom's store, deleted first when it is damaged or to be made ``again``."""
    folder, key = newsroom.root / FOLDER, _key(newsroom)
    try:
        with newsroom.lock(f"{FOLDER}/open"):
            if not again:
                try:
                    return Store(folder, key)
                except sqlite3.Error:
                    pass
            shutil.rmtree(folder, ignore_errors=True)
            return Store(folder, key)
    except (sqlite3.Error, StorageError, OSError):
        return Store(None, key)


def _key(newsroom: Newsroom) -> str:
    return " ".join(newsroom.config.newsroom.languages)


def _written(seen: Seen) -> str:
    return json.dumps([*seen.stamp, seen.digest, seen.time])


def _seen(written: str) -> Seen:
    *numbers, content, moment = json.loads(written)
    return Seen(Stamp(*numbers), content, moment)


def _match(found: Found, place: tuple[str, str]) -> Match:
    pair = found.pair
    exact = found.score >= fuzzy.EXACT
    # Other tools remember sentences alone: between the same neighbours one is the whole unit.
    segment = pair.segment and not (found.near and origins.is_imported(pair.origin))
    here = bool(place[1]) and place == (pair.slug, pair.unit)
    in_context = exact and (found.near or here)
    score = fuzzy.IN_CONTEXT if in_context else fuzzy.EXACT if exact else min(int(found.score), 99)
    return Match(
        pair.source,
        pair.target,
        score,
        pair.origin,
        pair.slug,
        pair.unit,
        segment,
        pair.time,
    )


def _is_of(one: Match, unit: Match) -> bool:
    """Return True when ``one`` is a sentence of ``unit``, a match of the same unit."""
    sentence = one.segment and not unit.segment
    return sentence and one.source in unit.source and one.target in unit.target


def _order(match: Match) -> tuple[object, ...]:
    """Sort the best first: by score; whole units, the newsroom's own, the latest first."""
    latest = tuple(-ord(each) for each in match.time) or (0,)
    foreign = match.origin.startswith("import:")
    return (-match.score, match.segment, foreign, latest, match.slug, match.unit, match.target)
