"""What a run does about requests that batches know: it uses their answers and asks none twice.

An answer that a batch brought is used also when what surrounds the units moved on in the day it
took: title, section, neighbours, the memory's matches and names are there to help, and a draft made
with yesterday's help is worth more than paying again. What must be right (a unit's words, terms,
guide, model) is the same; it is looked up unit by unit (``engines.parts``).
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bilingual.engines.base import RequestError, TooLongError
from bilingual.engines.openai_api.batch_lines import Fate
from bilingual.journal import batch_passages
from bilingual.journal.batches import PlannedBatch
from bilingual.journal.journal import digest
from bilingual.model import Message
from bilingual.prompting import answers, estimate
from bilingual.prompting.request import Answer
from bilingual.workflow.drafting.drafter import Deferred

if TYPE_CHECKING:
    from collections.abc import Callable

    from bilingual.engines.base import Engine
    from bilingual.journal.batches import Batches, Flight
    from bilingual.journal.journal import Journal
    from bilingual.prompting.request import Request


@dataclass(frozen=True, slots=True)
class Wanted:
    """A request that no batch has and the journal cannot answer."""

    planned: PlannedBatch
    request: Request


class Flights:
    """Answers requests out of the journal; threads may share it."""

    def __init__(
        self,
        engine: Engine,
        journal: Journal,
        batches: Batches,
        at_once: Callable[[Request, str], Answer] | None = None,
    ) -> None:
        """``at_once`` asks what no batch has; None puts it on the list ``wanted``."""
        self._engine = engine
        self._journal = journal
        self._batches = batches
        self._at_once = at_once
        self._turn = threading.Lock()
        self._wanted: dict[str, Wanted] = {}
        self.flying = 0
        """Units whose answer comes with a batch under way."""
        self.used: set[str] = set()
        """Journal digests of the answers that were given."""

    @property
    def wanted(self) -> list[Wanted]:
        """What may go into the next batch, by article."""
        return sorted(
            self._wanted.values(), key=lambda each: (each.planned.slug, each.planned.request)
        )

    @property
    def units(self) -> int:
        """Units of the requests on the list ``wanted``."""
        return sum(each.planned.units for each in self._wanted.values())

    def ask(self, request: Request, slug: str) -> Answer:
        """Return the answer to ``request``, which is for the article ``slug``.

        Raises ``Deferred`` when it comes later, ``RequestError`` when a batch had it refused.
        """
        planned = self.planned(request)
        known = self.known(planned)
        if isinstance(known, Answer):
            return known
        if known is not None and known.fate is None:
            with self._turn:
                self.flying += planned.units
            raise Deferred
        if self._at_once is not None:
            return self._at_once(request, slug)
        if known is not None and known.fate is Fate.TOO_LONG:
            raise TooLongError(Message(known.said))
        if known is not None and known.fate is Fate.REFUSED:
            raise RequestError(known.said)
        self._want(planned, request, slug)
        raise Deferred

    def parts(self, request: Request, slug: str) -> dict[str, str | None]:
        """Return what passages of ``request`` were answered among others, by id.

        None for those that a batch under way asks for among others. Nothing when the request
        itself was answered or refused, or a batch is about to answer it.
        """
        if self.known(self.planned(request)) is not None:
            return {}
        found: dict[str, str | None] = {}
        wanted = batch_passages.of(self._engine, request, slug)
        for passage, part in zip(request.passages, wanted, strict=True):
            # In this order: what a batch brings between the two looks is seen by the second.
            flying = batch_passages.flying(self._journal, part.key)
            known = self._journal.part(part.key)
            if known is not None:
                with self._turn:
                    self.used.add(known[1])
            # A batch's answer was cut into parts by who did not know what the engine was told.
            if known is not None and not answers.leaked(request, passage, known[0]):
                found[part.id] = known[0]
            elif flying:
                found[part.id] = None
        with self._turn:
            self.flying += sum(text is None for text in found.values())
        return found

    def planned(self, request: Request) -> PlannedBatch:
        """Return ``request`` as a batch would have it, without its costs."""
        return PlannedBatch(digest(self._engine.key(request)), len(request.passages))

    def known(self, planned: PlannedBatch) -> Answer | Flight | None:
        """Return the answer to ``planned``; else what batches know of it, None for nothing."""
        # Here, too, what a batch brings meanwhile is seen.
        flight = self._batches.find(planned.request)
        answer = self._journal.answer(planned.request)
        if answer is None:
            return flight
        with self._turn:
            self.used.add(planned.request)
        return answer

    def _want(self, planned: PlannedBatch, request: Request, slug: str) -> None:
        price = self._engine.manners.price
        cost = price.of(self._engine.bound(request), batch=True) if price else 0.0
        wanted = batch_passages.of(self._engine, request, slug)
        full = replace(
            planned, slug=slug, cost=cost, reckoned=estimate.usage(request), parts=wanted
        )
        with self._turn:
            before = self._wanted.get(planned.request)
            if before is not None:
                units, both = before.planned.units, (*before.planned.parts, *wanted)
                full = replace(before.planned, units=units + planned.units, parts=both)
            self._wanted[planned.request] = Wanted(full, request)
