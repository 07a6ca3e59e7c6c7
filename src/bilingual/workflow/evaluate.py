"""Compare engines: each drafts units that people approved, and is measured by their targets.

The units are held out: their targets, and those of other units with the same source, are taken out
of the catalogs in memory before anything is asked, so that no engine sees them. Nothing is written
but the journal: an answer is paid for once, however often an evaluation is made.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bilingual.catalog.update import update
from bilingual.checks import registry as rules
from bilingual.engines import registry
from bilingual.errors import BilingualError, ConfigurationError, RefusedError, UsageError
from bilingual.glossary.match import Matcher
from bilingual.journal.journal import Journal
from bilingual.language.distance import count_words
from bilingual.model import Scope, Severity, Target, msg
from bilingual.workflow.check import newsroom_selection
from bilingual.workflow.drafting import run as runs
from bilingual.workflow.drafting.draft_check import OF_STATE
from bilingual.workflow.drafting.interruption import patient
from bilingual.workflow.drafting.jobs import jobs
from bilingual.workflow.drafting.layers.ledger import Budget
from bilingual.workflow.drafting.pending import has_words
from bilingual.workflow.drafting.resources import NewsroomResources
from bilingual.workflow.drafting.run import Run
from bilingual.workflow.drafting.stack import stack
from bilingual.workflow.drafting.work import Outcome
from bilingual.workflow.evaluation import scores
from bilingual.workflow.evaluation.trial import RunningTrial
from bilingual.workflow.translate import JOURNAL, LEARNED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from bilingual.engines.base import Engine
    from bilingual.markdown.document import Document
    from bilingual.model import Catalog, Entry
    from bilingual.newsroom import Newsroom
    from bilingual.workflow.drafting.work import Job
    from bilingual.workflow.evaluation.scores import Scores
    from bilingual.workflow.evaluation.trial import Trial

APPROVED = "approved"
"""Stands for an engine in the row of what people approved."""


@dataclass(frozen=True, slots=True)
class Quality:
    """What can be measured of drafts without a reference."""

    terms: int = 0
    """Glossary terms in the sources, each once a unit."""
    terms_kept: int = 0
    """Of these, the terms with an allowed form in the draft."""
    errors: int = 0
    """Findings that would stop a publish."""
    warnings: int = 0

    def __add__(self, other: Quality) -> Quality:
        return Quality(
            self.terms + other.terms,
            self.terms_kept + other.terms_kept,
            self.errors + other.errors,
            self.warnings + other.warnings,
        )


@dataclass(frozen=True, slots=True)
class Evaluated:
    """One engine in one direction."""

    engine: str
    """Its name, or ``approved`` for what people approved."""
    origin: str
    source_language: str
    target_language: str
    units: int
    words: int
    """Of the sources."""
    own: int = 0
    """Units whose approved target is this engine's own draft, as it was: they flatter it."""
    refused: int = 0
    """Units without a draft that can be used; they count as empty ones."""
    repaired: int = 0
    """Units whose first answer had something wrong with it, and that were asked for again."""
    scores: Scores | None = None
    quality: Quality = field(default_factory=Quality)


@dataclass(frozen=True, slots=True)
class Failed:
    """An engine that did not finish: it has no row and no trial."""

    engine: str
    error: BilingualError
    """Why: it failed, or a budget ended it."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Several engines compared."""

    rows: tuple[Evaluated, ...]
    trials: tuple[Trial, ...]
    failures: tuple[Failed, ...] = ()


@dataclass(frozen=True, slots=True)
class _Sample:
    """Units of one article that are held out."""

    document: Document
    catalog: Catalog
    """Without their targets."""
    held: tuple[Entry, ...]
    """With their targets."""

    @property
    def languages(self) -> tuple[str, str]:
        return self.catalog.source_language, self.catalog.target_language


