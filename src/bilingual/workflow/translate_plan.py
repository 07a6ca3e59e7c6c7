"""Plan a run of ``translate``: what it would ask for, and its estimated cost; nothing is sent."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bilingual.engines import registry
from bilingual.journal.batches import Batches
from bilingual.journal.journal import AskedAgain, Journal
from bilingual.prompting import prompt
from bilingual.prompting.request import Estimate, Reply, Usage
from bilingual.workflow.drafting.known import KnownAnswers
from bilingual.workflow.drafting.pending import engine_jobs, pending, without_engine
from bilingual.workflow.drafting.resources import NewsroomResources
from bilingual.workflow.memory.memory import Memory
from bilingual.workflow.translate import JOURNAL, LEARNED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bilingual.engines.base import Engine
    from bilingual.newsroom import Newsroom
    from bilingual.prompting.request import Request
    from bilingual.workflow.drafting.work import PendingArticle

NOTHING = Estimate()
NEVER = AskedAgain(Estimate(), Estimate())
"""Of an engine that is not asked again."""


@dataclass(frozen=True, slots=True)
class PlannedArticle:
    """What waits in one article."""

    units: int = 0
    """Units that would be filled."""
    reused: int = 0
    """Of them, those that need no engine."""
    journalled: int = 0
    """Of them, those whose answer is in the journal: paid for already."""
    pending: int = 0
    """Of them, those whose answer comes with a batch under way."""
    first: Estimate = NOTHING
    """Of asking for each unit once."""
    usage: Usage = NOTHING
    """With what is usually asked again, where that is known."""
    cost: float | None = None


@dataclass(frozen=True, slots=True)
class Once:
    """What asking for each unit once takes."""

    usage: Usage = NOTHING
    """Estimated tokens: of the prompts, those of them that a provider can cache, of the answers."""
    cost: float | None = None
    """US dollars; None when no price is known."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run would do."""

    origin: str
    articles: Mapping[str, PlannedArticle] = field(default_factory=dict)
    once: Once = field(default_factory=Once)
    usage: Usage = NOTHING
    """With what is usually asked again, where that is known."""
    cost: float | None = None
    learned: int | None = None
    """Units in the journal from which that is known; 0 for an engine that is never asked again.

    None when they are too few: it is not in ``usage`` then.
    """

    @property
    def cacheable(self) -> float:
        """The share of the prompts' tokens that a provider can find in its cache."""
        return self.usage.cached / self.usage.prompt if self.usage.prompt else 0.0


def plan(  # noqa: PLR0913 - the options of a run
    newsroom: Newsroom,
    slugs: Sequence[str] = (),
    *,
    engine: str | None = None,
    redo: Sequence[str] = (),
    drafts: Engine | None = None,
    batch: bool = False,
) -> Plan:
    """Return what ``translate`` would do with the same arguments; no file is changed.

    ``batch`` estimates with the price of batches. Nothing is sent, so no key is needed.

    How much will be refused and asked again cannot be known; it is estimated from the engine's
    last answers, once there are enough. Raises as ``translate`` does.
    """
    name = engine or newsroom.config.translate.engine
    asked = drafts or registry.create(
        name, newsroom.config.engines.get(name, {}), newsroom.root / LEARNED, asks=False
    )
    journal = Journal(newsroom.root / JOURNAL, reading=True)
    memory = Memory.open(newsroom)
    try:
        articles = pending(newsroom, slugs, redo, save=False)
        resources = NewsroomResources(
            newsroom,
            asked.traits,
            memory,
            origin=asked.origin,
            loaded=[each.catalog for each in articles],
        )
        return _Planner(newsroom, asked, journal, resources, batch=batch).plan(articles)
    finally:
        memory.close()
        journal.close()
        asked.close()


class _Planner:
    """Goes through the articles as a run does, and sums up instead of asking."""

    def __init__(
        self,
        newsroom: Newsroom,
        engine: Engine,
        journal: Journal,
        resources: NewsroomResources,
        *,
        batch: bool,
    ) -> None:
        self._newsroom = newsroom
        self._engine = engine
        self._resources = resources
        self._batch = batch
        self._known = KnownAnswers(engine, journal, Batches(journal))
        self._correction = journal.correction(engine.origin)
        self._again = journal.again(engine.origin) if engine.traits.retries else NEVER
        self._heads: set[str] = set()
        """How the prompts so far begin: what a provider has in its cache."""

    def plan(self, articles: Sequence[PendingArticle]) -> Plan:
        """Return the plan of a run over ``articles``."""
        found = {each.article.slug: self._article(each) for each in articles}
        first = _sum(each.first for each in found.values())
        usage = sum((each.usage for each in found.values()), Usage())
        learned = self._again.first.units if self._again else None
        once = Once(first, self._cost(first))
        return Plan(self._engine.origin, found, once, usage, self._cost(usage), learned)

    def _article(self, article: PendingArticle) -> PlannedArticle:
        ready = {each.entry.id for each in without_engine(article, self._resources)}
        journalled, in_batch, usages = 0, 0, []
        for job in engine_jobs(self._newsroom, article, ready, self._resources):
            known = self._known.request(self._engine.key(job.request))
            if isinstance(known, Reply):
                journalled += len(job.entries)
                continue
            if known is not None and known.fate is None:
                in_batch += len(job.entries)
                continue
            passages = self._known.passages(job.request, job.slug)
            journalled += sum(text is not None for text in passages.values())
            in_batch += sum(text is None for text in passages.values())
            left = [each for each in job.request.passages if each.id not in passages]
            if left:
                request = job.request.only(left, job.request.before, job.request.after)
                usages.append(self._usage(request))
        first = _sum(usages)
        usage = self._again.of(first) + first if self._again else first
        units, cost = len(article.entries), self._cost(usage)
        return PlannedArticle(units, len(ready), journalled, in_batch, first, usage, cost)

    def _usage(self, request: Request) -> Estimate:
        """Return the estimate for ``request``, corrected by the counts of the last answers."""
        found = self._engine.estimate(request)
        head = prompt.shared(request)
        warm = head in self._heads
        self._heads.add(head)
        return replace(
            found,
            prompt=round(found.prompt * self._correction[0]),
            cached=found.cached if warm else 0,
            completion=round(found.completion * self._correction[1]),
        )

    def _cost(self, usage: Usage) -> float | None:
        price = self._engine.traits.price
        return None if price is None else price.of(usage, batch=self._batch)


def _sum(usages: Iterable[Estimate]) -> Estimate:
    found = list(usages)
    return Estimate(
        sum(each.prompt for each in found),
        sum(each.cached for each in found),
        sum(each.completion for each in found),
        sum(each.requests for each in found),
        sum(each.units for each in found),
        sum(each.termed for each in found),
    )
