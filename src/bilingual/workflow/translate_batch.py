"""Translate in batches: submit what the journal cannot answer, collect what has come, go on.

A batch changes nothing about what is asked: its requests are those of an ordinary run, its answers
go into the journal, and the ordinary run finds them there, judges and saves them, and wants what
was refused, failed or expired again, for the next batch.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from bilingual.engines import registry
from bilingual.errors import UsageError
from bilingual.journal.batches import Batches, InFlight
from bilingual.journal.journal import Journal
from bilingual.workflow.batches.transfer import Desk
from bilingual.workflow.drafting.answer_source import Flights
from bilingual.workflow.drafting.interruption import patient
from bilingual.workflow.translate import JOURNAL, LEARNED, TranslateResult, translate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bilingual.engines.openai_api.batch_api import BatchApi
    from bilingual.model import Message
    from bilingual.newsroom import Newsroom
    from bilingual.workflow.batches.results import Collected
    from bilingual.workflow.batches.transfer import Submitted
    from bilingual.workflow.drafting.interruption import Interruption
    from bilingual.workflow.translate import Progress

NOTHING = InFlight()
INTERVAL = 60.0
"""Seconds between two looks at a batch: Azure OpenAI asks for no more."""

BARREN = 2
"""So many rounds that bring nothing, one after the other, and no more is submitted."""


@runtime_checkable
class Bulky(Protocol):
    """An engine that may have batches."""

    def bulk(self) -> BatchApi | None:
        """Return its batch endpoints; None where the server has none."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a run shall do with batches."""

    submit: bool = False
    collect: bool = False
    wait: bool = False
    """Look until nothing is in flight that may still come."""
    interval: float = INTERVAL
    settle: float = 10.0
    """Seconds until a batch that was just made is in the server's list."""


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What a run did."""

    translated: TranslateResult
    """Its usage and cost are those of the answers collected."""
    submitted: tuple[Submitted, ...] = ()
    collected: tuple[Collected, ...] = ()
    in_flight: InFlight = NOTHING
    elsewhere: tuple[str, ...] = ()
    """Other servers that have batches of this newsroom."""
    wanted: int = 0
    """Units that are in no batch yet."""
    stopped: Message | None = None
    """Why what is wanted was not submitted: what the budget said."""
    unused: int = 0
    """Answers collected that fit no unit any more: they stay in the journal."""


def translate_in_batches(  # noqa: PLR0913 - what a run can be told
    newsroom: Newsroom,
    slugs: Sequence[str],
    told: Told,
    *,
    engine: str | None = None,
    redo: Sequence[str] = (),
    max_cost: float | None = None,
    progress: Callable[[Progress], None] | None = None,
    looked: Callable[[int, int], None] | None = None,
) -> BatchResult:
    """Do what ``told`` says for the articles ``slugs``; otherwise as ``translate.translate``.

    ``looked`` is told after each look how many requests the server is done with, and of how many.

    Raises ``UsageError`` for an engine without batches, ``EngineError`` when the server cannot be
    talked to: what was collected and submitted until then is on the disk, and the next call goes
    on from there, as it does after Ctrl-C (``KeyboardInterrupt``) and kill -9.
    """
    name = engine or newsroom.config.translate.engine
    asked = registry.create(name, newsroom.config.engines.get(name, {}), newsroom.root / LEARNED)
    try:
        api = asked.bulk() if isinstance(asked, Bulky) else None
        if api is None:
            raise UsageError(
                f"the engine {name} has no batches",
                hint="take an OpenAI-compatible one with --engine, or leave --batch out",
            )
        with patient() as interruption:
            journal = Journal(newsroom.root / JOURNAL)
            try:
                batches = Batches(journal)
                desk = Desk(newsroom, asked, api, journal, batches, told.settle, interruption)

                def run() -> tuple[TranslateResult, Flights]:
                    flights = Flights(asked, journal, batches)
                    result = translate(
                        newsroom,
                        slugs,
                        redo=redo,
                        max_cost=max_cost,
                        progress=progress,
                        drafts=asked,
                        flights=flights,
                    )
                    return result, flights

                rounds = _Rounds(desk, told, run, interruption, looked or _silent)
                return rounds.all(batches, slugs, max_cost)
            finally:
                journal.close()
    finally:
        asked.close()


def give_up(newsroom: Newsroom, keys: Sequence[str]) -> int:
    """Give up the batches ``keys``; return how many requests may be asked for again.

    Nothing is told to the server: what it works on it may bill. Raises ``UsageError`` for a key
    that no batch under way has.
    """
    journal = Journal(newsroom.root / JOURNAL)
    try:
        batches = Batches(journal)
        known = [each.key for each in batches.under_way()]
        for key in keys:
            if key not in known:
                there = ", ".join(known) or "none"
                raise UsageError(f"no batch {key} is under way", hint=f"under way: {there}")
        return sum(batches.give_up(key) or 0 for key in keys)
    finally:
        journal.close()


class _Rounds:
    """Collect, draft, submit; again and again where it is told to wait."""

    def __init__(
        self,
        desk: Desk,
        told: Told,
        run: Callable[[], tuple[TranslateResult, Flights]],
        interruption: Interruption,
        looked: Callable[[int, int], None],
    ) -> None:
        self._desk = desk
        self._looked = looked
        self._told = told
        self._run = run
        self._interruption = interruption

    def all(self, batches: Batches, slugs: Sequence[str], max_cost: float | None) -> BatchResult:
        """Return what was done when there is nothing more to do."""
        told, desk = self._told, self._desk
        submitted: list[Submitted] = []
        collected: list[Collected] = []
        whole: TranslateResult | None = None
        stopped: Message | None = None
        wanted = 0
        used: set[str] = set()
        barren = 0
        while True:
            ended = desk.collect(self._looked) if told.collect or told.wait else desk.tidy()
            collected += ended
            self._interruption.check()
            if whole is None or ended:
                result, flights = self._run()
                whole = _joined(whole, result)
                wanted = flights.units
                used |= flights.used
                self._interruption.check()
                if ended:
                    barren = (
                        0 if any(each.answered or each.refused for each in ended) else barren + 1
                    )
                if told.submit and barren < BARREN:
                    made, stopped = desk.submit(flights.wanted, max_cost)
                    submitted += made
                    wanted -= sum(each.units for each in made)
            if not told.wait or not desk.promising():
                break
            desk.rest(told.interval)
        answers = frozenset().union(*(each.answers for each in collected))
        return BatchResult(
            replace(
                whole,
                usage=sum((each.usage for each in collected), whole.usage),
                cost=_sum([whole.cost, *(each.cost for each in collected)]),
                left=wanted if stopped else whole.left,
                stopped=stopped,
            ),
            tuple(submitted),
            tuple(collected),
            batches.in_flight(),
            desk.elsewhere(),
            wanted,
            stopped,
            # What other articles use nobody has looked at.
            0 if slugs else len(answers - used),
        )


def _sum(costs: Sequence[float | None]) -> float | None:
    """Return the dollars of all ``costs``; None when one is unknown."""
    known = [cost for cost in costs if cost is not None]
    return sum(known) if len(known) == len(costs) else None


def _silent(_done: int, _total: int) -> None:
    """Tell nobody."""


def _joined(before: TranslateResult | None, now: TranslateResult) -> TranslateResult:
    """Return both runs as one: what failed in the first was tried again in the second."""
    if before is None:
        return now
    articles = dict(before.articles)
    for slug, count in now.articles.items():
        articles[slug] = articles.get(slug, 0) + count
    return replace(
        now,
        run=before.run,
        drafted=before.drafted + now.drafted,
        reused=before.reused + now.reused,
        articles=articles,
    )
