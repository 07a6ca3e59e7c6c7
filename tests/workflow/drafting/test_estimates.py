"""What a run will cost, reckoned beforehand; counted by a provider on loopback."""

from __future__ import annotations

import itertools
import json
import shutil
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bilingual.engines.base import EngineTraits
from bilingual.engines.scripted import Scripted, made_up
from bilingual.errors import EngineDownError
from bilingual.glossary.match import Matcher
from bilingual.journal.journal import Journal
from bilingual.model import Target
from bilingual.newsroom import Newsroom
from bilingual.prompting import marks
from bilingual.testing.provider.server import FailedResponse, ScriptedServer, asked
from bilingual.workflow.drafting.jobs import protected
from bilingual.workflow.segment import segment
from bilingual.workflow.translate import JOURNAL, translate
from bilingual.workflow.translate_plan import plan
from tests.support.copies import bilingual
from tests.support.paid_newsroom import MANY, billed, cost, toml

if TYPE_CHECKING:
    from collections.abc import Callable

    from bilingual.workflow.translate_plan import Plan

ROOT = Path(__file__).parents[3]


def ours(folder: Path, server: ScriptedServer) -> Newsroom:
    """Return a copy of the tool's own newsroom that asks ``server``."""
    for name in ("articles", "locales", "glossary.yaml"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    (folder / "bilingual.toml").write_text(toml(server, batch=8, retries=0), "utf-8")
    return Newsroom.open(folder)


def agree(planned: Plan, server: ScriptedServer) -> None:
    """Assert that what was planned is within a tenth of what ``server`` counted."""
    prompt, completion = (
        sum(getattr(b, n) for b in server.bills) for n in ("prompt", "completion")
    )
    assert planned.usage.requests == len(server.bills)
    assert planned.usage.prompt == pytest.approx(prompt, rel=0.1)
    assert planned.usage.completion == pytest.approx(completion, rel=0.1)
    assert planned.cost == pytest.approx(billed(server), rel=0.1)


def as_marks(target: str, source) -> str:
    """Return an approved target as an engine would have answered it."""
    for each in source.marks:
        if each.closing is None:
            target = target.replace(each.opening, f"<x{each.number}/>", 1)
        elif each.closing in target:
            end = target.index(each.closing)
            start = target.rindex(each.opening, 0, end)
            inner = target[start + len(each.opening) : end]
            mark = f"<g{each.number}>{inner}</g{each.number}>"
            target = target[:start] + mark + target[end + len(each.closing) :]
    return target


@pytest.mark.parametrize(
    ("slug", "language"), [("muse-spark", "ko"), ("quantization-on-laptops", "ko"),
                           ("hbm-memory-wall", "en"), ("korean-tokenizer-kmmlu", "en")],
)  # fmt: skip
def test_a_dry_run_is_within_a_tenth_of_what_the_provider_counts(tmp_path, count, slug, language):
    """The provider counts with a real tokenizer; its model translates as our people did."""
    with ScriptedServer(language, count=count) as server:
        newsroom = ours(tmp_path, server)
        matcher = Matcher(newsroom.glossary().terms)
        approved = newsroom.catalog(slug, language)
        answers = {}
        for entry in approved.live:
            source = protected(entry.source, matcher, approved.source_language)
            answers[source.text] = as_marks(entry.target.text, source)

        def blank(catalog):
            return replace(
                catalog, entries=tuple(replace(e, target=Target()) for e in catalog.entries)
            )

        newsroom.change(newsroom.article(slug), language, blank)
        server.translate = answers.__getitem__
        planned = plan(newsroom, [slug])
        result = translate(newsroom, [slug])
    agree(planned, server)
    assert result.cost == pytest.approx(billed(server))


@pytest.mark.parametrize(
    ("slug", "language", "old", "new"),
    [
        ("quantization-on-laptops", "ko", " a ", " another "),
        ("hbm-memory-wall", "en", "다. ", "다고 한다. "),
    ],
)
def test_a_dry_run_reckons_edits_as_the_provider_counts_them(  # noqa: PLR0917 - as above, and an edit
    tmp_path, count, slug, language, old, new
):
    """A word changes in every paragraph that has it, and people name what is stale."""
    with ScriptedServer(language, count=count) as server:
        newsroom = ours(tmp_path, server)
        article = newsroom.article(slug)
        blocks = article.text.split("\n\n")
        edited = [blocks[0], *(each.replace(old, new, 1) for each in blocks[1:])]
        (tmp_path / article.path).write_text("\n\n".join(edited), "utf-8")
        segment(newsroom)
        stale = [each.id for each in newsroom.catalog(slug, language).live if each.target.stale]
        engine = Scripted(lambda _request: "{}", traits=EngineTraits(batch=8, context=2, retries=0))
        translate(newsroom, [slug], redo=stale, drafts=engine)
        asked = [each for request in engine.requests for each in request.passages]
        answers = {
            each.text: marks.aligned(each.matches[0].source, each.matches[0].target)[1]
            for each in asked
        }
        server.translate = answers.__getitem__
        planned = plan(newsroom, [slug], redo=stale)
        translate(newsroom, [slug], redo=stale)
    assert len(stale) > 8
    assert sum(request.revision for request in engine.requests) > 8
    agree(planned, server)


def test_a_dry_run_sends_and_writes_nothing(make_newsroom, count):
    with ScriptedServer(count=count) as server:
        newsroom = make_newsroom(MANY, toml=toml(server))
        planned = plan(newsroom)
    assert not server.bodies
    assert planned.usage.requests == 12
    assert not list((newsroom.root / "locales").rglob("*.po"))


def test_what_the_journal_has_costs_nothing_more(make_newsroom, count):
    with ScriptedServer(count=count) as server:
        newsroom = make_newsroom(MANY, toml=toml(server))
        translate(newsroom)
        shutil.rmtree(newsroom.root / "locales")
        planned = plan(newsroom)
    assert planned.usage.requests == 0
    assert sum(each.journalled for each in planned.articles.values()) == 24


def test_the_next_estimate_learns_from_what_the_provider_counted(make_newsroom, count):
    with ScriptedServer(count=lambda text: 2 * count(text)) as server:
        newsroom = make_newsroom(MANY, toml=toml(server))
        translate(newsroom, ["a0", "a1"])
        so_far = len(server.bills)
        planned = plan(newsroom, ["a2"])
        translate(newsroom, ["a2"])
    counted = sum(b.prompt for b in server.bills[so_far : so_far + planned.usage.requests])
    assert planned.usage.prompt == pytest.approx(counted, rel=0.1)


def fails(share: float) -> Callable[[dict[str, Any]], FailedResponse | None]:
    """Return a server's ``refuses``: that share of its answers is the source itself."""
    lock, answered = threading.Lock(), itertools.count()

    def refuses(body: dict[str, Any]) -> FailedResponse | None:
        with lock:
            rows = {key: said(next(answered), text) for key, text in asked(body).items()}
        return FailedResponse(text=json.dumps(rows, ensure_ascii=False))

    def said(n: int, text: str) -> str:
        copies = int((n + 1) * share) > int(n * share)
        return text if copies else made_up(text, "ko")

    return refuses


def told(n: int, units: int) -> str:
    """Return the article ``n``: that many plain paragraphs of different words."""
    things = ("models", "labs", "chips", "papers", "editors", "readers", "servers", "prices")
    deeds = ("grew", "fell", "waited", "returned", "moved", "slowed", "doubled", "recovered")
    places = ("in spring", "at home", "abroad", "once more", "in silence", "at night", "again")
    return "\n\n".join(
        f"The {things[(i + n) % 8]} of the {things[(i * 3 + 1) % 8]} {deeds[(i // 2 + n) % 8]} "
        f"{places[(i * 5 + n) % 7]}, and {letters(n)} {letters(i)} {deeds[i % 8]}."
        for i in range(units)
    )


def letters(n: int) -> str:
    return "".join("abcdefghij"[int(digit)] for digit in f"{n + 10}") + "ox"


@pytest.mark.parametrize("share", [0.1, 0.3, 0.6])
def test_the_second_articles_estimate_foresees_what_is_asked_again(make_newsroom, count, share):
    articles = {"a0/en": told(0, 200), "a1/en": told(1, 120)}
    with ScriptedServer(count=count) as server:
        server.refuses = fails(share)
        newsroom = make_newsroom(articles, toml=toml(server, batch=8, concurrency=1))
        blind = plan(newsroom, ["a0"])
        translate(newsroom, ["a0"])
        first = len(server.bills)
        planned = plan(newsroom, ["a1"])
        translate(newsroom, ["a1"])
    bills = server.bills[first:]
    assert blind.learned is None
    assert blind.cost == blind.once.cost
    assert blind.usage.requests < first
    assert planned.learned == 200
    assert planned.once.usage.requests == 15
    assert planned.usage.requests == pytest.approx(len(bills), rel=0.1)
    assert planned.usage.prompt == pytest.approx(sum(b.prompt for b in bills), rel=0.1)
    assert planned.cost == pytest.approx(cost(bills), rel=0.1)
    assert planned.once.cost is not None
    assert planned.once.cost < cost(bills)


def test_a_dry_run_prints_what_it_takes_with_and_without_asking_again(make_newsroom, count):
    command = ["translate", "--dry-run"]
    with ScriptedServer(count=count) as server:
        server.refuses = fails(0.3)
        newsroom = make_newsroom({"a0/en": told(0, 40), "a1/en": told(1, 8)}, toml=toml(server))
        blind = bilingual(newsroom.root, *command, "a0").stdout
        translate(newsroom, ["a0"])
        seen = bilingual(newsroom.root, *command, "a1").stdout
        fields = json.loads(bilingual(newsroom.root, *command, "a1", "--json").stdout)
    assert "which is not included: too few answers of mt:openai/gpt-4.1-mini are known" in blind
    assert "with the usual repeats" not in blind
    assert ": if every unit is requested once\n" in seen
    assert "with the usual repeats (from the last 40 units)\n" in seen
    assert fields["again"] == {"units": 40}
    assert fields["once"]["usage"]["requests"] == 4
    assert fields["usage"]["requests"] > 4
    assert fields["cost"] > fields["once"]["cost"]


def test_an_engine_that_is_never_asked_again_has_nothing_to_foresee(make_newsroom, count):
    with ScriptedServer(count=count) as server:
        planned = plan(make_newsroom(MANY, toml=toml(server, retries=0)))
    assert planned.learned == 0
    assert planned.usage.requests == planned.once.usage.requests == 12


def test_a_target_that_is_to_be_another_says_nothing_of_asking_again(make_newsroom, count):
    """What is wrong with it goes along in the first request already."""
    with ScriptedServer(count=count) as server:
        newsroom = make_newsroom({"a0/en": told(0, 24)}, toml=toml(server))
        translate(newsroom)
        before = plan(newsroom, redo=["mt:openai"])
        translate(newsroom, redo=["mt:openai"])
        after = plan(newsroom, redo=["mt:openai"])
    assert before.learned == after.learned == 24
    assert before.once.usage.requests == 12


def test_a_batch_teaches_what_is_asked_again(make_newsroom, count):
    from bilingual.workflow.translate_batch import BatchOptions, translate_in_batches

    with ScriptedServer(count=count) as server:
        server.refuses = fails(0.3)
        newsroom = make_newsroom({"a0/en": told(0, 64)}, toml=toml(server, batch=8))
        for submit, collect in ((True, False), (True, True), (False, True)):
            translate_in_batches(newsroom, [], BatchOptions(submit, collect, settle=0.0))
        requests = len(server.bills)
        journal = Journal(newsroom.root / JOURNAL, reading=True)
        again = journal.again("mt:openai/gpt-4.1-mini")
        journal.close()
    assert again is not None
    assert again.first.units == 64
    assert again.again.requests == again.again.units == requests - 8 > 0


def test_a_dry_run_needs_no_key_and_a_run_does(make_newsroom, monkeypatch):
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    newsroom = make_newsroom(MANY, toml="[translate]\nengine = 'openai'\n")
    assert plan(newsroom).usage.requests == 4
    with pytest.raises(EngineDownError, match="OPENAI_API_KEY"):
        translate(newsroom)


WITHOUT_RIGHTS = """
import ctypes, os, sys
if os.geteuid() == 0:
    drop_from_bounding_set, dac_override = 24, 1
    ctypes.CDLL(None).prctl(drop_from_bounding_set, dac_override, 0, 0, 0)
os.execv(sys.executable, [sys.executable, "-m", "bilingual", *sys.argv[1:]])
"""
"""The command without what lets root write to files that nobody may write to."""


def test_a_newsroom_that_cannot_be_written_can_be_reckoned(make_newsroom, count):
    with ScriptedServer(count=count) as server:
        newsroom = make_newsroom(MANY, toml=toml(server))
        translate(newsroom)
        before = {path: path.stat().st_mtime_ns for path in newsroom.root.rglob("*")}
        for path in (newsroom.root, *newsroom.root.rglob("*")):
            path.chmod(path.stat().st_mode & ~0o222)
        try:
            for words in (["stats", "--json"], ["translate", "--dry-run", "--json"]):
                run = subprocess.run(
                    [sys.executable, "-c", WITHOUT_RIGHTS, *words],
                    cwd=newsroom.root, capture_output=True, text=True, check=False,
                )  # fmt: skip
                assert run.returncode == 0, run.stderr
            after = {path: path.stat().st_mtime_ns for path in newsroom.root.rglob("*")}
        finally:
            for path in (newsroom.root, *newsroom.root.rglob("*")):
                path.chmod(path.stat().st_mode | 0o200)
    assert json.loads(run.stdout)["again"] == {"units": 24}
    assert after == before
