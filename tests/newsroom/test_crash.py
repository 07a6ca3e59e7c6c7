"""Processes that are killed, and processes that write at the same time, lose nothing."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from bilingual.storage.atomic import PREFIX
from bilingual.workflow.segment import segment
from tests.support.copies import Copy

if TYPE_CHECKING:
    from pathlib import Path

    from bilingual.newsroom import Newsroom

KILLS = 200
WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
from bilingual.model import State, Target
from bilingual.newsroom import Newsroom

newsroom = Newsroom.open(Path(sys.argv[1]))
name, rounds = sys.argv[2], int(sys.argv[3])
article = newsroom.article("spark")
print("ready", flush=True)
for number in range(rounds):
    def note(catalog):
        entry = catalog.entries[0]
        noted = replace(entry, notes=(*entry.notes, f"{name}: {number}"))
        return replace(catalog, entries=(noted, *catalog.entries[1:]))
    newsroom.change(article, "ko", note)
    print(number, flush=True)
"""


def writer(newsroom: Newsroom, name: str, rounds: int) -> Copy:
    return Copy(WRITER, str(newsroom.root), name, str(rounds))


def notes(newsroom: Newsroom) -> list[str]:
    return list(newsroom.catalog("spark", "ko").entries[0].notes)


def test_a_writer_killed_at_any_moment_leaves_every_note_it_reported_as_written(newsroom: Newsroom):
    segment(newsroom)
    units = [entry.id for entry in newsroom.catalog("spark", "ko").entries]
    chance = random.Random(2026)  # noqa: S311 - the same each time
    promised: list[str] = []
    processes = 3  # that write at a time
    running = [writer(newsroom, f"w{number}", 10**6) for number in range(processes)]
    for number in range(KILLS):
        process = running[number % processes]
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        # Every tenth has written something, however slow the machine is.
        first = "" if number % 10 else process.stdout.readline()
        time.sleep(chance.uniform(0, 0.03))
        process.kill()
        done = (first + process.stdout.read()).split("\n")[:-1]  # a line that was cut off is none
        process.stdout.close()
        process.wait()
        name = f"w{number}"
        promised += [f"{name}: {each}" for each in done if each]
        catalog = newsroom.catalog("spark", "ko")
        assert [entry.id for entry in catalog.entries] == units
        if number + processes < KILLS:
            running[number % processes] = writer(newsroom, f"w{number + processes}", 10**6)
        else:
            running[number % processes] = process
    kept = notes(newsroom)
    assert len(promised) >= KILLS // 10
    assert [note for note in promised if note not in set(kept)] == []


def test_two_writers_at_the_same_time_lose_nothing(newsroom: Newsroom):
    segment(newsroom)
    both = [writer(newsroom, name, 40) for name in ("Kim", "Lee")]
    for process in both:
        assert process.stdout is not None
        process.stdout.read()
        assert process.wait() == 0
    wanted = [f"{name}: {number}" for name in ("Kim", "Lee") for number in range(40)]
    assert sorted(notes(newsroom)) == sorted(wanted)


def test_what_a_killed_writer_leaves_is_no_article_and_no_catalog(newsroom: Newsroom):
    segment(newsroom)
    folder = newsroom.root / "locales" / "ko" / "articles"
    (folder / f"{PREFIX}abc123").write_bytes(b"half of a cat")
    assert newsroom.catalogs("ko") == ["spark"]


def test_a_full_disk_leaves_the_old_catalog(newsroom: Newsroom, tmp_path: Path):
    """The limit on file sizes is the disk that fills up while the new file is being written."""
    segment(newsroom)
    path = newsroom.root / newsroom.catalog_path("spark", "ko")
    before = path.read_bytes()
    full = f"""
import resource, signal, sys
from pathlib import Path
from bilingual.errors import StorageError
from bilingual.newsroom import Newsroom
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({len(before) // 2}, {len(before) // 2}))
try:
    Newsroom.open(Path(sys.argv[1])).write(sys.argv[2], b"x" * {len(before)})
except StorageError as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", full, str(newsroom.root), newsroom.catalog_path("spark", "ko")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.startswith("locales/ko/articles/spark.po: cannot be written: File too large")
    assert done.stdout.count("\n") == 1
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == ["spark.po"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_a_storage_error(newsroom: Newsroom):
    from bilingual.errors import StorageError

    newsroom.root.chmod(0o500)
    with pytest.raises(StorageError, match="writable"):
        newsroom.write("new.txt", b"x")
