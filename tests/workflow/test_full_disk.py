"""The disk fills while requests are in flight: what is paid for is kept, and nothing more is sent.

On a real small file system, where one can be mounted, with a real server that counts.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from bilingual.journal.database import ANSWER
from bilingual.journal.journal import Journal
from bilingual.prompting.request import Reply

ROOT = Path(__file__).parents[2]
APART = ("unshare", "--map-root-user", "--mount")
"""Starts a program that may mount what nobody else sees."""
LINES = {
    f"a{article}/en": "\n\n".join(
        f"Sentence {line} of article {article} waits for its translation into Korean."
        for line in range(100)
    )
    for article in range(2)
}


def mountable() -> bool:
    words = [*APART, "sh", "-c", "mount -t tmpfs -o size=1m tmpfs /mnt"]
    try:
        return subprocess.run(words, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


@pytest.mark.skipif(not mountable(), reason="no file system can be mounted here")
@pytest.mark.parametrize("disk", ["", ".bilingual"], ids=["all", "the journal alone"])
def test_what_is_answered_after_the_disk_is_full_is_kept_and_not_asked_again(make_newsroom, disk):
    newsroom = make_newsroom(LINES)
    folder = newsroom.root / disk
    folder.mkdir(exist_ok=True)
    words = [
        *APART,
        sys.executable,
        "-m",
        "tests.support.full_disk",
        str(newsroom.root),
        str(folder),
    ]
    done = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True)
    told = json.loads(done.stdout)
    for code, error in (told["first"], told["still"]):
        assert code == 2
        assert "free some space" in error
    assert told["after"] > 0
    assert told["late"] <= told["hands"], "only what was about to be sent when the disk filled"
    assert told["more"] == 0
    assert told["then"][0] == 0
    texts = Counter(told["asked"])
    assert len(texts) == 200
    assert set(texts.values()) == {1}


def test_room_is_made_in_the_log_and_stays_there(tmp_path):
    journal = Journal(tmp_path / "j")
    log = tmp_path / "j-wal"
    journal.make_room(16)
    size = log.stat().st_size
    assert size > 1000 * 4096 + 16 * ANSWER
    with journal.writing() as file:
        tables = {row[0] for row in file.execute("select name from sqlite_master")}
    assert "room" not in tables
    for n in range(200):  # more than SQLite leaves in the log
        parts = {f"{n} {each}": "가" * 500 for each in range(8)}
        journal.record(f"key {n}", Reply("가" * 4000), origin="o", time="t", parts=parts)
        journal.make_room(16)
    assert log.stat().st_size == size
    journal.close()
    assert not log.exists()
    assert Journal(tmp_path / "j").find("key 199") == Reply("가" * 4000)
