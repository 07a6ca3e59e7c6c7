"""Revert the targets of one run, engine, model or imported file.

A reverted target is replaced by the earlier one of the current source, else reset to ``initial``.
It is kept in the unit's history as withdrawn, so that no memory fills it in again and the next
``translate`` does not take it from the journal. Approved targets are listed and kept, unless
requested; then the memory's copies of them are reverted too. Each catalog is changed in one step
under its lock, so a killed revert can be repeated.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bilingual.catalog import origin
from bilingual.catalog.history import last_usable, replace_target
from bilingual.errors import UsageError
from bilingual.model import Article, Catalog, EarlierTarget, Entry, Message, State, Target, msg
from bilingual.nearest import did_you_mean
from bilingual.workflow.memory import files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bilingual.newsroom import Newsroom
    from bilingual.workflow.review import Decision

FORMAT = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True)
class RevertSelection:
    """The targets to revert: all given conditions must be true."""

    origin: str = ""
    """An origin or a prefix of it; see ``catalog.origin.matches``."""
    run: str = ""
    """The start of a run, ``made_at`` of its targets."""
    since: str = ""
    """Only targets made at this time or later."""
    approved: bool = False
    """True to revert approved targets too."""

    def __call__(self, target: Target | EarlierTarget) -> bool:
        """Return True when ``target`` is selected."""
        return (
            origin.matches(target.origin, self.origin)
            and (not self.run or target.made_at == self.run)
            and target.made_at >= self.since
        )


@dataclass(frozen=True, slots=True)
class RevertedTarget:
    """One target that is reverted, or kept because a person approved it."""

    slug: str
    language: str
    entry: Entry
    """The unit with the target in question."""
    back: Target
    """The target that the unit gets back."""

    @property
    def run(self) -> str:
        """The start of the run that made it."""
        return self.entry.target.made_at

    @property
    def group(self) -> str:
        """The origin under which it is counted; see ``catalog.origin.group``."""
        return origin.group(self.entry.target.origin)


@dataclass(frozen=True, slots=True)
class RevertResult:
    """What was reverted, or would be."""

    taken: tuple[RevertedTarget, ...] = ()
    left: tuple[RevertedTarget, ...] = ()
    """Approved targets, which are kept."""
    memories: tuple[str, ...] = ()
    """Imported memories whose files are deleted."""

    def __add__(self, other: RevertResult) -> RevertResult:
        return RevertResult(
            self.taken + other.taken, self.left + other.left, self.memories + other.memories
        )


def revert(
    newsroom: Newsroom,
    slugs: Sequence[str],
    selection: RevertSelection,
    by: Decision,
    *,
    dry_run: bool = False,
) -> RevertResult:
    """Revert the targets of ``selection`` in the articles ``slugs``.

    When ``slugs`` is empty, in all articles and in catalogs whose article was deleted.
    For an origin of imports the imported memories are deleted too. ``dry_run`` changes nothing
    and returns what would be reverted. Raises ``UsageError`` when nothing is selected, or, with
    similar ones, for an origin or a run that no unit ever had.
    """
    if not (selection.origin or selection.run):
        raise UsageError(
            msg("nothing to take back was given"), hint=msg("use `--origin ORIGIN` or `--run TIME`")
        )
    copies = MemoryCopies(selection)
    found = _revert_each(newsroom, slugs, selection, by, copies, dry_run=dry_run)
    while copies.find_more():
        found += _revert_each(newsroom, slugs, copies, by, copies, dry_run=dry_run)
    if not (slugs or selection.run or selection.since):  # memory files have no runs
        taken = files.of if dry_run else files.forget
        found += RevertResult(memories=tuple(taken(newsroom, selection.origin)))
    if not (found.taken or found.left or found.memories):
        _require_known(newsroom, selection)
    return found


class MemoryCopies:
    """The targets that the memory filled from a reverted one, whose text is no longer approved."""

    def __init__(self, selection: RevertSelection) -> None:
        self.selection = selection
        self.approved = selection.approved
        self._gone: set[tuple[str, str]] = set()
        self._made: set[tuple[str, str]] = set()
        self._known: set[tuple[str, str]] = set()
        self._new: set[tuple[str, str]] = set()

    def __call__(self, target: Target | EarlierTarget) -> bool:
        """Return True when ``target`` is a copy from ``find_more``, and not itself selected."""
        return _match(target) in self._new and not self.selection(target)

    def unwanted(self, target: Target | EarlierTarget) -> bool:
        """Return True when ``target`` must not be restored."""
        return self.selection(target) or _match(target) in self._known

    def record(self, catalog: Catalog) -> None:
        """Record the reverted targets of ``catalog``, now or earlier, and those of the memory."""
        for entry in catalog.entries:
            if origin.match_source(entry.target.origin):
                self._made.add(_match(entry.target))
            place = origin.of_unit(catalog.slug, entry.id)
            for each in entry.history:
                back = each.state is State.INITIAL and each.text != entry.target.text
                if back and self.unwanted(each):
                    self._gone.add((place, each.text))

    def find_more(self) -> bool:
        """Return True when there are new copies of reverted targets."""
        self._new = (self._gone & self._made) - self._known
        self._known |= self._new
        return bool(self._new)


def _match(target: Target | EarlierTarget) -> tuple[str, str]:
    """Return the source of the match that filled ``target``, and the text."""
    return origin.match_source(target.origin), target.text


def _revert_each(  # noqa: PLR0913 - a run over the articles
    newsroom: Newsroom,
    slugs: Sequence[str],
    selection: RevertSelection | MemoryCopies,
    by: Decision,
    copies: MemoryCopies,
    *,
    dry_run: bool,
) -> RevertResult:
    """Revert what is ``selection`` in each catalog, and record the rest in ``copies``."""
    found = RevertResult()
    for article, language in _catalogs(newsroom, slugs):
        results: list[RevertResult] = []

        def change(catalog: Catalog, results: list[RevertResult] = results) -> Catalog:
            changed, result = revert_catalog(catalog, selection, by, copies.unwanted)
            results.append(result)
            return changed

        if dry_run:
            changed = change(newsroom.catalog(article.slug, language))
        else:
            changed = newsroom.change(article, language, change)
        copies.record(changed)
        found += results[-1]
    return found


def _catalogs(newsroom: Newsroom, slugs: Sequence[str] = ()) -> Iterator[tuple[Article, str]]:
    """Yield the articles ``slugs``, or all, each with its target language.

    All includes catalogs whose article was deleted: the memory has their content.
    """
    articles = newsroom.articles(slugs)
    catalogs = [(article, newsroom.target_language(article)) for article in articles]
    yield from catalogs
    if slugs:
        return
    known = {(article.slug, language) for article, language in catalogs}
    for language in newsroom.config.newsroom.languages:
        for slug in newsroom.catalogs(language):
            if (slug, language) not in known:
                yield Article(slug, newsroom.other_language(language), "", ""), language


def revert_catalog(
    catalog: Catalog,
    selection: RevertSelection | MemoryCopies,
    by: Decision,
    unwanted: Callable[[Target | EarlierTarget], bool],
) -> tuple[Catalog, RevertResult]:
    """Return ``catalog`` without the targets of ``selection``, and what was reverted or kept.

    No target for which ``unwanted`` is True is restored.
    """
    taken: list[RevertedTarget] = []
    left: list[RevertedTarget] = []
    entries: list[Entry] = []
    for entry in catalog.entries:
        if not (entry.target.text and selection(entry.target)):
            entries.append(entry)
            continue
        back = last_usable(entry, unwanted) or Target(time=by.time)
        target = RevertedTarget(catalog.slug, catalog.target_language, entry, back)
        # What a person approved is reverted only on request.
        if entry.target.state.rank > State.TRANSLATED.rank and not selection.approved:
            left.append(target)
            entries.append(entry)
        else:
            taken.append(target)
            entries.append(replace_target(entry, back, declined_by=by.by, reverted=True))
    return replace(catalog, entries=tuple(entries)), RevertResult(tuple(taken), tuple(left))


def parse_time(text: str) -> str:
    """Return the time ``text`` (ISO 8601; UTC without a zone) as catalogs write it.

    Raises ``UsageError`` when it is not a time.
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


def _require_known(newsroom: Newsroom, selection: RevertSelection) -> None:
    """Raise ``UsageError`` for an origin or a run that no target has or had."""
    seen = list(_all_targets(newsroom))
    origins, runs = {target.origin for target in seen}, {target.made_at for target in seen}
    if selection.origin and not any(origin.matches(each, selection.origin) for each in origins):
        raise _unknown(
            msg("unknown origin {origin!r}", origin=selection.origin), selection.origin, origins
        )
    if selection.run and selection.run not in runs:
        raise _unknown(msg("no run began at {run}", run=selection.run), selection.run, runs)


def _unknown(problem: Message, word: str, known: set[str]) -> UsageError:
    otherwise = msg("`bilingual stats` lists all origins")
    return UsageError(problem, hint=did_you_mean(word, sorted(known - {""}), otherwise))


def _all_targets(newsroom: Newsroom) -> Iterator[Target | EarlierTarget]:
    for article, language in _catalogs(newsroom):
        for entry in newsroom.catalog(article.slug, language).entries:
            if entry.target.text:
                yield entry.target
            yield from entry.history
