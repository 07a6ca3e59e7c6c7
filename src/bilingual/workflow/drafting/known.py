"""What was paid for already, or comes with a batch: by request, and by passage.

An answer that a batch brought is used also when the article changed around its units in the
meantime: title, section, neighbours, the memory's matches and names only help, and a draft made
with yesterday's help is better than paying again. What must be the same (a unit's words, terms,
guide, model) is compared passage by passage (``journal.by_passage``).
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from bilingual.journal import batch_passages
from bilingual.journal.journal import digest
from bilingual.prompting import answers

if TYPE_CHECKING:
    from bilingual.engines.base import Engine
    from bilingual.journal.batches import BatchedRequest, Batches
    from bilingual.journal.journal import Journal
    from bilingual.prompting.request import Reply, Request


class KnownAnswers:
    """Looks requests up in the journal and among the batches; threads may share it."""

    def __init__(self, engine: Engine, journal: Journal, batches: Batches | None = None) -> None:
        """Without ``batches`` only the journal is looked at."""
        self.engine = engine
        self.batches = batches
        self._journal = journal
        self._lock = threading.Lock()
        self.used: set[str] = set()
        """Journal digests of the answers that were found."""

    def request(self, key: str) -> Reply | BatchedRequest | None:
        """Return the reply to the request with ``key``; else what the batches know of it, if any.

        The batches come first: what one brings between the two looks is seen by the second.
        """
        name = digest(key)
        batched = self.batches.find(name) if self.batches else None
        reply = self._journal.answer(name)
        if reply is None:
            return batched
        self._use(name)
        return reply

    def passages(self, request: Request, slug: str) -> dict[str, str | None]:
        """Return what passages of ``request`` were answered in other requests, by id.

        None for a passage that a batch under way asks for. Empty when the request itself was
        answered or refused, or comes with a batch.
        """
        if self.request(self.engine.key(request)) is not None:
            return {}
        found: dict[str, str | None] = {}
        wanted = batch_passages.of(self.engine, request, slug)
        for passage, part in zip(request.passages, wanted, strict=True):
            # In this order: what a batch brings between the two looks is seen by the second.
            pending = batch_passages.pending(self._journal, part.key)
            known = self._journal.part(part.key)
            if known is not None:
                self._use(known[1])
            # A batch's answer was cut into parts without the engine's instructions at hand.
            if known is not None and not answers.leaked(request, passage, known[0]):
                found[part.id] = known[0]
            elif pending:
                found[part.id] = None
        return found

    def _use(self, name: str) -> None:
        with self._lock:
            self.used.add(name)
