"""Asking an engine: through the journal, within the budget, at the pace that the server takes.

Nothing is asked that the journal has. A request is noted before it is sent and its answer is on
the disk before anybody uses it, so that no answer is paid twice and no budget is overrun, whatever
ends the run. A busy server is given the time it asks for; a broken attempt is made again.
"""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass, replace
from time import monotonic
from typing import TYPE_CHECKING

from bilingual.engines.base import BusyError, LostError, RequestError, TooLongError
from bilingual.engines.price import dollars
from bilingual.errors import ConfigurationError, EngineDownError, EngineError
from bilingual.journal import by_passage
from bilingual.journal.journal import Asking, Elsewhere, Over
from bilingual.model import N_, Message
from bilingual.prompting import estimate
from bilingual.prompting.request import Usage
from bilingual.workflow.drafting.pace import BREAK, Pace

if TYPE_CHECKING:
    from collections.abc import Callable

    from bilingual.engines.base import Engine
    from bilingual.journal.journal import Journal
    from bilingual.prompting.request import Answer, Request

FIRST, LONGEST = 0.5, 30.0
"""Seconds between two attempts at one request: the first pause, which doubles, and the longest."""
LOOK = 0.1
"""Seconds between two looks at whether the run shall end, or another run has the answer."""
PATIENCE = 300.0
"""Seconds that a server may be busy without answering anything."""

RUN_SPENT = N_("the next request could exceed the ${most} allowed for a run (${spent} spent)")
MONTH_SPENT = N_("the next request could exceed the ${most} allowed for a month (${spent} spent)")


class Stopped(Exception):  # noqa: N818 - somebody asked for it
    """The run is to end; the request was not sent."""


class Spent(Exception):  # noqa: N818 - a budget says no; nothing failed
    """The budget does not reach for the request; it was not sent."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class _Dearer(Exception):  # noqa: N818 - nothing failed
    """More has to be set aside for the request; it was not sent."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What may be spent, in US dollars; None for any sum."""

    run: float | None = None
    month: float | None = None

    @property
    def limited(self) -> bool:
        """True when there is a limit."""
        return self.run is not None or self.month is not None


@dataclass(frozen=True, slots=True)
class Run:
    """Who asks."""

    name: str
    """No other run has it."""
    now: Callable[[], str]
    """Gives the time: UTC, ISO 8601."""
    alive: Callable[[str], bool] = lambda _name: False
    """Says whether the run of that name still is."""
    stop: Callable[[], bool] = lambda: False
    """Says whether this run shall end: what was sent arrives then, nothing more is sent."""


