"""What the work cost and what became of the drafts: by article, and by origin.

Counted from the catalogs (units, their histories) and from the journal (answers and their bills).
What cannot be known is None and not 0: the journal may have been deleted since, answers may have
been made on another machine, a model may have no price.
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
    from bilingual.model import Earlier, Entry, Target
    from bilingual.newsroom import Newsroom

MACHINE, MEMORY = "mt:", "tm:"
EVALUATION = "~evaluate"
"""Stands for the article in the bills of ``evaluate``: they are of no article."""
HOUR = 3600


@dataclass(frozen=True, slots=True)
class Drafts:
    """What became of drafts, those of one origin or in one article."""

    units: int = 0
    """Units whose last draft by a machine this was."""
    words: int = 0
    """Of their sources."""
    waiting: int = 0
    """Nobody has decided on them yet."""
    unchanged: int = 0
    """A person approved them as they were."""
    edited: int = 0
    """A person approved another text in their place."""
    rejected: int = 0
    """A person took them back; what stands there now, if anything, came later."""
    reverted: int = 0
    """They were taken back with their run or origin: that is no judgement of any of them."""
    change: float | None = None
    """Which share of the text was changed on the way to approval, on average; see
    ``distance.changed``. None when none is approved."""
    hours: float | None = None
    """From draft to approval, the median; None when that is known of none."""
    age: float | None = None
    """Hours since the waiting ones were made, the median."""


@dataclass(frozen=True, slots=True)
class DraftingCost:
    """What answers cost, as far as the journal knows."""

    usage: Usage = field(default_factory=Usage)
    cost: float | None = 0.0
    """US dollars; None when it is not known."""

    def per_thousand(self, words: int) -> float | None:
        """Return the dollars for 1,000 of the ``words``."""
        return None if self.cost is None or not words else 1000 * self.cost / words


@dataclass(frozen=True, slots=True)
class ArticleStats:
    """One article."""

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
    """One engine's model; or the memory with one score, by imported memory or all own units."""

    origin: str
    drafts: Drafts
    bill: DraftingCost
    drafted: int = 0
    """Words of the sources of all its drafts, also of those that another took the place of: what
    the bill is for."""


@dataclass(frozen=True, slots=True)
class Stats:
    """All of it."""

    articles: tuple[ArticleStats, ...]
    origins: tuple[OriginStats, ...]
    """Those of which something stands, or stood, in the articles."""
    evaluation: DraftingCost
    """What ``evaluate`` cost."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """The last draft of one unit that a machine made, and what became of it."""

    slug: str
    origin: str
    run: str
    words: int
    fate: str
    """``waiting``, ``unchanged``, ``edited``, ``rejected`` or ``reverted``."""
    change: float | None
    hours: float | None
    """To its approval, or until now where it waits."""


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
        made = [draft for entry in live if (draft := _draft(article.slug, entry, now))]
        every += made
        for entry in live:
            for origin, run in _drafted(entry):
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
                _counted(made),
                _bill([each for each in spent if each.slug == article.slug], _runs(made)),
            )
        )
    chosen = {each.slug for each in articles}
    by_origin: dict[str, list[_Draft]] = defaultdict(list)
    for draft in every:
        by_origin[group(draft.origin)].append(draft)
    origins = tuple(
        OriginStats(
            origin,
            _counted(by_origin[origin]),
            _bill(list(_of(spent, origin, chosen, slugs)), {origin: runs[origin]}),
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


def _of(
    spent: Iterable[Spending], origin: str, chosen: set[str], slugs: Sequence[str]
) -> Iterator[Spending]:
    """Yield the bills of ``origin``; where articles were named, only theirs."""
    for each in spent:
        if each.origin == origin and each.slug != EVALUATION and (not slugs or each.slug in chosen):
            yield each


def _draft(slug: str, entry: Entry, now: str) -> _Draft | None:
    """Return the last draft for the present source that a machine made; None without one."""
    target = entry.target
    made_from = fingerprint(entry.source if target.previous is None else target.previous)
    size = count_words(entry.source)
    if target.text and _is_machine(target):
        approved = target.state.rank > State.TRANSLATED.rank
        end = target.time if approved else now
        hours = _hours(target.born, end) if target.drafted or not approved else None
        fate = "unchanged" if approved else "waiting"
        return _Draft(
            slug, target.origin, target.born, size, fate, 0.0 if approved else None, hours
        )
    for earlier in reversed(drafts(entry)):
        if earlier.source == made_from and _is_machine(earlier):
            return _decided(slug, target, earlier, size)
    return None


def _drafted(entry: Entry) -> set[tuple[str, str]]:
    """Return origin and run of all drafts of ``entry``.

    One that came back is in the history and stands in the catalog, too.
    """
    all_: tuple[Target | Earlier, ...] = (entry.target, *entry.history)
    return {(group(each.origin), each.born) for each in all_ if each.text and _is_machine(each)}


def _decided(slug: str, target: Target, earlier: Earlier, size: int) -> _Draft | None:
    """Return a draft that is no longer the unit's target; None when nobody decided on it."""
    if earlier.state is State.INITIAL:
        fate = "reverted" if earlier.reverted else "rejected"
        return _Draft(slug, earlier.origin, earlier.born, size, fate, None, None)
    if target.state.rank <= State.TRANSLATED.rank:
        return None
    change = changed_share(earlier.text, target.text)
    hours = _hours(earlier.born, target.born)
    return _Draft(slug, earlier.origin, earlier.born, size, "edited", change, hours)


