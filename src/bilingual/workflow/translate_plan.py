"""What a run of ``translate`` would ask for, and about what it would cost: nothing is sent."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from bilingual.engines import registry
from bilingual.journal import by_passage
from bilingual.journal.batches import Batches
from bilingual.journal.journal import Again, Journal
from bilingual.prompting import estimate, prompt
from bilingual.prompting.request import Answer, Reckoned, Usage
from bilingual.workflow.drafting.answer_source import Flights
from bilingual.workflow.drafting.pending import engine_jobs, without_engine, works
from bilingual.workflow.drafting.resources import Resources
from bilingual.workflow.memory.memory import Memory
from bilingual.workflow.translate import JOURNAL, LEARNED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from bilingual.engines.base import Engine
    from bilingual.newsroom import Newsroom
    from bilingual.prompting.request import Request
    from bilingual.workflow.drafting.pending import Work

NOTHING = Reckoned()
NEVER = Again(Reckoned(), Reckoned())
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
    flying: int = 0
    """Of them, those whose answer comes with a batch under way."""
    first: Reckoned = NOTHING
    """Of asking for each unit once."""
    usage: Usage = NOTHING
    """With what is usually asked again, where that is known."""
    cost: float | None = None


@dataclass(frozen=True, slots=True)
class Once:
    """What asking for each unit once takes."""

    usage: Usage = NOTHING
    """Reckoned tokens: of the prompts, of those the ones that a provider can cache, of answers."""
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
    """Units that the journal knows it of, 0 for an engine that is never asked again; None when it
    knows too few: it is not in ``usage`` then."""

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

    ``batch`` reckons with the price of batches. Nothing is sent, so no key is needed.

    How much will be refused and asked again nobody knows; it is reckoned with as it was in the
    engine's last answers, once there are enough. Raises as ``translate`` does.
    """
    name = engine or newsroom.config.translate.engine
    asked = drafts or registry.create(
        name, newsroom.config.engines.get(name, {}), newsroom.root / LEARNED, asks=False
    )
    journal = Journal(newsroom.root / JOURNAL, reading=True)
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
    at_hand = [each.catalog for each in waiting]
    helping = Resources(newsroom, engine.manners, memory, origin=engine.origin, at_hand=at_hand)
    flights = Flights(engine, journal, Batches(journal))
    factor = journal.correction(engine.origin)
    again = journal.again(engine.origin) if engine.manners.retries else NEVER
    asked_before: set[str] = set()
    articles: dict[str, PlannedArticle] = {}
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
            request = by_passage.of(job.request, left, job.request.before, job.request.after)
            head = prompt.shared(request)
            usages.append(_usage(request, factor, warm=head in asked_before))
            asked_before.add(head)
        first = _sum(usages)
        usage = again.of(first) + first if again else first
        articles[work.article.slug] = PlannedArticle(
            len(work.entries),
            len(ready),
            journalled,
            flying,
            first,
            usage,
            pay(usage) if pay else None,
        )
    first = _sum(each.first for each in articles.values())
    whole = sum((each.usage for each in articles.values()), Usage())
    return Plan(
        engine.origin,
        articles,
        Once(first, pay(first) if pay else None),
        whole,
        pay(whole) if pay else None,
        again.first.units if again else None,
    )


def _usage(request: Request, factor: tuple[float, float], *, warm: bool) -> Reckoned:
    """Return the estimate for ``request``, corrected by what the engine's last answers counted."""
    found = estimate.usage(request)
    return replace(
        found,
        prompt=round(found.prompt * factor[0]),
        cached=found.cached if warm else 0,
        completion=round(found.completion * factor[1]),
    )


def _sum(usages: Iterable[Reckoned]) -> Reckoned:
    found = list(usages)
    return Reckoned(
        sum(each.prompt for each in found),
        sum(each.cached for each in found),
        sum(each.completion for each in found),
        sum(each.requests for each in found),
        sum(each.units for each in found),
        sum(each.termed for each in found),
    )
