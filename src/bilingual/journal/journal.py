"""What engines were paid for: every answer, on disk before it is used; and what is in flight.

An SQLite file. The key is a hash of everything that determined the answer, so a run that was killed
and started again finds what it had and asks for the rest. A request is noted, with the most it may
cost, before it is sent: two runs do not ask the same at the same time, and a budget counts what is
in flight. A request that was in flight when a run died, or that timed out, may have been billed and
counts at its most. Deleting the file loses the answers, and the record of what was spent. Its
tables are in ``database``.
"""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from bilingual.errors import StorageError
from bilingual.journal import database
from bilingual.journal.database import NewerVersionError, Writing
from bilingual.model import msg
from bilingual.prompting.request import Estimate, Reply, Usage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

TIME = "%Y-%m-%dT%H:%M:%SZ"
NO_ESTIMATE = Estimate()
LAST = 400
"""How many of an engine's last answers show what asking again takes."""
ENOUGH = 20
"""Units that were asked for the first time before asking again is estimated."""
OF_A_KIND = 10
"""The same of units with a term, and of units without; with fewer, both are taken together."""
CLOSING = 5.0
"""Seconds that closing waits for a thread that is at the file; the process ends without it then."""
# What is dated later counts, too: a clock that was set back is no new month's budget.
MONTH = """
select coalesce(sum(cost), 0) from (
    select cost, time from answers
    union all select cost, time from asking
    union all select cost, time from lost
) where substr(time, 1, 7) >= ?
"""

BILLS = "select slug, origin, time, prompt, cached, completion, cost from answers"


@dataclass(frozen=True, slots=True)
class Asking:
    """A request that is about to be sent."""

    key: str
    """Everything that determines the answer."""
    run: str
    """The run that sends it."""
    origin: str
    time: str
    """UTC, ISO 8601."""
    cost: float = 0.0
    """The most it may cost, in US dollars."""


@dataclass(frozen=True, slots=True)
class Paid:
    """An answer and its bill."""

    name: str
    """The ``digest`` of what determined it."""
    reply: Reply
    origin: str
    time: str
    """UTC, ISO 8601."""
    slug: str = ""
    cost: float | None = None
    """US dollars, None when unknown."""
    estimate: Estimate = NO_ESTIMATE
    """What was estimated before it was sent."""


@dataclass(frozen=True, slots=True)
class Spending:
    """One answer's bill."""

    slug: str
    """The article it was for; empty where it was not kept."""
    origin: str
    time: str
    """UTC, ISO 8601."""
    usage: Usage
    cost: float | None
    """US dollars; None when no price was known."""


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """What was asked again because the checks refused an answer."""

    first: Estimate
    """The sum of what was asked for the first time meanwhile."""
    again: Estimate
    """The sum of what was asked again."""

    def of(self, first: Estimate) -> Usage:
        """Return what asking again usually takes where ``first`` is asked for the first time."""
        used, whole = self.again, self.first
        plain = _share(used.units - used.termed, whole.units - whole.termed, used, whole)
        termed = _share(used.termed, whole.termed, used, whole)
        units = plain * (first.units - first.termed) + termed * first.termed
        share = units / used.units if used.units else 0.0
        return Usage(
            round(used.prompt * share),
            round(used.cached * share),
            round(used.completion * share),
            round(used.requests * share),
        )


@dataclass(frozen=True, slots=True)
class NotNoted:
    """Why a request must not be sent now."""

    spent: float | None = None
    """US dollars of the month, where the request would exceed the budget, with what is in flight;
    None when the same request is in flight or answered."""


