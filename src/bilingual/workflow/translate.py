"""Translate: fill what has no target, and renew machine drafts whose source changed.

What a person wrote or approved is never touched: a stale target of theirs stays, for them to see
the change, unless that unit is named in ``redo``; its old target is in its history then. Each
answer is on the disk (journal, then catalog) as it comes; a unit that fails is left ``initial``
with its reason and stops no other.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bilingual.catalog.history import replace_target
from bilingual.engines import registry
from bilingual.errors import EngineDownError, EngineError
from bilingual.journal.batches import Batches
from bilingual.journal.journal import Journal
from bilingual.model import N_, Message, State, Target
from bilingual.prompting.request import Usage
from bilingual.workflow.drafting import workers
from bilingual.workflow.drafting.answer_source import Flights
from bilingual.workflow.drafting.asking import Asker, Budget, Run, Spent, Stopped
from bilingual.workflow.drafting.drafter import Drafter, Outcome
from bilingual.workflow.drafting.interruption import patient
from bilingual.workflow.drafting.pending import engine_jobs, without_engine, works
from bilingual.workflow.drafting.resources import Resources
from bilingual.workflow.memory.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from bilingual.engines.base import Engine
    from bilingual.model import Catalog, Entry
    from bilingual.newsroom import Newsroom
    from bilingual.workflow.drafting.jobs import Job
    from bilingual.workflow.drafting.pending import Work

JOURNAL = ".bilingual/journal.sqlite"
LEARNED = ".bilingual"
"""Where engines keep what they learn of their endpoints."""
IN_A_ROW = 3
"""So many jobs failing one after the other mean that the engine is down."""

NOTHING_USED = Usage()

FAILED = N_("the engine failed: {reason}")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is, after each answer."""

    slug: str
    done: int
    """Units drafted or failed so far, of all articles."""
    total: int
    failed: int
    usage: Usage = NOTHING_USED
    cost: float | None = None
    """US dollars; None when no price is known."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A unit that has no draft."""

    slug: str
    unit: str
    reason: Message


@dataclass(frozen=True, slots=True)
class Repair:
    """What asking again was good for."""

    units: int = 0
    """Units whose first answer had something wrong with it."""
    found: int = 0
    """How much was wrong with their first answers."""
    left: int = 0
    """How much still is."""


@dataclass(frozen=True, slots=True)
class TranslateResult:
    """What a run did."""

    run: str = ""
    """When it began: UTC, ISO 8601. All its targets carry this time, and no other run's."""
    drafted: int = 0
    """Units that the engine gave a draft."""
    reused: int = 0
    """Units filled without the engine: from approved targets, or with nothing to translate."""
    waiting: int = 0
    """Stale units whose target a person made: left for a person."""
    left: int = 0
    """Units that were not asked for, because the budget ended the run."""
    deferred: int = 0
    """Units whose answer comes with a batch, or will be asked for in one."""
    stopped: Message | None = None
    """What the budget said."""
    failures: tuple[Failure, ...] = ()
    repair: Repair = Repair()
    usage: Usage = NOTHING_USED
    cost: float | None = None
    """US dollars; None when no price is known."""
    origin: str = ""
    articles: Mapping[str, int] = field(default_factory=dict)
    """Slug to units filled."""