def evaluate(  # noqa: PLR0913 - the options of an evaluation
    newsroom: Newsroom,
    slugs: Sequence[str] = (),
    *,
    engines: Sequence[str] = (),
    limit: int = 100,
    seed: int = 0,
    max_cost: float | None = None,
    progress: Callable[[str, int, int], None] | None = None,
    ready: Mapping[str, Engine] | None = None,
) -> Evaluation:
    """Let ``engines`` (the configured one when empty) draft approved units, and measure them.

    One is named as it is configured, or with another model of its own after a slash:
    ``openai/gpt-4.1``.
    ``limit`` units of the articles ``slugs`` (all when empty) are drawn by ``seed``, the same for
    every engine. ``max_cost`` is what each may cost in US dollars. ``progress`` is called with the
    engine, the units done and all units. ``ready`` are engines by name to
    use instead of making them.

    An engine that fails, or that a budget ends, is among the failures and stops no other. Raises
    ``RefusedError`` when nothing is approved; ``ConfigurationError`` without sacrebleu, for an
    unknown engine, or for two that are the same; ``UsageError`` for a model that cannot be.
    """
    scores.need()
    matcher = Matcher(newsroom.glossary().terms)
    samples = _samples(newsroom, slugs, limit, seed, matcher)
    if not samples:
        raise RefusedError(
            msg("nothing is approved yet, so there is nothing to compare with"),
            hint=msg("review some units first (`bilingual review`)"),
        )
    bench = _Bench(newsroom, samples, matcher)
    rows = bench.rows(APPROVED, "", bench.approved())
    trials: list[Trial] = []
    failures: list[Failed] = []
    # A wrong name or setting is reported before anything is asked.
    given = ready or {}
    wanted = list(dict.fromkeys(engines)) or [newsroom.config.translate.engine]
    made = {name: _engine(newsroom, name) for name in wanted if name not in given}
    _need_different(made)
    for name in wanted:
        engine = given.get(name) or made[name]
        try:
            outcomes, trial = bench.tried(name, engine, max_cost, progress)
        except BilingualError as error:
            failures.append(Failed(name, error))
        else:
            rows += bench.rows(name, engine.origin, outcomes)
            trials.append(trial)
        finally:
            engine.close()
    return Evaluation(tuple(rows), tuple(trials), tuple(failures))


def _engine(newsroom: Newsroom, wish: str) -> Engine:
    """Return the engine that ``wish`` names, with the model after its slash if there is one."""
    name, slash, model = wish.partition("/")
    table = newsroom.config.engines.get(name, {})
    if not slash:
        return registry.create(name, table, newsroom.root / LEARNED, asks=False)
    if not model:
        raise UsageError(
            msg("{wish} names no model", wish=wish),
            hint=msg("write `{name}` or `{name}/MODEL`", name=name),
        )
    # A price in the table is that of the model in the table.
    other = {key: value for key, value in table.items() if key != "price"} | {"model": model}
    try:
        return registry.create(name, other, newsroom.root / LEARNED, asks=False)
    except ConfigurationError as error:
        registry.create(name, table, asks=False)  # says what is wrong in the file, if anything is
        raise UsageError(
            msg("{wish}: {reason}", wish=wish, reason=error.problem), hint=error.hint
        ) from error


def _need_different(made: Mapping[str, Engine]) -> None:
    """Raise ``ConfigurationError`` when two of ``made`` would give the same answers."""
    names: dict[str, str] = {}
    for name, engine in made.items():
        first = names.setdefault(engine.origin, name)
        if first != name:
            raise ConfigurationError(
                msg(
                    "{first} and {name} are the same engine ({origin})",
                    first=first,
                    name=name,
                    origin=engine.origin,
                ),
                hint=msg(
                    "name another model; `BILINGUAL_LOCAL_MODEL` overrides the model of `local`"
                ),
            )


def _samples(
    newsroom: Newsroom, slugs: Sequence[str], limit: int, seed: int, matcher: Matcher
) -> list[_Sample]:
    """Return the articles with the units that ``seed`` draws."""
    catalogs: list[tuple[Document, Catalog]] = []
    for article in newsroom.articles(slugs):
        document = newsroom.document(article)
        catalog = newsroom.catalog(article.slug, newsroom.target_language(article))
        catalogs.append((document, update(catalog, document.units).catalog))
    able = [
        (catalog.slug, entry.id)
        for _, catalog in catalogs
        for entry in catalog.live
        if entry.target.approved and has_words(entry, matcher, catalog.source_language)
    ]
    drawn = set(sorted(able, key=lambda each: _lot(seed, *each))[:limit])
    hidden = {
        entry.source
        for _, catalog in catalogs
        for entry in catalog.live
        if (catalog.slug, entry.id) in drawn
    }
    samples = []
    for document, catalog in catalogs:
        held = tuple(entry for entry in catalog.live if (catalog.slug, entry.id) in drawn)
        if held:
            # Notes may quote the target, and a repeated source would give it away.
            entries = tuple(
                replace(entry, target=Target(), notes=(), history=())
                if entry.source in hidden
                else entry
                for entry in catalog.entries
            )
            samples.append(_Sample(document, replace(catalog, entries=entries), held))
    return samples


def _lot(seed: int, slug: str, unit: str) -> bytes:
    """Return a number by which units are drawn: the same each time, in no order of theirs."""
    return hashlib.blake2b(f"{seed} {slug} {unit}".encode(), digest_size=8).digest()


