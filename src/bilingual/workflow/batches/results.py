"""Keep what a batch delivers, and count it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bilingual.engines.openai_api import batch_lines
from bilingual.engines.openai_api.batch_lines import Fate
from bilingual.prompting.request import Usage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bilingual.engines.openai_api.batch_api import BatchApi
    from bilingual.engines.openai_api.batch_lines import BatchAnswer
    from bilingual.engines.price import Price
    from bilingual.journal.batches import Batch, Batches

STEP = 500
"""Answers written in one transaction."""
NOTHING = Usage()


@dataclass(frozen=True, slots=True)
class Collected:
    """A batch that the server is done with, and what it brought."""

    key: str
    id: str
    status: str
    answered: int = 0
    refused: int = 0
    """Requests that the server will not answer as they are."""
    failed: int = 0
    """Requests that may be asked again: expired, cancelled, a server's error, no result at all."""
    unknown: int = 0
    """Results of requests that are not in the batch, and lines that are no results."""
    said: str = ""
    """Why, where something went wrong: the server's words for most of it."""
    usage: Usage = NOTHING
    cost: float | None = None
    """US dollars; None when no price is known."""
    answers: frozenset[str] = frozenset()
    """Their digests in the journal."""
    missing: int = 0
    """Answers that the server counts, and that did not come: the batch stays under way."""


class BatchResults:
    """Keeps the results of one batch, and counts them."""

    def __init__(self, batches: Batches, api: BatchApi, batch: Batch, price: Price | None) -> None:
        self._batches = batches
        self._api = api
        self._batch = batch
        self._price = price
        self._requests = batches.waiting(batch)
        self._waiting = set(self._requests)
        self._settled = batches.settled(batch)
        """Names whose result an earlier look brought."""
        self._bad: dict[str, BatchAnswer] = {}
        """Results that are no answers: an answer may still come."""
        self._unknown: set[str] = set()
        self._broken = 0
        self._bodies: dict[str, dict[str, Any]] | None = None
        """What was asked, by name; read when it is needed."""
        self._answers: set[str] = set()
        self._usage = Usage()
        self._cost = 0.0
        self.answered = 0
        self.requests = len(self._requests) + len(self._settled)
        """How many the batch asks for."""

    def take(self, results: Iterable[BatchAnswer | None], time: str) -> None:
        """Keep the answers of one file; remember its other results. None is an unreadable line.

        A result that comes twice counts once, and an answer counts before an error.
        """
        self._broken = 0
        good: dict[str, BatchAnswer] = {}
        for each in results:
            if each is None:
                self._broken += 1
            elif each.name not in self._requests:
                if each.name not in self._settled:
                    self._unknown.add(each.name)
            elif each.reply is None:
                self._bad.setdefault(each.name, each)
            elif each.name in self._waiting:
                good[each.name] = each
                self._waiting.discard(each.name)
            if len(good) == STEP:
                self._keep(good, time)
                good = {}
        self._keep(good, time)

    @property
    def came(self) -> int:
        """Requests whose result is here, now or from an earlier look."""
        waiting = self._waiting - self._bad.keys()
        return self.requests - len(waiting)

    def short(self, status: str, completed: int) -> Collected:
        """Return what was counted of a batch of which the server has ``completed`` answers.

        Nothing ends: what has not come stays in flight, and is not asked for, and paid, again.
        """
        return Collected(
            self._batch.key,
            self._batch.id,
            status,
            self.answered,
            usage=self._usage,
            cost=self._cost if self._price else None,
            answers=frozenset(self._answers),
            missing=max(min(completed, self.requests) - self.came, 1),
        )

    def ended(self, status: str, time: str) -> Collected:
        """Write down what became of the requests without an answer; return what was counted."""
        bad = [self._fated(each) for name, each in self._bad.items() if name in self._waiting]
        self._batches.settle(self._batch, bad, time=time, price=self._price)
        said = Counter(each.said for each in bad).most_common(1)
        without = self._batches.end(self._batch)
        refused = sum(each.fate.final for each in bad)
        return Collected(
            self._batch.key,
            self._batch.id,
            status,
            self.answered,
            refused,
            len(bad) - refused + without,
            len(self._unknown) + self._broken,
            said[0][0] if said else "",
            self._usage,
            self._cost if self._price else None,
            frozenset(self._answers),
        )

    def _keep(self, good: dict[str, BatchAnswer], time: str) -> None:
        self._cost += self._batches.settle(self._batch, good.values(), time=time, price=self._price)
        self._answers |= {self._requests[name] for name in good}
        self.answered += len(good)
        self._usage = sum((each.reply.usage for each in good.values() if each.reply), self._usage)

    def _fated(self, result: BatchAnswer) -> BatchAnswer:
        """Return ``result``; one that was refused for what the server lacks may be asked again.

        It is asked without that from now on.
        """
        if not result.fate.final:
            return result
        if self._bodies is None:
            self._bodies = batch_lines.bodies(self._batches.content(self._batch))
        body = self._bodies.get(result.name, {})
        return replace(result, fate=Fate.FAILED) if self._api.teach(result.said, body) else result
