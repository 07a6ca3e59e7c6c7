"""Asking again when a server is busy or an attempt failed."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

from bilingual.engines.base import BusyError, RequestError
from bilingual.errors import EngineDownError, EngineError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bilingual.engines.base import Answer, Engine, Request

FIRST = 0.5
LONGEST = 8.0
"""Seconds between attempts when the server does not say."""


def ask(
    engine: Engine, request: Request, *, sleep: Callable[[float], object] = time.sleep
) -> Answer:
    """Return the answer of ``engine``, asked at most ``manners.attempts`` times.

    Raises the last attempt's error, and at once what no further attempt can mend.
    """
    last = max(1, engine.manners.attempts) - 1
    for attempt in range(last):
        try:
            return engine.ask(request)
        except (RequestError, EngineDownError):
            raise
        except EngineError as error:
            told = error.after if isinstance(error, BusyError) else None
            pause = min(LONGEST, FIRST * 2**attempt) * random.uniform(0.75, 1.0)  # noqa: S311
            sleep(pause if told is None else told)
    return engine.ask(request)
