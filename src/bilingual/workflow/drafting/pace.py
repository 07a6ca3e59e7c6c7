"""How fast a server is asked: learned from its headers, its answers and its refusals.

Pure: times are seconds of any monotonic clock and come in as arguments; the caller does the
waiting. Three things delay a request: the number in flight that the engine allows, the rate that
the server was found to take, and a pause that it asked for (``Retry-After``) or that its failures
require (a circuit breaker: after some failures in a row one request at a time probes). The first
request goes alone, too: it finds out whether the key is right and what the server does not take,
and fills the provider's prompt cache for the others.

The rate begins low and grows with every answer, as TCP's slow start does, until something is
refused or the headers say that the window has run out. A refusal gives two rates: the one that was
kept up since the last refusal, and the one at which it came. From then on the rate follows a cubic
curve (as in TCP CUBIC, RFC 9438): from the lower soon towards the higher, long near it, and beyond
it in time, should the server take more by then. How long is long goes by what a refusal costs: one
that asks for milliseconds may be risked again soon, one that asks for a second not.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bilingual.prompting.request import Limits

FIRST = 8.0
"""Requests a second at the start."""
FASTEST = 1000.0
SLOWEST = 1 / 60
GROWTH = 2.0
"""Requests a second by which the rate grows with every answer until something is refused."""
FEW = 4
"""Requests between two refusals that are too few to tell the rate kept up by."""
LEAST = 0.5
"""Share of the rate refused that is kept at the least when that is all that is known: a request
that came a little early must not stop everything."""
DOUBT = 0.3
"""How far the rate aimed at is taken back from the rate refused towards the rate kept up."""
APART = 0.03
"""Share of the rate aimed at by which the curve begins below it, at the least."""
BEYOND = 0.05
"""Share of the rate aimed at by which it has been exceeded after twice the time to reach it."""
COST = 0.05
"""Share of requests that finding out the rate may cost: refusals, and what their pauses take."""
SOONEST, LATEST = 1.0, 30.0
"""Minimum and maximum seconds until the target rate is reached."""
SCARCE = 0.05
"""Share of a window that is left when its limit begins to set the rate. A window that slides tells
too low a rate while something is left, by as much as is left."""
REMEMBERED = 256
"""Starts that are remembered; more are never on their way."""
BREAK = 3
"""Failures in a row that open the circuit."""
COOLING = 2.0
"""Seconds of the first pause after that; each further one doubles it."""
OPENINGS = 3
"""So often the circuit opens before the server counts as down."""
LONGEST = 60.0
"""Maximum seconds of a pause that nobody asked for."""


class Pace:
    """The pace of one run at one server. ``jitter`` gives a factor around 1 for each pause."""

    def __init__(self, concurrency: int, jitter: Callable[[], float] = lambda: 1.0) -> None:
        self.concurrency = max(concurrency, 1)
        self.in_flight = 0
        self.down = False
        """True when asking on makes no sense."""
        self._jitter = jitter
        self._growing = FIRST
        self._aim: float | None = None
        """The rate that the server may take; None while it refused nothing."""
        self._kept = 0.0
        """The rate that it accepts, at most the target rate."""
        self._since = 0.0
        self._reach = LATEST
        """Seconds from the last refusal until the rate aimed at is reached."""
        self._resumed: float | None = None
        self._taken = 0
        """Requests started since then and not refused."""
        self._starts: deque[tuple[float, float]] = deque(maxlen=REMEMBERED)
        """When the last requests were started, and at what rate."""
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
        if self._aim is None:
            return self._growing
        way = (now - self._since) / self._reach - 1
        span = self._aim - self._kept if way < 0 else self._aim * BEYOND
        return min(max(self._aim + span * way**3, SLOWEST), FASTEST)

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
        rate = self.rate(now)
        self._next = max(self._next, now) + 1 / rate
        self._taken += 1
        self._starts.append((now, rate))

    def answered(self, now: float, limits: Limits, tokens: int = 0) -> None:
        """Note an answer of ``tokens`` tokens, prompt and all, with what its headers say."""
        self.in_flight -= 1
        self._answered = True
        self._failures = self._openings = self._refusals = 0
        self._growing = min(self._growing + GROWTH, FASTEST)
        self._tokens = 0.9 * self._tokens + 0.1 * tokens if self._tokens else tokens
        self._heed(now, limits)

    def busy(self, now: float, sent: float, after: float | None) -> None:
        """Note that the request started at ``sent`` was refused, with the pause asked for."""
        self.in_flight -= 1
        pause = min(0.5 * 2.0**self._refusals, LONGEST) * self._jitter() if after is None else after
        self._not_before = max(self._not_before, now + pause)
        if sent <= self._adjusted:
            return  # it was on its way before the pace was changed, and says nothing new
        self._taken -= 1
        self._refusals += 1
        self._learn(sent, now)
        self._adjusted = self._since = self._next = self._resumed = self._not_before
        self._taken = 0

    def failed(self, now: float) -> None:
        """Note that a request failed for a passing reason."""
        self.in_flight -= 1
        self._failures += 1
        if self._failures < BREAK:
            return
        self._openings += 1
        self.down = self._openings >= OPENINGS or not self._answered
        pause = min(COOLING * 2.0 ** (self._openings - 1), LONGEST) * self._jitter()
        self._not_before = max(self._not_before, now + pause)

    def cancelled(self) -> None:
        """Note that a request was not sent after all."""
        self.in_flight -= 1
        self._taken -= 1

    def refused(self) -> None:
        """Note that a request came back that the server will never take."""
        self.in_flight -= 1

    def _learn(self, sent: float, now: float) -> None:
        """Take in that the request ``sent`` was refused, and the pause after it.

        What was taken since the last pause, over the time without this pause, is more than a server
        keeps up that lets some come at once; over the time with it it is less than one keeps up
        whose pauses are longer than need be. The truth is between. Where hardly anything was taken,
        the pause says whether the request came a little early or much too early.
        """
        refused = next((rate for time, rate in self._starts if time >= sent), self.rate(now))
        before = next((time for time, _ in reversed(self._starts) if time < sent), sent)
        time, pause = max(sent - (self._resumed or 0.0), 1e-3), self._not_before - now
        if self._aim is None and self._taken >= FEW and pause < 1 / refused:
            return  # one that came a little early, among many that did not
        kept = (self._taken / time + self._taken / (time + pause)) / 2
        if self._aim is None or self._taken < FEW:
            kept = max(kept, 1 / max(sent - before + pause, 1e-3))
        kept = min(max(kept, refused * LEAST), refused)
        self._aim = max(refused + (kept - refused) * DOUBT, SLOWEST)
        self._kept = max(min(kept, self._aim * (1 - APART)), SLOWEST)
        self._reach = min(max((1 + self._aim * pause) / (COST * self._aim), SOONEST), LATEST)

    def _heed(self, now: float, limits: Limits) -> None:
        """Keep to the rate at which a scarce window fills again (OpenAI's headers say so)."""
        for left, whole, reset, each in (
            (limits.requests, limits.requests_limit, limits.requests_reset, 1.0),
            (limits.tokens, limits.tokens_limit, limits.tokens_reset, self._tokens),
        ):
            if left is None or not whole or not reset or not each or left > SCARCE * whole:
                continue
            fills = (whole - left) / reset / each
            if fills < self.rate(now):
                if self._aim is None:  # what was taken while growing says nothing of it
                    self._resumed, self._taken = now, 0
                self._aim = max(fills, SLOWEST)
                self._kept = self._aim * (1 - APART)
                self._since = now - self._reach / 2
