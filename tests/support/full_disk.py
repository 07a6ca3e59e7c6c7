"""Translate on a disk that fills in mid-run; run by ``test_full_disk`` in a namespace of its own.

Arguments are the newsroom, which is there, and the folder in it that is to be a small disk.
"""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from pathlib import Path

from bilingual.testing.provider.server import ScriptedServer
from tests.support.batching import passages
from tests.support.paid_newsroom import toml

NEWSROOM, DISK = Path(sys.argv[1]), Path(sys.argv[2])
HANDS = 6
FULL_AT = 15
"""After this many requests the disk is full; requests in flight are answered after that."""


def fill() -> None:
    with (DISK / "filler").open("ab", buffering=0) as file:
        for size in (1 << 16, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise


def run() -> tuple[int, str]:
    words = [sys.executable, "-m", "bilingual", "translate"]
    done = subprocess.run(words, cwd=NEWSROOM, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr.strip().splitlines()[-1]


def main() -> None:
    articles = {each: each.read_bytes() for each in DISK.rglob("*") if each.is_file()}
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", DISK], check=True)
    for path, content in articles.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    with ScriptedServer(latency=0.3) as server:
        settings = toml(server, batch=4, concurrency=HANDS)
        (NEWSROOM / "bilingual.toml").write_text(settings, "utf-8")
        bills: list[int] = []
        late: list[int] = []

        def before(number: int) -> None:
            if bills:
                late.append(number)
            elif number == FULL_AT:
                fill()
                bills.append(len(server.bills))

        server.before_answer = before
        first = run()
        bills.append(len(server.bills))
        still = run()
        told = {"first": first, "still": still, "late": len(late), "after": bills[1] - bills[0]}
        told |= {"more": len(server.bills) - bills[1], "hands": HANDS}
        server.before_answer = lambda _number: None
        (DISK / "filler").unlink()
        told["then"] = run()
        told["asked"] = [text for body in server.bodies for text in passages(body)]
    sys.stdout.write(json.dumps(told))


main()
