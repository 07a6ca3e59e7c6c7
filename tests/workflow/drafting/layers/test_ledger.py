"""Noted before it is sent, kept before it is used, and never over the budget."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from bilingual.engines.base import EngineTraits, LostError, RequestError
from bilingual.engines.price import Price
from bilingual.engines.scripted import Scripted
from bilingual.errors import ConfigurationError
from bilingual.journal.journal import Asking
from bilingual.model import msg
from bilingual.prompting.request import Usage
from bilingual.workflow.drafting.layers.base import ELSEWHERE, STOPPED, Why
from bilingual.workflow.drafting.layers.ledger import Budget, Ledger
from tests.support.layers import ANSWER, REPLY, call

DOLLAR = Usage(prompt=1_000_000, requests=1)
"""What costs one dollar at the price of ``Billed``."""


class Billed(Scripted):
    """An engine whose requests cost a dollar, at the most and in fact."""

    def __init__(self, script=lambda _: replace(ANSWER, usage=DOLLAR), price=1.0):
        known = None if price is None else Price(prompt=price)
        super().__init__(script, traits=EngineTraits(price=known))

    def bound(self, _request) -> Usage:
        return DOLLAR


def test_a_request_is_noted_before_it_is_sent_and_its_answer_kept_before_it_is_returned(
    journal, run
):
    noted = []

    def script(_request):
        noted.append(journal.in_flight("request", run.alive))
        return replace(ANSWER, usage=DOLLAR)

    ledger = Ledger(Billed(script), journal, run, Budget())
    assert ledger.ask(call()).texts == ANSWER.texts
    assert noted == [True]
    assert not journal.in_flight("request", run.alive)
    assert journal.find("request").text == REPLY.text
    assert (ledger.usage, ledger.cost) == (DOLLAR, 1.0)


def test_what_another_run_is_asking_or_has_asked_is_not_sent(journal, run):
    engine = Billed()
    ledger = Ledger(engine, journal, run, Budget())
    asking = Asking("request", "run 1", "mt:a/b", run.now())
    journal.note(asking, most=None, alive=run.alive)
    assert ledger.ask(call()) is ELSEWHERE
    journal.record("request", REPLY, origin="mt:a/b", time=run.now())
    assert ledger.ask(call()) is ELSEWHERE
    assert not engine.requests


@pytest.mark.parametrize("budget", [Budget(run=1.5), Budget(month=1.5)])
def test_what_could_exceed_the_budget_is_not_sent_and_says_which(journal, run, budget):
    engine = Billed()
    ledger = Ledger(engine, journal, run, budget)
    ledger.ask(call("first"))
    refused = ledger.ask(call("second"))
    assert refused.why is Why.OVER_BUDGET
    assert refused.message.values == {"most": "1.50", "spent": "1.0000"}
    assert len(engine.requests) == 1


def test_a_request_waits_for_money_that_is_set_aside_for_one_in_flight(journal, run):
    sent, answer = threading.Event(), threading.Event()

    def script(_request):
        sent.set()
        assert answer.wait(30)
        return replace(ANSWER, usage=Usage(prompt=100_000, requests=1))

    ledger = Ledger(Billed(script), journal, run, Budget(run=1.5))
    found = []
    threads = [
        threading.Thread(target=lambda key=key: found.append(ledger.ask(call(key))))
        for key in ("first", "second")
    ]
    threads[0].start()
    assert sent.wait(30)
    threads[1].start()
    threads[1].join(0.3)
    assert threads[1].is_alive(), "the first may still cost a dollar"
    answer.set()
    for each in threads:
        each.join(30)
    assert [each.texts for each in found] == [ANSWER.texts] * 2
    assert ledger.cost == pytest.approx(0.2)


def test_after_an_answer_that_cost_more_than_its_bound_more_is_set_aside(journal, run):
    double = Usage(prompt=2_000_000, requests=1)
    ledger = Ledger(Billed(lambda _: replace(ANSWER, usage=double)), journal, run, Budget(run=3.5))
    ledger.ask(call("first"))
    assert ledger.ask(call("second")).why is Why.OVER_BUDGET
    assert ledger.cost == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("error", "spent"), [(LostError(msg("broke off")), 1.0), (RequestError(msg("refused")), 0.0)]
)
def test_what_may_have_been_billed_counts_at_its_most_and_a_refusal_costs_nothing(
    journal, run, error, spent
):
    def script(_request):
        raise error

    ledger = Ledger(Billed(script), journal, run, Budget())
    with pytest.raises(type(error)):
        ledger.ask(call())
    assert ledger.cost == spent
    assert journal.spent(run.now()) == spent
    assert not journal.in_flight("request", run.alive)


def test_a_budget_without_a_price_is_refused(journal, run):
    with pytest.raises(ConfigurationError, match="no price is known"):
        Ledger(Billed(price=None), journal, run, Budget(run=1.0))


def test_nothing_is_noted_after_the_end_of_the_run(journal, run):
    run.interruption.asked = True
    engine = Billed()
    assert Ledger(engine, journal, run, Budget()).ask(call()) is STOPPED
    assert not engine.requests
