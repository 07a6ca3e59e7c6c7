"""What another run or thread is asking is waited for."""

from __future__ import annotations

import threading

from bilingual.journal.journal import Asking
from bilingual.workflow.drafting.layers.base import ELSEWHERE, STOPPED
from bilingual.workflow.drafting.layers.single_flight import SingleFlight
from tests.support.layers import ANSWER, REPLY, TARGET, Inner, call


def asks(journal, run: str) -> Asking:
    asking = Asking("request", run, "mt:a/b", "2026-04-09T01:02:03Z")
    assert journal.note(asking, most=None, alive=lambda _: False) is None
    return asking


def test_what_nobody_asks_is_asked(journal, run):
    inner = Inner(ANSWER)
    assert SingleFlight(inner, journal, run).ask(call()) is ANSWER


def test_the_answer_that_a_living_run_gets_is_taken_and_nothing_asked(journal, run):
    asking = asks(journal, "run 1")
    inner = Inner(ANSWER)
    found = []
    waiting = threading.Thread(
        target=lambda: found.append(SingleFlight(inner, journal, run).ask(call()))
    )
    waiting.start()
    waiting.join(0.3)
    assert not found, "it waits"
    journal.record("request", REPLY, origin=asking.origin, time=asking.time)
    waiting.join(30)
    assert found[0].texts == {"1": TARGET}
    assert not inner.calls


def test_what_a_dead_run_was_asking_is_asked(journal, run):
    asks(journal, "run 0")
    assert SingleFlight(Inner(ANSWER), journal, run).ask(call()) is ANSWER


def test_it_looks_again_when_the_ledger_finds_that_another_was_first(journal, run):
    inner = Inner(ELSEWHERE, ANSWER)
    assert SingleFlight(inner, journal, run).ask(call()) is ANSWER
    assert len(inner.calls) == 2


def test_the_end_of_the_run_ends_the_wait(journal, run):
    asks(journal, "run 1")
    run.interruption.asked = True
    assert SingleFlight(Inner(ANSWER), journal, run).ask(call()) is STOPPED
