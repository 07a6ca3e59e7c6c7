"""Kill -9 at any moment of submitting and collecting: nothing paid twice, nothing lost."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time

import pytest

from bilingual.engines.batches import Batches, InFlight
from bilingual.engines.journal import Journal
from bilingual.engines.scripted_server import ScriptedServer
from bilingual.workflow.translate import JOURNAL

RUN = """
import sys
from pathlib import Path
from bilingual.newsroom import Newsroom
from bilingual.workflow.batch import Told, translate_in_batches
told = Told(submit="submit" in sys.argv, collect="collect" in sys.argv, settle=0)
translate_in_batches(Newsroom.open(Path(sys.argv[1])), (), told)
"""
WORDS = ("first", "second", "third", "fourth", "fifth", "sixth")
MANY = "\n\n".join(f"# Part {word}\n\nThe {word} paragraph has words." for word in WORDS) + "\n"
CALLS = 12
"""More than the calls of a submitting and a collecting run: two files, two batches."""


@pytest.fixture
def server():
    with ScriptedServer() as running:
        yield running


@pytest.fixture
def newsroom(server, make_newsroom):
    return make_newsroom(
        {"a/en": MANY},
        toml=f"[translate]\nengine = 'openai'\n[engines.openai]\nbase_url = '{server.url}'\n"
        "model = 'm'\ncontext = 1\nbatch = 2\n[engines.openai.bulk]\nrequests = 3\n",
    )


def start(newsroom, *words: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", RUN, str(newsroom.root), *words], stderr=subprocess.PIPE
    )


def finish(newsroom, server) -> None:
    """Run until everything is drafted, and look at what it cost."""
    server.batches.on_call = lambda _n, _call: None
    for words in (("submit",), ("collect", "submit"), ("collect",)):
        ended = start(newsroom, *words)
        assert ended.wait(60) == 0, ended.stderr.read().decode()
    assert all(entry.target.text for entry in newsroom.catalog("a", "ko").live)
    assert sorted(server.batches.billed) == sorted(set(server.batches.billed))
    assert len(server.batches.billed) == 6
    journal = Journal(newsroom.root / JOURNAL)
    assert Batches(journal).in_flight() == InFlight()
    assert Batches(journal).under_way() == []
    journal.close()


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("nth", range(1, CALLS + 1))
def test_killed_at_a_call_before_or_after_the_server_did_it(server, newsroom, nth, after):
    running: list[subprocess.Popen] = []

    def kill(n: int, _call: str) -> None:
        if n == (-nth if after else nth):
            running[0].kill()
            running[0].wait()

    server.batches.on_call = kill
    for words in (("submit",), ("collect", "submit")):
        running[:] = [start(newsroom, *words)]
        assert running[0].wait(60) in {0, -signal.SIGKILL}
    finish(newsroom, server)


@pytest.mark.parametrize("seed", range(6))
def test_killed_at_random_moments_again_and_again(server, newsroom, seed):
    chance = random.Random(seed)
    kills = 0
    for words in [("submit",), ("collect", "submit")] * 4:
        run = start(newsroom, *words)
        time.sleep(chance.uniform(0.3, 2.2))
        run.kill()
        kills += run.wait() == -signal.SIGKILL
    assert kills
    finish(newsroom, server)
