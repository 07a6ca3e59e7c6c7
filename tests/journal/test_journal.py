from __future__ import annotations

import sqlite3
import threading
import time

import pytest

from bilingual.errors import StorageError
from bilingual.journal.journal import Journal, digest
from bilingual.prompting.request import Estimate, Reply, Usage


def test_an_answer_is_found_by_what_determined_it_and_costs_nothing_then(tmp_path):
    path = tmp_path / ".bilingual" / "journal.sqlite"
    journal = Journal(path)
    journal.record(
        "한국어 열쇠", Reply("답", "length", Usage(9, 1, 2, 1)), origin="mt:a/b", time="t"
    )
    journal.close()
    again = Journal(path)
    assert again.find("한국어 열쇠") == Reply("답", "length", Usage())
    assert again.find("another") is None
    again.close()


def test_two_processes_may_write_at_a_time(tmp_path):
    one, two = Journal(tmp_path / "j"), Journal(tmp_path / "j")
    one.record("a", Reply("1"), origin="o", time="t")
    two.record("b", Reply("2"), origin="o", time="t")
    assert one.find("b") == Reply("2")


def test_a_broken_journal_is_named_with_a_hint(tmp_path):
    (tmp_path / "j").write_bytes(b"not a database, and long enough to be taken for one" * 40)
    with pytest.raises(StorageError, match="delete the file"):
        Journal(tmp_path / "j")


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="journal cannot be used"):
        Journal(tmp_path / "file" / "j")


def test_who_reads_leaves_no_file_where_there_is_none(tmp_path):
    journal = Journal(tmp_path / "none" / "j", reading=True)
    assert journal.find("a") is None
    assert list(journal.spending()) == []
    assert journal.again("o") is None
    journal.close()
    assert not list(tmp_path.iterdir())


def test_who_reads_sees_what_another_writes_meanwhile(tmp_path):
    writer, reader = Journal(tmp_path / "j"), Journal(tmp_path / "j", reading=True)
    writer.record("a", Reply("가"), origin="o", time="t")
    assert reader.find("a") == Reply("가")
    with pytest.raises(StorageError, match="readonly"):
        reader.record("b", Reply("나"), origin="o", time="t")
    assert writer.find("b") is None
    writer.close()
    reader.close()


def first_version(path):
    file = sqlite3.connect(path)
    file.executescript(
        "create table answers (key text primary key, text text not null, finish text not null,"
        " prompt integer not null, cached integer not null, completion integer not null,"
        " origin text not null, time text not null) without rowid;"
    )
    row = (digest("열쇠"), "답", "stop", 9, 0, 3, "mt:a/b", "t")
    file.execute("insert into answers values (?,?,?,?,?,?,?,?)", row)
    file.commit()
    file.close()


def test_a_journal_of_the_first_version_is_read_as_it_is_and_brought_up_by_who_writes(tmp_path):
    first_version(tmp_path / "j")
    before = (tmp_path / "j").read_bytes()
    reader = Journal(tmp_path / "j", reading=True)
    assert reader.find("열쇠") == Reply("답")
    assert [each.cost for each in reader.spending()] == [None]
    reader.close()
    assert (tmp_path / "j").read_bytes() == before
    writer = Journal(tmp_path / "j")
    assert writer.find("열쇠") == Reply("답")
    writer.record("a", Reply("가"), origin="o", time="t", cost=0.5)
    assert writer.spent("t") == 0.5
    writer.close()


@pytest.mark.parametrize("reading", [True, False])
def test_a_journal_of_a_newer_version_is_named_and_left_alone(tmp_path, reading):
    file = sqlite3.connect(tmp_path / "j")
    file.executescript("create table answers (key text); pragma user_version = 99;")
    file.close()
    before = (tmp_path / "j").read_bytes()
    with pytest.raises(StorageError, match="by a newer version of bilingual — use that"):
        Journal(tmp_path / "j", reading=reading)
    assert sqlite3.connect(tmp_path / "j").execute("pragma user_version").fetchone() == (99,)
    assert len((tmp_path / "j").read_bytes()) == len(before)


def kept(journal, n: int, *, units: int = 8, termed: int = 0, again: bool | None = False):
    estimate = Estimate(100, 0, 10, 1, units, termed, again)
    answer = Reply("가", usage=Usage(100, 0, 10, 1))
    time = f"2026-04-09T00:00:{n:02}Z"
    journal.record(f"request {n}", answer, origin="mt:a/b", time=time, estimate=estimate)


def test_what_is_asked_again_is_learned_from_enough_units_of_one_engine(tmp_path):
    journal = Journal(tmp_path / "j")
    for n in range(2):
        kept(journal, n)
    assert journal.again("mt:a/b") is None  # of 16 units nobody knows much
    kept(journal, 2)
    for n in range(3, 6):
        kept(journal, n, units=1, again=True)
    kept(journal, 7, units=8, again=None)  # targets that were to be others
    again = journal.again("mt:a/b")
    assert again is not None
    assert again.first.units == 24
    assert again.of(Estimate(units=48)) == Usage(600, 0, 60, 6)
    assert journal.again("mt:a/c") is None
    journal.close()


def test_units_with_a_term_are_asked_again_as_often_as_such_units_were(tmp_path):
    journal = Journal(tmp_path / "j")
    for n in range(10):
        kept(journal, n, units=8, termed=4)
    for n in range(10, 30):
        kept(journal, n, units=1, termed=1, again=True)
    for n in range(30, 32):
        kept(journal, n, units=1, again=True)
    again = journal.again("mt:a/b")
    assert again is not None  # 20 of 40 units with a term, 2 of 40 without
    assert again.of(Estimate(units=40, termed=40)).requests == 20
    assert again.of(Estimate(units=40)).requests == 2
    journal.close()


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
