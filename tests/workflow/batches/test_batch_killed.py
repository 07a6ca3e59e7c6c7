"""Kill -9 at any moment of submitting and collecting: nothing paid twice, nothing lost."""

from __future__ import annotations

import random
import signal
import threading
import time

import pytest

from bilingual.journal.batches import Batches, PendingCounts
from bilingual.journal.journal import Journal
from bilingual.workflow.translate import JOURNAL
from bilingual.workflow.translate_batch import BatchOptions, translate_in_batches
from tests.support.batching import MANY
from tests.support.copies import Copy

RUN = """
import sys
from pathlib import Path
from bilingual.newsroom import Newsroom
from bilingual.workflow.translate_batch import BatchOptions, translate_in_batches
told = BatchOptions(submit="submit" in sys.argv, collect="collect" in sys.argv, settle=0)
translate_in_batches(Newsroom.open(Path(sys.argv[1])), (), told)
"""


@pytest.fixture
def newsroom(server, make_newsroom):
    return make_newsroom(
        {"a/en": MANY},
        toml=f"[translate]\nengine = 'openai'\n[engines.openai]\nbase_url = '{server.url}'\n"
        "model = 'm'\ncontext = 1\nbatch = 2\n[engines.openai.bulk]\nrequests = 3\n",
    )


def start(newsroom, *words: str) -> Copy:
    return Copy(RUN, str(newsroom.root), *words)


def finish(newsroom, server) -> None:
    """Go on until everything is drafted, and look at what it cost."""
    server.batches.on_call = lambda _n, _call: None
    for told in (
        BatchOptions(submit=True, settle=0),
        BatchOptions(submit=True, collect=True, settle=0),
    ):
        translate_in_batches(newsroom, (), told)
    translate_in_batches(newsroom, (), BatchOptions(collect=True, settle=0))
    assert all(entry.target.text for entry in newsroom.catalog("a", "ko").live)
    assert sorted(server.batches.billed) == sorted(set(server.batches.billed))
    assert len(server.batches.billed) == 6
    journal = Journal(newsroom.root / JOURNAL)
    assert Batches(journal).pending() == PendingCounts()
    assert Batches(journal).under_way() == []
    journal.close()


@pytest.mark.parametrize("done", [False, True], ids=["before it is done", "after it was done"])
@pytest.mark.parametrize(
    "moment",
    [("submit", "upload", 1), ("submit", "list", 1), ("submit", "create", 1),
     ("submit", "upload", 2), ("submit", "create", 2), ("collect", "look", 1),
     ("collect", "content", 1), ("collect", "content", 2)],
    ids=str,
)  # fmt: skip
def test_killed_at_a_call(server, newsroom, moment, done):
    words, call, nth = moment
    running: list[Copy] = []
    calls: list[int] = []

    def kill(n: int, kind: str) -> None:
        if kind != call or (n > 0) == done:
            return
        calls.append(n)
        if len(calls) == nth:
            running[0].kill()
            running[0].wait()

    if words == "collect":
        translate_in_batches(newsroom, (), BatchOptions(submit=True, settle=0))
    server.batches.on_call = kill
    running.append(start(newsroom, words))
    assert running[0].wait(120) == -signal.SIGKILL
    finish(newsroom, server)


@pytest.mark.parametrize("seed", range(3))
def test_killed_at_random_moments_again_and_again(server, newsroom, seed):
    """Some time after a call that chance chose: that one is held, so that no run ends before it."""
    chance = random.Random(seed)  # noqa: S311 - the same moments each time
    for words in [("submit",), ("collect", "submit"), ("collect", "submit")]:
        before, calls = len(server.batches.calls), chance.randint(1, 3)
        reached, killed = threading.Event(), threading.Event()

        def hold(n: int, _call: str, last=before + calls, reached=reached, killed=killed) -> None:
            if abs(n) >= last:
                reached.set()
                killed.wait(120)

        server.batches.on_call = hold
        run = start(newsroom, *words)
        assert reached.wait(60)
        time.sleep(chance.uniform(0.0, 0.1))
        run.kill()
        assert run.wait(60) == -signal.SIGKILL
        killed.set()
    finish(newsroom, server)