class Journal:
    """Answers by what determined them; safe for several threads and processes at a time."""

    def __init__(self, path: Path, *, reading: bool = False) -> None:
        """Open the journal at ``path``, making it; raises ``StorageError`` when it cannot be.

        When only ``reading``, nothing is changed: an absent journal is empty.
        """
        self._path = path
        self._turn = threading.Lock()
        self._room = 0  # answers that there is room for although the disk is full
        try:
            self._file = database.to_read(path) if reading else database.to_write(path)
        except (OSError, sqlite3.Error, NewerVersionError) as error:
            raise self._fault(error) from error

    def find(self, key: str) -> Reply | None:
        """Return the answer that ``key`` was paid for, with nothing left to pay; else None."""
        return self.answer(digest(key))

    def answer(self, name: str) -> Reply | None:
        """Return the answer that is kept under the ``digest`` of a key; None when there is none."""
        rows = self.rows("select text, finish from answers where key = ?", (name,))
        return Reply(rows[0][0], rows[0][1], Usage()) if rows else None

    def part(self, key: str) -> tuple[str, str] | None:
        """Return what was answered to the passage whose name has the digest ``key``, or None.

        With it comes the digest of the answer that says so.
        """
        rows = self.rows("select text, answer from parts where key = ?", (key,))
        return (rows[0][0], rows[0][1]) if rows else None

    def make_room(self, answers: int) -> None:
        """Reserve disk space for ``answers``, so that they can be kept when the disk is full.

        Raises ``StorageError`` when it is full already: nothing may be sent then.
        """
        try:
            with self._turn:
                if answers > self._room:
                    database.make_room(self._file, answers)
                    self._room = answers
            database.probe(self._path)
        except (OSError, sqlite3.Error) as error:
            raise self._fault(error) from error

    def note(
        self, asking: Asking, *, most: float | None, alive: Callable[[str], bool]
    ) -> NotNoted | None:
        """Note that ``asking`` is about to be sent; return why not, if it must not be.

        ``most`` is what its month may cost in all, None for any sum; ``alive`` returns whether a
        run has not ended yet.
        """
        with self.writing() as file:
            name = digest(asking.key)
            if not clear(file, name, asking.origin, alive):
                return NotNoted()
            if most is not None:
                spent = month(file, asking.time)
                if spent + asking.cost > most:
                    return NotNoted(spent)
            hold(file, name, asking.run, asking.cost, asking.time)
        return None

    def in_flight(self, key: str, alive: Callable[[str], bool]) -> bool:
        """Return True while a living run is asking the request with ``key``."""
        rows = self.rows("select run from asking where key = ?", (digest(key),))
        return any(alive(run) for (run,) in rows)

    def forget(self, asking: Asking, *, billed: bool) -> None:
        """Take back a note: the request was refused or, when ``billed``, may have been paid."""
        name = digest(asking.key)
        with self.writing() as file:
            if billed:
                row = (name, asking.origin, asking.cost, asking.time)
                file.execute("insert into lost values (?,?,?,?)", row)
            let_go(file, name)

    def record(  # noqa: PLR0913 - a row
        self,
        key: str,
        reply: Reply,
        *,
        origin: str,
        time: str,
        slug: str = "",
        cost: float | None = None,
        estimate: Estimate = NO_ESTIMATE,
        parts: Mapping[str, str] | None = None,
    ) -> None:
        """Keep ``reply``; return when it is on the disk.

        ``time`` is UTC, ISO 8601; ``cost`` US dollars, None when unknown; ``estimate`` what was
        estimated before it was sent; ``parts`` what it says to each passage, by the passage's own
        key. Raises ``StorageError`` when the disk does not let it.
        """
        paid = Paid(digest(key), reply, origin, time, slug, cost, estimate)
        with self.writing() as file:
            keep(file, paid)
            keep_parts(
                file, paid.name, {digest(each): text for each, text in (parts or {}).items()}
            )

    def begin(self, now: str) -> str:
        """Return the time that a run which begins ``now`` is known by: no other run has it."""
        with self.writing() as file:
            while file.execute("insert or ignore into runs values (?)", (now,)).rowcount == 0:
                now = (datetime.fromisoformat(now) + timedelta(seconds=1)).strftime(TIME)
        return now

    def spent(self, time: str) -> float:
        """Return the dollars of the month of ``time``, with what is in flight or was lost."""
        with self.writing() as file:
            return month(file, time)

    def spending(self) -> Iterator[Spending]:
        """Yield the bill of every answer kept, oldest first."""
        yield from map(_spent, self.rows(f"{BILLS} order by time, key"))

    def bill(self, key: str) -> Spending | None:
        """Return the bill of the answer that ``key`` was paid for; None when it was not."""
        rows = self.rows(f"{BILLS} where key = ?", (digest(key),))
        return _spent(rows[0]) if rows else None

    def correction(self, origin: str) -> tuple[float, float]:
        """Return what estimates for ``origin`` have to be multiplied with: prompt, completion.

        The counts of its last answers are compared with the estimates for them; 1 without any.
        """
        rows = self.rows(
            "select prompt, reckoned_prompt, completion, reckoned_completion from answers"
            " where origin = ? and reckoned_prompt > 0 and reckoned_completion > 0 and prompt > 0"
            " and completion > 0 order by time desc limit 200",
            (origin,),
        )
        if not rows:
            return 1.0, 1.0
        prompt, before, completion, after = (sum(column) for column in zip(*rows, strict=True))
        return prompt / before, completion / after

    def again(self, origin: str) -> AskedAgain | None:
        """Return what is usually asked again of ``origin``; None when too little was asked yet."""
        rows = self.rows(
            "select again, sum(prompt), sum(cached), sum(completion), count(*), sum(units),"
            " sum(termed) from (select * from answers where origin = ? and units > 0"
            " and again is not null order by time desc limit ?) group by again",
            (origin, LAST),
        )
        counts = {bool(row[0]): Estimate(*row[1:]) for row in rows}
        first = counts.get(False, NO_ESTIMATE)
        return AskedAgain(first, counts.get(True, NO_ESTIMATE)) if first.units >= ENOUGH else None

    @property
    def name(self) -> str:
        """What errors call the file."""
        return f"{self._path.parent.name}/{self._path.name}"

    def close(self) -> None:
        """Close the file; a thread that is at it ends first."""
        # SQLite dies when its connection is closed under a thread that uses it.
        if self._turn.acquire(timeout=CLOSING):
            try:
                self._file.close()
            finally:
                self._turn.release()

    def rows(self, query: str, values: tuple[object, ...] = ()) -> list[Any]:
        """Return what ``query`` finds; also for the tables that ``batches`` has in the file."""
        try:
            with self._turn:
                return self._file.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise self._fault(error) from error

    def writing(self) -> Writing:
        """Return a transaction: whole or not at all, and on the disk when it is left."""
        return Writing(self._file, self._turn, self._fault)

    def _fault(self, error: Exception) -> StorageError:
        if isinstance(error, NewerVersionError):
            return StorageError(
                msg("the journal was written by a newer version of bilingual"),
                path=self.name,
                hint=msg(
                    "use that version; or delete the file: the catalogs stay as they are, "
                    "but requests may be billed again"
                ),
            )
        broken = "not a database" in str(error) or "malformed" in str(error)
        return StorageError(
            msg("the journal cannot be used: {reason}", reason=error),
            path=self.name,
            hint=msg("delete the file; the catalogs stay as they are")
            if broken
            else msg("free some space, or make the folder writable"),
        )


