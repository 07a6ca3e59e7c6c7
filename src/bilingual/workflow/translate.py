"""Translate: fill what has no target, and replace machine drafts whose source changed.

What a person wrote or approved is never touched: a stale target of theirs is left for them to see
the change, unless that unit is named in ``redo``; its old target is in its history then. Each
answer is on disk (journal, then catalog) as it comes; a unit that fails is left ``initial`` with
its reason and stops no other.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bilingual import clock
from bilingual.catalog.history import replace_target
from bilingual.engines import registry
from bilingual.errors import EngineDownError, EngineError
from bilingual.journal.batches import Batches
from bilingual.journal.journal import Journal
from bilingual.model import N_, Message, State, Target, msg
from bilingual.prompting.request import Usage
from bilingual.workflow.drafting import run as runs
from bilingual.workflow.drafting import workers
from bilingual.workflow.drafting.drafter import Drafter
from bilingual.workflow.drafting.interruption import patient
from bilingual.workflow.drafting.layers.base import Why
from bilingual.workflow.drafting.layers.ledger import Budget
from bilingual.workflow.drafting.pending import engine_jobs, pending, without_engine
from bilingual.workflow.drafting.resources import NewsroomResources
from bilingual.workflow.drafting.run import Run
from bilingual.workflow.drafting.stack import stack
from bilingual.workflow.drafting.work import Outcome
from bilingual.workflow.memory.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from bilingual.engines.base import Engine
    from bilingual.model import Catalog, Entry
    from bilingual.newsroom import Newsroom
    from bilingual.workflow.drafting.layers.batch_queue import BatchQueue
    from bilingual.workflow.drafting.stack import Stack
    from bilingual.workflow.drafting.work import Job, PendingArticle

JOURNAL = ".bilingual/journal.sqlite"
LEARNED = ".bilingual"
"""Where engines keep what they learn of their endpoints."""
IN_A_ROW = 3
"""Jobs failing one after the other that mean that the engine is down."""

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
    """What asking again improved."""

    units: int = 0
    """Units whose first answer had a problem."""
    found: int = 0
    """Problems of their first answers."""
    left: int = 0
    """Problems of the drafts that are kept."""


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
    """What the budget allows, when it ended the run."""
    failures: tuple[Failure, ...] = ()
    repair: Repair = Repair()
    usage: Usage = NOTHING_USED
    cost: float | None = None
    """US dollars; None when no price is known."""
    origin: str = ""
    articles: Mapping[str, int] = field(default_factory=dict)
    """Slug to units filled."""


def translate(  # noqa: PLR0913 - the options of a run
    newsroom: Newsroom,
    slugs: Sequence[str] = (),
    *,
    engine: str | None = None,
    redo: Sequence[str] = (),
    max_cost: float | None = None,
    progress: Callable[[Progress], None] | None = None,
    drafts: Engine | None = None,
    queue: BatchQueue | None = None,
) -> TranslateResult:
    """Draft what waits in the articles ``slugs`` (all when empty) with ``engine``.

    ``engine`` is a name; the configured one when None. ``drafts`` is a ready engine to use
    instead. ``redo`` names units, rules or origins (see ``redo.named``) whose targets are drafted
    again. With a ``queue`` nothing is sent: requests without an answer are queued for a batch.
    ``max_cost`` is what the run may cost in US dollars, before ``translate.max_cost``. Catalogs
    are brought up to their articles first.

    Raises ``EngineDownError`` when the engine cannot be used at all, ``KeyboardInterrupt`` after
    Ctrl-C, ``ConfigurationError`` for a budget without a price, ``UsageError`` or ``ContentError``
    for articles that cannot be read: what was drafted until then is saved, and the next call goes
    on from there.
    """
    articles = pending(newsroom, slugs, redo, save=True)
    name = engine or newsroom.config.translate.engine
    asked = drafts or registry.create(
        name, newsroom.config.engines.get(name, {}), newsroom.root / LEARNED
    )
    settings = newsroom.config.translate
    budget = Budget(settings.max_cost if max_cost is None else max_cost, settings.monthly_budget)
    run_name = runs.name("run")
    try:
        if not any(each.entries for each in articles):  # no need to read all the resources
            waiting = sum(each.waiting for each in articles)
            return TranslateResult(clock.timestamp(), waiting=waiting, origin=asked.origin)
        with patient() as interruption, newsroom.presence(run_name):
            journal = Journal(newsroom.root / JOURNAL)
            memory = Memory.open(newsroom)
            try:
                run = Run(newsroom, run_name, interruption)
                layers = stack(asked, journal, run, budget, batches=Batches(journal), queue=queue)
                resources = NewsroomResources(
                    newsroom,
                    asked.traits,
                    memory,
                    origin=asked.origin,
                    loaded=[each.catalog for each in articles],
                )
                began = journal.begin(clock.timestamp())
                return _Translation(run, articles, layers, resources, began, progress).all()
            finally:
                memory.close()
                journal.close()
    finally:
        asked.close()


class _Translation:
    """One run over all articles: drafts, saves and counts."""

    def __init__(  # noqa: PLR0913, PLR0917 - what a run has
        self,
        run: Run,
        articles: Sequence[PendingArticle],
        layers: Stack,
        resources: NewsroomResources,
        began: str,
        progress: Callable[[Progress], None] | None,
    ) -> None:
        self._run = run
        self._newsroom = run.newsroom
        self._articles = {each.article.slug: each for each in articles}
        self._engine = layers.engine
        self._ledger = layers.ledger
        self._resources = resources
        self._drafter = Drafter(layers, layers.engine.traits, resources.check, layers.known)
        self._began = began
        self._progress = progress
        self._total = sum(len(each.entries) for each in articles)
        self._filled: dict[str, int] = {}
        self._settled: set[tuple[str, str]] = set()
        """Slug and id of the entries with an outcome."""
        self._drafted = self._reused = self._done = self._deferred = 0
        self._failures: list[Failure] = []
        self._repair = Repair()
        self._in_a_row = self._refused = 0
        self._down: EngineDownError | None = None
        self._stopped: Message | None = None
        self._unsaved: Exception | None = None
        """Why drafts cannot be saved any more."""

    def all(self) -> TranslateResult:
        """Draft everything; return the counts."""
        self._without_engine()
        results = workers.each(
            self._jobs(frozenset(self._settled)),
            self._drafter.draft,
            workers=self._engine.traits.concurrency,
            stop=self._ended,
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
        if self._down is not None:
            raise self._down
        if self._run.stopped:
            raise KeyboardInterrupt
        return TranslateResult(
            self._began,
            self._drafted,
            self._reused,
            sum(each.waiting for each in self._articles.values()),
            self._total - self._done - self._deferred,
            self._deferred,
            self._stopped,
            tuple(self._failures),
            self._repair,
            self._ledger.usage,
            self._ledger.cost,
            self._engine.origin,
            dict(self._filled),
        )

    def _ended(self) -> bool:
        """Return True when no further job is to be begun."""
        ends = (self._down, self._stopped, self._unsaved)
        return self._run.stopped or any(each is not None for each in ends)

    def _without_engine(self) -> None:
        """Fill what an engine has nothing to add to."""
        for article in self._articles.values():
            self._save(article, list(without_engine(article, self._resources)))

    def _jobs(self, settled: frozenset[tuple[str, str]]) -> Iterator[Job]:
        for slug, article in self._articles.items():
            done = {unit for of, unit in settled if of == slug}
            yield from engine_jobs(self._newsroom, article, done, self._resources)

    def _take(self, job: Job, result: list[Outcome] | Exception) -> None:
        """Save the outcomes of ``job``, or why it has none."""
        article = self._articles[job.slug]
        if isinstance(result, Exception):
            self._fail(article, job, result)
            return
        self._in_a_row = 0
        settled = [each for each in result if each.not_asked is None]
        self._save(article, settled)
        for each in result:
            if each.not_asked is not None:
                self._deferred += each.not_asked.why is Why.IN_BATCH
                self._stopped = each.not_asked.message or self._stopped
        self._refused += bool(settled) and all(each.refused for each in settled)
        if self._refused >= IN_A_ROW and not self._drafted and self._down is None:
            self._down = EngineDownError(
                msg(
                    "every request was refused, the last one with: {problem}",
                    problem=settled[-1].problem,
                ),
                hint=msg("correct what the server names and run it again; it goes on from here"),
            )

    def _fail(self, article: PendingArticle, job: Job, error: Exception) -> None:
        """Note why the rest of ``job`` has no answer; end the run when no other would have one."""
        if isinstance(error, EngineDownError):
            self._down = self._down or error
        elif isinstance(error, EngineError):
            problem = Message(FAILED, {"reason": error.problem})
            left = [each for each in job.entries if (job.slug, each.id) not in self._settled]
            self._save(article, [Outcome(entry, problem=problem) for entry in left])
            self._in_a_row += 1
            if self._in_a_row >= IN_A_ROW and self._down is None:
                self._down = EngineDownError(
                    msg(
                        "{count} requests in a row failed, the last one with: {reason}",
                        count=IN_A_ROW,
                        reason=error.problem,
                    ),
                    hint=error.hint or msg("run it again later; it goes on from here"),
                )
        else:
            raise error

    def _save(self, article: PendingArticle, outcomes: Sequence[Outcome]) -> None:
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

        slug = article.article.slug
        self._newsroom.change(article.article, article.language, edit)
        self._done += len(outcomes)
        for each in outcomes:
            self._settled.add((slug, each.entry.id))
            # What somebody else filled or edited meanwhile is neither drafted nor failed.
            if each.entry.id in written or each.problem is not None:
                self._count(slug, each)
        if self._progress is not None:
            failed, ledger = len(self._failures), self._ledger
            self._progress(
                Progress(slug, self._done, self._total, failed, ledger.usage, ledger.cost)
            )

    def _count(self, slug: str, outcome: Outcome) -> None:
        if outcome.found:
            before = self._repair
            self._repair = Repair(
                before.units + 1, before.found + outcome.found, before.left + outcome.left
            )
        if outcome.problem is not None:
            self._failures.append(Failure(slug, outcome.entry.id, outcome.problem))
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
        if outcome.problem is not None:
            if entry.target.text:
                return entry
            return replace(entry, target=replace(entry.target, failure=str(outcome.problem)))
        origin = outcome.origin or self._engine.origin
        target = Target(outcome.text, State.TRANSLATED, origin, time=self._began)
        return replace_target(entry, target)