def _is_machine(target: Target | Earlier) -> bool:
    return target.origin.startswith((MACHINE, MEMORY)) and target.origin != COPIED


def _counted(made: Sequence[_Draft]) -> Drafts:
    fates: dict[str, list[_Draft]] = defaultdict(list)
    for each in made:
        fates[each.fate].append(each)
    done = [*fates["unchanged"], *fates["edited"]]
    changes = [each.change for each in done if each.change is not None]
    return Drafts(
        units=len(made),
        words=sum(each.words for each in made),
        waiting=len(fates["waiting"]),
        unchanged=len(fates["unchanged"]),
        edited=len(fates["edited"]),
        rejected=len(fates["rejected"]),
        reverted=len(fates["reverted"]),
        change=fmean(changes) if changes else None,
        hours=_median(done),
        age=_median(fates["waiting"]),
    )


def _median(made: Iterable[_Draft]) -> float | None:
    hours = [each.hours for each in made if each.hours is not None]
    return median(hours) if hours else None


def _bill(spent: Sequence[Spending], runs: Mapping[str, set[str]]) -> DraftingCost:
    """Return the sum of ``spent``, its cost None where bills are missing for some of the ``runs``.

    These are by origin; memory costs nothing.
    """
    usage = sum((each.usage for each in spent), Usage())
    costs = [each.cost for each in spent if each.cost is not None]
    known = len(costs) == len(spent) and all(
        _complete([each.time for each in spent if each.origin == origin], began)
        for origin, began in runs.items()
        if origin.startswith(MACHINE)
    )
    return DraftingCost(usage, sum(costs) if known else None)


def _runs(made: Iterable[_Draft]) -> Mapping[str, set[str]]:
    """Return when the runs began that drafts were ``made`` in, by origin."""
    runs: dict[str, set[str]] = defaultdict(set)
    for each in made:
        runs[each.origin].add(each.run)
    return runs


def _complete(times: Sequence[str], runs: set[str]) -> bool:
    """Return True when the bills made at ``times`` can be those of all ``runs``.

    The first bill is of the first run, so it is older than the second run; where it is not, the
    journal is younger than the drafts.
    """
    if not times:
        return False
    return len(runs) < 2 or min(times) < sorted(runs)[1]


def _hours(start: str, end: str) -> float | None:
    """Return the hours between two times of ISO 8601; None when one of them is none."""
    try:
        first, last = (_moment(each) for each in (start, end))
    except ValueError:
        return None
    return max((last - first).total_seconds(), 0.0) / HOUR


def _moment(text: str) -> datetime:
    time = datetime.fromisoformat(text)
    return time if time.tzinfo else time.replace(tzinfo=UTC)
