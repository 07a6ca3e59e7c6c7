"""Translate: fill what has no target, and renew machine drafts whose source changed.

What a person wrote or approved is never touched: a stale target of theirs stays, for them to see
the change, unless that unit is named in ``redo``; its old target is kept in a note then. Each
answer is on the disk (journal, then catalog) before the next is asked for; a unit that fails is
left ``initial`` with its reason and stops no other.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bilingual.catalog.update import update
from bilingual.engines import registry
from bilingual.engines.base import Usage
from bilingual.engines.journal import Journal
from bilingual.errors import EngineDownError, EngineError
from bilingual.glossary.match import Matcher
from bilingual.model import Message, State, Target, mark
from bilingual.workflow.drafting import Drafter, Job, Outcome, jobs
from bilingual.workflow.interruption import patient

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from bilingual.engines.base import Engine
    from bilingual.model import Article, Catalog, Entry
    from bilingual.newsroom import Newsroom
    from bilingual.workflow.interruption import Interruption

JOURNAL = ".bilingual/journal.sqlite"
LEARNED = ".bilingual"
"""Where engines keep what they learn of their endpoints."""
IN_A_ROW = 3
"""So many requests failing one after the other mean that the engine is down."""
REUSED = "tm:100"
"""Origin of a target taken over from the same words, approved elsewhere."""
COPIED = "mt:copy/source"
"""Origin of a target that is its source: all of it is marks, nothing is left to translate."""

NOTHING_USED = Usage()

FAILED = mark("the engine failed: {reason}")
EARLIER = mark("earlier target: {text}")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is, after each answer."""

    slug: str
    done: int
    """Units drafted or failed so far, of all articles."""
    total: int
    failed: int
    usage: Usage = NOTHING_USED


@dataclass(frozen=True, slots=True)
class Failure:
    """A unit that has no draft."""

    slug: str
    unit: str
    reason: Message


@dataclass(frozen=True, slots=True)
class TranslateResult:
    """What a run did."""

    drafted: int = 0
    """Units that the engine gave a draft."""
    reused: int = 0
    """Units filled without the engine: from approved targets, or with nothing to translate."""
    waiting: int = 0
    """Stale units whose target a person made: left for a person."""
    failures: tuple[Failure, ...] = ()
    usage: Usage = NOTHING_USED
    origin: str = ""
    articles: Mapping[str, int] = field(default_factory=dict)
    """Slug to units filled."""


def translate(  # noqa: PLR0913 - what a run can be told
    newsroom: Newsroom,
    slugs: Sequence[str] = (),
    *,
    engine: str | None = None,
    redo: Collection[str] = (),
    progress: Callable[[Progress], None] | None = None,
    drafts: Engine | None = None,
) -> TranslateResult:
    """Draft what waits in the articles ``slugs`` (all when empty) with ``engine``.

    ``engine`` is a name; the configured one when None. ``drafts`` is a ready engine to use
    instead. ``redo`` names units whose stale target a person made, to be drafted anew. Catalogs
    are brought up to their articles first.

    Raises ``EngineDownError`` when the engine cannot be used at all, ``KeyboardInterrupt`` after
    Ctrl-C, ``UsageError`` or ``ContentError`` for articles that cannot be read: what was drafted
    until then is saved, and the next call goes on from there.
    """
    articles = newsroom.articles(slugs)
    work = [_Work.of(newsroom, article, redo) for article in articles]
    name = engine or newsroom.config.translate.engine
    asked = drafts or registry.create(
        name, newsroom.config.engines.get(name, {}), newsroom.root / LEARNED
    )
    journal = Journal(newsroom.root / JOURNAL)
    run = _Run(newsroom, work, asked, journal, progress or _silent)
    try:
        with patient() as interruption:
            return run.all(interruption)
    finally:
        journal.close()
        asked.close()


def open_to_draft(entry: Entry, redo: Collection[str] = ()) -> bool:
    """Return True when a machine may write the target of ``entry``."""
    target = entry.target
    if entry.obsolete:
        return False
    if target.state is State.INITIAL and not target.text:
        return True
    machine = target.state is State.TRANSLATED and target.origin.startswith(("mt:", "tm:"))
    return target.stale and (machine or entry.id in redo)


@dataclass(frozen=True, slots=True)
class _Work:
    """What waits in one article."""

    article: Article
    language: str
    catalog: Catalog
    entries: tuple[Entry, ...]
    waiting: int

    @classmethod
    def of(cls, newsroom: Newsroom, article: Article, redo: Collection[str]) -> _Work:
        language = newsroom.target_language(article)
        units = newsroom.document(article).units
        catalog = newsroom.change(article, language, lambda catalog: update(catalog, units).catalog)
        entries = tuple(entry for entry in catalog.live if open_to_draft(entry, redo))
        stale = sum(entry.target.stale for entry in catalog.live)
        return cls(
            article, language, catalog, entries, stale - sum(each.target.stale for each in entries)
        )


