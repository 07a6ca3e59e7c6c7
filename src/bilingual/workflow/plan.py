"""What a run of ``translate`` would ask for, and about what it would cost: nothing is sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bilingual.engines import estimate, registry
from bilingual.engines.base import Usage
from bilingual.engines.journal import Journal
from bilingual.workflow.helping import Helping
from bilingual.workflow.translate import JOURNAL, LEARNED
from bilingual.workflow.waiting import engine_jobs, without_engine, works

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bilingual.engines.base import Engine, Request
    from bilingual.newsroom import Newsroom

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


def plan(
    newsroom: Newsroom,
    slugs: Sequence[str] = (),
    *,
    engine: str | None = None,
    redo: Sequence[str] = (),
    drafts: Engine | None = None,
) -> Plan:
    """Return what ``translate`` would do with the same arguments; no file is changed.

    Answers that are refused and asked again are not foreseen. Raises as ``translate`` does.
    """
    name = engine or newsroom.config.translate.engine
    asked = drafts or registry.create(
        name, newsroom.config.engines.get(name, {}), newsroom.root / LEARNED
    )
    journal = Journal(newsroom.root / JOURNAL)
    try:
        return _plan(newsroom, slugs, redo, asked, journal)
    finally:
        journal.close()
        asked.close()


def _plan(
    newsroom: Newsroom, slugs: Sequence[str], redo: Sequence[str], engine: Engine, journal: Journal
) -> Plan:
    helping = Helping(newsroom, engine.manners)
    factor = journal.correction(engine.origin)
    price = engine.manners.price
    asked_before: set[tuple[str, str]] = set()
    articles: dict[str, Planned] = {}
    for work in works(newsroom, slugs, redo, save=False):
        ready = {each.entry.id for each in without_engine(work, helping)}
        journalled, usages = 0, []
        for job in engine_jobs(newsroom, work, ready, helping.helps):
            if journal.find(engine.key(job.request)) is not None:
                journalled += len(job.entries)
                continue
            direction = (job.request.source_language, job.request.target_language)
            usages.append(_usage(job.request, factor, warm=direction in asked_before))
            asked_before.add(direction)
        usage = sum(usages, NOTHING)
        cost = price.of(usage) if price else None
        articles[work.article.slug] = Planned(
            len(work.entries), len(ready), journalled, len(usages), usage, cost
        )
    whole = sum((each.usage for each in articles.values()), NOTHING)
    return Plan(engine.origin, articles, whole, price.of(whole) if price else None)


def _usage(request: Request, factor: tuple[float, float], *, warm: bool) -> Usage:
    """Return the estimate for ``request``, corrected by what the engine's last answers counted."""
    found = estimate.usage(request)
    return Usage(
        round(found.prompt * factor[0]),
        found.cached if warm else 0,
        round(found.completion * factor[1]),
        1,
    )
