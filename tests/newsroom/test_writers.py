"""Everything that writes a catalog, killed at any moment or all at once: nothing is lost."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bilingual.model import State, Target
from bilingual.workflow.absorb import absorb
from bilingual.workflow.segment import segment
from tests.support.copies import Copy

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bilingual.model import Catalog
    from bilingual.newsroom import Newsroom

KILLS = 24
"""Of each kind of writer; ``test_crash`` kills two hundred of the plainest kind."""
NOW = "2026-04-09T01:02:03Z"
START = """
import re, sys
from pathlib import Path
from bilingual.newsroom import Newsroom
from bilingual.workflow.absorb import absorb
from bilingual.workflow.merge import merge
from bilingual.workflow.review import Decision, comment, edit
from bilingual.workflow.translate import translate
newsroom = Newsroom.open(Path(sys.argv[1]))
name, unit = sys.argv[2:]
merge(newsroom, "review")
print("ready", flush=True)
start = int(sys.stdin.readline())
"""
REVIEWER = """
for number in range(start, start + 10**6):
    decision = Decision(name, "2026-04-09T01:02:03Z", "")
    edit(newsroom, "review", unit, f"검토 {number}번.", decision)
    comment(newsroom, "review", unit, f"note {number}", decision)
    print(number, flush=True)
"""
ABSORBER = """
for number in range(start, start + 10**6):
    text = re.sub(r"흡수 \\d+번", f"흡수 {number}번", merge(newsroom, "absorb").text)
    absorb(newsroom, "absorb", text, name, "2026-04-09T01:02:03Z")
    print(number, flush=True)
