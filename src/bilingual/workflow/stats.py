"""Compute costs and the outcome of drafts, by article and by origin.

The numbers come from the catalogs (units, their histories) and from the journal (answers and their
costs). An unknown number is None, not 0: the journal may have been deleted, answers may come from
another machine, a model may have no price.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from statistics import fmean, median
from typing import TYPE_CHECKING

from bilingual.catalog.history import drafts, fingerprint
from bilingual.catalog.origin import group
from bilingual.journal.journal import Journal
from bilingual.language.distance import changed_share, count_words
from bilingual.model import State
from bilingual.prompting.request import Usage
from bilingual.workflow.drafting.pending import COPIED
from bilingual.workflow.translate import JOURNAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bilingual.journal.journal import Spending
    from bilingual.model import EarlierTarget, Entry, Target
    from bilingual.newsroom import Newsroom

MACHINE, MEMORY = "mt:", "tm:"
EVALUATION = "~evaluate"
"""Replaces the slug for the costs of ``evaluate``, which belong to no article."""
HOUR = 3600


@dataclass(frozen=True, slots=True)
class Drafts:
    """The outcome of the drafts of one origin, or in one article."""

    units: int = 0
    """Units whose last machine draft is among them."""
    words: int = 0
    """Words of their sources."""
    waiting: int = 0
    """Not reviewed yet."""
    unchanged: int = 0
    """Approved without a change."""
    edited: int = 0
    """Replaced by another text that was approved."""
    rejected: int = 0
    """Rejected by a reviewer; the current target, if any, came later."""
    reverted: int = 0
    """Reverted with their run or origin, which says nothing about any of them."""
    change: float | None = None
    """The average share of the text that was changed before approval; see
    ``distance.changed_share``. None when none is approved."""
    hours: float | None = None
    """The median from draft to approval; None when it is not known for any."""
    age: float | None = None
    """The median of the hours since the waiting ones were made."""


@dataclass(frozen=True, slots=True)
class DraftingCost:
    """The cost of answers, according to the journal."""

    usage: Usage = field(default_factory=Usage)
    cost: float | None = 0.0
    """US dollars; None when it is not known."""

    def per_thousand(self, words: int) -> float | None:
        """Return the dollars for 1,000 words, for a total of ``words``."""
        return None if self.cost is None or not words else 1000 * self.cost / words


@dataclass(frozen=True, slots=True)
class ArticleStats:
    """The numbers of one article."""

    slug: str
    path: str
    source_language: str
    target_language: str
    units: int
    words: int
    approved: int
    drafts: Drafts
    bill: DraftingCost


@dataclass(frozen=True, slots=True)
class OriginStats:
    """The numbers of one model, or of the memory by score and by imported memory (or own units)."""

    origin: str
    drafts: Drafts
    bill: DraftingCost
    drafted: int = 0
    """Words of the sources of all its drafts, also of replaced ones: what the cost is for."""


@dataclass(frozen=True, slots=True)
class Stats:
    """The numbers of a newsroom."""

    articles: tuple[ArticleStats, ...]
    origins: tuple[OriginStats, ...]
    """The origins of all current and earlier targets."""
    evaluation: DraftingCost
    """The cost of ``evaluate``."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """The last machine draft of one unit, and its outcome."""

    slug: str
    origin: str
    run: str
    words: int
    outcome: str
    """``waiting``, ``unchanged``, ``edited``, ``rejected`` or ``reverted``."""
    change: float | None
    hours: float | None
    """To its approval, or until now when it is waiting."""


def stats(newsroom: Newsroom, slugs: Sequence[str] = (), *, now: str) -> Stats:
    """Return the numbers of the articles ``slugs`` (all when empty).

    ``now`` is UTC, ISO 8601. Raises ``UsageError`` for an unknown slug, ``ContentError`` for a
    catalog that cannot be read, ``StorageError`` for a journal that cannot be.
    """
    spent = list(_spent(newsroom))
    articles: list[ArticleStats] = []
    every: list[_Draft] = []
    sizes: dict[str, int] = defaultdict(int)
    runs: dict[str, set[str]] = defaultdict(set)
    for article in newsroom.articles(slugs):
        language = newsroom.target_language(article)
        live = newsroom.catalog(article.slug, language).live
        drafts = [draft for entry in live if (draft := _draft(article.slug, entry, now))]
        every += drafts
        for entry in live:
            for origin, run in _origins_and_runs(entry):
                sizes[origin] += count_words(entry.source)
                runs[origin].add(run)
        articles.append(
            ArticleStats(
                article.slug,
                article.path,
                article.language,
                language,
                len(live),
                sum(count_words(entry.source) for entry in live),
                sum(entry.target.approved for entry in live),
                _count(drafts),
                _bill([each for each in spent if each.slug == article.slug], _runs(drafts)),
            )
        )
    chosen = {each.slug for each in articles}
    by_origin: dict[str, list[_Draft]] = defaultdict(list)
    for draft in every:
        by_origin[group(draft.origin)].append(draft)
    origins = tuple(
        OriginStats(
            origin,
            _count(by_origin[origin]),
            _bill(list(_spent_on(spent, origin, chosen, slugs)), {origin: runs[origin]}),
            sizes[origin],
        )
        for origin in sorted(sizes)
    )
    tried = [each for each in spent if each.slug == EVALUATION]
    return Stats(tuple(articles), origins, _bill(tried, {}))


def _spent(newsroom: Newsroom) -> Iterator[Spending]:
    journal = Journal(newsroom.root / JOURNAL, reading=True)
    try:
        yield from journal.spending()
    finally:
        journal.close()


def _spent_on(
    spent: Iterable[Spending], origin: str, chosen: set[str], slugs: Sequence[str]
) -> Iterator[Spending]:
    """Yield the costs of ``origin``, of only ``slugs`` unless that is empty."""
    for each in spent:
        if each.origin == origin and each.slug != EVALUATION and (not slugs or each.slug in chosen):
            yield each


def _draft(slug: str, entry: Entry, now: str) -> _Draft | None:
    """Return the last machine draft for the current source; None without one."""
    target = entry.target
    made_from = fingerprint(entry.source if target.previous is None else target.previous)
    size = count_words(entry.source)
    if target.text and _is_machine(target):
        approved = target.state.rank > State.TRANSLATED.rank
        end = target.time if approved else now
        hours = _hours(target.made_at, end) if target.drafted or not approved else None
        outcome = "unchanged" if approved else "waiting"
        return _Draft(
            slug, target.origin, target.made_at, size, outcome, 0.0 if approved else None, hours
        )
    for earlier in reversed(drafts(entry)):
        if earlier.source == made_from and _is_machine(earlier):
            return _past_draft(slug, target, earlier, size)
    return None


def _origins_and_runs(entry: Entry) -> set[tuple[str, str]]:
    """Return origin and run of all drafts of ``entry``.

    A restored one is in the history and also the current target.
    """
    all_: tuple[Target | EarlierTarget, ...] = (entry.target, *entry.history)
    return {(group(each.origin), each.made_at) for each in all_ if each.text and _is_machine(each)}


def _past_draft(slug: str, target: Target, earlier: EarlierTarget, size: int) -> _Draft | None:
    """Return a draft that is no longer the unit's target; None when it was not decided on."""
    if earlier.state is State.INITIAL:
        outcome = "reverted" if earlier.reverted else "rejected"
        return _Draft(slug, earlier.origin, earlier.made_at, size, outcome, None, None)
    if target.state.rank <= State.TRANSLATED.rank:
        return None
    change = changed_share(earlier.text, target.text)
    hours = _hours(earlier.made_at, target.made_at)
    return _Draft(slug, earlier.origin, earlier.made_at, size, "edited", change, hours)


