"""The layers between a draft and the engine, all that a request passes, put together here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bilingual.workflow.drafting.known import KnownAnswers
from bilingual.workflow.drafting.layers.base import Call
from bilingual.workflow.drafting.layers.cache import Cache
from bilingual.workflow.drafting.layers.ledger import Ledger
from bilingual.workflow.drafting.layers.retry import Retry
from bilingual.workflow.drafting.layers.single_flight import SingleFlight
from bilingual.workflow.drafting.layers.throttle import Throttle

if TYPE_CHECKING:
    from bilingual.engines.base import Engine
    from bilingual.journal.batches import Batches
    from bilingual.journal.journal import Journal
    from bilingual.prompting.request import Answer, Request
    from bilingual.workflow.drafting.layers.base import Layer, NotAsked
    from bilingual.workflow.drafting.layers.batch_queue import BatchQueue
    from bilingual.workflow.drafting.layers.ledger import Budget
    from bilingual.workflow.drafting.run import Run


@dataclass(frozen=True, slots=True)
class Stack:
    """An engine with its layers."""

    engine: Engine
    top: Layer
    ledger: Ledger
    known: KnownAnswers

    def ask(self, request: Request, slug: str) -> Answer | NotAsked:
        """Return the answer to ``request``, which is for the article ``slug``.

        Raises as ``Layer.ask`` does.
        """
        return self.top.ask(Call(request, slug, self.engine.key(request)))


def stack(  # noqa: PLR0913 - what the layers are made of
    engine: Engine,
    journal: Journal,
    run: Run,
    budget: Budget,
    *,
    batches: Batches | None = None,
    queue: BatchQueue | None = None,
) -> Stack:
    """Return ``engine`` with the layers of a ``run``, innermost first.

    With ``batches`` nothing is asked that comes with one; with a ``queue`` nothing is sent at all.
    Raises ``ConfigurationError`` for a budget without a price.
    """
    # Next to the engine: whatever the other layers do, what is sent is noted and paid for once.
    ledger = Ledger(engine, journal, run, budget)
    # Around the ledger: a request that waits for its turn has no money set aside yet, and so it
    # is never sent on a bound that an answer has meanwhile shown to be too low.
    layer: Layer = Throttle(ledger, engine.traits.concurrency, run)
    # Around the throttle: another attempt waits for its turn as any other request.
    layer = Retry(layer, engine.traits.attempts, run)
    # Around the attempts: what somebody else is asking waits without taking up a turn.
    layer = SingleFlight(layer, journal, run)
    # For a batch nothing is sent: the queue takes the place of all of them.
    known = queue.known if queue else KnownAnswers(engine, journal, batches)
    # Outermost: what is known costs neither money nor time.
    return Stack(engine, Cache(queue or layer, known), ledger, known)