class Asker:
    """Asks one engine for one run; its threads share it."""

    def __init__(
        self, engine: Engine, journal: Journal, run: Run, budget: Budget | None = None
    ) -> None:
        """Raise ``ConfigurationError`` when a budget is set and the engine's price is unknown."""
        self.engine = engine
        self.usage = Usage()
        """Of what was asked, not of what the journal had."""
        self.spent = 0.0
        """US dollars: what was billed, and what may have been."""
        self._journal = journal
        self._run = run
        self._budget = budget or Budget()
        self._price = engine.manners.price
        if self._price is None and self._budget.limited:
            raise ConfigurationError(
                f"no price is known for {engine.origin}, so no budget can be kept",
                path="bilingual.toml",
                hint="set price = { prompt = …, completion = … } in the engine's table, in US "
                "dollars a million tokens",
            )
        self._pace = Pace(engine.manners.concurrency, lambda: random.uniform(0.75, 1.25))  # noqa: S311
        self._turn = threading.Condition()
        self._gate = threading.Lock()
        """Whoever has it is the next to start: one thread watches the clock, not all of them."""
        self._reserved = 0.0
        """The most that what is on its way may cost."""
        self._out = 0
        """How many requests that is: sums of fractions do not come back to nothing."""
        self._dearer = 1.0
        """How many times dearer than its bound an answer was, at the most."""
        self._answered = monotonic()
        self._last = ""
        self._down: EngineDownError | None = None

    @property
    def cost(self) -> float | None:
        """US dollars that the run cost so far; None when no price is known."""
        return None if self._price is None else self.spent

    def ask(self, request: Request, slug: str = "") -> Answer:
        """Return the answer to ``request``, out of the journal when it is there.

        ``slug`` is the article that it is for. Raises ``Stopped``, ``Spent``, and what
        ``Engine.ask`` raises but for ``BusyError``.
        """
        key = self.engine.key(request)
        failures = 0
        while (answer := self._journal.find(key)) is None:
            try:
                return self._attempt(key, request, slug)
            except _Dearer:
                continue
            except Elsewhere:
                self._rest(LOOK)
            except BusyError as error:
                self._last = error.fault
                if monotonic() - self._answered > PATIENCE:
                    raise EngineDownError(
                        f"{error.fault}, for {PATIENCE / 60:g} minutes now", hint="try again later"
                    ) from error
            except (RequestError, EngineDownError):
                raise
            except EngineError as error:
                self._last = error.fault
                failures += 1
                if failures >= self.engine.manners.attempts:
                    raise
                self._rest(min(LONGEST, FIRST * 2.0 ** (failures - 1)) * random.uniform(0.75, 1.25))  # noqa: S311
        return answer

    def _attempt(self, key: str, request: Request, slug: str) -> Answer:
        """Send ``request`` once, when budget and pace allow it; keep the answer."""
        asking, times = self._reserved_for(key, request)
        try:
            answer, asking = self._sent(request, asking, times)
        except BaseException as error:
            billed = isinstance(error, LostError) or (
                isinstance(error, TooLongError) and error.billed
            )
            self._release(asking, billed=billed)
            raise
        cost = self._cost(answer, asking)
        if not _told(answer):
            used = replace(estimate.usage(request), cached=0, requests=answer.usage.requests)
            answer = replace(answer, usage=used)
        try:
            self._journal.record(
                key,
                answer,
                origin=asking.origin,
                time=asking.time,
                slug=slug,
                cost=cost,
                reckoned=estimate.usage(request),
                parts=by_passage.keyed(self.engine, request, answer, slug),
            )
        finally:
            with self._turn:
                self.usage += answer.usage
                self.spent += cost or 0.0
                self._free(asking)
        return answer

    def _cost(self, answer: Answer, asking: Asking) -> float | None:
        """Return the dollars of ``answer``: at the most where the server does not say."""
        if self._price is None:
            return None
        return self._price.of(answer.usage) if _told(answer) else asking.cost

    def _heeded(self, answer: Answer, asking: Asking) -> Asking:
        """Return ``asking`` with what ``answer`` cost, should that be more than was set aside.

        It tells that what waits may cost more, too.
        """
        cost = self._cost(answer, asking) or 0.0
        if not 0 < asking.cost < cost:
            return asking
        self._dearer *= cost / asking.cost
        self._reserved += cost - asking.cost
        return replace(asking, cost=cost)

    def _reserved_for(self, key: str, request: Request) -> tuple[Asking, float]:
        """Set aside what ``request`` may cost; wait while only what is on its way is in the way.

        Returns what was noted, and how much dearer than bounded it was taken for.
        """
        bound = self._price.of(self.engine.bound(request)) if self._price else 0.0
        with self._turn:
            while True:
                if self._run.stop():
                    raise Stopped
                most = bound * self._dearer
                asking = Asking(key, self._run.name, self.engine.origin, self._run.now(), most)
                whole = self.spent + self._reserved
                limit = self._budget.run
                over = limit is not None and whole + most > limit
                template, spent, of = RUN_SPENT, whole, limit or 0.0
                if not over:
                    self._journal.make_room(self.engine.manners.concurrency)
                    try:
                        self._journal.note(asking, most=self._budget.month, alive=self._run.alive)
                    except Over as error:
                        template, spent, of = MONTH_SPENT, error.spent, error.most
                    else:
                        self._reserved += most
                        self._out += 1
                        return asking, self._dearer
                if not self._out:
                    values = {"most": dollars(of), "spent": f"{spent:.4f}"}
                    raise Spent(Message(template, values))
                self._turn.wait(LOOK)

    def _sent(self, request: Request, asking: Asking, times: float) -> tuple[Answer, Asking]:
        """Return the answer to ``request``, and ``asking`` with what it cost at the most."""
        sent = self._enter(times)
        try:
            answer = self.engine.ask(request)
        except BusyError as error:
            with self._turn:
                self._pace.busy(monotonic(), sent, error.after)
            raise
        except RequestError:
            with self._turn:
                self._pace.refused()
            raise
        except EngineDownError as error:
            with self._turn:
                self._pace.refused()
                self._down = error
            raise
        except EngineError:
            with self._turn:
                self._pace.failed(monotonic())
            raise
        with self._turn:
            self._answered = monotonic()
            tokens = answer.usage.prompt + answer.usage.completion
            asking = self._heeded(answer, asking)
            self._pace.answered(self._answered, answer.limits, tokens)
        return answer, asking

    def _enter(self, times: float) -> float:
        """Wait for the pace; return when the request starts.

        Raises ``_Dearer`` when meanwhile answers turned out dearer than ``times`` their bound.
        """
        with self._gate, self._turn:
            while True:
                if self._run.stop():
                    raise Stopped
                if self._down is not None:
                    raise self._down
                if self._dearer > times:
                    raise _Dearer
                if self._pace.down:
                    raise EngineDownError(
                        f"{BREAK} requests in a row failed, the last so: {self._last}",
                        hint="run it again later; it goes on from here",
                    )
                now = monotonic()
                delay = self._pace.delay(now)
                if delay == 0:
                    self._pace.start(now)
                    return now
                self._turn.wait(LOOK if delay is None else min(delay, LOOK))

    def _release(self, asking: Asking, *, billed: bool) -> None:
        try:
            self._journal.forget(asking, billed=billed)
        finally:
            with self._turn:
                self.spent += asking.cost if billed else 0.0
                self._free(asking)

    def _free(self, asking: Asking) -> None:
        self._out -= 1
        self._reserved = max(self._reserved - asking.cost, 0.0) if self._out else 0.0
        self._turn.notify_all()

    def _rest(self, seconds: float) -> None:
        """Wait for ``seconds``, or until the run shall end; raises ``Stopped`` then."""
        end = monotonic() + seconds
        with self._turn:
            while (left := end - monotonic()) > 0:
                if self._run.stop():
                    raise Stopped
                self._turn.wait(min(left, LOOK))


def _told(answer: Answer) -> bool:
    """Return True when the server said what ``answer`` used."""
    return bool(answer.usage.prompt or answer.usage.completion)