def _spent(row: tuple[str, str, str, int, int, int, float | None]) -> Spending:
    slug, origin, time, prompt, cached, completion, cost = row
    return Spending(slug, origin, time, Usage(prompt, cached, completion, 1), cost)


def _share(again: int, first: int, used: Estimate, whole: Estimate) -> float:
    """Return how much of one kind is asked again; as of both kinds, where too few are known."""
    if first >= OF_A_KIND:
        return again / first
    return used.units / whole.units if whole.units else 0.0


def month(file: sqlite3.Connection, time: str) -> float:
    """Return the dollars of the month of ``time``, with what is in flight or was lost."""
    return float(file.execute(MONTH, (time[:7],)).fetchone()[0])


def clear(file: sqlite3.Connection, name: str, origin: str, alive: Callable[[str], bool]) -> bool:
    """Make way for the request ``name``; return False when it is in flight or answered."""
    if file.execute("select 1 from answers where key = ?", (name,)).fetchone():
        return False
    found = file.execute("select run, cost, time from asking where key = ?", (name,))
    for run, lost, since in found.fetchall():
        if alive(run):
            return False
        # Its run is gone: whether it was billed cannot be known.
        file.execute("insert into lost values (?,?,?,?)", (name, origin, lost, since))
        let_go(file, name)
    return True


def hold(file: sqlite3.Connection, name: str, run: str, cost: float, time: str) -> None:
    """Note that the request ``name`` is in flight."""
    file.execute("insert into asking values (?,?,?,?)", (name, run, cost, time))


def let_go(file: sqlite3.Connection, name: str) -> None:
    """Take back the note of the request with the digest ``name``."""
    file.execute("delete from asking where key = ?", (name,))


def let_go_of(file: sqlite3.Connection, run: str) -> None:
    """Take back every note of ``run``."""
    file.execute("delete from asking where run = ?", (run,))


def keep(file: sqlite3.Connection, paid: Paid) -> None:
    """Keep an answer; its request is no longer in flight."""
    used, before = paid.reply.usage, paid.estimate
    row = (
        paid.name, paid.reply.text, paid.reply.finish, used.prompt, used.cached,
        used.completion, paid.origin, paid.time, paid.slug, paid.cost, before.prompt,
        before.completion, before.units, before.termed, before.again,
    )  # fmt: skip
    file.execute(
        "insert or replace into answers (key, text, finish, prompt, cached, completion,"
        " origin, time, slug, cost, reckoned_prompt, reckoned_completion, units, termed,"
        " again) values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        row,
    )
    let_go(file, paid.name)


def keep_parts(file: sqlite3.Connection, answer: str, parts: Mapping[str, str]) -> None:
    """Keep what ``answer``, a digest, says to passages, by the digests of their names."""
    rows = [(key, answer, text) for key, text in parts.items()]
    file.executemany("insert or replace into parts values (?,?,?)", rows)


def digest(key: str) -> str:
    """Return the name under which what ``key`` determines is kept."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
