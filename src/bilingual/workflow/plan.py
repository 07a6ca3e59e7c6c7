"""What a run of ``translate`` would ask for, and about what it would cost: nothing is sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from bilingual.engines import estimate, parts, prompt, registry
from bilingual.engines.base import Answer, Usage
from bilingual.engines.batches import Batches
from bilingual.engines.journal import Journal
from bilingual.workflow.flights import Flights
from bilingual.workflow.helping import Helping
from bilingual.workflow.memory import Memory
from bilingual.workflow.translate import JOURNAL, LEARNED
from bilingual.workflow.waiting import engine_jobs, without_engine, works

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bilingual.engines.base import Engine, Request
    from bilingual.newsroom import Newsroom
    from bilingual.workflow.waiting import Work

NOTHING = Usage()


@dataclass(frozen=True, slots=True)
class Planned:
    """What waits in one article."""

    units: int = 0
    """Units that would be filled."""
    reused: int = 0
    """Of them, those that need no engine."""
    journalled: int = 0
    """Of them, those whose answer is in the journal: paid for already."""
    flying: int = 0
    """Of them, those whose answer comes with a batch under way."""
    requests: int = 0
    usage: Usage = NOTHING
    cost: float | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run would do."""

    origin: str
    articles: Mapping[str, Planned] = field(default_factory=dict)
    usage: Usage = NOTHING
    """Reckoned tokens: of the prompts, of those the ones that a provider can cache, of answers."""
    cost: float | None = None
    """US dollars; None when no price is known."""

    @property
    def cacheable(self) -> float:
        """The share of the prompts' tokens that a provider can find in its cache."""
        return self.usage.cached / self.usage.prompt if self.usage.prompt else 0.0


def plan(  # noqa: PLR0913 - what a run can be told
    newsroom: Newsroom,
    slugs: Sequence[str] = (),
    *,
    engine: str | None = None,
    redo: Sequence[str] = (),
    drafts: Engine | None = None,
    batch: bool = False,
) -> Plan:
    """Return what ``translate`` would do with the same arguments; no file is changed.

    ``batch`` reckons with the price of batches.

    Answers that are refused and asked again are not foreseen. Raises as ``translate`` does.
    """
    name = engine or newsroom.config.translate.engine
    asked = drafts or registry.create(
        name, newsroom.config.engines.get(name, {}), newsroom.root / LEARNED
    )
    journal = Journal(newsroom.root / JOURNAL)
    memory = Memory.open(newsroom)
    try:
        price = asked.manners.price
        pay = None if price is None else partial(price.of, batch=batch)
        return _plan(
            works(newsroom, slugs, redo, save=False), newsroom, asked, journal, memory, pay
        )
    finally:
        memory.close()
        journal.close()
        asked.close()


def _plan(  # noqa: PLR0913, PLR0917 - what a plan is made of
    waiting: Sequence[Work],
    newsroom: Newsroom,
    engine: Engine,
    journal: Journal,
    memory: Memory,
    pay: Callable[[Usage], float] | None,
) -> Plan:
    helping = Helping(newsroom, engine.manners, memory, origin=engine.origin)
    flights = Flights(engine, journal, Batches(journal))
    factor = journal.correction(engine.origin)
    asked_before: set[str] = set()
    articles: dict[str, Planned] = {}
    for work in waiting:
        ready = {each.entry.id for each in without_engine(work, helping)}
        journalled, flying, usages = 0, 0, []
        for job in engine_jobs(newsroom, work, ready, helping.helps):
            known = flights.known(flights.planned(job.request))
            if isinstance(known, Answer):
                journalled += len(job.entries)
                continue
            if known is not None and known.fate is None:
                flying += len(job.entries)
                continue
            paid = flights.parts(job.request, job.slug)
            journalled += sum(text is not None for text in paid.values())
            flying += sum(text is None for text in paid.values())
            left = [each for each in job.request.passages if each.id not in paid]
            if not left:
                continue
            request = parts.of(job.request, left, job.request.before, job.request.after)
            head = prompt.shared(request)
            usages.append(_usage(request, factor, warm=head in asked_before))
            asked_before.add(head)
        usage = sum(usages, NOTHING)
        cost = pay(usage) if pay else None
        articles[work.article.slug] = Planned(
            len(work.entries), len(ready), journalled, flying, len(usages), usage, cost
        )
    whole = sum((each.usage for each in articles.values()), NOTHING)
    return Plan(engine.origin, articles, whole, pay(whole) if pay else None)


def _usage(request: Request, factor: tuple[float, float], *, warm: bool) -> Usage:
    """Return the estimate for ``request``, corrected by what the engine's last answers counted."""
    found = estimate.usage(request)
    return Usage(
        round(found.prompt * factor[0]),
        found.cached if warm else 0,
        round(found.completion * factor[1]),
        1,
    )
