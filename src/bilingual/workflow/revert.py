"""Take back what one run, one engine, one model or one imported file brought in.

A target of that origin goes back to the earlier one that fits the present source, else to
``initial``; it stays in the unit's history as taken back, so that no memory fills it in again, and
the next ``translate`` asks anew rather than out of the journal. What a person approved is listed
and left, unless it is asked for; then what the memory filled with it elsewhere is taken back, too.
Each catalog is changed under its lock in one step, so a revert that was killed goes on where it
ended.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bilingual.catalog import origin
from bilingual.catalog.history import before, replaced
from bilingual.errors import UsageError
from bilingual.model import Article, Catalog, Earlier, Entry, Message, State, Target, msg
from bilingual.nearest import did_you_mean
from bilingual.workflow.memory import files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bilingual.newsroom import Newsroom
    from bilingual.workflow.review import Decision

FORMAT = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a revert is about: all that is said must hold."""

    origin: str = ""
    """An origin or what it begins with, step by step; see ``catalog.origin.below``."""
    run: str = ""
    """The start of a run: what ``born`` of its targets says."""
    since: str = ""
    "Only what was made at this time or later."
    approved: bool = False
    """True to take back what a person approved, too."""

    def __call__(self, target: Target | Earlier) -> bool:
        """Return True when ``target`` is one to take back."""
        return (
            origin.below(target.origin, self.origin)
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

    @property
    def group(self) -> str:
        """The origin under which it is counted; see ``catalog.origin.group``."""
        return origin.group(self.entry.target.origin)


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

    All includes catalogs whose article has gone.

    An origin of imports takes the memories back, too, that were imported under it: their files
    are deleted. ``dry_run`` changes nothing and says what would be taken back. Raises
    ``UsageError`` when nothing is asked for, or an origin or a run that no unit ever had, naming
    near ones.
    """
    if not (wanted.origin or wanted.run):
        raise UsageError(
            msg("nothing to take back was given"), hint=msg("use `--origin ORIGIN` or `--run TIME`")
        )
    copies = Copies(wanted)
    found = _each(newsroom, slugs, wanted, by, copies, dry_run=dry_run)
    while copies.more():
        found += _each(newsroom, slugs, copies, by, copies, dry_run=dry_run)
    if not (slugs or wanted.run or wanted.since):  # files know no runs
        taken = files.of if dry_run else files.forget
        found += RevertResult(memories=tuple(taken(newsroom, wanted.origin)))
    if not (found.taken or found.left or found.memories):
        _known(newsroom, wanted)
    return found


class Copies:
    """Which targets the memory filled with what is taken back: their text is no longer approved."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.approved = wanted.approved
        self._gone: set[tuple[str, str]] = set()
        self._made: set[tuple[str, str]] = set()
        self._known: set[tuple[str, str]] = set()
        self._new: set[tuple[str, str]] = set()

    def __call__(self, target: Target | Earlier) -> bool:
        """Return True when ``target`` is a copy of what ``more`` found, and not itself wanted."""
        return _filled(target) in self._new and not self.wanted(target)

    def unwanted(self, target: Target | Earlier) -> bool:
        """Return True when no unit goes back to ``target``."""
        return self.wanted(target) or _filled(target) in self._known

    def look(self, catalog: Catalog) -> None:
        """Note what ``catalog`` took back, this time or before, and what the memory filled in."""
        for entry in catalog.entries:
            if origin.where(entry.target.origin):
                self._made.add(_filled(entry.target))
            place = origin.of_unit(catalog.slug, entry.id)
            for each in entry.history:
                back = each.state is State.INITIAL and each.text != entry.target.text
                if back and self.unwanted(each):
                    self._gone.add((place, each.text))

    def more(self) -> bool:
        """Return True when there are copies of what was found gone since the last time."""
        self._new = (self._gone & self._made) - self._known
        self._known |= self._new
        return bool(self._new)


def _filled(target: Target | Earlier) -> tuple[str, str]:
    """Return what the memory filled ``target`` with: the unit that it matched, and the text."""
    return origin.where(target.origin), target.text


def _each(  # noqa: PLR0913 - a run over the articles
    newsroom: Newsroom,
    slugs: Sequence[str],
    wanted: Wanted | Copies,
    by: Decision,
    copies: Copies,
    *,
    dry_run: bool,
) -> RevertResult:
    """Take back what is ``wanted`` in each catalog, and let ``copies`` look at what is left."""
    found = RevertResult()
    for article, language in _places(newsroom, slugs):
        results: list[RevertResult] = []

        def change(catalog: Catalog, results: list[RevertResult] = results) -> Catalog:
            changed, result = reverted(catalog, wanted, by, copies.unwanted)
            results.append(result)
            return changed

        if dry_run:
            changed = change(newsroom.catalog(article.slug, language))
        else:
            changed = newsroom.change(article, language, change)
        copies.look(changed)
        found += results[-1]
    return found


def _places(newsroom: Newsroom, slugs: Sequence[str] = ()) -> Iterator[tuple[Article, str]]:
    """Yield the articles ``slugs``, or all, each with the language that its catalog is for.

    Where all are meant, so are catalogs whose article has gone: the memory has what they hold.
    """
    articles = newsroom.articles(slugs)
    places = [(article, newsroom.target_language(article)) for article in articles]
    yield from places
    if slugs:
        return
    known = {(article.slug, language) for article, language in places}
    for language in newsroom.config.newsroom.languages:
        for slug in newsroom.catalogs(language):
            if (slug, language) not in known:
                yield Article(slug, newsroom.other_language(language), "", ""), language


def reverted(
    catalog: Catalog,
    wanted: Wanted | Copies,
    by: Decision,
    unwanted: Callable[[Target | Earlier], bool],
) -> tuple[Catalog, RevertResult]:
    """Return ``catalog`` without the targets that are ``wanted``, and what became of each.

    No unit goes back to a target that is ``unwanted``.
    """
    taken: list[Reverted] = []
    left: list[Reverted] = []
    entries: list[Entry] = []
    for entry in catalog.entries:
        if not (entry.target.text and wanted(entry.target)):
            entries.append(entry)
            continue
        back = before(entry, unwanted) or Target(time=by.time)
        one = Reverted(catalog.slug, catalog.target_language, entry, back)
        # Work that a person stands behind is not taken away in passing.
        if entry.target.state.rank > State.TRANSLATED.rank and not wanted.approved:
            left.append(one)
            entries.append(entry)
        else:
            taken.append(one)
            entries.append(replaced(entry, back, declined_by=by.by, reverted=True))
    return replace(catalog, entries=tuple(entries)), RevertResult(tuple(taken), tuple(left))


def moment(text: str) -> str:
    """Return the time ``text`` (ISO 8601; UTC where it names no zone) as catalogs write it.

    Raises ``UsageError`` when it is no time.
    """
    try:
        time = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            msg("{text!r} is not a time", text=text),
            hint=msg("write `2026-04-09` or `2026-04-09T01:02:03Z`"),
        ) from error
    zoned = time if time.tzinfo else time.replace(tzinfo=UTC)
    return zoned.astimezone(UTC).strftime(FORMAT)


def _known(newsroom: Newsroom, wanted: Wanted) -> None:
    """Raise ``UsageError`` for an origin or a run that stands nowhere, now or earlier."""
    seen = list(_seen(newsroom))
    origins, runs = {target.origin for target in seen}, {target.born for target in seen}
    if wanted.origin and not any(origin.below(each, wanted.origin) for each in origins):
        raise _unknown(
            msg("unknown origin {origin!r}", origin=wanted.origin), wanted.origin, origins
        )
    if wanted.run and wanted.run not in runs:
        raise _unknown(msg("no run began at {run}", run=wanted.run), wanted.run, runs)


def _unknown(problem: Message, word: str, known: set[str]) -> UsageError:
    otherwise = msg("`bilingual stats` lists all origins")
    return UsageError(problem, hint=did_you_mean(word, sorted(known - {""}), otherwise))


def _seen(newsroom: Newsroom) -> Iterator[Target | Earlier]:
    for article, language in _places(newsroom):
        for entry in newsroom.catalog(article.slug, language).entries:
            if entry.target.text:
                yield entry.target
            yield from entry.history
