"""Requests are collected for the next batch, each once, and refused ones are not asked again."""

from __future__ import annotations

import pytest

from bilingual.engines.base import RequestError, TooLongError
from bilingual.engines.openai_api.batch_lines import BatchAnswer, Fate
from bilingual.engines.scripted import Scripted
from bilingual.journal.batches import Batches, PlannedRequest
from bilingual.journal.journal import digest
from bilingual.workflow.drafting.known import KnownAnswers
from bilingual.workflow.drafting.layers.base import IN_BATCH
from bilingual.workflow.drafting.layers.batch_queue import BatchQueue
from tests.support.layers import call


def queue(journal) -> BatchQueue:
    return BatchQueue(KnownAnswers(Scripted(lambda _: ""), journal, Batches(journal)))


def test_a_request_that_two_articles_have_is_queued_once_with_the_units_of_both(journal):
    layer = queue(journal)
    assert [layer.ask(call()), layer.ask(call()), layer.ask(call("other"))] == [IN_BATCH] * 3
    assert {each.planned.request for each in layer.requests} == {digest("request"), digest("other")}
    assert layer.units == 3


@pytest.mark.parametrize(
    ("fate", "error"), [(Fate.REFUSED, RequestError), (Fate.TOO_LONG, TooLongError)]
)
def test_what_a_batch_had_refused_raises_the_reason_and_is_not_queued(journal, fate, error):
    batches = Batches(journal)
    planned = PlannedRequest(digest("request"), 1)
    batch = batches.plan(b"content", [planned], url="u", origin="mt:a/b", time="t")
    batches.settle(
        batch, [BatchAnswer(planned.name, fate, said="not allowed")], time="t", price=None
    )
    batches.end(batch)
    layer = queue(journal)
    with pytest.raises(error, match="not allowed"):
        layer.ask(call())
    assert not layer.requests
