"""Requests wait for their turn; how they end sets the pace of the others. ``Pace`` is pure."""

from __future__ import annotations

import threading
from time import monotonic

import pytest

from bilingual.engines.base import BusyError, RequestError
from bilingual.errors import EngineDownError, EngineError
from bilingual.model import msg
from bilingual.workflow.drafting.layers.base import ELSEWHERE, STOPPED
from bilingual.workflow.drafting.layers.throttle import Throttle
from tests.support.layers import ANSWER, Inner, call


def test_the_first_request_goes_alone_and_then_several_at_a_time(run):
    most, now, lock = [0], [0], threading.Lock()
    first, both = threading.Event(), threading.Barrier(2, timeout=30)

    class Slow:
        def ask(self, _call):
            with lock:
                now[0] += 1
                most[0] = max(most[0], now[0])
            if first.is_set():
                both.wait()
            else:
                first.wait(0.3)
                assert most[0] == 1
                first.set()
            with lock:
                now[0] -= 1
            return ANSWER

    layer = Throttle(Slow(), 2, run)
    threads = [threading.Thread(target=layer.ask, args=(call(str(n)),)) for n in range(3)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    assert most[0] == 2


def test_a_busy_server_gets_the_pause_that_it_asks_for(run):
    layer = Throttle(Inner(BusyError(msg("slow down"), after=0.4), ANSWER), 1, run)
    with pytest.raises(BusyError):
        layer.ask(call())
    began = monotonic()
    assert layer.ask(call()) is ANSWER
    assert monotonic() - began >= 0.35


@pytest.mark.parametrize(
    "result",
    [ELSEWHERE, RequestError(msg("refused")), RuntimeError("disk"), EngineError(msg("status 500"))],
)
def test_a_request_gives_its_place_back_however_it_ends(run, result):
    layer = Throttle(Inner(result, ANSWER), 1, run)
    if isinstance(result, Exception):
        with pytest.raises(type(result)):
            layer.ask(call())
    else:
        assert layer.ask(call()) is result
    assert layer.ask(call()) is ANSWER


def test_an_engine_that_is_down_is_not_asked_again(run):
    inner = Inner(EngineDownError(msg("no key")), ANSWER)
    layer = Throttle(inner, 1, run)
    for _ in range(2):
        with pytest.raises(EngineDownError, match="no key"):
            layer.ask(call())
    assert len(inner.calls) == 1


def test_nothing_is_asked_after_the_end_of_the_run(run):
    run.interruption.asked = True
    inner = Inner(ANSWER)
    assert Throttle(inner, 1, run).ask(call()) is STOPPED
    assert not inner.calls
