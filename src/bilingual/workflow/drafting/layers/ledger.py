"""The layer next to the engine: it notes a request before it is sent, and keeps the answer.

Nothing is sent that is not noted on disk with the most it may cost, and nothing is returned that
is not on disk: no answer is paid for twice and no budget is exceeded, whatever ends the run.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bilingual.engines.base import LostError, TooLongError
from bilingual.engines.price import dollars
from bilingual.errors import ConfigurationError
from bilingual.journal import by_passage
from bilingual.journal.journal import Asking
from bilingual.model import N_, Message, msg
from bilingual.prompting import answers
from bilingual.prompting.request import Usage
from bilingual.workflow.drafting.layers.base import ELSEWHERE, STOPPED, NotAsked, Why
from bilingual.workflow.drafting.run import LOOK

if TYPE_CHECKING:
    from bilingual.engines.base import Engine
    from bilingual.journal.journal import Journal
    from bilingual.prompting.request import Answer
    from bilingual.workflow.drafting.layers.base import Call
    from bilingual.workflow.drafting.run import Run

RUN_SPENT = N_("the next request could exceed the ${most} allowed for a run (${spent} spent)")
MONTH_SPENT = N_("the next request could exceed the ${most} allowed for a month (${spent} spent)")


@dataclass(frozen=True, slots=True)
class Budget:
    """What may be spent, in US dollars; None for any sum."""

    run: float | None = None
    month: float | None = None

    def __bool__(self) -> bool:
        """Return True when there is a limit."""
        return self.run is not None or self.month is not None


class Ledger:
    """Asks one engine for one run, within a budget; threads share it."""

    def __init__(self, engine: Engine, journal: Journal, run: Run, budget: Budget) -> None:
        """Raise ``ConfigurationError`` when there is a budget and the engine's price is unknown."""
        self.usage = Usage()
        """Of what was asked, not of what the journal had."""
        self._engine = engine
        self._journal = journal
        self._run = run
        self._budget = budget
        self._price = engine.traits.price
        if self._price is None and budget:
            raise ConfigurationError(
                msg(
                    "no price is known for {origin}, so no budget can be kept", origin=engine.origin
                ),
                path="bilingual.toml",
                hint=msg(
                    "set `price = { prompt = …, completion = … }` in the engine's table, in "
                    "US dollars per million tokens"
                ),
            )
        self._turn = threading.Condition()
        self._spent = 0.0
        """US dollars: what was billed, and what may have been."""
        self._reserved = 0.0
        """The most that the requests in flight may cost."""
        self._in_flight = 0
        """How many they are: a sum of fractions does not return to exactly 0."""
        self._factor = 1.0
        """How many times its bound an answer cost, at most."""

    @property
    def cost(self) -> float | None:
        """US dollars that the run cost so far; None when no price is known."""
        return None if self._price is None else self._spent

    def ask(self, call: Call) -> Answer | NotAsked:
        """Return the engine's answer to ``call``, kept; or why it was not sent.

        Raises what ``Engine.ask`` raises, ``StorageError`` when nothing can be kept.
        """
        asking = self._reserve(call)
        if isinstance(asking, NotAsked):
            return asking
        try:
            answer = self._engine.ask(call.request)
        except BaseException as error:
            billed = isinstance(error, LostError) or (
                isinstance(error, TooLongError) and error.billed
            )
            self._release(asking, billed=billed)
            raise
        return self._keep(call, asking, answer)

    def _reserve(self, call: Call) -> Asking | NotAsked:
        """Note ``call`` with the most it may cost; wait while requests in flight hold the money."""
        bound = self._price.of(self._engine.bound(call.request)) if self._price else 0.0
        with self._turn:
            while not self._run.stopped:
                cost = bound * self._factor
                asking = Asking(
                    call.key, self._run.name, self._engine.origin, self._run.now(), cost
                )
                noted = self._over_run(cost) or self._note(asking)
                if noted is None:
                    self._reserved += cost
                    self._in_flight += 1
                    return asking
                if noted is ELSEWHERE or not self._in_flight:
                    return noted
                self._turn.wait(LOOK)
        return STOPPED

    def _over_run(self, cost: float) -> NotAsked | None:
        most, spent = self._budget.run, self._spent + self._reserved
        return over(RUN_SPENT, most, spent) if most is not None and spent + cost > most else None

    def _note(self, asking: Asking) -> NotAsked | None:
        """Write ``asking`` to the journal; return why not, where it is not to be sent."""
        self._journal.make_room(self._engine.traits.concurrency)
        month = self._budget.month
        refused = self._journal.note(asking, most=month, alive=self._run.alive)
        if refused is None or refused.spent is None or month is None:
            return ELSEWHERE if refused else None
        return over(MONTH_SPENT, month, refused.spent)

    def _keep(self, call: Call, asking: Asking, answer: Answer) -> Answer:
        """Return ``answer`` when it is on disk, with the usage that is counted for it."""
        used, estimate = answer.usage, self._engine.estimate(call.request)
        cost = None if self._price is None else self._price.of(used)
        if not (used.prompt or used.completion):  # The server does not say what it used.
            answer = replace(answer, usage=replace(estimate, cached=0, requests=used.requests))
            cost = None if self._price is None else asking.cost
        reserved = self._heed(asking, cost or 0.0)
        try:
            self._journal.record(
                call.key,
                answers.to_reply(call.request, answer),
                origin=asking.origin,
                time=asking.time,
                slug=call.slug,
                cost=cost,
                estimate=estimate,
                parts=by_passage.keyed(self._engine, call.request, answer, call.slug),
            )
        finally:
            with self._turn:
                self.usage += answer.usage
                self._spent += cost or 0.0
                self._free(reserved)
        return answer

    def _heed(self, asking: Asking, cost: float) -> float:
        """Return what is set aside for ``asking``: its ``cost``, should that be more.

        The next requests may cost more, too, and have more set aside.
        """
        if not 0 < asking.cost < cost:
            return asking.cost
        with self._turn:
            self._factor *= cost / asking.cost
            self._reserved += cost - asking.cost
        return cost

    def _release(self, asking: Asking, *, billed: bool) -> None:
        """Take the note back; what may have been ``billed`` counts as spent."""
        try:
            self._journal.forget(asking, billed=billed)
        finally:
            with self._turn:
                self._spent += asking.cost if billed else 0.0
                self._free(asking.cost)

    def _free(self, cost: float) -> None:
        self._in_flight -= 1
        self._reserved = max(self._reserved - cost, 0.0) if self._in_flight else 0.0
        self._turn.notify_all()


def over(template: str, most: float, spent: float) -> NotAsked:
    """Return that ``most`` dollars do not allow the next request after ``spent``."""
    return NotAsked(
        Why.OVER_BUDGET, Message(template, {"most": dollars(most), "spent": f"{spent:.4f}"})
    )
