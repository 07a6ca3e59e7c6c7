"""The pace on a clock that only counts: a server in a few lines, and what it would have allowed."""

from __future__ import annotations

import heapq
import math
import random

import pytest

from bilingual.prompting.request import Limits
from bilingual.workflow.drafting.pace import BREAK, Pace

NOTHING = Limits()
TRIP = 0.01
"""Seconds that a request is on its way, and its refusal back."""
EXACT = -1.0
"""Instead of a fixed pause: exactly as long as need be."""
START = 123_456.0
"""A clock that does not go back begins anywhere."""


class Bucket:
    """A server that takes ``rate`` requests a second, ``burst`` of them at once."""

    def __init__(self, rate: float, burst: float, *, after: float | None, headers: bool) -> None:
        self.rate, self.burst, self.after, self.headers = rate, burst, after, headers
        self.level, self.time = burst, START
        self.taken = self.refused = 0

    def take(self, now: float) -> bool:
        self.level = min(self.burst, self.level + (now - self.time) * self.rate)
        self.time = now
        if self.level < 1:
            self.refused += 1
            return False
        self.level -= 1
        self.taken += 1
        return True

    @property
    def pause(self) -> float | None:
        return (1 - self.level) / self.rate if self.after == EXACT else self.after

    @property
    def limits(self) -> Limits:
        if not self.headers:
            return NOTHING
        gone = self.burst - self.level
        return Limits(
            requests=int(self.level),
            requests_limit=int(self.burst),
            requests_reset=gone / self.rate,
        )


def run(server: Bucket, *, latency: float, concurrency: int, seconds: float) -> Pace:
    """Let ``concurrency`` workers ask for ``seconds`` of a clock that only counts."""
    chance = random.Random(1)  # noqa: S311 - jitter, no secret
    pace = Pace(concurrency, lambda: 0.5 + chance.random())
    now = START
    ends: list[tuple[float, float, bool, Limits, float | None]] = []
    while now < START + seconds:
        wait = pace.delay(now)
        if wait == 0:
            pace.start(now)
            good = server.take(now + TRIP)
            back = now + (latency if good else 2 * TRIP)
            heapq.heappush(ends, (back, now, good, server.limits, server.pause))
            continue
        first = ends[0][0] if ends else float("inf")
        now = min(first, now + wait) if wait is not None else first
        while ends and ends[0][0] <= now:
            _, sent, good, limits, pause = heapq.heappop(ends)
            if good:
                pace.answered(now, limits, tokens=1000)
            else:
                pace.busy(now, sent, pause)
    return pace


class Window(Bucket):
    """A server that takes ``rate`` requests in any second; ``aligned`` in any of the clock's."""

    def __init__(self, rate: float, *, after: float | None, aligned: bool) -> None:
        super().__init__(rate, 1, after=after, headers=False)
        self.aligned = aligned
        self.times: list[float] = []

    def take(self, now: float) -> bool:
        begin = math.floor(now) if self.aligned else now - 1
        self.times = [time for time in self.times if time >= begin]
        if len(self.times) >= self.rate:
            self.refused += 1
            return False
        self.times.append(now)
        self.taken += 1
        return True


@pytest.mark.parametrize("headers", [False, True], ids=["silent", "headers"])
@pytest.mark.parametrize(
    "after", [1.0, 0.2, EXACT, None], ids=["1s", "0.2s", "exact", "no Retry-After"]
)
@pytest.mark.parametrize("burst", [1, 10, 60])
@pytest.mark.parametrize("rate", [2.0, 10.0, 20.0])
def test_it_keeps_to_nine_tenths_of_what_a_server_allows(rate, burst, after, headers):
    server = Bucket(rate, burst, after=after, headers=headers)
    run(server, latency=0.5, concurrency=16, seconds=120)
    assert server.taken >= 0.9 * rate * 120
    # Finding out that a server slows down after a burst costs some refusals, once.
    assert server.refused <= 0.1 * server.taken + burst / 4