def _is_machine(target: Target | EarlierTarget) -> bool:
    return target.origin.startswith((MACHINE, MEMORY)) and target.origin != COPIED


def _count(drafts: Sequence[_Draft]) -> Drafts:
    fates: dict[str, list[_Draft]] = defaultdict(list)
    for each in drafts:
        fates[each.outcome].append(each)
    done = [*fates["unchanged"], *fates["edited"]]
    changes = [each.change for each in done if each.change is not None]
    return Drafts(
        units=len(drafts),
        words=sum(each.words for each in drafts),
        waiting=len(fates["waiting"]),
        unchanged=len(fates["unchanged"]),
        edited=len(fates["edited"]),
        rejected=len(fates["rejected"]),
        reverted=len(fates["reverted"]),
        change=fmean(changes) if changes else None,
        hours=_median(done),
        age=_median(fates["waiting"]),
    )


def _median(drafts: Iterable[_Draft]) -> float | None:
    hours = [each.hours for each in drafts if each.hours is not None]
    return median(hours) if hours else None


def _bill(spent: Sequence[Spending], runs: Mapping[str, set[str]]) -> DraftingCost:
    """Return the sum of ``spent``, with the cost None when bills of some ``runs`` are missing.

    Runs are by origin; the memory costs nothing.
    """
    usage = sum((each.usage for each in spent), Usage())
    costs = [each.cost for each in spent if each.cost is not None]
    known = len(costs) == len(spent) and all(
        _complete([each.time for each in spent if each.origin == origin], began)
        for origin, began in runs.items()
        if origin.startswith(MACHINE)
    )
    return DraftingCost(usage, sum(costs) if known else None)


def _runs(drafts: Iterable[_Draft]) -> Mapping[str, set[str]]:
    """Return the start times of the runs of ``drafts``, by origin."""
    runs: dict[str, set[str]] = defaultdict(set)
    for each in drafts:
        runs[each.origin].add(each.run)
    return runs


def _complete(times: Sequence[str], runs: set[str]) -> bool:
    """Return True when bills at ``times`` may cover all ``runs``.

    The bill of the first run is older than the second run; where there is none, the journal was
    created after the drafts.
    """
    if not times:
        return False
    return len(runs) < 2 or min(times) < sorted(runs)[1]


def _hours(start: str, end: str) -> float | None:
    """Return the hours between two times in ISO 8601; None when one is not a time."""
    try:
        first, last = (_moment(each) for each in (start, end))
    except ValueError:
        return None
    return max((last - first).total_seconds(), 0.0) / HOUR


def _moment(text: str) -> datetime:
    time = datetime.fromisoformat(text)
    return time if time.tzinfo else time.replace(tzinfo=UTC)
