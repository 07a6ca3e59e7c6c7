"""The tables of the memory's database and every question that is asked of them."""

from __future__ import annotations

import sqlite3

FILE = "memory.sqlite"
BLOCK = ".block"
UNFINISHED = ".block-"
FORMAT = "2"
"""Goes up when a table or a block is written in another way; an older memory is made again."""

SCHEMA = """
CREATE TABLE about (key TEXT NOT NULL);
CREATE TABLE files (name TEXT PRIMARY KEY, seen TEXT NOT NULL, pairs INTEGER NOT NULL);
CREATE TABLE texts (
    id INTEGER PRIMARY KEY AUTOINCREMENT, language TEXT NOT NULL, key INTEGER NOT NULL,
    length INTEGER NOT NULL, text TEXT NOT NULL
);
CREATE INDEX texts_key ON texts (language, key);
CREATE TABLE pairs (
    id INTEGER PRIMARY KEY, file TEXT NOT NULL, source INTEGER NOT NULL, target INTEGER NOT NULL,
    origin TEXT NOT NULL, slug TEXT NOT NULL, unit TEXT NOT NULL, segment INTEGER NOT NULL,
    reviewer TEXT NOT NULL, time TEXT NOT NULL, source_before INTEGER NOT NULL,
    target_before INTEGER NOT NULL, source_after INTEGER NOT NULL, target_after INTEGER NOT NULL
);
CREATE INDEX pairs_source ON pairs (source);
CREATE INDEX pairs_target ON pairs (target);
CREATE INDEX pairs_file ON pairs (file);
CREATE TABLE blocks (
    name TEXT PRIMARY KEY, language TEXT NOT NULL, last INTEGER NOT NULL, count INTEGER NOT NULL,
    gone INTEGER NOT NULL
);
"""
FILES = "SELECT name, seen, pairs FROM files"
PUT = "INSERT INTO pairs VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
NUMBER = "SELECT id FROM texts WHERE language = ? AND key = ? AND text = ?"
NEW_TEXT = "INSERT INTO texts VALUES (NULL, ?, ?, ?, ?)"
SWEEP = """
DELETE FROM texts WHERE id = ? AND NOT EXISTS (SELECT 1 FROM pairs WHERE source = ?)
AND NOT EXISTS (SELECT 1 FROM pairs WHERE target = ?) RETURNING language
"""
GONE = """
UPDATE blocks SET gone = gone + 1 WHERE language = :language AND last >= :text AND last =
(SELECT min(last) FROM blocks WHERE language = :language AND last >= :text)
"""
_COLUMNS = "pairs.origin, pairs.slug, pairs.unit, pairs.segment, pairs.time"
PAIRS = f"""
SELECT one.text, two.text, one.language, two.language, {_COLUMNS},
pairs.source_before, pairs.source_after
FROM pairs JOIN texts AS one ON one.id = pairs.source JOIN texts AS two ON two.id = pairs.target
WHERE pairs.source = :text AND two.language = :other
UNION ALL
SELECT two.text, one.text, two.language, one.language, {_COLUMNS},
pairs.target_before, pairs.target_after
FROM pairs JOIN texts AS one ON one.id = pairs.source JOIN texts AS two ON two.id = pairs.target
WHERE pairs.target = :text AND one.language = :other
"""  # noqa: S608 - put together from this file alone
ALL_TEXTS = "SELECT id, text FROM texts WHERE language = ?"
ORIGINS = """
SELECT pairs.file, one.language, two.language, pairs.origin, pairs.segment, count(*)
FROM pairs JOIN texts AS one ON one.id = pairs.source JOIN texts AS two ON two.id = pairs.target
GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
"""
LANGUAGES = """
WITH RECURSIVE step(language) AS (
    SELECT min(language) FROM texts
    UNION ALL SELECT (SELECT min(language) FROM texts WHERE language > step.language) FROM step
    WHERE step.language IS NOT NULL
) SELECT language FROM step WHERE language IS NOT NULL
"""
"""The languages, one look into the index for each: SELECT DISTINCT would read all of it."""
BLOCKS = "SELECT name, last FROM blocks WHERE language = ? ORDER BY last"
SIZES = "SELECT name, last, count, gone FROM blocks WHERE language = ? ORDER BY last"
# The sign before a column keeps its index out: the last numbers are few, a language's texts many.
TAIL = "SELECT id, text FROM texts WHERE +language = ? AND id > ?"
TAIL_SIZE = "SELECT count(*) FROM texts WHERE +language = ? AND id > ?"
LAST = "SELECT id FROM texts WHERE +language = ? ORDER BY id DESC LIMIT 1"
LATER = "SELECT name FROM blocks WHERE language = ? AND last > ? ORDER BY last"
NOT_BEFORE = """
SELECT name FROM blocks WHERE (language, last) IN (SELECT other.language, other.last FROM blocks
AS other JOIN blocks AS one ON one.language = other.language AND other.last >= one.last
WHERE one.name = ?)
"""
SHORTEST_FIRST = """
SELECT id, text FROM texts WHERE language = ? AND id > ? AND id <= ? ORDER BY length, id
"""


def prepare(database: sqlite3.Connection, key: str) -> None:
    """Make the tables where there are none; ``key`` is what the memory was made by and for.

    Raises ``sqlite3.DatabaseError`` for a database of another key or with other tables.
    """
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    database.execute("PRAGMA cache_size = -32768")
    wanted = f"{FORMAT} {key}"
    (empty,) = database.execute("SELECT count(*) = 0 FROM sqlite_master").fetchone()
    if empty:
        database.executescript(f"BEGIN IMMEDIATE;{SCHEMA}")
        database.execute("INSERT INTO about VALUES (?)", (wanted,))
        database.execute("COMMIT")
    if database.execute("SELECT key FROM about").fetchone() != (wanted,):
        raise sqlite3.DatabaseError("a memory of another version")
