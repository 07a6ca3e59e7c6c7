"""Which batches are under way: on disk before each step, so that none is lost or made twice.

Two tables in the journal's SQLite file. A batch is written down with its whole content before
anything is sent; then with the id of its uploaded file; then with its own id. Whatever moment a
run is killed at, what stands there says how to go on: without a file nothing can have been paid
for, with a file and no id the server's list is asked whether the batch was made, with an id it is
waited for. A batch's key is a hash of its content and a number: the same work has the same key in
every clone of a newsroom, and after the file was deleted.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bilingual.engines.batch_lines import Fate
from bilingual.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

SCHEMA = """
create table if not exists batches (
    key text primary key,
    url text not null,
    origin text not null,
    time text not null,
    content blob,
    digest text not null,
    file text not null default '',
    id text not null default '',
    ended integer not null default 0,
    said text not null default ''
) without rowid;
create table if not exists batch_requests (
    batch text not null,
    name text not null,
    request text not null,
    alike text not null,
    units integer not null,
    cost integer not null,
    fate text not null default '',
    said text not null default '',
    primary key (batch, name)
) without rowid;
create index if not exists batch_requests_request on batch_requests (request);
create index if not exists batch_requests_alike on batch_requests (alike);
"""
NAME = 32
"""Characters of a request's name, of the hash of what determines its answer: 128 bits."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A request on its way into a batch."""

    request: str
    """SHA-256 of what determines its answer: its key in the journal."""
    alike: str
    """The same, of the request without what may change around the units in a day."""
    units: int
    cost: int = 0
    """What it may cost at the most, in millionths of the currency's unit."""

    @property
    def name(self) -> str:
        """Its ``custom_id``."""
        return self.request[:NAME]


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch under way."""

    key: str
    url: str
    """The server it is for, without a secret."""
    origin: str
    """Of its drafts: ``mt:<engine>/<model>``."""
    time: str
    """When it was written down: UTC, ISO 8601."""
    digest: str
    """SHA-256 of its content."""
    file: str = ""
    """The server's id of the uploaded content; empty before."""
    id: str = ""
    """The server's id of the batch; empty as long as none is known."""


@dataclass(frozen=True, slots=True)
class Flight:
    """What is known of a request that was put into a batch."""

    request: str
    fate: Fate | None
    """None: in flight."""
    said: str


