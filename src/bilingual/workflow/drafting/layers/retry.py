"""The layer that makes a failed attempt again, and is patient with a busy server."""

from __future__ import annotations

import random
from time import monotonic
from typing import TYPE_CHECKING

from bilingual.engines.base import BusyError, RequestError
from bilingual.errors import EngineDownError, EngineError
from bilingual.model import msg
from bilingual.workflow.drafting.layers.base import STOPPED

if TYPE_CHECKING:
    from bilingual.prompting.request import Answer
    from bilingual.workflow.drafting.layers.base import Call, Layer, NotAsked
    from bilingual.workflow.drafting.run import Run

FIRST, LONGEST = 0.5, 30.0
"""Seconds between two attempts at one request: the first pause, which doubles, and the longest."""
PATIENCE = 300.0
"""Seconds that a server may be busy without answering anything."""


class Retry:
    """Asks ``inner`` up to ``attempts`` times; threads share it."""

    def __init__(self, inner: Layer, attempts: int, run: Run) -> None:
        self._inner = inner
        self._attempts = attempts
        self._run = run
        self._answered = monotonic()

    def ask(self, call: Call) -> Answer | NotAsked:
        """Return what ``inner`` returns.

        Raises what it raises when no other attempt can help, ``EngineDownError`` instead of
        ``BusyError`` when the server has been busy for too long.
        """
        failures = 0
        while True:
            try:
                answer = self._inner.ask(call)
            except BusyError as error:
                if monotonic() - self._answered > PATIENCE:
                    raise EngineDownError(
                        msg(
                            "{reason}, for {minutes:g} minutes now",
                            reason=error.problem,
                            minutes=PATIENCE / 60,
                        ),
                        hint=msg("try again later"),
                    ) from error
            except (RequestError, EngineDownError):
                raise
            except EngineError:
                failures += 1
                if failures >= self._attempts:
                    raise
                pause = min(LONGEST, FIRST * 2.0 ** (failures - 1)) * random.uniform(0.75, 1.25)  # noqa: S311
                if not self._run.rest(pause):
                    return STOPPED
            else:
                self._answered = monotonic()
                return answer
