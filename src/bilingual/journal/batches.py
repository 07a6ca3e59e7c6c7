"""Which batches are under way: on disk before each step, so that none is lost or made twice.

Tables in the journal's file. A batch is written down with its whole content, and what it may
cost, before anything is sent; then with the id of its uploaded file; then with its own id. When a
run was killed, the row shows how to go on: without a file nothing can have been paid for, with a
file and no id the server's list shows whether the batch was made, with an id it is waited for. A
batch's key is a hash of its content and a number: the same work has the same key in every clone of
a newsroom, and after the file was deleted.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bilingual.engines.openai_api.batch_lines import Fate
from bilingual.errors import StorageError
from bilingual.journal import batch_passages
from bilingual.journal import journal as journals
from bilingual.journal.journal import Paid
from bilingual.model import msg
from bilingual.prompting.request import Estimate

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Sequence

    from bilingual.engines.openai_api.batch_lines import BatchAnswer
    from bilingual.engines.price import Price
    from bilingual.journal.batch_passages import BatchPassage
    from bilingual.journal.journal import Journal

NAME = 32
"""Characters of a request's name, of the hash of what determines its answer: 128 bits."""
NO_ESTIMATE = Estimate()


@dataclass(frozen=True, slots=True)
class PlannedRequest:
    """A request that is to go into a batch."""

    request: str
    """The ``journal.digest`` of what determines its answer."""
    units: int
    slug: str = ""
    cost: float = 0.0
    """What it may cost at most, in US dollars."""
    estimate: Estimate = NO_ESTIMATE
    """What it will probably use."""
    parts: tuple[BatchPassage, ...] = ()
    """Its passages."""

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

    @property
    def run(self) -> str:
        """Who asks for its requests, in the journal."""
        return f"batch {self.key}"


@dataclass(frozen=True, slots=True)
class BatchedRequest:
    """What is known of a request that was put into a batch."""

    fate: Fate | None
    """None: in flight."""
    said: str


@dataclass(frozen=True, slots=True)
class PendingCounts:
    """What waits for an answer."""

    batches: int = 0
    requests: int = 0
    units: int = 0


