"""A limit of requests a second, as providers keep it, with the headers they send."""

from __future__ import annotations

import math
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(slots=True)
class Rate:
    """A bucket that takes ``burst`` requests at once and fills by ``per_second``."""

    per_second: float
    burst: float = 1.0
    clock: Callable[[], float] = time.monotonic
    _level: float = field(init=False)
    _at: float = field(init=False)
    _lock: threading.Lock = field(init=False, default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._level = self.burst
        self._at = self.clock()

    def take(self) -> float:
        """Take one request out; returns 0, or the seconds to wait when there is none."""
        with self._lock:
            now = self.clock()
            self._level = min(self.burst, self._level + (now - self._at) * self.per_second)
            self._at = now
            # What was waited for to the nanosecond must not fail by the last bit of a float.
            if self._level >= 1 - 1e-9:
                self._level = max(0.0, self._level - 1)
                return 0.0
            return (1 - self._level) / self.per_second

    def headers(self) -> dict[str, str]:
        """Return what is left, as OpenAI writes it."""
        with self._lock:
            whole = (self.burst - self._level) / self.per_second
            return {
                "x-ratelimit-limit-requests": str(int(self.burst)),
                "x-ratelimit-remaining-requests": str(int(self._level)),
                "x-ratelimit-reset-requests": f"{math.ceil(whole * 1000)}ms",
            }


def retry_headers(wait: float) -> dict[str, str]:
    """Return the headers of a refusal that asks to ``wait``: whole seconds, and milliseconds."""
    return {
        "retry-after": str(math.ceil(wait)),
        "retry-after-ms": str(math.ceil(wait * 1000)),
    }