class Batches:
    """The batches under way in the journal's file at ``path``; safe for several processes."""

    def __init__(self, path: Path) -> None:
        """Open the file, making it; raises ``StorageError`` when it cannot be."""
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = sqlite3.connect(
                path, timeout=30, isolation_level=None, check_same_thread=False
            )
            self._file.execute("pragma journal_mode = wal")
            self._file.execute("pragma synchronous = full")
            self._file.executescript(SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise self._fault(error) from error

    def plan(
        self, content: bytes, requests: Sequence[Planned], *, url: str, origin: str, time: str
    ) -> Batch:
        """Write down that ``content``, which asks for ``requests``, is to be a batch."""
        digest = hashlib.sha256(content).hexdigest()
        with self._step() as file:
            (n,) = file.execute(
                "select count(*) from batches where digest = ?", (digest,)
            ).fetchone()
            batch = Batch(f"{digest[:NAME]}-{n + 1}", url, origin, time, digest)
            file.execute(
                "insert into batches (key, url, origin, time, content, digest)"
                " values (?,?,?,?,?,?)",
                (batch.key, url, origin, time, zlib.compress(content, 6), digest),
            )
            file.executemany(
                "insert into batch_requests (batch, name, request, alike, units, cost)"
                " values (?,?,?,?,?,?)",
                [
                    (batch.key, each.name, each.request, each.alike, each.units, each.cost)
                    for each in requests
                ],
            )
        return batch

    def content(self, batch: Batch) -> bytes:
        """Return the file that asks for the requests of ``batch``, byte for byte as planned."""
        rows = self._rows("select content from batches where key = ?", batch.key)
        try:
            content = zlib.decompress(rows[0][0]) if rows and rows[0][0] is not None else b""
        except zlib.error:
            content = b""
        if hashlib.sha256(content).hexdigest() != batch.digest:
            raise StorageError(
                f"the content of batch {batch.key} is damaged",
                path=self._name,
                mend="delete it; what is in the catalogs stays",
            )
        return content

    def uploaded(self, batch: Batch, file_id: str) -> None:
        """Write down that the server has the content of ``batch`` as ``file_id``."""
        with self._step() as file:
            file.execute("update batches set file = ? where key = ?", (file_id, batch.key))

    def made(self, batch: Batch, batch_id: str) -> None:
        """Write down that the server knows ``batch`` as ``batch_id``."""
        with self._step() as file:
            file.execute("update batches set id = ? where key = ?", (batch_id, batch.key))

    def under_way(self) -> list[Batch]:
        """Return the batches that have not ended, the oldest first."""
        rows = self._rows(
            "select key, url, origin, time, digest, file, id from batches"
            " where not ended order by time, key"
        )
        return [Batch(*row) for row in rows]

    def requests(self, batch: Batch) -> dict[str, str]:
        """Return the requests of ``batch`` that wait: name to key in the journal."""
        return dict(
            self._rows(
                "select name, request from batch_requests where batch = ? and fate = ''", batch.key
            )
        )

    def settle(self, batch: Batch, fates: Sequence[tuple[str, Fate, str]]) -> None:
        """Write down what became of requests: their names, fates and the server's words."""
        with self._step() as file:
            file.executemany(
                "update batch_requests set fate = ?, said = ? where batch = ? and name = ?",
                [(fate.value, said, batch.key, name) for name, fate, said in fates],
            )

    def end(self, batch: Batch, said: str = "") -> int:
        """Write down that no more comes of ``batch``; return how many requests had no result.

        They may be asked for again. ``said`` is why, where the whole batch failed.
        """
        with self._step() as file:
            left = file.execute(
                "update batch_requests set fate = ?, said = ? where batch = ? and fate = ''",
                (Fate.FAILED.value, said, batch.key),
            ).rowcount
            file.execute(
                "update batches set ended = 1, content = null, said = ? where key = ?",
                (said, batch.key),
            )
        return left

    def find(self, planned: Planned) -> Flight | None:
        """Return what is known of ``planned``, or of one alike; None when it may be asked.

        What was answered goes before what is in flight, that before what was refused.
        """
        rows = self._rows(
            "select request, fate, said from batch_requests"
            " where request = ? or (alike = ? and fate <> ?)",
            planned.request,
            planned.alike,
            Fate.REFUSED.value,
        )
        order = {Fate.ANSWERED.value: 0, "": 1, Fate.REFUSED.value: 2}
        known = sorted(
            (row for row in rows if row[1] in order),
            key=lambda row: (order[row[1]], row[0] != planned.request),
        )
        if not known:
            return None
        request, fate, said = known[0]
        return Flight(request, Fate(fate) if fate else None, said)

    def in_flight(self) -> tuple[int, int, int]:
        """Return how many requests and units wait for an answer, and what they may cost."""
        count, units, cost = self._rows(
            "select count(*), coalesce(sum(units), 0), coalesce(sum(cost), 0)"
            " from batch_requests where fate = ''"
        )[0]
        return count, units, cost

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    @property
    def _name(self) -> str:
        return f"{self._path.parent.name}/{self._path.name}"

    def _rows(self, query: str, *values: str) -> list[Any]:
        try:
            return self._file.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise self._fault(error) from error

    @contextmanager
    def _step(self) -> Iterator[sqlite3.Connection]:
        """One transaction, on the disk when it is left."""
        try:
            self._file.execute("begin immediate")
            try:
                yield self._file
            except BaseException:
                self._file.execute("rollback")
                raise
            self._file.execute("commit")
        except sqlite3.Error as error:
            raise self._fault(error) from error

    def _fault(self, error: Exception) -> StorageError:
        broken = "not a database" in str(error) or "malformed" in str(error)
        return StorageError(
            f"the list of batches cannot be used: {error}",
            path=self._name,
            mend="delete it; what is in the catalogs stays"
            if broken
            else "free some space, or make the folder writable",
        )
