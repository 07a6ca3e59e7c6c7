"""Translate in batches: submit what the journal cannot answer, collect what has come, repeat.

A batch does not change what is asked: its requests are those of an ordinary run, its answers go
into the journal, and the ordinary run finds them there, checks and saves them, and queues what was
refused, failed or expired again, for the next batch.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bilingual.engines import registry
from bilingual.engines.openai_api.batch_api import HasBatches
from bilingual.errors import UsageError
from bilingual.journal.batches import Batches, PendingCounts
from bilingual.journal.journal import Journal
from bilingual.model import msg
from bilingual.workflow.batches.transfer import BatchTransfer
from bilingual.workflow.drafting.interruption import patient
from bilingual.workflow.drafting.known import KnownAnswers
from bilingual.workflow.drafting.layers.batch_queue import BatchQueue
from bilingual.workflow.translate import JOURNAL, LEARNED, TranslateResult, translate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bilingual.model import Message
    from bilingual.newsroom import Newsroom
    from bilingual.workflow.batches.results import Collected
    from bilingual.workflow.batches.transfer import Submitted
    from bilingual.workflow.drafting.interruption import Interruption
    from bilingual.workflow.translate import Progress

NOTHING = PendingCounts()
INTERVAL = 60.0
"""Seconds between two looks at a batch: Azure OpenAI asks for no more."""

EMPTY_ROUNDS = 2
"""Rounds in a row that bring nothing before no more is submitted."""


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """What a run does with batches."""

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
    pending: PendingCounts = NOTHING
    elsewhere: tuple[str, ...] = ()
    """Other servers that have batches of this newsroom."""
    queued: int = 0
    """Units that are in no batch yet."""
    stopped: Message | None = None
    """What the budget allows, when not all requests were submitted."""
    unused: int = 0
    """Answers collected that fit no unit any more: they are kept in the journal."""


def translate_in_batches(  # noqa: PLR0913 - the options of a run
    newsroom: Newsroom,
    slugs: Sequence[str],
    options: BatchOptions,
    *,
    engine: str | None = None,
    redo: Sequence[str] = (),
    max_cost: float | None = None,
    progress: Callable[[Progress], None] | None = None,
    looked: Callable[[int, int], None] | None = None,
) -> BatchResult:
    """Submit and collect as ``options`` say for ``slugs``; otherwise as ``translate.translate``.

    ``looked`` is called after each look with the number of requests that the server has done, and
    of all.

    Raises ``UsageError`` for an engine without batches, ``EngineError`` when the server cannot be
    talked to: what was collected and submitted until then is on disk, and the next call goes on
    from there, as it does after Ctrl-C (``KeyboardInterrupt``) and kill -9.
    """
    name = engine or newsroom.config.translate.engine
    asked = registry.create(name, newsroom.config.engines.get(name, {}), newsroom.root / LEARNED)
    try:
        api = asked.batch_api() if isinstance(asked, HasBatches) else None
        if api is None:
            raise UsageError(
                msg("the engine {name} does not support batches", name=name),
                hint=msg(
                    "choose an OpenAI-compatible engine with `--engine`, or leave out `--batch`"
                ),
            )
        with patient() as interruption:
            journal = Journal(newsroom.root / JOURNAL)
            try:
                batches = Batches(journal)
                transfer = BatchTransfer(
                    newsroom, asked, api, journal, batches, options.settle, interruption
                )

                def run() -> tuple[TranslateResult, BatchQueue]:
                    queue = BatchQueue(KnownAnswers(asked, journal, batches))
                    result = translate(
                        newsroom,
                        slugs,
                        redo=redo,
                        max_cost=max_cost,
                        progress=progress,
                        drafts=asked,
                        queue=queue,
                    )
                    return result, queue

                rounds = _Rounds(transfer, options, run, interruption, looked)
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
                raise UsageError(
                    msg("batch {key} is not under way", key=key),
                    hint=msg("under way: {there}", there=there),
                )
        return sum(batches.give_up(key) or 0 for key in keys)
    finally:
        journal.close()


class _Rounds:
    """Collect, draft, submit; repeatedly where the options say to wait."""

    def __init__(
        self,
        transfer: BatchTransfer,
        options: BatchOptions,
        run: Callable[[], tuple[TranslateResult, BatchQueue]],
        interruption: Interruption,
        looked: Callable[[int, int], None] | None,
    ) -> None:
        self._transfer = transfer
        self._options = options
        self._run = run
        self._interruption = interruption
        self._looked = looked

    def all(self, batches: Batches, slugs: Sequence[str], max_cost: float | None) -> BatchResult:
        """Return what was done when there is nothing more to do."""
        options, transfer = self._options, self._transfer
        submitted: list[Submitted] = []
        collected: list[Collected] = []
        total: TranslateResult | None = None
        stopped: Message | None = None
        queued = 0
        used: set[str] = set()
        empty = 0
        while True:
            collects = options.collect or options.wait
            ended = transfer.collect(self._looked) if collects else transfer.tidy()
            collected += ended
            self._interruption.check()
            if total is None or ended:
                result, queue = self._run()
                total = _joined(total, result)
                queued = queue.units
                used |= queue.known.used
                self._interruption.check()
                if ended:
                    came = any(each.answered or each.refused for each in ended)
                    empty = 0 if came else empty + 1
                if options.submit and empty < EMPTY_ROUNDS:
                    made, stopped = transfer.submit(queue.requests, max_cost)
                    submitted += made
                    queued -= sum(each.units for each in made)
            if not options.wait or not transfer.promising():
                break
            transfer.rest(options.interval)
        answers = frozenset().union(*(each.answers for each in collected))
        return BatchResult(
            replace(
                total,
                usage=sum((each.usage for each in collected), total.usage),
                cost=_sum([total.cost, *(each.cost for each in collected)]),
                left=queued if stopped else total.left,
                stopped=stopped,
            ),
            tuple(submitted),
            tuple(collected),
            batches.pending(),
            transfer.elsewhere(),
            queued,
            stopped,
            # What other articles use was not looked up.
            0 if slugs else len(answers - used),
        )


def _sum(costs: Sequence[float | None]) -> float | None:
    """Return the dollars of all ``costs``; None when one is unknown."""
    known = [cost for cost in costs if cost is not None]
    return sum(known) if len(known) == len(costs) else None


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