class _Run:
    """One run over all articles: counts, saves, tells."""

    def __init__(
        self,
        newsroom: Newsroom,
        work: Sequence[_Work],
        engine: Engine,
        journal: Journal,
        progress: Callable[[Progress], None],
    ) -> None:
        self._newsroom = newsroom
        self._work = work
        self._engine = engine
        self._progress = progress
        self._matcher = Matcher(newsroom.glossary().terms)
        self._drafter = Drafter(engine, journal, _now)
        self._filled: dict[str, int] = {}
        self._drafted = self._reused = self._done = 0
        self._failures: list[Failure] = []
        self._down = 0

    def all(self, interruption: Interruption) -> TranslateResult:
        """Draft everything; return the counts."""
        approved = approved_targets(self._newsroom) if any(w.entries for w in self._work) else {}
        for work in self._work:
            self._without_engine(work, approved)
            for job in self._jobs(work):
                interruption.check()
                self._one(work, job)
        return TranslateResult(
            self._drafted,
            self._reused,
            sum(work.waiting for work in self._work),
            tuple(self._failures),
            self._drafter.usage,
            self._engine.origin,
            dict(self._filled),
        )

    def _jobs(self, work: _Work) -> Iterator[Job]:
        known = {entry.id for entry in work.entries}
        catalog = self._newsroom.catalog(work.article.slug, work.language)
        entries = [e for e in catalog.live if e.id in known and open_to_draft(e, known)]
        return jobs(
            self._newsroom.document(work.article),
            catalog,
            entries,
            self._matcher,
            self._engine.manners,
        )

    def _one(self, work: _Work, job: Job) -> None:
        """Ask for one job and save what comes; keep the failure when nothing does."""
        try:
            for outcomes in self._drafter.draft(job):
                self._save(work, outcomes)
            self._down = 0
        except EngineDownError:
            raise
        except EngineError as error:
            left = [Outcome(entry, fault=_failed(error)) for entry in job.entries]
            self._save(work, [each for each in left if each.entry.id not in job.settled])
            self._down += 1
            if self._down >= IN_A_ROW:
                raise EngineDownError(
                    f"{IN_A_ROW} requests in a row failed, the last so: {error.fault}",
                    mend="run it again later; it goes on from here",
                ) from error

    def _without_engine(self, work: _Work, approved: Mapping[tuple[str, str], str]) -> None:
        """Fill what an engine has nothing to add to."""
        ready: list[Outcome] = []
        for entry in work.entries:
            text = approved.get((work.language, entry.source))
            if text is not None:
                ready.append(Outcome(entry, text, origin=REUSED))
            elif not _words(entry, self._matcher, work.article.language):
                ready.append(Outcome(entry, entry.source, origin=COPIED))
        if ready:
            self._save(work, ready)

    def _save(self, work: _Work, outcomes: Sequence[Outcome]) -> None:
        """Write ``outcomes`` to the catalog in one step and count them."""
        if not outcomes:
            return
        by_id = {each.entry.id: each for each in outcomes}

        def edit(catalog: Catalog) -> Catalog:
            return replace(
                catalog,
                entries=tuple(
                    _with(entry, by_id[entry.id], self._engine.origin)
                    if entry.id in by_id
                    else entry
                    for entry in catalog.entries
                ),
            )

        self._newsroom.change(work.article, work.language, edit)
        for each in outcomes:
            self._done += 1
            if each.fault is not None:
                self._failures.append(Failure(work.article.slug, each.entry.id, each.fault))
                continue
            self._filled[work.article.slug] = self._filled.get(work.article.slug, 0) + 1
            if each.origin:
                self._reused += 1
            else:
                self._drafted += 1
        total = sum(len(each.entries) for each in self._work)
        self._progress(
            Progress(work.article.slug, self._done, total, len(self._failures), self._drafter.usage)
        )


def approved_targets(newsroom: Newsroom) -> dict[tuple[str, str], str]:
    """Return what people approved: language and source to the one target they gave it.

    A source that was approved with two different targets is in doubt, and left out.
    """
    found: dict[tuple[str, str], set[str]] = {}
    for article in newsroom.articles():
        language = newsroom.target_language(article)
        for entry in newsroom.catalog(article.slug, language).live:
            if entry.target.approved:
                found.setdefault((language, entry.source), set()).add(entry.target.text)
    return {key: texts.pop() for key, texts in found.items() if len(texts) == 1}


def _words(entry: Entry, matcher: Matcher, language: str) -> bool:
    """Return True when something is left to translate beside marks."""
    from bilingual.engines import marks  # noqa: PLC0415
    from bilingual.workflow.drafting import protected  # noqa: PLC0415

    text = marks.MARK.sub("", protected(entry.source, matcher, language).text)
    return any(each.isalpha() for each in text)


def _with(entry: Entry, outcome: Outcome, origin: str) -> Entry:
    """Return ``entry`` with ``outcome``, unless somebody changed it in the meantime."""
    asked = outcome.entry
    if entry.source != asked.source or entry.target != asked.target:
        return entry
    if outcome.fault is not None:
        if entry.target.text:
            return entry
        return replace(entry, target=replace(entry.target, failure=str(outcome.fault)))
    notes = entry.notes
    if entry.target.text and not entry.target.origin.startswith("mt:"):
        earlier = Message(EARLIER, {"text": " ".join(entry.target.text.split())})
        notes = (*notes, f"bilingual: {earlier}")
    target = Target(outcome.text, State.TRANSLATED, outcome.origin or origin, time=_now())
    return replace(entry, target=target, notes=notes)


def _failed(error: EngineError) -> Message:
    return Message(FAILED, {"reason": error.fault})


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _silent(_progress: Progress) -> None:
    """Tell nobody."""