"""
TRANSLATOR = """
say = lambda progress: print(start + progress.done, flush=True)
translate(newsroom, ["translate"], engine="scripted", progress=say)
"""
ABSORBED = "# 제목\n\n흡수 0번.\n\n둘째 문단.\n"


class Writer:
    """A process that says what it has written, line by line, until it is killed."""

    def __init__(self, newsroom: Newsroom, script: str, name: str, unit: str = "") -> None:
        self.process = Copy(START + script, str(newsroom.root), name, unit)

    def kill(self, start: int, after: float, *, busy: bool) -> int:
        """Let it write from ``start`` on and kill it; return the last number it promised.

        A ``busy`` one is killed when it has written something, any other whatever it is doing.
        """
        process = self.process
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.stdin.write(f"{start}\n")
        process.stdin.flush()
        first = process.stdout.readline() if busy else ""
        time.sleep(after)
        process.kill()
        # A line cut by the kill promises nothing.
        said = (first + process.stdout.read()).split("\n")[:-1]
        process.stdout.close()
        process.wait()
        return int(said[-1]) if said else start - 1


def number_in(text: str) -> int:
    found = re.search(r"\d+", text)
    assert found, text
    return int(found[0])


def filled(catalog: Catalog) -> int:
    return sum(bool(entry.target.text) for entry in catalog.live)


@pytest.fixture
def room(make_newsroom: Callable[..., Newsroom]) -> Newsroom:
    long = "\n\n".join(f"Paragraph {number} of a long story." for number in range(120))
    made = make_newsroom(
        {
            "review/en": "One unit.\n\nAnother unit.\n",
            "absorb/en": "# Title\n\nAbsorbed paragraph.\n\nA second one.\n",
            "translate/en": f"{long}\n",
        },
        toml='[translate]\nengine = "scripted"\n',
    )
    segment(made)
    absorb(made, "absorb", ABSORBED, "Kim", NOW)
    return made


def test_reviewers_absorbers_and_translators_killed_at_any_moment_lose_nothing(room: Newsroom):
    chance = random.Random(2026)  # noqa: S311 - the same each time
    units = {
        slug: [entry.id for entry in room.catalog(slug, "ko").entries]
        for slug in ("review", "absorb", "translate")
    }
    unit = units["review"][0]
    kinds = {"review": REVIEWER, "absorb": ABSORBER, "translate": TRANSLATOR}
    order = [kind for _ in range(KILLS) for kind in kinds]
    waiting = [Writer(room, kinds[kind], kind, unit) for kind in order[:6]]
    promised = dict.fromkeys(kinds, 0)
    kept = dict.fromkeys(kinds, 0)
    for turn, kind in enumerate(order):
        if kind == "translate" and kept[kind] == len(units[kind]):
            kept[kind] = start_anew(room)
        start = kept[kind] + (kind != "translate")
        said = waiting.pop(0).kill(start, chance.uniform(0, 0.1), busy=turn % 2 == 0)
        if turn + 6 < len(order):
            coming = order[turn + 6]
            waiting.append(Writer(room, kinds[coming], coming, unit))
        catalog = room.catalog(kind, "ko")
        assert [entry.id for entry in catalog.entries] == units[kind]
        if kind == "review":
            text = catalog.entries[0].target.text
            kept[kind] = number_in(text) if text else 0
            assert said < start or f"review: note {said}" in catalog.entries[0].notes
        elif kind == "absorb":
            kept[kind] = number_in(catalog.entries[1].target.text)
            assert catalog.entries[2].target.text == "둘째 문단."
        else:
            kept[kind] = filled(catalog)
        assert kept[kind] >= said, f"{kind} said {said} and {kept[kind]} is there"
        promised[kind] += said >= start
    assert all(count >= KILLS // 2 for count in promised.values()), promised


def start_anew(room: Newsroom) -> int:
    def empty(catalog: Catalog) -> Catalog:
        return replace(
            catalog, entries=tuple(replace(each, target=Target()) for each in catalog.entries)
        )

    room.change(room.article("translate"), "ko", empty)
    return 0


def test_two_reviewers_and_a_translator_on_one_article_at_once_lose_nothing(
    make_newsroom: Callable[..., Newsroom],
):
    """Kim approves every even draft, Lee every odd one, while the rest is being drafted."""
    texts = [f"Sentence number {number} of this story." for number in range(48)]
    room = make_newsroom(
        {"story/en": "\n\n".join(texts) + "\n"},
        toml='[translate]\nengine = "scripted"\n',
    )
    segment(room)

    def draft(catalog: Catalog) -> Catalog:
        entries = tuple(
            replace(each, target=Target(f"문장 {n}번.", State.TRANSLATED, "mt:scripted/one"))
            if n < 24
            else each
            for n, each in enumerate(catalog.entries)
        )
        return replace(catalog, entries=entries)

    ids = [entry.id for entry in room.change(room.article("story"), "ko", draft).entries]
    keys = {"Kim": "c\nKim saw it\na\ns\n", "Lee": "s\nc\nLee saw it\na\n"}
    sessions = [
        bilingual(room.root, "review", "story", "--as", name, stdin=subprocess.PIPE,
                  stdout=subprocess.PIPE)
        for name in keys
    ]  # fmt: skip
    for session in sessions:  # whoever begins later has fewer units before them
        assert session.stdout is not None
        while "q quit" not in (line := session.stdout.readline()):
            assert line, "no screen came"
    translator = bilingual(room.root, "translate")
    for session, pattern in zip(sessions, keys.values(), strict=True):
        assert session.stdin is not None
        session.stdin.write(pattern * 12 + "q\n")
        session.stdin.close()
    for session in sessions:
        assert session.stdout is not None
        session.stdout.read()
        session.stdout.close()
        assert session.wait() == 0
    assert translator.wait() == 0
    entries = room.catalog("story", "ko").entries
    assert [entry.id for entry in entries] == ids
    for number, entry in enumerate(entries[:24]):
        name = ("Kim", "Lee")[number % 2]
        assert (entry.target.state, entry.target.reviewer) == (State.REVIEWED, name)
        assert entry.target.text == f"문장 {number}번."
        assert entry.notes == (f"{name}: {name} saw it",)
    assert all(entry.target.origin.startswith("mt:") for entry in entries[24:])


def bilingual(
    root: Path, *words: str, stdin: int | None = None, stdout: int = subprocess.DEVNULL
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-u", "-m", "bilingual", *words],
        cwd=root, stdin=stdin, stdout=stdout, stderr=subprocess.DEVNULL, encoding="utf-8",
    )  # fmt: skip


HOLDER = """
import sys, time
from pathlib import Path
from bilingual.newsroom import Newsroom
newsroom = Newsroom.open(Path(sys.argv[1]))
with newsroom.lock(sys.argv[2]):
    print("held", flush=True)
    time.sleep(600)
"""


def test_the_lock_of_a_killed_process_is_free_at_once(room: Newsroom):
    path = room.catalog_path("review", "ko")
    words = [sys.executable, "-c", HOLDER, str(room.root), path]
    holder = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    unit = room.catalog("review", "ko").entries[0].id
    writer = bilingual(room.root, "comment", "review", unit, "읽었다", "--as", "Kim")
    time.sleep(1.5)
    assert writer.poll() is None, "the lock held it back"
    assert room.catalog("review", "ko").entries[0].notes == ()
    os.kill(holder.pid, signal.SIGKILL)
    assert writer.wait() == 0
    assert room.catalog("review", "ko").entries[0].notes == ("Kim: 읽었다",)
    holder.stdout.close()
    holder.wait()
