"""The journal's SQLite file: its tables and their versions, opened to write or only to read.

WAL mode, and on the disk before anything is used. Who only reads needs no permission to write, and
leaves no file where there is none.
"""

from __future__ import annotations

import sqlite3
import tempfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bilingual.errors import StorageError

VERSION = 4
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
) without rowid;
create table if not exists asking (
    key text primary key,
    run text not null,
    cost real not null,
    time text not null
) without rowid;
create table if not exists parts (
    key text primary key,
    answer text not null,
    text text not null
) without rowid;
create table if not exists runs (
    time text primary key
) without rowid;
create table if not exists lost (
    key text not null,
    origin text not null,
    cost real not null,
    time text not null
);
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
    units integer not null,
    slug text not null,
    cost real not null,
    reckoned_prompt integer not null,
    reckoned_completion integer not null,
    fate text not null default '',
    said text not null default '',
    primary key (batch, name)
) without rowid;
create index if not exists batch_requests_request on batch_requests (request);
create table if not exists batch_parts (
    key text not null,
    batch text not null,
    name text not null,
    id text not null,
    kind text not null,
    text text not null,
    source_language text not null,
    target_language text not null,
    primary key (key, batch)
) without rowid;
create index if not exists batch_parts_batch on batch_parts (batch, name);
"""
ADDED = (
    ("answers", "slug", "text not null default ''"),
    ("answers", "cost", "real"),
    ("answers", "reckoned_prompt", "integer not null default 0"),
    ("answers", "reckoned_completion", "integer not null default 0"),
    ("answers", "units", "integer not null default 0"),
    ("answers", "termed", "integer not null default 0"),
    ("answers", "again", "integer"),
    ("parts", "answer", "text not null default ''"),
    ("batch_requests", "termed", "integer not null default 0"),
    ("batch_requests", "again", "integer"),
)
"""Columns that an earlier version did not have."""
GONE = (("batch_requests", "alike"),)
"""Columns that only an earlier version has, each with an index named after it."""
LOG = 6 * 1024 * 1024
"""Bytes of SQLite's log that are not to be counted on: 1,000 pages may be in use whenever the disk
is full, and 2 MB stay in the cache when it is made to grow."""
ANSWER = 256 * 1024
"""Bytes in the log that one answer takes at most, with every page that its parts touch."""
PROBE = 64 * 1024
READ = ("mode=rw", "mode=ro", "mode=ro&immutable=1")
"""Ways to open a file that is only read. The first leaves no other file; on a disk that takes no
writing SQLite reads a file in WAL mode only when told that nobody changes it."""


def to_write(path: Path) -> sqlite3.Connection:
    """Return the file at ``path``, made where it is missing and brought up to this version.

    Raises ``OSError`` or ``sqlite3.Error`` when it cannot be, ``NewerVersionError`` for a file of a
    newer version.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    file = _connected(str(path))
    file.execute("pragma journal_mode = wal")
    # FULL: an answer is on the disk itself before it is used, through a power cut too.
    file.execute("pragma synchronous = full")
    _prepare(file)
    return file


def to_read(path: Path) -> sqlite3.Connection:
    """Return the file at ``path`` for reading; an empty one in memory where there is none.

    One of an earlier version is read into memory and brought up to this one there. Raises as
    ``to_write`` does.
    """
    found = _as_it_is(path) if path.exists() else None
    if found is not None and _version(found) == VERSION:
        found.execute("pragma query_only = on")
        return found
    copy = _connected(":memory:")
    if found is not None:
        with found:
            found.backup(copy)
        found.close()
    _prepare(copy)
    return copy


def make_room(file: sqlite3.Connection, answers: int) -> None:
    """Let the log of ``file`` grow until the number of ``answers`` needs no more disk space.

    SQLite never makes the log shorter while the file is open: it writes over it from the front each
    time that its pages are in the file. A transaction too large for the cache is written to the log
    before it ends, and what it wrote is room when it is taken back. (On a disk that copies on
    write, as btrfs and ZFS do, writing over takes new space.)
    """
    file.execute("begin immediate")
    try:
        file.execute("create table room (bytes blob)")
        file.execute("insert into room values (zeroblob(?))", (LOG + answers * ANSWER,))
    finally:
        if file.in_transaction:
            file.execute("rollback")


def probe(path: Path) -> None:
    """Raise ``OSError`` when the disk of the file at ``path`` is full.

    What it says is free may be another's: there are quotas, and blocks that only some may use.
    """
    with tempfile.TemporaryFile(buffering=0, dir=path.parent) as trial:
        trial.write(b"\0" * PROBE)


class NewerVersionError(Exception):
    """A newer version of this program made the file."""


class Writing:
    """One transaction: whole or not at all."""

    def __init__(
        self,
        file: sqlite3.Connection,
        turn: threading.Lock,
        fault: Callable[[Exception], StorageError],
    ) -> None:
        self._file = file
        self._turn = turn
        self._fault = fault

    def __enter__(self) -> sqlite3.Connection:
        self._turn.acquire()
        try:
            self._file.execute("begin immediate")
        except BaseException as error:
            self._turn.release()
            if isinstance(error, sqlite3.Error):
                raise self._fault(error) from error
            raise
        return self._file

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        try:
            self._file.execute("rollback" if error else "commit")
        except sqlite3.Error as failure:
            if not error:
                raise self._fault(failure) from failure
        finally:
            self._turn.release()
        if isinstance(error, sqlite3.Error):
            raise self._fault(error) from error


def _connected(place: str, *, uri: bool = False) -> sqlite3.Connection:
    return sqlite3.connect(
        place, timeout=30, isolation_level=None, check_same_thread=False, uri=uri
    )


def _as_it_is(path: Path) -> sqlite3.Connection:
    for way in READ[:-1]:
        file = _connected(f"{path.absolute().as_uri()}?{way}", uri=True)
        try:
            file.execute("select count(*) from sqlite_master").fetchone()
        except sqlite3.OperationalError:
            file.close()
        else:
            return file
    return _connected(f"{path.absolute().as_uri()}?{READ[-1]}", uri=True)


def _version(file: sqlite3.Connection) -> int:
    """Return the version of ``file``; raises ``NewerVersionError`` for an unknown one."""
    version = int(file.execute("pragma user_version").fetchone()[0])
    if version > VERSION:
        raise NewerVersionError
    return version


def _prepare(file: sqlite3.Connection) -> None:
    if _version(file) == VERSION:
        return
    file.execute("begin immediate")
    try:
        for statement in _missing(file):
            file.execute(statement)
    except BaseException:
        file.execute("rollback")
        raise
    file.execute("commit")


def _missing(file: sqlite3.Connection) -> Iterator[str]:
    """Yield the statements that bring ``file`` up to this version; none for one that is."""
    if _version(file) == VERSION:
        return
    yield from filter(str.strip, SCHEMA.split(";"))
    for table, name, kind in ADDED:
        if name not in _columns(file, table):
            yield f"alter table {table} add column {name} {kind}"
    for table, name in GONE:
        if name in _columns(file, table):
            yield f"drop index if exists {table}_{name}"
            yield f"alter table {table} drop column {name}"
    yield f"pragma user_version = {VERSION}"


def _columns(file: sqlite3.Connection, table: str) -> set[str]:
    return {row[1] for row in file.execute(f"pragma table_info({table})")}
