"""A journal of an earlier version, with a batch under way in it: nothing of it is paid again."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from bilingual.journal import database
from bilingual.journal.batches import PendingCounts
from bilingual.workflow.translate import JOURNAL, translate
from bilingual.workflow.translate_batch import translate_in_batches
from bilingual.workflow.translate_plan import plan
from tests.support.batching import BOTH, COLLECT, MANY, SUBMIT, asked
from tests.support.paid_newsroom import toml

THIRD = Path(__file__).parents[1] / "fixtures" / "journal" / "version-3.sql"
"""The tables as version 3 made them."""


@pytest.fixture
def newsroom(server, make_newsroom):
    """Two articles: ``a`` is drafted, ``b`` is in a batch; the journal is of version 3."""
    newsroom = make_newsroom(
        {"a/en": "# One\n\nA paragraph of its own.\n", "b/en": MANY},
        toml=toml(server, batch=2, context=1),
    )
    translate(newsroom, ["a"])
    translate_in_batches(newsroom, (), SUBMIT)
    made_old(newsroom.root / JOURNAL)
    return newsroom


def made_old(path: Path) -> None:
    """Write the journal at ``path`` anew as version 3 would have."""
    now = sqlite3.connect(path)
    tables = contents(path)
    now.close()
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()
    old = sqlite3.connect(path)
    old.execute("pragma journal_mode = wal")
    old.executescript(THIRD.read_text("utf-8"))
    for table, rows in tables.items():
        for row in rows:
            values = {**row, "alike": "0" * 64} if table == "batch_requests" else row
            marks = ", ".join("?" * len(values))
            names = ", ".join(values)
            old.execute(f"insert into {table} ({names}) values ({marks})", tuple(values.values()))  # noqa: S608 - of this file
    old.commit()
    old.close()


def contents(path: Path) -> dict[str, list[dict[str, object]]]:
    """Return every row of every table, without the column that version 4 has no more."""
    file = sqlite3.connect(path)
    file.row_factory = sqlite3.Row
    names = [row[0] for row in file.execute("select name from sqlite_master where type = 'table'")]
    found = {
        name: [
            {key: row[key] for key in row.keys() if key != "alike"}  # noqa: SIM118 - a Row is no mapping
            for row in file.execute(f"select * from {name}")  # noqa: S608 - of the file itself
        ]
        for name in names
    }
    file.close()
    return found


def version(path: Path) -> int:
    file = sqlite3.connect(path)
    (number,) = file.execute("pragma user_version").fetchone()
    file.close()
    return number


def test_a_batch_under_way_is_collected(server, newsroom):
    got = translate_in_batches(newsroom, (), COLLECT)
    assert (got.translated.drafted, got.queued, got.pending) == (12, 0, PendingCounts())
    assert len(server.batches.billed) == 6


def test_a_batch_under_way_is_collected_for_an_article_that_was_edited_meanwhile(server, newsroom):
    article = newsroom.root / "articles/b/index.en.md"
    article.write_text(article.read_text().replace("# Part third", "# Chapter third"))
    got = translate_in_batches(newsroom, (), BOTH)
    assert (got.translated.drafted, len(got.submitted)) == (11, 1)
    assert translate_in_batches(newsroom, (), COLLECT).translated.drafted == 1
    assert asked(server)[6:] == [["Chapter third"]]


def test_nothing_is_lost_and_nothing_is_asked_again(server, newsroom):
    path = newsroom.root / JOURNAL
    before = contents(path)
    assert all(before[name] for name in ("answers", "parts", "batches", "batch_requests"))
    calls = len(server.bodies)
    result = translate(newsroom)
    assert (result.drafted, result.deferred, len(server.bodies)) == (0, 12, calls)
    after = contents(path)
    assert {**after, "runs": before["runs"]} == before
    assert version(path) == database.VERSION
    newly = sqlite3.connect(":memory:")
    newly.executescript(database.SCHEMA)
    wanted = newly.execute("select name from sqlite_master where sql not null").fetchall()
    made = sqlite3.connect(path).execute("select name from sqlite_master where sql not null")
    assert set(made) == set(wanted)


def test_who_only_reads_leaves_it_as_it_is(newsroom):
    path = newsroom.root / JOURNAL
    before = path.read_bytes()
    assert plan(newsroom).articles["b"].pending == 12
    assert path.read_bytes() == before
    assert version(path) == 3
