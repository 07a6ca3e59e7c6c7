"""The list of batches under way, in a real SQLite file."""

from __future__ import annotations

import sqlite3
import subprocess
import sys

import pytest

from bilingual.engines.batch_lines import Fate
from bilingual.engines.batches import NAME, Batches, Planned
from bilingual.errors import StorageError

URL, ORIGIN, TIME = "http://localhost/v1", "mt:openai/m", "2026-04-09T01:02:03Z"


def planned(n: int, *, units: int = 1, cost: int = 0) -> Planned:
    return Planned(f"{n:02}" * 32, f"{n + 50:02}" * 32, units, cost)


@pytest.fixture
def path(tmp_path):
    return tmp_path / ".bilingual" / "journal.sqlite"


@pytest.fixture
def batches(path):
    opened = Batches(path)
    yield opened
    opened.close()


def plan(batches, *requests: Planned, content: bytes = b"{}\n"):
    return batches.plan(content, requests, url=URL, origin=ORIGIN, time=TIME)


def test_a_batch_is_on_the_disk_with_its_content_before_anything_is_sent(path, batches):
    batch = plan(batches, planned(1), content="{“가”}\n".encode() * 1000)
    again = Batches(path)
    assert again.under_way() == [batch]
    assert again.content(batch) == "{“가”}\n".encode() * 1000
    assert (batch.file, batch.id) == ("", "")
    again.close()


def test_each_step_is_found_by_the_next_run(path, batches):
    batch = plan(batches, planned(1))
    batches.uploaded(batch, "file-1")
    assert Batches(path).under_way()[0].file == "file-1"
    batches.made(batch, "batch_1")
    assert Batches(path).under_way()[0].id == "batch_1"
    batches.end(batch)
    assert Batches(path).under_way() == []


def test_the_same_content_has_the_same_key_the_first_time_and_another_the_next(tmp_path, batches):
    first = plan(batches, planned(1))
    second = plan(batches, planned(1))
    elsewhere = Batches(tmp_path / "other" / "journal.sqlite")
    assert plan(elsewhere, planned(1)).key == first.key != second.key


def test_a_request_is_in_flight_until_it_has_a_fate(batches):
    batch = plan(batches, planned(1, units=3, cost=20), planned(2, units=2, cost=5))
    assert batches.find(planned(1)).fate is None
    assert batches.in_flight() == (2, 5, 25)
    name = planned(1).name
    batches.settle(batch, [(name, Fate.ANSWERED, "")])
    assert batches.find(planned(1)).fate is Fate.ANSWERED
    assert batches.in_flight() == (1, 2, 5)
    assert batches.requests(batch) == {planned(2).name: planned(2).request}


def test_what_failed_or_never_came_may_be_asked_again(batches):
    batch = plan(batches, planned(1), planned(2), planned(3))
    batches.settle(
        batch, [(planned(1).name, Fate.ANSWERED, ""), (planned(2).name, Fate.FAILED, "busy")]
    )
    assert batches.end(batch) == 1
    assert batches.find(planned(2)) is None
    assert batches.find(planned(3)) is None
    assert batches.in_flight() == (0, 0, 0)


def test_what_was_refused_is_known_with_the_servers_words(batches):
    batch = plan(batches, planned(1))
    batches.settle(batch, [(planned(1).name, Fate.REFUSED, "too long")])
    assert (batches.find(planned(1)).fate, batches.find(planned(1)).said) == (
        Fate.REFUSED,
        "too long",
    )


def test_a_request_whose_surroundings_moved_on_is_the_one_in_flight(batches):
    batch = plan(batches, planned(1))
    moved = Planned("f" * 64, planned(1).alike, 1)
    assert batches.find(moved).fate is None
    batches.settle(batch, [(planned(1).name, Fate.ANSWERED, "")])
    assert batches.find(moved).request == planned(1).request
    batches.settle(batch, [(planned(1).name, Fate.REFUSED, "too long")])
    assert batches.find(moved) is None


def test_an_answer_goes_before_a_later_batch_that_failed(batches):
    first = plan(batches, planned(1))
    batches.settle(first, [(planned(1).name, Fate.ANSWERED, "")])
    second = plan(batches, planned(1))
    batches.end(second)
    assert batches.find(planned(1)).fate is Fate.ANSWERED


def test_a_name_is_short_and_one_for_one_with_the_request():
    assert len(planned(1).name) == NAME <= 64


KILLED = """
import os, signal, sys
from pathlib import Path
from bilingual.engines.batches import Batches, Planned
batches = Batches(Path(sys.argv[1]))
batch = batches.plan(b"x" * 9, [Planned("a" * 64, "b" * 64, 1)], url="u", origin="o", time="t")
batches.uploaded(batch, "file-1")
batches._file.execute("begin immediate")
batches._file.execute("update batches set id = 'never'")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_process_leaves_whole_steps_only(path):
    subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    (batch,) = Batches(path).under_way()
    assert (batch.file, batch.id) == ("file-1", "")


def test_a_damaged_content_is_no_content(path, batches):
    batch = plan(batches, planned(1))
    sqlite3.connect(path, isolation_level=None).execute("update batches set content = x'00'")
    with pytest.raises(StorageError, match="damaged"):
        batches.content(batch)


def test_a_file_that_is_no_database_is_named_with_the_mend(path):
    path.parent.mkdir()
    path.write_bytes(b"This is no database, and was none before." * 99)
    with pytest.raises(StorageError, match="delete it"):
        Batches(path)
