"""A failed attempt is made again; what no attempt can help is raised at once."""

from __future__ import annotations

import pytest

from bilingual.engines.base import BusyError, LostError, RequestError, TooLongError
from bilingual.errors import EngineDownError, EngineError
from bilingual.model import msg
from bilingual.workflow.drafting.layers import retry
from bilingual.workflow.drafting.layers.base import STOPPED
from bilingual.workflow.drafting.layers.retry import Retry
from tests.support.layers import ANSWER, Inner, call


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    monkeypatch.setattr(retry, "FIRST", 0.001)


def test_a_broken_attempt_is_made_again_until_one_succeeds(run):
    inner = Inner(LostError(msg("broke off")), EngineError(msg("status 500")), ANSWER)
    assert Retry(inner, 3, run).ask(call()) is ANSWER
    assert len(inner.calls) == 3


def test_the_last_attempts_error_is_raised(run):
    inner = Inner(EngineError(msg("first")), EngineError(msg("second")), ANSWER)
    with pytest.raises(EngineError, match="second"):
        Retry(inner, 2, run).ask(call())


def test_a_busy_server_takes_up_no_attempt(run):
    inner = Inner(*[BusyError(msg("slow down"), after=0.0)] * 5, ANSWER)
    assert Retry(inner, 1, run).ask(call()) is ANSWER


def test_a_server_that_stays_busy_is_down(run, monkeypatch):
    monkeypatch.setattr(retry, "PATIENCE", -1.0)
    with pytest.raises(EngineDownError, match="slow down, for"):
        Retry(Inner(BusyError(msg("slow down"))), 1, run).ask(call())


@pytest.mark.parametrize(
    "error",
    [RequestError(msg("refused")), TooLongError(msg("too long")), EngineDownError(msg("no key"))],
)
def test_what_another_attempt_cannot_help_is_raised_at_once(run, error):
    inner = Inner(error)
    with pytest.raises(type(error)):
        Retry(inner, 5, run).ask(call())
    assert len(inner.calls) == 1


def test_no_attempt_follows_the_end_of_the_run(run):
    run.interruption.asked = True
    inner = Inner(EngineError(msg("status 500")), ANSWER)
    assert Retry(inner, 5, run).ask(call()) is STOPPED
    assert len(inner.calls) == 1
