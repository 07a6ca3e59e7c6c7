"""The passages that batches under way ask for, found again also in other requests.

A batch takes up to a day, and articles are edited meanwhile: a new paragraph splits its section
into other requests. A table in the journal's file lists the passages in flight; their answers are
kept passage by passage (``parts``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bilingual.journal import by_passage
from bilingual.journal import journal as journals
from bilingual.model import Kind
from bilingual.prompting import answers
from bilingual.prompting.request import Passage, Request

if TYPE_CHECKING:
    import sqlite3

    from bilingual.engines.base import Engine
    from bilingual.journal.journal import Journal, Paid


@dataclass(frozen=True, slots=True)
class BatchPassage:
    """A passage of a request."""

    key: str
    """The ``journal.digest`` of its name."""
    id: str
    kind: str
    text: str
    source_language: str
    target_language: str


def of(engine: Engine, request: Request, slug: str) -> tuple[BatchPassage, ...]:
    """Return the passages of ``request``, which is for the article ``slug``."""
    return tuple(
        BatchPassage(
            journals.digest(by_passage.name(engine, request, each, slug)),
            each.id,
            each.kind.value,
            each.text,
            request.source_language,
            request.target_language,
        )
        for each in request.passages
    )


def hold(
    file: sqlite3.Connection, batch: str, name: str, passages: tuple[BatchPassage, ...]
) -> None:
    """Note that the request ``name`` of ``batch`` asks for ``passages``."""
    file.executemany(
        "insert or replace into batch_parts values (?,?,?,?,?,?,?,?)",
        [
            (each.key, batch, name, each.id, each.kind, each.text,
             each.source_language, each.target_language)
            for each in passages
        ],
    )  # fmt: skip


def keep(file: sqlite3.Connection, batch: str, name: str, paid: Paid) -> None:
    """Keep what the answer ``paid`` to the request ``name`` of ``batch`` says to each passage."""
    rows = file.execute(
        "select key, id, kind, text, source_language, target_language from batch_parts"
        " where batch = ? and name = ? order by cast(id as integer)",
        (batch, name),
    ).fetchall()
    if not rows:
        return
    sources = tuple(Passage(row[1], Kind(row[2]), row[3]) for row in rows)
    request = Request(rows[0][4], rows[0][5], sources)
    good = answers.checked(request, answers.read(request, paid.reply)).good
    journals.keep_parts(file, paid.name, {row[0]: good[row[1]] for row in rows if row[1] in good})


def let_go(file: sqlite3.Connection, batch: str) -> None:
    """Forget the passages of ``batch``: nothing more comes of it."""
    file.execute("delete from batch_parts where batch = ?", (batch,))


def pending(journal: Journal, key: str) -> bool:
    """Return True when a batch under way asks for the passage whose name has the digest ``key``."""
    query = (
        "select 1 from batch_parts p join batch_requests r on r.batch = p.batch and r.name = p.name"
        " where p.key = ? and r.fate = '' limit 1"
    )
    return bool(journal.rows(query, (key,)))
