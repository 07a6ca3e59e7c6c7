"""Take back what one run, one engine, one model or one imported file brought in.

A target of that origin goes back to the earlier one that fits the present source, else to
``initial``; it stays in the unit's history as taken back, so that no memory fills it in again, and
the next ``translate`` asks anew rather than out of the journal. What a person approved is listed
and left, unless it is asked for. Each catalog is changed under its lock in one step, so a revert
that was killed goes on where it ended.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bilingual.catalog.history import before, of_origin, replaced
from bilingual.errors import UsageError
from bilingual.model import State, Target
from bilingual.workflow import memory_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bilingual.model import Catalog, Earlier, Entry
    from bilingual.newsroom import Newsroom
    from bilingual.workflow.review import Decision

FORMAT = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a revert is about: all that is said must hold."""

    origin: str = ""
    """An origin or what it begins with, step by step; see ``history.of_origin``."""
    run: str = ""
    """The start of a run: what ``born`` of its targets says."""
    since: str = ""
    """Nothing made before this time."""
    approved: bool = False
    """True to take back what a person approved, too."""

    def __call__(self, target: Target | Earlier) -> bool:
        """Return True when ``target`` is one to take back."""
        return (
            of_origin(target.origin, self.origin)
            and (not self.run or target.born == self.run)
            and target.born >= self.since
        )


@dataclass(frozen=True, slots=True)
class Reverted:
    """One target that is taken back, or that is left because a person approved it."""

    slug: str
    language: str
    entry: Entry
    """The unit with the target in question."""
    back: Target
    """What the unit goes back to."""

    @property
    def run(self) -> str:
        """The start of the run that it came from."""
        return self.entry.target.born


@dataclass(frozen=True, slots=True)
class RevertResult:
    """What was taken back, or would be."""

    taken: tuple[Reverted, ...] = ()
    left: tuple[Reverted, ...] = ()
    """Targets that a person approved."""
    memories: tuple[str, ...] = ()
    """Imported memories whose files are deleted."""

    def __add__(self, other: RevertResult) -> RevertResult:
        return RevertResult(
            self.taken + other.taken, self.left + other.left, self.memories + other.memories
        )


def revert(
    newsroom: Newsroom,
    slugs: Sequence[str],
    wanted: Wanted,
    by: Decision,
    *,
    dry_run: bool = False,
) -> RevertResult:
    """Take back the targets in the articles ``slugs`` (all when empty) that are ``wanted``.

    An origin of imports takes the memories back, too, that were imported under it: their files
    are deleted. ``dry_run`` changes nothing and says what would be taken back. Raises
    ``UsageError`` when nothing is asked for, or an origin or a run that no unit ever had, naming
    near ones.
    """
    if not (wanted.origin or wanted.run):
        raise UsageError(
            "nothing says what to take back", mend="name it with --origin ORIGIN or --run TIME"
        )
    found = RevertResult()
    for article in newsroom.articles(slugs):
        language = newsroom.target_language(article)
        results: list[RevertResult] = []

        def change(catalog: Catalog, results: list[RevertResult] = results) -> Catalog:
            changed, result = reverted(catalog, wanted, by)
            results.append(result)
            return changed

        if dry_run:
            change(newsroom.catalog(article.slug, language))
        else:
            newsroom.change(article, language, change)
        found += results[-1]
    if not (slugs or wanted.run or wanted.since):  # files know no runs
        taken = memory_files.of if dry_run else memory_files.forget
        found += RevertResult(memories=tuple(taken(newsroom, wanted.origin)))
    if not (found.taken or found.left or found.memories):
        _known(newsroom, wanted)
    return found


def reverted(catalog: Catalog, wanted: Wanted, by: Decision) -> tuple[Catalog, RevertResult]:
    """Return ``catalog`` without the targets that are ``wanted``, and what became of each."""
    taken: list[Reverted] = []
    left: list[Reverted] = []
    entries: list[Entry] = []
    for entry in catalog.entries:
        if not (entry.target.text and wanted(entry.target)):
            entries.append(entry)
            continue
        back = before(entry, wanted) or Target(time=by.time)
        one = Reverted(catalog.slug, catalog.target_language, entry, back)
        # Work that a person stands behind is not taken away in passing.
        if entry.target.state.rank > State.TRANSLATED.rank and not wanted.approved:
            left.append(one)
            entries.append(entry)
        else:
            taken.append(one)
            entries.append(replaced(entry, back, declined_by=by.by))
    return replace(catalog, entries=tuple(entries)), RevertResult(tuple(taken), tuple(left))


def moment(text: str) -> str:
    """Return the time ``text`` (ISO 8601; UTC where it names no zone) as catalogs write it.

    Raises ``UsageError`` when it is no time.
    """
    try:
        time = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            f"{text!r} is no time", mend="write 2026-04-09, or 2026-04-09T01:02:03Z"
        ) from error
    zoned = time if time.tzinfo else time.replace(tzinfo=UTC)
    return zoned.astimezone(UTC).strftime(FORMAT)


def _known(newsroom: Newsroom, wanted: Wanted) -> None:
    """Raise ``UsageError`` for an origin or a run that stands nowhere, now or earlier."""
    seen = list(_seen(newsroom))
    origins, runs = {target.origin for target in seen}, {target.born for target in seen}
    if wanted.origin and not any(of_origin(origin, wanted.origin) for origin in origins):
        raise _unknown(f"nothing is of the origin {wanted.origin!r}", wanted.origin, origins)
    if wanted.run and wanted.run not in runs:
        raise _unknown(f"no run began at {wanted.run}", wanted.run, runs)


def _unknown(fault: str, word: str, known: set[str]) -> UsageError:
    near = difflib.get_close_matches(word, sorted(known - {""}), 3)
    mend = f"did you mean {', '.join(near)}?" if near else ""
    return UsageError(fault, mend=mend or "`bilingual stats` lists the origins there are")


def _seen(newsroom: Newsroom) -> Iterator[Target | Earlier]:
    for article in newsroom.articles():
        language = newsroom.target_language(article)
        for entry in newsroom.catalog(article.slug, language).entries:
            if entry.target.text:
                yield entry.target
            yield from entry.history