class Batches:
    """The batches under way that a journal's file knows; safe for several processes."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def plan(  # noqa: PLR0913 - a row
        self,
        content: bytes,
        requests: Sequence[PlannedRequest],
        *,
        url: str,
        origin: str,
        time: str,
        alive: Callable[[str], bool] = lambda _run: False,
    ) -> Batch | None:
        """Write down that ``content``, which asks for ``requests``, is to be a batch.

        None when another run has put one of them into a batch, or is asking for it, meanwhile:
        nothing is written down then. ``alive`` says whether a run still is.
        """
        digest = hashlib.sha256(content).hexdigest()
        with self._journal.writing() as file:
            (n,) = file.execute(
                "select count(*) from batches where digest = ?", (digest,)
            ).fetchone()
            batch = Batch(f"{digest[:NAME]}-{n + 1}", url, origin, time, digest)
            if not all(_clear(file, batch, each, alive) for each in requests):
                return None
            file.execute(
                "insert into batches (key, url, origin, time, content, digest)"
                " values (?,?,?,?,?,?)",
                (batch.key, url, origin, time, zlib.compress(content, 6), digest),
            )
            file.executemany(
                "insert into batch_requests (batch, name, request, units, slug, cost,"
                " reckoned_prompt, reckoned_completion, termed, again)"
                " values (?,?,?,?,?,?,?,?,?,?)",
                [
                    (
                        batch.key, each.name, each.request, each.units, each.slug, each.cost,
                        each.estimate.prompt, each.estimate.completion,
                        each.estimate.termed, each.estimate.again,
                    )
                    for each in requests
                ],
            )  # fmt: skip
            for each in requests:
                journals.hold(file, each.request, batch.run, each.cost, batch.time)
                batch_passages.hold(file, batch.key, each.name, each.parts)
        return batch

    def content(self, batch: Batch) -> bytes:
        """Return the file that asks for the requests of ``batch``, byte for byte as planned."""
        rows = self._journal.rows("select content from batches where key = ?", (batch.key,))
        try:
            content = zlib.decompress(rows[0][0]) if rows and rows[0][0] is not None else b""
        except zlib.error:
            content = b""
        if hashlib.sha256(content).hexdigest() != batch.digest:
            raise StorageError(
                msg("the content of batch {key} is damaged", key=batch.key),
                path=self._journal.name,
                hint=msg("delete the file; the catalogs stay as they are"),
            )
        return content

    def uploaded(self, batch: Batch, file_id: str) -> None:
        """Write down that the server has the content of ``batch`` as ``file_id``."""
        with self._journal.writing() as file:
            file.execute("update batches set file = ? where key = ?", (file_id, batch.key))

    def made(self, batch: Batch, batch_id: str) -> None:
        """Write down that the server knows ``batch`` as ``batch_id``."""
        with self._journal.writing() as file:
            file.execute("update batches set id = ? where key = ?", (batch_id, batch.key))

    def give_up(self, key: str) -> int | None:
        """End the batch ``key`` without its results; return how many requests that frees.

        None when there is no such batch under way.
        """
        batch = next((each for each in self.under_way() if each.key == key), None)
        return None if batch is None else self.end(batch, "given up")

    def drop(self, batch: Batch) -> None:
        """Forget a batch that was never made: its requests may be asked for."""
        with self._journal.writing() as file:
            journals.let_go_of(file, batch.run)
            file.execute("delete from batch_requests where batch = ?", (batch.key,))
            file.execute("delete from batches where key = ?", (batch.key,))

    def under_way(self) -> list[Batch]:
        """Return the batches that have not ended, the oldest first."""
        rows = self._journal.rows(
            "select key, url, origin, time, digest, file, id from batches"
            " where not ended order by time, key"
        )
        return [Batch(*row) for row in rows]

    def waiting(self, batch: Batch) -> dict[str, str]:
        """Return the requests of ``batch`` without a result: name to journal digest."""
        query = "select name, request from batch_requests where batch = ? and fate = ''"
        return dict(self._journal.rows(query, (batch.key,)))

    def settled(self, batch: Batch) -> set[str]:
        """Return the names of the requests of ``batch`` whose result is known."""
        query = "select name from batch_requests where batch = ? and fate != ''"
        return {name for (name,) in self._journal.rows(query, (batch.key,))}

    def settle(
        self, batch: Batch, results: Iterable[BatchAnswer], *, time: str, price: Price | None
    ) -> float:
        """Keep ``results`` of requests that wait, each of another; return their dollars.

        Answers are in the journal, and what became of each request is known, when this returns.
        """
        whole = 0.0
        with self._journal.writing() as file:
            for each in results:
                row = file.execute(
                    "select request, slug, reckoned_prompt, reckoned_completion, units, termed,"
                    " again from batch_requests where batch = ? and name = ?",
                    (batch.key, each.name),
                ).fetchone()
                if each.reply is not None:
                    cost = price.of(each.reply.usage, batch=True) if price else None
                    whole += cost or 0.0
                    again = None if row[6] is None else bool(row[6])
                    before = Estimate(row[2], 0, row[3], 1, row[4], row[5], again)
                    paid = Paid(row[0], each.reply, batch.origin, time, row[1], cost, before)
                    journals.keep(file, paid)
                    batch_passages.keep(file, batch.key, each.name, paid)
                else:
                    journals.let_go(file, row[0])
                file.execute(
                    "update batch_requests set fate = ?, said = ? where batch = ? and name = ?",
                    (each.fate.value, each.said, batch.key, each.name),
                )
        return whole

    def end(self, batch: Batch, said: str = "") -> int:
        """Write down that no more comes of ``batch``; return how many requests had no result.

        They may be asked for again. ``said`` is why, where the whole batch failed.
        """
        with self._journal.writing() as file:
            journals.let_go_of(file, batch.run)
            batch_passages.let_go(file, batch.key)
            left = file.execute(
                "update batch_requests set fate = ?, said = ? where batch = ? and fate = ''",
                (Fate.FAILED.value, said, batch.key),
            ).rowcount
            file.execute(
                "update batches set ended = 1, content = null, said = ? where key = ?",
                (said, batch.key),
            )
        return left

    def find(self, request: str) -> BatchedRequest | None:
        """Return what is known of ``request``, a journal digest; None when it may be asked.

        What was answered goes before what is in flight, that before what was refused.
        """
        rows = self._journal.rows(
            "select fate, said from batch_requests where request = ?", (request,)
        )
        order = {Fate.ANSWERED.value: 0, "": 1, Fate.REFUSED.value: 2, Fate.TOO_LONG.value: 2}
        known = sorted((row for row in rows if row[0] in order), key=lambda row: order[row[0]])
        if not known:
            return None
        fate, said = known[0]
        return BatchedRequest(Fate(fate) if fate else None, said)

    def pending(self) -> PendingCounts:
        """Return how much waits for an answer."""
        rows = self._journal.rows(
            "select count(distinct batch), count(*), coalesce(sum(units), 0)"
            " from batch_requests where fate = ''"
        )
        return PendingCounts(*rows[0])

    def known(self) -> bool:
        """Return True when there ever was a batch."""
        return bool(self._journal.rows("select 1 from batches limit 1"))


def _clear(
    file: sqlite3.Connection, batch: Batch, planned: PlannedRequest, alive: Callable[[str], bool]
) -> bool:
    """Make way for ``planned`` in ``batch``; return False when it is in flight or answered."""
    pending = "select 1 from batch_requests where request = ? and fate = ''"
    if file.execute(pending, (planned.request,)).fetchone():
        return False
    return journals.clear(file, planned.request, batch.origin, alive)