@pytest.mark.parametrize("aligned", [False, True], ids=["any second", "each second"])
@pytest.mark.parametrize("after", [1.0, 0.2, None], ids=["1s", "0.2s", "no Retry-After"])
@pytest.mark.parametrize("rate", [2.0, 10.0, 20.0])
def test_so_it_does_where_the_requests_of_a_second_are_counted(rate, after, aligned):
    server = Window(rate, after=after, aligned=aligned)
    run(server, latency=0.5, concurrency=16, seconds=120)
    assert server.taken >= 0.9 * rate * 120
    assert server.refused <= 0.1 * server.taken


def test_one_request_that_came_a_little_early_does_not_end_the_growth():
    pace = Pace(16)
    now = 0.0
    for _ in range(6):
        pace.start(now)
        pace.answered(now + 0.1, NOTHING)
        now += 0.2
    before = pace.rate(now)
    pace.start(now)
    pace.busy(now + 0.01, now, after=0.005)
    assert pace.delay(now + 0.01) == pytest.approx(0.005)
    assert pace.rate(now + 1) == before


def test_a_refusal_that_costs_little_is_risked_again_sooner_than_one_that_costs_much():
    def recovered(after: float) -> float:
        pace = Pace(16)
        pace.start(0.0)
        pace.answered(0.5, NOTHING)
        for now in (1.0, 1.1):
            pace.start(now)
        pace.busy(1.2, 1.1, after=after)
        start, aim = 1.2 + after, pace.rate(1e9)
        assert aim > pace.rate(start)
        low = pace.rate(start)
        return next(t for t in range(1, 10_000) if pace.rate(start + t / 10) > 1.2 * low) / 10

    assert recovered(0.2) < recovered(2.0) / 2


def test_without_a_limit_everything_that_may_be_in_flight_is():
    server = Bucket(1e9, 1e9, after=None, headers=False)
    pace = run(server, latency=0.5, concurrency=8, seconds=20)
    assert server.taken >= 0.95 * 8 * 20 / 0.5
    assert pace.rate(START + 20) > 8 / 0.5


def test_the_first_request_goes_alone():
    pace = Pace(8)
    pace.start(0.0)
    assert pace.delay(10.0) is None
    pace.answered(10.0, NOTHING)
    pace.start(10.0)
    assert pace.delay(11.0) == 0


def test_nothing_starts_before_the_time_the_server_named():
    pace = Pace(4)
    pace.start(0.0)
    pace.busy(0.1, 0.0, after=30.0)
    assert pace.delay(0.1) == pytest.approx(30.0)
    assert pace.delay(29.1) == pytest.approx(1.0)
    assert pace.delay(30.1) == 0


def test_a_window_of_tokens_that_runs_out_sets_the_rate():
    pace = Pace(16)
    pace.start(0.0)
    limits = Limits(tokens=4_000, tokens_limit=100_000, tokens_reset=48.0)
    pace.answered(0.5, limits, tokens=1000)
    assert pace.rate(0.5) == pytest.approx(2.0, rel=0.06)  # 96,000 tokens in 48 s, 1,000 each


def test_failures_in_a_row_leave_one_probe_at_a_time_after_a_pause():
    pace = Pace(8)
    pace.start(0.0)
    pace.answered(0.1, NOTHING)
    for _ in range(BREAK):
        pace.start(1.0)
    for _ in range(BREAK):
        pace.failed(1.0)
    assert not pace.down
    wait = pace.delay(1.0)
    assert wait
    assert wait > 0
    pace.start(1.0 + wait)
    assert pace.delay(1.0 + wait) is None, "one request probes"
    pace.answered(1.5 + wait, NOTHING)
    assert pace.delay(1.5 + wait) == 0


def test_a_server_that_never_answered_and_one_that_stays_away_are_down():
    never = Pace(4)
    for _ in range(BREAK):
        never.start(0.0)
        never.failed(0.0)
    assert never.down
    gone = Pace(4)
    gone.start(0.0)
    gone.answered(0.1, NOTHING)
    failures = 0
    while not gone.down:
        gone.start(float(failures))
        gone.failed(float(failures))
        failures += 1
    assert failures == BREAK + 2
