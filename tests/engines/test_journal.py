from __future__ import annotations

import threading
import time

import pytest

from bilingual.engines.base import Answer, Usage
from bilingual.engines.journal import Journal
from bilingual.errors import StorageError


def test_an_answer_is_found_by_what_determined_it_and_costs_nothing_then(tmp_path):
    path = tmp_path / ".bilingual" / "journal.sqlite"
    journal = Journal(path)
    journal.record(
        "한국어 열쇠", Answer("답", "length", Usage(9, 1, 2, 1)), origin="mt:a/b", time="t"
    )
    journal.close()
    again = Journal(path)
    assert again.find("한국어 열쇠") == Answer("답", "length", Usage())
    assert again.find("another") is None
    again.close()


def test_two_processes_may_write_at_a_time(tmp_path):
    one, two = Journal(tmp_path / "j"), Journal(tmp_path / "j")
    one.record("a", Answer("1"), origin="o", time="t")
    two.record("b", Answer("2"), origin="o", time="t")
    assert one.find("b") == Answer("2")


def test_a_broken_journal_is_named_with_its_mend(tmp_path):
    (tmp_path / "j").write_bytes(b"not a database, and long enough to be taken for one" * 40)
    with pytest.raises(StorageError, match="delete it"):
        Journal(tmp_path / "j")


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="journal cannot be used"):
        Journal(tmp_path / "file" / "j")


def test_closing_waits_for_a_thread_that_is_at_the_file(tmp_path):
    journal = Journal(tmp_path / "journal.sqlite")
    inside, order = threading.Event(), []

    def write():
        with journal.writing() as file:
            inside.set()
            time.sleep(0.2)
            file.execute("select count(*) from answers").fetchone()
            order.append("written")

    thread = threading.Thread(target=write)
    thread.start()
    inside.wait()
    journal.close()
    order.append("closed")
    thread.join()
    assert order == ["written", "closed"]
