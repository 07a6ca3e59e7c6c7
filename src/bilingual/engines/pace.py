"""How fast a server is asked: learned from what it says, what it answers and what it refuses.

Pure: times are seconds of any clock that does not go back, and come in as arguments; whoever asks
does the waiting. Three things hold a request back: as many in flight as the engine likes, the rate
that the server was found to take, and a pause that it asked for (``Retry-After``) or that its
failures call for (a circuit breaker: after some failures in a row one request at a time probes).
The first request goes alone, too: it finds out whether the key is right and what the server does
not take, and fills the provider's prompt cache for the others.

The rate begins low and grows with every answer, as TCP's slow start does, until something is
refused or the headers say that the window is running out. From then on it follows a cubic curve
around the rate found (as in TCP CUBIC, RFC 9438): back a little below it soon, long near it, and
beyond it in time, should the server take more by then.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bilingual.engines.base import Limits

FIRST = 8.0
"""Requests a second at the start."""
FASTEST = 1000.0
SLOWEST = 1 / 60
LATELY = 0.4
"""Seconds over which starts are counted, while the rate grows, to tell what the server takes."""
BELOW = 0.05
"""Share of the rate found by which the first requests after a refusal stay below it."""
LEAST = 0.8
"""Share of a rate that is kept at the least when something is refused at it: one request that
came a little early must not halve it."""
PLATEAU = 20.0
"""Seconds until the rate found is reached again."""
SCARCE = 0.25
"""Share of a window that is left when its limit begins to set the rate."""
TELLING = 5
"""Requests that must have gone out of a window before its reset says how fast it fills."""
BREAK = 3
"""Failures in a row that open the circuit."""
COOLING = 2.0
"""Seconds of the first pause after that; each further one doubles it."""
OPENINGS = 3
"""So often the circuit opens before the server counts as down."""
LONGEST = 60.0
"""Seconds of a pause that nobody asked for, at the most."""


class Pace:
    """The pace of one run at one server. ``jitter`` gives a factor around 1 for each pause."""

    def __init__(self, concurrency: int, jitter: Callable[[], float] = lambda: 1.0) -> None:
        self.concurrency = max(concurrency, 1)
        self.in_flight = 0
        self.down = False
        """True when asking on makes no sense."""
        self._jitter = jitter
        self._growing = FIRST
        self._found: float | None = None
        """The rate that the server was found to take; None while it refused nothing."""
        self._since = 0.0
        self._starts: deque[float] = deque()
        self._resumed: float | None = None
        self._pause = 0.0
        self._taken_since = 0
        """Requests that were started after the last pause, and not refused."""
        self._tokens = 0.0
        """Of a request and its answer, on average."""
        self._not_before = float("-inf")
        self._next = float("-inf")
        self._adjusted = float("-inf")
        self._refusals = 0
        self._failures = 0
        self._openings = 0
        self._answered = False

    def rate(self, now: float) -> float:
        """Return the requests a second that may start."""
        if self._found is None:
            return self._growing
        curve = ((now - self._since) / PLATEAU - 1) ** 3
        return min(max(self._found * (1 + BELOW * curve), SLOWEST), FASTEST)

    def delay(self, now: float) -> float | None:
        """Return the seconds until the next request may start; None while one has to end first."""
        alone = not self._answered or self._failures >= BREAK
        most = 1 if alone else self.concurrency
        if self.in_flight >= most:
            return None
        return max(self._not_before - now, self._next - now, 0.0)

    def start(self, now: float) -> None:
        """Note that a request starts."""
        self.in_flight += 1
        if self._resumed is None:
            self._resumed = now
        self._next = max(self._next, now) + 1 / self.rate(now)
        self._taken_since += 1
        self._starts.append(now)
        while self._starts[0] < now - LATELY:
            self._starts.popleft()

    def answered(self, now: float, limits: Limits, tokens: int = 0) -> None:
        """Note an answer of ``tokens`` tokens, prompt and all, with what its headers say."""
        self.in_flight -= 1
        self._answered = True
        self._failures = self._openings = self._refusals = 0
        self._growing = min(self._growing + 1, FASTEST)
        self._tokens = 0.9 * self._tokens + 0.1 * tokens if self._tokens else tokens
        self._heed(now, limits)

    def busy(self, now: float, sent: float, after: float | None) -> None:
        """Note that the request started at ``sent`` was refused, with the pause asked for."""
        self.in_flight -= 1
        pause = min(0.5 * 2.0**self._refusals, LONGEST) * self._jitter() if after is None else after
        self._not_before = max(self._not_before, now + pause)
        if sent <= self._adjusted:
            return  # it was on its way before the pace was changed, and says nothing new
        self._refusals += 1
        rate = self.rate(now)
        taken = self._taken(sent) or rate * 0.6
        if self._found is not None:
            taken = max(taken, rate * LEAST)
        self._found = max(min(rate, taken), SLOWEST)
        self._adjusted = self._since = self._next = self._resumed = self._not_before
        self._pause, self._taken_since = self._not_before - now, 0
        self._starts.clear()

    def failed(self, now: float) -> None:
        """Note that a request failed through no fault of its own."""
        self.in_flight -= 1
        self._failures += 1
        if self._failures < BREAK:
            return
        self._openings += 1
        self.down = self._openings >= OPENINGS or not self._answered
        pause = min(COOLING * 2.0 ** (self._openings - 1), LONGEST) * self._jitter()
        self._not_before = max(self._not_before, now + pause)

    def refused(self) -> None:
        """Note that a request came back that the server will never take."""
        self.in_flight -= 1

    def _taken(self, sent: float) -> float:
        """Return the requests a second that were taken before the one ``sent`` was refused.

        A server that lets some come at once takes, for a while, more than it keeps up: between
        two pauses the truth lies between the rate without the pause and the rate with it. 0 when
        there were too few to tell.
        """
        if self._found is None:
            late = [time for time in self._starts if time <= sent]
            return (len(late) - 1) / (late[-1] - late[0]) if len(late) > 2 else 0.0
        taken, time = self._taken_since - 1, sent - (self._resumed or 0.0)
        return (taken / time + taken / (time + self._pause)) / 2 if time > 0 else 0.0

    def _heed(self, now: float, limits: Limits) -> None:
        """Keep to the rate at which a scarce window fills again (OpenAI's headers say so)."""
        for left, whole, reset, each in (
            (limits.requests, limits.requests_limit, limits.requests_reset, 1.0),
            (limits.tokens, limits.tokens_limit, limits.tokens_reset, self._tokens),
        ):
            if left is None or not whole or not reset or not each or left > SCARCE * whole:
                continue
            if (whole - left) / each < TELLING:
                continue
            fills = (whole - left) / reset / each
            if fills < self.rate(now):
                self._found = max(fills, SLOWEST)
                self._since = now - PLATEAU / 2
