"""The layer that sends nothing: it collects requests for the next batch."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bilingual.engines.base import RequestError, TooLongError
from bilingual.engines.openai_api.batch_lines import Fate
from bilingual.journal import batch_passages
from bilingual.journal.batches import PlannedRequest
from bilingual.journal.journal import digest
from bilingual.model import Message
from bilingual.prompting.request import Reply
from bilingual.workflow.drafting.layers.base import IN_BATCH

if TYPE_CHECKING:
    from bilingual.prompting.request import Answer, Request
    from bilingual.workflow.drafting.known import KnownAnswers
    from bilingual.workflow.drafting.layers.base import Call, NotAsked


@dataclass(frozen=True, slots=True)
class QueuedRequest:
    """A request for the next batch."""

    planned: PlannedRequest
    request: Request


class BatchQueue:
    """The requests that no batch has and the journal cannot answer; threads may share it."""

    def __init__(self, known: KnownAnswers) -> None:
        self.known = known
        self._lock = threading.Lock()
        self._queued: dict[str, QueuedRequest] = {}

    @property
    def requests(self) -> list[QueuedRequest]:
        """What may go into the next batch, by article."""
        return sorted(
            self._queued.values(), key=lambda each: (each.planned.slug, each.planned.request)
        )

    @property
    def units(self) -> int:
        """The number of units of the requests."""
        return sum(each.planned.units for each in self._queued.values())

    def ask(self, call: Call) -> Answer | NotAsked:
        """Queue ``call`` and return ``IN_BATCH``.

        Raises ``RequestError`` for a request that a batch had refused.
        """
        found = self.known.request(call.key)
        if found is not None and not isinstance(found, Reply):
            if found.fate is Fate.TOO_LONG:
                raise TooLongError(Message(found.said))
            if found.fate is Fate.REFUSED:
                raise RequestError(Message(found.said))
        self._add(call)
        return IN_BATCH

    def _add(self, call: Call) -> None:
        engine, request = self.known.engine, call.request
        price = engine.traits.price
        parts = batch_passages.of(engine, request, call.slug)
        planned = PlannedRequest(
            digest(call.key),
            len(request.passages),
            call.slug,
            price.of(engine.bound(request), batch=True) if price else 0.0,
            engine.estimate(request),
            parts,
        )
        with self._lock:
            before = self._queued.get(planned.request)
            if before is not None:
                units, both = before.planned.units, (*before.planned.parts, *parts)
                planned = replace(before.planned, units=units + planned.units, parts=both)
            self._queued[planned.request] = QueuedRequest(planned, request)