def translate(  # noqa: PLR0913 - what a run can be told
    newsroom: Newsroom,
    slugs: Sequence[str] = (),
    *,
    engine: str | None = None,
    redo: Sequence[str] = (),
    max_cost: float | None = None,
    progress: Callable[[Progress], None] | None = None,
    drafts: Engine | None = None,
    flights: Flights | None = None,
) -> TranslateResult:
    """Draft what waits in the articles ``slugs`` (all when empty) with ``engine``.

    ``engine`` is a name; the configured one when None. ``drafts`` is a ready engine to use
    instead. ``redo`` names units, rules or origins (see ``redo.named``) whose targets are drafted
    anew. ``flights`` answers in place of the engine, out of the journal and the batches under way.
    ``max_cost`` is what the run may cost in US dollars, before ``translate.max_cost``. Catalogs
    are brought up to their articles first.

    Raises ``EngineDownError`` when the engine cannot be used at all, ``KeyboardInterrupt`` after
    Ctrl-C, ``ConfigurationError`` for a budget without a price, ``UsageError`` or ``ContentError``
    for articles that cannot be read: what was drafted until then is saved, and the next call goes
    on from there.
    """
    work = works(newsroom, slugs, redo, save=True)
    name = engine or newsroom.config.translate.engine
    asked = drafts or registry.create(
        name, newsroom.config.engines.get(name, {}), newsroom.root / LEARNED
    )
    settings = newsroom.config.translate
    budget = Budget(settings.max_cost if max_cost is None else max_cost, settings.monthly_budget)
    run_name = f"run {_now()} {os.getpid()}"
    try:
        if not any(each.entries for each in work):  # reading all that helps would help nobody
            waiting = sum(each.waiting for each in work)
            return TranslateResult(_now(), waiting=waiting, origin=asked.origin)
        with patient() as interruption, newsroom.presence(run_name):
            journal = Journal(newsroom.root / JOURNAL)
            memory = Memory.open(newsroom)
            try:
                began = journal.begin(_now())
                run = Run(run_name, _now, newsroom.present, lambda: interruption.asked)
                asker = Asker(asked, journal, run, budget)
                if flights is None:
                    flights = Flights(asked, journal, Batches(journal), asker.ask)
                return _Run(newsroom, work, asker, flights, began, progress or _silent, memory).all(
                    run
                )
            finally:
                memory.close()
                journal.close()
    finally:
        asked.close()


