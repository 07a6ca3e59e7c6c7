"""The list of batches under way, in a real SQLite file."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys

import pytest

from bilingual.engines.openai_api.batch_lines import BatchAnswer, Fate
from bilingual.engines.price import Price
from bilingual.errors import StorageError
from bilingual.journal.batches import NAME, Batches, PendingCounts, PlannedRequest
from bilingual.journal.journal import Asking, Journal, digest
from bilingual.prompting.request import Estimate, Reply, Usage

URL, ORIGIN, TIME = "http://localhost/v1", "mt:openai/m", "2026-04-09T01:02:03Z"


def planned(n: int, *, units: int = 1, cost: float = 0.0) -> PlannedRequest:
    return PlannedRequest(f"{n:02}" * 32, units, "spark", cost, Estimate(8, 0, 4, 1))


def answered(n: int, text: str = "가") -> BatchAnswer:
    return BatchAnswer(planned(n).name, Fate.ANSWERED, Reply(text, usage=Usage(1000, 0, 1000, 1)))


def settle(batches, batch, *results: BatchAnswer, price=None) -> float:
    return batches.settle(batch, results, time=TIME, price=price)


def opened(path) -> Batches:
    return Batches(Journal(path))


@pytest.fixture
def path(tmp_path):
    return tmp_path / ".bilingual" / "journal.sqlite"


@pytest.fixture
def journal(path):
    opened = Journal(path)
    yield opened
    opened.close()


@pytest.fixture
def batches(journal):
    return Batches(journal)


def plan(batches, *requests: PlannedRequest, content: bytes = b"{}\n"):
    return batches.plan(content, requests, url=URL, origin=ORIGIN, time=TIME)


def test_a_batch_is_on_the_disk_with_its_content_before_anything_is_sent(path, batches):
    batch = plan(batches, planned(1), content="{“가”}\n".encode() * 1000)
    again = opened(path)
    assert again.under_way() == [batch]
    assert again.content(batch) == "{“가”}\n".encode() * 1000
    assert (batch.file, batch.id) == ("", "")


def test_each_step_is_found_by_the_next_run(path, batches):
    batch = plan(batches, planned(1))
    batches.uploaded(batch, "file-1")
    assert opened(path).under_way()[0].file == "file-1"
    batches.made(batch, "batch_1")
    assert opened(path).under_way()[0].id == "batch_1"
    batches.end(batch)
    assert opened(path).under_way() == []


def test_the_same_content_has_the_same_key_the_first_time_and_another_the_next(tmp_path, batches):
    first = plan(batches, planned(1))
    batches.end(first)
    second = plan(batches, planned(1))
    elsewhere = opened(tmp_path / "other" / "journal.sqlite")
    assert plan(elsewhere, planned(1)).key == first.key != second.key


def test_a_request_is_in_flight_until_it_has_a_result(batches):
    batch = plan(batches, planned(1, units=3), planned(2, units=2))
    assert batches.find(planned(1).request).fate is None
    assert batches.pending() == PendingCounts(1, 2, 5)
    settle(batches, batch, answered(1))
    assert batches.find(planned(1).request).fate is Fate.ANSWERED
    assert batches.pending() == PendingCounts(1, 1, 2)
    assert batches.waiting(batch) == {planned(2).name: planned(2).request}


def test_an_answer_is_in_the_journal_with_its_bill_at_the_batch_price(batches, journal):
    batch = plan(batches, planned(1, cost=9.0))
    cost = settle(batches, batch, answered(1), price=Price(2.0, 0.5, 8.0, batch=0.5))
    assert cost == pytest.approx(0.005)
    assert journal.answer(planned(1).request).text == "가"
    (bill,) = journal.spending()
    assert (bill.slug, bill.origin, bill.cost) == ("spark", ORIGIN, cost)
    assert journal.spent(TIME) == pytest.approx(cost)


def test_what_is_in_flight_counts_against_the_month_at_its_most(batches, journal):
    batch = plan(batches, planned(1, cost=3.0), planned(2, cost=4.0))
    assert journal.spent(TIME) == 7.0
    settle(batches, batch, BatchAnswer(planned(1).name, Fate.FAILED, said="busy"))
    assert journal.spent(TIME) == 4.0
    batches.end(batch)
    assert journal.spent(TIME) == 0.0


def test_what_failed_or_never_came_may_be_asked_again(batches):
    batch = plan(batches, planned(1), planned(2), planned(3))
    settle(batches, batch, answered(1), BatchAnswer(planned(2).name, Fate.FAILED, said="busy"))
    assert batches.end(batch) == 1
    assert batches.find(planned(2).request) is None
    assert batches.find(planned(3).request) is None
    assert batches.pending() == PendingCounts()


def test_what_was_refused_is_known_with_the_servers_words(batches):
    batch = plan(batches, planned(1))
    settle(batches, batch, BatchAnswer(planned(1).name, Fate.REFUSED, said="too long"))
    flight = batches.find(planned(1).request)
    assert (flight.fate, flight.said) == (Fate.REFUSED, "too long")


def test_an_answer_goes_before_what_an_earlier_batch_said(batches):
    first = plan(batches, planned(1))
    settle(batches, first, BatchAnswer(planned(1).name, Fate.REFUSED, said="no"))
    batches.end(first)
    settle(batches, plan(batches, planned(1)), answered(1))
    assert batches.find(planned(1).request).fate is Fate.ANSWERED


def test_what_was_answered_since_somebody_looked_goes_into_no_batch(batches):
    settle(batches, plan(batches, planned(1)), answered(1))
    assert plan(batches, planned(1)) is None


def test_a_batch_that_was_never_made_leaves_nothing(batches, journal):
    batch = plan(batches, planned(1, cost=3.0))
    batches.drop(batch)
    assert batches.under_way() == []
    assert batches.find(planned(1).request) is None
    assert journal.spent(TIME) == 0.0
    assert plan(batches, planned(1)).key == batch.key


def test_two_runs_do_not_put_the_same_request_into_two_batches(batches):
    plan(batches, planned(1))
    assert plan(batches, planned(2), planned(1)) is None
    assert batches.find(planned(2).request) is None


def test_what_a_living_run_is_asking_goes_into_no_batch(batches, journal):
    key = "what determines the answer"
    asked = PlannedRequest(digest(key), 1)
    journal.note(Asking(key, "run 1", ORIGIN, TIME), most=None, alive=lambda _run: False)
    assert batches.plan(
        b"{}", [asked], url=URL, origin=ORIGIN, time=TIME, alive=lambda run: run == "run 1"
    ) is None  # fmt: skip
    assert plan(batches, asked) is not None


def test_a_name_is_short_and_one_for_one_with_the_request():
    assert len(planned(1).name) == NAME <= 64


KILLED = """
import os, signal, sys
from pathlib import Path
from bilingual.journal.batches import Batches, PlannedRequest
from bilingual.journal.journal import Journal
journal = Journal(Path(sys.argv[1]))
batches = Batches(journal)
batch = batches.plan(b"x" * 9, [PlannedRequest("a" * 64, 1)], url="u", origin="o", time="t")
batches.uploaded(batch, "file-1")
with journal.writing() as file:
    file.execute("update batches set id = 'never'")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_process_leaves_whole_steps_only(path):
    run = subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    assert run.returncode == -signal.SIGKILL
    (batch,) = opened(path).under_way()
    assert (batch.file, batch.id) == ("file-1", "")


def test_a_damaged_content_is_no_content(path, batches):
    batch = plan(batches, planned(1))
    sqlite3.connect(path, isolation_level=None).execute("update batches set content = x'00'")
    with pytest.raises(StorageError, match="damaged"):
        batches.content(batch)
