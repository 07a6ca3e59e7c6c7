"""Asking through journal, budget and pace, by threads and processes; the server counts."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from dataclasses import replace

import pytest

from bilingual.engines.base import EngineTraits
from bilingual.engines.scripted import Scripted, made_up, spoken
from bilingual.errors import ContentError, EngineDownError
from bilingual.model import State, Target
from bilingual.newsroom import Newsroom
from bilingual.testing.provider.server import FailedResponse, ScriptedServer
from bilingual.workflow.evaluate import evaluate
from bilingual.workflow.translate import translate

MANY = "\n\n".join(f"The paragraph with the number {n} is here." for n in range(12)) + "\n"
GLOSSARY = "- {id: muse-spark, en: Muse Spark, ko: 뮤즈 스파크, kind: model}\n"


def toml(server: ScriptedServer, **settings) -> str:
    table = {"base_url": server.url, "model": "m", "batch": 1, "context": 0, **settings}
    rows = "\n".join(f"{name} = {value!r}" for name, value in table.items())
    return f"[translate]\nengine = 'openai'\n[engines.openai]\n{rows}\n"


def texts(newsroom) -> list[str]:
    return [entry.target.text for entry in newsroom.catalog("a", "ko").live]


def test_a_finding_of_the_checks_is_asked_again_and_counted_as_removed(make_newsroom):
    newsroom = make_newsroom({"a/en": "Muse Spark costs $14.3 billion.\n"}, glossary=GLOSSARY)
    answers = iter(
        ["뮤즈 불꽃은 143억 달러다.", "뮤즈 스파크는 14억 달러다.", "뮤즈 스파크는 143억 달러다."]
    )
    asked = []

    def script(request):
        asked.append(request.passages[0].problems)
        return next(answers)

    result = translate(
        newsroom, drafts=Scripted(script, traits=EngineTraits(brief=True, retries=2))
    )
    assert texts(newsroom) == ["뮤즈 스파크는 143억 달러다."]
    assert "Muse Spark" in " ".join(asked[1])
    assert "14" in " ".join(asked[2])
    assert (result.repair.units, result.repair.left) == (1, 0)
    assert result.repair.found >= 1


def test_what_the_checks_still_find_after_that_is_kept_for_a_person(make_newsroom):
    newsroom = make_newsroom({"a/en": "It costs $14.3 billion in all.\n"})
    engine = Scripted(
        lambda _: "모두 143만 달러가 든다.", traits=EngineTraits(brief=True, retries=2)
    )
    result = translate(newsroom, drafts=engine)
    assert texts(newsroom) == ["모두 143만 달러가 든다."]
    assert len(engine.requests) == 2, "the same words again are in the journal"
    assert result.repair.left == result.repair.found == 1


def test_two_runs_at_a_time_ask_for_nothing_twice(make_newsroom):
    with ScriptedServer(latency=0.2) as server:
        newsroom = make_newsroom({"a/en": MANY}, toml=toml(server, concurrency=2))
        command = [sys.executable, "-m", "bilingual", "translate"]
        runs = [
            subprocess.Popen(command, cwd=newsroom.root, stderr=subprocess.PIPE) for _ in range(3)
        ]
        codes = [run.wait(120) for run in runs]
        names = [bill.name for bill in server.bills]
    assert codes == [0, 0, 0], [run.stderr.read() for run in runs if run.stderr]
    assert all(texts(newsroom))
    assert len(names) == len(set(names))


def test_requests_are_in_flight_together_and_a_unit_never_loses_its_own_answer(make_newsroom):
    with ScriptedServer(latency=0.02) as server:
        newsroom = make_newsroom({"a/en": MANY}, toml=toml(server, concurrency=6, retries=0))
        flying, met = set(), []
        turn = threading.Condition()

        def enter(n):
            """Hold a request until another comes, once; the first goes alone."""
            with turn:
                flying.add(n)
                met.append(len(flying) > 1)
                turn.notify_all()
                if n > 1:
                    turn.wait_for(lambda: any(met), 30)
                flying.discard(n)

        server.before_answer = enter
        translate(newsroom)
    assert any(met)
    entries = newsroom.catalog("a", "ko").live
    assert [e.target.text for e in entries] == [made_up(e.source, "ko") for e in entries]


def test_ctrl_c_saves_all_that_is_in_flight_and_sends_nothing_more(make_newsroom):
    """The three requests behind the first are held until the run was told to end."""
    told, third = threading.Event(), threading.Event()
    with ScriptedServer(latency=0.3) as server:
        newsroom = make_newsroom({"a/en": MANY}, toml=toml(server, concurrency=3, retries=0))

        def hold(n):
            if n == 4:
                third.set()
            if n > 1:
                told.wait(60)

        server.before_answer = hold
        run = subprocess.Popen(
            [sys.executable, "-m", "bilingual", "translate"],
            cwd=newsroom.root,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        assert third.wait(60)
        os.killpg(run.pid, signal.SIGINT)
        told.set()  # the latency is the time that the signal has to arrive
        _, said = run.communicate(timeout=60)
    assert run.returncode == 130, said
    assert sum(map(bool, texts(newsroom))) == len(server.bodies) == len(server.bills)
    assert len(server.bodies) < 12


def test_a_catalog_that_breaks_meanwhile_ends_the_run_and_loses_no_answer(make_newsroom):
    with ScriptedServer(latency=0.3) as server:
        newsroom = make_newsroom({"a/en": MANY}, toml=toml(server, concurrency=5, retries=0))
        catalog = newsroom.root / "locales/ko/articles/a.po"
        kept: list[str] = []

        def spoil(n):
            if n == 4:  # in nobody's writing, which would undo it
                with newsroom.lock("locales/ko/articles/a.po"):
                    kept.append(catalog.read_text("utf-8"))
                    catalog.write_text(f"<<<<<<< ours\n{kept[0]}", "utf-8")

        server.before_answer = spoil
        with pytest.raises(ContentError, match="git conflict"):
            translate(newsroom)
        paid = len(server.bills)
        assert paid > 2
        catalog.write_text(kept[0], "utf-8")
        server.before_answer = lambda _n: None
        assert not translate(newsroom).failures
    assert all(texts(newsroom))
    assert len(server.bills) == 12, "what was in flight was not asked again"


def test_an_engine_that_fails_within_an_evaluation_loses_no_answer(make_newsroom):
    with ScriptedServer(latency=0.1) as server:
        newsroom = make_newsroom({"a/en": MANY}, toml=toml(server, concurrency=5, retries=0))
        translate(newsroom)
        approve_all(newsroom)
        toml_file = newsroom.root / "bilingual.toml"
        toml_file.write_text(toml(server, concurrency=5, retries=0, model="n"), "utf-8")
        newsroom = Newsroom.open(newsroom.root)
        before = len(server.bodies)
        late = before + 5
        server.refuses = lambda _: FailedResponse(401, "no") if len(server.bodies) > late else None
        (failed,) = evaluate(newsroom, engines=["openai"]).failures
        assert isinstance(failed.error, EngineDownError)
        assert "refused the key" in str(failed.error)
        server.refuses = lambda _: None
        found = evaluate(newsroom, engines=["openai"])
    assert (found.trials[0].reused, found.trials[0].requests) == (5, 7)
    assert len(server.bills) == 24


def test_a_budget_that_is_used_up_ends_the_run_whatever_was_set_aside(make_newsroom):
    """0.1 + 0.2 - 0.1 - 0.2 is not 0: what is left of sums must not keep anybody waiting."""
    costs = {f"The paragraph with the number {n} is here.": n for n in range(12)}
    price = "\n[engines.openai.price]\nprompt = 1.0\ncompletion = 2.0\n"
    page = "\n\n".join(text + " More." * n for text, n in costs.items())
    for share in range(6):
        with ScriptedServer(latency=0.02) as server:
            newsroom = make_newsroom(
                {"a/en": page}, toml=toml(server, concurrency=8, retries=0) + price
            )
            result = translate(newsroom, max_cost=0.012 + share / 1000)
        assert result.stopped
        shutil.rmtree(newsroom.root)


def approve_all(newsroom):
    def edit(catalog):
        return replace(
            catalog,
            entries=tuple(
                replace(each, target=replace(each.target, state=State.REVIEWED, reviewer="Kim"))
                for each in catalog.entries
            ),
        )

    newsroom.change(newsroom.article("a"), "ko", edit)


def test_a_busy_server_is_given_its_time_and_everything_arrives(make_newsroom):
    with ScriptedServer() as server:
        server.faults = [
            FailedResponse(),
            *[FailedResponse(429, "slow down", headers={"retry-after": "1"})] * 3,
        ]
        newsroom = make_newsroom({"a/en": MANY}, toml=toml(server, concurrency=3, retries=0))
        result = translate(newsroom)
    assert not result.failures
    assert all(texts(newsroom))
    assert len(server.bills) == 12


def test_a_provider_that_goes_down_ends_the_run_with_everything_saved(make_newsroom):
    with ScriptedServer() as server:
        newsroom = make_newsroom(
            {"a/en": MANY}, toml=toml(server, concurrency=3, retries=0, max_retries=1)
        )
        server.refuses = lambda _: FailedResponse(500, "oops") if len(server.bodies) > 4 else None
        with pytest.raises(EngineDownError, match="in a row failed"):
            translate(newsroom)
        assert sum(map(bool, texts(newsroom))) == 4
        server.refuses = lambda _: None
        assert not translate(newsroom).failures
    assert all(texts(newsroom))
    assert len(server.bills) == 12


def test_redo_of_a_rule_drafts_again_what_it_finds_and_gives_the_reasons(make_newsroom):
    newsroom = make_newsroom({"a/en": "It costs $14.3 billion.\n\nNothing more is known.\n"})

    def bad(request):
        return spoken(
            request, lambda p: "143만 달러가 든다." if "$" in p.text else "더 알려진 것은 없다."
        )

    translate(newsroom, drafts=Scripted(bad, traits=EngineTraits(brief=True, retries=0)))
    engine = Scripted(lambda _: "143억 달러가 든다.", traits=EngineTraits(brief=True, retries=0))
    translate(newsroom, redo=["number-mismatch"], drafts=engine)
    assert texts(newsroom) == ["143억 달러가 든다.", "더 알려진 것은 없다."]
    assert engine.requests[0].passages[0].problems
    entry = newsroom.catalog("a", "ko").live[0]
    assert [each.text for each in entry.history] == ["143만 달러가 든다."]


def test_two_runs_that_begin_in_one_second_are_taken_back_apart(make_newsroom):
    with ScriptedServer() as server:
        newsroom = make_newsroom({"a/en": MANY, "b/en": MANY}, toml=toml(server))
        runs = [
            subprocess.Popen(
                [sys.executable, "-m", "bilingual", "translate", slug, "--json"],
                cwd=newsroom.root,
                stdout=subprocess.PIPE,
            )
            for slug in ("a", "b")
        ]
        told = [json.loads(run.communicate(timeout=60)[0]) for run in runs]
    assert told[0]["run"] != told[1]["run"]
    for each, slug in zip(told, ("a", "b"), strict=True):
        targets = [entry.target for entry in newsroom.catalog(slug, "ko").live]
        assert {target.time for target in targets} == {each["run"]}


def test_what_another_run_filled_meanwhile_counts_for_that_run_only(make_newsroom):
    newsroom = make_newsroom({"a/en": "The first paragraph.\n\nThe second one.\n"})

    def script(request):
        newsroom.change(newsroom.article("a"), "ko", filled)
        return spoken(request, lambda p: made_up(p.text, "ko") + " 늦었다")

    def filled(catalog):
        target = Target("먼저 왔다.", State.TRANSLATED, "mt:other/m", time="2026-11-25T00:00:00Z")
        return replace(catalog, entries=tuple(replace(e, target=target) for e in catalog.entries))

    late = translate(newsroom, drafts=Scripted(script))
    assert late.drafted == 0
    assert not any("늦었다" in text for text in texts(newsroom))
