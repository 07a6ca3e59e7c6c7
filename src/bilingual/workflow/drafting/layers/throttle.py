"""The layer that sends requests at the pace that the server takes."""

from __future__ import annotations

import random
import threading
from time import monotonic
from typing import TYPE_CHECKING

from bilingual.engines.base import BusyError, RequestError
from bilingual.errors import EngineDownError, EngineError
from bilingual.model import Message, msg
from bilingual.workflow.drafting.layers.base import STOPPED, NotAsked
from bilingual.workflow.drafting.pace import BREAK, Pace
from bilingual.workflow.drafting.run import LOOK

if TYPE_CHECKING:
    from bilingual.prompting.request import Answer
    from bilingual.workflow.drafting.layers.base import Call, Layer
    from bilingual.workflow.drafting.run import Run


class Throttle:
    """Lets a request through to ``inner`` when its turn has come; threads share it."""

    def __init__(self, inner: Layer, concurrency: int, run: Run) -> None:
        """At most ``concurrency`` requests are sent at the same time."""
        self._inner = inner
        self._run = run
        self._pace = Pace(concurrency, lambda: random.uniform(0.75, 1.25))  # noqa: S311
        self._turn = threading.Condition()
        self._gate = threading.Lock()
        """Held by the next to start, so that one thread watches the clock and not all of them."""
        self._last: Message | None = None
        """The last failure."""
        self._down: EngineDownError | None = None

    def ask(self, call: Call) -> Answer | NotAsked:
        """Return what ``inner`` returns; raises what it raises.

        Raises ``EngineDownError`` without asking when the engine was found to be down.
        """
        sent = self._enter()
        if sent is None:
            return STOPPED
        try:
            answer = self._inner.ask(call)
        except BaseException as error:
            with self._turn:
                self._failed(error, sent)
            raise
        with self._turn:
            if isinstance(answer, NotAsked):
                self._pace.cancelled()
            else:
                tokens = answer.usage.prompt + answer.usage.completion
                self._pace.answered(monotonic(), answer.limits, tokens)
        return answer

    def _enter(self) -> float | None:
        """Wait for the turn; return when the request starts, None when the run is to end."""
        with self._gate, self._turn:
            while not self._run.stopped:
                if self._down is not None:
                    raise self._down
                if self._pace.down:
                    raise EngineDownError(
                        msg(
                            "{count} requests in a row failed, the last one with: {reason}",
                            count=BREAK,
                            reason=self._last,
                        ),
                        hint=msg("run it again later; it goes on from here"),
                    )
                now = monotonic()
                delay = self._pace.delay(now)
                if delay == 0:
                    self._pace.start(now)
                    return now
                self._turn.wait(LOOK if delay is None else min(delay, LOOK))
        return None

    def _failed(self, error: BaseException, sent: float) -> None:
        """Note how the request started at ``sent`` ended."""
        if isinstance(error, BusyError):
            self._last = error.problem
            self._pace.busy(monotonic(), sent, error.after)
        elif isinstance(error, EngineDownError):
            self._down = error
            self._pace.refused()
        elif isinstance(error, RequestError) or not isinstance(error, EngineError):
            self._pace.refused()
        else:
            self._last = error.problem
            self._pace.failed(monotonic())