class _Bench:
    """The units, and what every engine is measured with."""

    def __init__(
        self,
        newsroom: Newsroom,
        samples: Sequence[_Sample],
        matcher: Matcher,
    ) -> None:
        self._newsroom = newsroom
        self._samples = samples
        self._matcher = matcher
        self._hidden = {entry.source for sample in samples for entry in sample.held}
        self._selection = rules.Selection(
            tuple(
                (rule, severity)
                for rule, severity in newsroom_selection(newsroom, (), ()).of(Scope.UNIT)
                if rule.name not in OF_STATE and severity is not Severity.INFO
            )
        )

    def approved(self) -> dict[tuple[str, str], Outcome]:
        """Return what people approved, as if an engine had drafted it."""
        return {
            (sample.catalog.slug, entry.id): Outcome(entry, entry.target.text)
            for sample in self._samples
            for entry in sample.held
        }

    def tried(
        self,
        name: str,
        engine: Engine,
        max_cost: float | None,
        progress: Callable[[str, int, int], None] | None,
    ) -> tuple[dict[tuple[str, str], Outcome], Trial]:
        """Let ``engine`` draft the units; return the outcomes by slug and id, and what it took."""
        journal = Journal(self._newsroom.root / JOURNAL)
        try:
            run_name = runs.name("evaluate")
            with patient() as interruption, self._newsroom.presence(run_name):
                run = Run(self._newsroom, run_name, interruption)
                budget = Budget(max_cost, self._newsroom.config.translate.monthly_budget)
                trial = RunningTrial(stack(engine, journal, run, budget), journal, run)
                total = sum(len(sample.held) for sample in self._samples)
                outcomes: dict[tuple[str, str], Outcome] = {}
                # A memory would return what is held out, wherever that is from: there is none.
                resources = NewsroomResources(self._newsroom, engine.traits, without=self._hidden)
                for slug, found in trial.outcomes(self._jobs(resources), resources.check):
                    outcomes |= {(slug, each.entry.id): each for each in found}
                    if found and progress is not None:
                        progress(name, len(outcomes), total)
                return outcomes, trial.took(name)
        finally:
            journal.close()

    def _jobs(self, resources: NewsroomResources) -> Iterator[Job]:
        for sample in self._samples:
            ids = {entry.id for entry in sample.held}
            blank = [entry for entry in sample.catalog.live if entry.id in ids]
            yield from jobs(sample.document, sample.catalog, blank, resources)

    def rows(
        self, name: str, origin: str, outcomes: Mapping[tuple[str, str], Outcome]
    ) -> list[Evaluated]:
        """Return a row for each direction."""
        directions = dict.fromkeys(sample.languages for sample in self._samples)
        return [self._row(name, origin, each, outcomes) for each in directions]

    def _row(
        self,
        name: str,
        origin: str,
        languages: tuple[str, str],
        outcomes: Mapping[tuple[str, str], Outcome],
    ) -> Evaluated:
        pairs = [
            (entry, outcomes[sample.catalog.slug, entry.id])
            for sample in self._samples
            if sample.languages == languages
            for entry in sample.held
        ]
        drafts = [outcome.text for _, outcome in pairs]
        references = [entry.target.text for entry, _ in pairs]
        quality = sum(
            (self._quality(entry, outcome.text, languages) for entry, outcome in pairs),
            Quality(),
        )
        return Evaluated(
            name,
            origin,
            *languages,
            units=len(pairs),
            words=sum(count_words(entry.source) for entry, _ in pairs),
            own=sum(bool(origin) and entry.target.origin == origin for entry, _ in pairs),
            refused=sum(not outcome.text for _, outcome in pairs),
            repaired=sum(bool(outcome.found) for _, outcome in pairs),
            scores=None if name == APPROVED else scores.scores(drafts, references, languages[1]),
            quality=quality,
        )

    def _quality(self, entry: Entry, text: str, languages: tuple[str, str]) -> Quality:
        """Return what there is to say about the draft ``text``; of an empty one, no findings."""
        source, kind, chosen = entry.source, entry.kind, self._selection
        wanted = {hit.term.id for hit in self._matcher.find(source, languages[0])}
        there = {hit.term.id for hit in self._matcher.find(text, languages[1])}
        found = (
            rules.check_text(source, text, languages, self._matcher, select=chosen, kind=kind)
            if text
            else []
        )
        errors = sum(finding.severity is Severity.ERROR for finding in found)
        return Quality(len(wanted), len(wanted & there), errors, len(found) - errors)