class _Run:
    """One run over all articles: counts, saves, tells."""

    def __init__(  # noqa: PLR0913, PLR0917 - what a run has
        self,
        newsroom: Newsroom,
        work: Sequence[Work],
        asker: Asker,
        flights: Flights,
        began: str,
        progress: Callable[[Progress], None],
        memory: Memory,
    ) -> None:
        self._newsroom = newsroom
        self._work = {each.article.slug: each for each in work}
        self._asker = asker
        self._flights = flights
        self._began = began
        self._progress = progress
        engine, at_hand = asker.engine, [each.catalog for each in work]
        self._helping = Resources(
            newsroom, engine.manners, memory, origin=engine.origin, at_hand=at_hand
        )
        self._drafter = Drafter(
            flights.ask, self._helping.judge.faults, asker.engine.manners, flights.parts
        )
        self._total = sum(len(each.entries) for each in work)
        self._filled: dict[str, int] = {}
        self._drafted = self._reused = self._done = 0
        self._failures: list[Failure] = []
        self._repair = Repair()
        self._in_a_row = self._refused = 0
        self._ended: EngineDownError | None = None
        self._stopped: Message | None = None
        self._unsaved: Exception | None = None
        """Why drafts cannot be saved any more."""

    def all(self, run: Run) -> TranslateResult:
        """Draft everything; return the counts."""
        done = self._without_engine()
        results = workers.each(
            self._jobs(done),
            self._drafter.draft,
            hands=self._asker.engine.manners.concurrency,
            stop=lambda: run.stop() or self._over,
        )
        for job, result in results:
            # What is in flight is paid for: it arrives in the journal before anything is raised.
            if self._unsaved is None:
                try:
                    self._take(job, result)
                except Exception as error:  # noqa: BLE001 - raised below
                    self._unsaved = error
        if self._unsaved is not None:
            raise self._unsaved
        if self._ended is not None:
            raise self._ended
        if run.stop():
            raise KeyboardInterrupt
        deferred = self._flights.flying + self._flights.units
        return TranslateResult(
            self._began,
            self._drafted,
            self._reused,
            sum(work.waiting for work in self._work.values()),
            self._total - self._done - deferred,
            deferred,
            self._stopped,
            tuple(self._failures),
            self._repair,
            self._asker.usage,
            self._asker.cost,
            self._asker.engine.origin,
            dict(self._filled),
        )

    @property
    def _over(self) -> bool:
        """True when nothing more shall be asked for."""
        ends = (self._ended, self._stopped, self._unsaved)
        return any(each is not None for each in ends)

    def _take(self, job: Job, result: list[Outcome] | Exception) -> None:
        """Save what ``job`` brought, or why it brought nothing."""
        work = self._work[job.slug]
        if isinstance(result, Exception):
            self._broken(work, job, result)
        else:
            self._save(work, result)
            self._in_a_row = 0
            self._refused += bool(result) and all(each.refused for each in result)
            if self._refused >= IN_A_ROW and not self._drafted and self._ended is None:
                self._ended = EngineDownError(
                    f"every request is refused, the last so: {result[-1].fault}",
                    hint="mend what the server names; it goes on from here",
                )

    def _without_engine(self) -> set[str]:
        """Fill what an engine has nothing to add to; return the ids of those entries."""
        done: set[str] = set()
        for work in self._work.values():
            ready = list(without_engine(work, self._helping))
            self._save(work, ready)
            done |= {each.entry.id for each in ready}
        return done

    def _jobs(self, done: Collection[str]) -> Iterator[Job]:
        for work in self._work.values():
            yield from engine_jobs(self._newsroom, work, done, self._helping.helps)

    def _broken(self, work: Work, job: Job, error: Exception) -> None:
        """Keep why ``job`` has no answer; end the run when no other would have one."""
        if isinstance(error, Stopped):
            return
        if isinstance(error, Spent):
            self._stopped = error.message
        elif isinstance(error, EngineDownError):
            self._ended = self._ended or error
        elif isinstance(error, EngineError):
            fault = Message(FAILED, {"reason": error.fault})
            left = [entry for entry in job.entries if entry.id not in job.settled]
            self._save(work, [Outcome(entry, fault=fault) for entry in left])
            self._in_a_row += 1
            if self._in_a_row >= IN_A_ROW and self._ended is None:
                self._ended = EngineDownError(
                    f"{IN_A_ROW} requests in a row failed, the last so: {error.fault}",
                    hint=error.hint or "run it again later; it goes on from here",
                )
        else:
            raise error

    def _save(self, work: Work, outcomes: Sequence[Outcome]) -> None:
        """Write ``outcomes`` to the catalog in one step and count them."""
        if not outcomes:
            return
        by_id = {each.entry.id: each for each in outcomes}
        written: set[str] = set()

        def edit(catalog: Catalog) -> Catalog:
            entries = [
                self._with(entry, by_id[entry.id]) if entry.id in by_id else entry
                for entry in catalog.entries
            ]
            pairs = zip(entries, catalog.entries, strict=True)
            written.update(now.id for now, before in pairs if now is not before)
            return replace(catalog, entries=tuple(entries))

        self._newsroom.change(work.article, work.language, edit)
        for each in outcomes:
            if each.entry.id in written or each.fault is not None:
                self._count(work.article.slug, each)
            else:  # Somebody else filled or edited it meanwhile.
                self._done += 1
        self._progress(
            Progress(
                work.article.slug,
                self._done,
                self._total,
                len(self._failures),
                self._asker.usage,
                self._asker.cost,
            )
        )

    def _count(self, slug: str, outcome: Outcome) -> None:
        self._done += 1
        if outcome.found:
            before = self._repair
            self._repair = Repair(
                before.units + 1, before.found + outcome.found, before.left + outcome.left
            )
        if outcome.fault is not None:
            self._failures.append(Failure(slug, outcome.entry.id, outcome.fault))
            return
        self._filled[slug] = self._filled.get(slug, 0) + 1
        if outcome.origin:
            self._reused += 1
        else:
            self._drafted += 1

    def _with(self, entry: Entry, outcome: Outcome) -> Entry:
        """Return ``entry`` with ``outcome``, unless somebody changed it in the meantime."""
        asked = outcome.entry
        if entry.source != asked.source or entry.target != asked.target:
            return entry
        if outcome.fault is not None:
            if entry.target.text:
                return entry
            return replace(entry, target=replace(entry.target, failure=str(outcome.fault)))
        origin = outcome.origin or self._asker.engine.origin
        target = Target(outcome.text, State.TRANSLATED, origin, time=self._began)
        return replace_target(entry, target)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _silent(_progress: Progress) -> None:
    """Tell nobody."""
