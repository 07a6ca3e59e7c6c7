"""What engines were paid for: every answer, on disk before it is used.

An SQLite file in WAL mode. The key is a hash over everything that determined the answer, so a run
that is killed and started again finds what it had and asks for the rest. Deleting the file loses
nothing but that.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from bilingual.engines.base import Answer, Usage
from bilingual.errors import StorageError

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = """
create table if not exists answers (
    key text primary key,
    text text not null,
    finish text not null,
    prompt integer not null,
    cached integer not null,
    completion integer not null,
    origin text not null,
    time text not null
) without rowid
"""


class Journal:
    """Answers by what determined them; safe for several processes at a time."""

    def __init__(self, path: Path) -> None:
        """Open the journal at ``path``, making it; raises ``StorageError`` when it cannot be."""
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = sqlite3.connect(path, timeout=30, isolation_level=None)
            self._file.execute("pragma journal_mode = wal")
            # FULL: an answer is on the disk itself before it is used, through a power cut too.
            self._file.execute("pragma synchronous = full")
            self._file.execute(SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise self._fault(error) from error

    def find(self, key: str) -> Answer | None:
        """Return the answer that ``key`` was paid for, with nothing left to pay; else None."""
        try:
            with closing(
                self._file.execute("select text, finish from answers where key = ?", (_hash(key),))
            ) as rows:
                row = rows.fetchone()
        except sqlite3.Error as error:
            raise self._fault(error) from error
        return Answer(row[0], row[1], Usage()) if row else None

    def record(self, key: str, answer: Answer, *, origin: str, time: str) -> None:
        """Keep ``answer``; returns when it is on the disk.

        ``time`` is UTC, ISO 8601. Raises ``StorageError`` when the disk does not let it.
        """
        used = answer.usage
        row = (
            _hash(key), answer.text, answer.finish, used.prompt, used.cached, used.completion,
            origin, time,
        )  # fmt: skip
        try:
            self._file.execute("insert or replace into answers values (?,?,?,?,?,?,?,?)", row)
        except sqlite3.Error as error:
            raise self._fault(error) from error

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _fault(self, error: Exception) -> StorageError:
        broken = "not a database" in str(error) or "malformed" in str(error)
        return StorageError(
            f"the journal cannot be used: {error}",
            path=f"{self._path.parent.name}/{self._path.name}",
            mend="delete it; what is in the catalogs stays"
            if broken
            else "free some space, or make the folder writable",
        )


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
