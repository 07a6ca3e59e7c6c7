"""What is known is answered without asking; everything else is asked for."""

from __future__ import annotations

from bilingual.engines.scripted import Scripted
from bilingual.journal.batches import Batches, PlannedRequest
from bilingual.journal.journal import digest
from bilingual.workflow.drafting.known import KnownAnswers
from bilingual.workflow.drafting.layers.base import IN_BATCH
from bilingual.workflow.drafting.layers.cache import Cache
from tests.support.layers import ANSWER, REPLY, TARGET, Inner, call


def cache(journal, inner, batches=None) -> Cache:
    return Cache(inner, KnownAnswers(Scripted(lambda _: ""), journal, batches))


def test_an_answer_in_the_journal_is_returned_and_nothing_asked(journal):
    journal.record("request", REPLY, origin="mt:a/b", time="t")
    inner = Inner(ANSWER)
    answer = cache(journal, inner).ask(call())
    assert answer.texts == {"1": TARGET}
    assert answer.usage.requests == 0
    assert not inner.calls


def test_another_request_is_asked_for(journal):
    journal.record("request", REPLY, origin="mt:a/b", time="t")
    inner = Inner(ANSWER)
    assert cache(journal, inner).ask(call("another")) is ANSWER
    assert [each.key for each in inner.calls] == ["another"]


def test_what_a_batch_under_way_asks_for_comes_later_and_then_out_of_the_journal(journal):
    batches = Batches(journal)
    batch = batches.plan(
        b"content", [PlannedRequest(digest("request"), 1)], url="u", origin="mt:a/b", time="t"
    )
    inner = Inner(ANSWER)
    layer = cache(journal, inner, batches)
    assert layer.ask(call()) is IN_BATCH
    assert not inner.calls
    batches.end(batch)
    assert layer.ask(call()) is ANSWER
