"""The translate step on a real newsroom, with engines whose answers are written down."""

from __future__ import annotations

import json
import os
import random
import signal
import threading
import time
from dataclasses import replace

import pytest

from bilingual.engines.base import EngineTraits
from bilingual.engines.scripted import Scripted, made_up, spoken
from bilingual.errors import EngineDownError, EngineError
from bilingual.model import State, Target, msg
from bilingual.prompting.request import Reply
from bilingual.testing.provider.server import ScriptedServer
from bilingual.workflow.translate import translate
from tests.support.copies import Copy

BRIEF = EngineTraits(brief=True, retries=1)
GLOSSARY = """\
- {id: gpt-5-4, en: GPT-5.4, ko: keep, reading: 지피티 오점사, kind: model}
- {id: muse-spark, en: Muse Spark, ko: 뮤즈 스파크, kind: model}
"""
SHORT = "# One\n\nThe first paragraph is here.\n\n# Two\n\nThe second paragraph is there.\n"


def good(request) -> str:
    return spoken(request, lambda passage: made_up(passage.text, request.target_language))


def entries(newsroom, slug="spark", language="ko"):
    return {entry.source: entry for entry in newsroom.catalog(slug, language).live}


def set_target(newsroom, source, target, slug="spark"):
    def edit(catalog):
        changed = [
            replace(each, target=target) if each.source == source else each
            for each in catalog.entries
        ]
        return replace(catalog, entries=tuple(changed))

    newsroom.change(newsroom.article(slug), "ko", edit)


def test_every_waiting_unit_gets_a_draft_with_its_origin(newsroom):
    result = translate(newsroom, drafts=Scripted(good))
    assert not result.failures
    assert result.drafted + result.reused == len(newsroom.catalog("spark", "ko").live)
    for entry in entries(newsroom).values():
        assert entry.target.state is State.TRANSLATED
        assert entry.target.origin.startswith("mt:")
        assert entry.target.time.endswith("Z")


def test_a_second_run_sends_nothing(newsroom):
    translate(newsroom, drafts=Scripted(good))
    engine = Scripted(good)
    assert translate(newsroom, drafts=engine).drafted == 0
    assert not engine.requests


def test_links_and_code_come_back_in_the_draft(newsroom):
    translate(newsroom, drafts=Scripted(good))
    source = "See the [model card](https://ai.meta.com/muse) for `eval.py`."
    target = entries(newsroom)[source].target.text
    assert "](https://ai.meta.com/muse)" in target
    assert "`eval.py`" in target


@pytest.mark.parametrize("key", ["dek", "subtitle", "description", "summary"])
def test_a_request_says_the_standfirst_and_the_section_of_the_newsroom(make_newsroom, key):
    front = f"---\ntitle: 메모리가 모자란다\n{key}: 칩값이 뛴다.\ncategory: 반도체\n---\n\n"
    newsroom = make_newsroom({"a/ko": f"{front}# 수요\n\n## 미국\n\n주문이 밀렸다.\n"})
    engine = Scripted(good)
    translate(newsroom, drafts=engine)
    assert {request.dek for request in engine.requests} == {"칩값이 뛴다."}
    sections = [request.section for request in engine.requests]
    assert sections == [("반도체",), ("반도체",), ("반도체", "수요")]


def test_kept_terms_travel_as_marks_and_terms_that_occur_are_sent(make_newsroom):
    newsroom = make_newsroom(
        {"a/en": "Muse Spark trails GPT-5.4 by far.\n\nNothing of note here.\n"}, glossary=GLOSSARY
    )
    engine = Scripted(good, traits=BRIEF)
    translate(newsroom, drafts=engine)
    first, second = (r for r in engine.requests if not r.passages[0].problems)
    assert first.passages[0].text == "Muse Spark trails <x1/> by far."
    assert {term.id for term in first.terms} == {"gpt-5-4", "muse-spark"}
    assert not second.terms
    assert "GPT-5.4" in entries(newsroom, "a")["Muse Spark trails GPT-5.4 by far."].target.text


def test_what_is_nothing_but_marks_needs_no_engine(make_newsroom):
    newsroom = make_newsroom({"a/en": "# GPT-5.4\n"}, glossary=GLOSSARY)
    engine = Scripted(good)
    assert translate(newsroom, drafts=engine).reused == 1
    assert not engine.requests
    assert entries(newsroom, "a")["GPT-5.4"].target.text == "GPT-5.4"


def test_units_of_a_section_are_asked_for_together(make_newsroom):
    newsroom = make_newsroom({"a/en": "# One\n\nFirst text.\n\nNext text.\n\n# Two\n\nLast.\n"})
    engine = Scripted(good, traits=EngineTraits(batch=8))
    translate(newsroom, drafts=engine)
    asked = [[p.text for p in request.passages] for request in engine.requests]
    assert asked == [["One", "First text.", "Next text."], ["Two", "Last."]]


@pytest.mark.parametrize("state", [State.TRANSLATED, State.REVIEWED, State.FINAL])
def test_what_a_person_wrote_or_approved_is_never_touched(newsroom, state):
    translate(newsroom, drafts=Scripted(good))
    mine = Target("내가 쓴 문장이다.", state, "human:지수", "지수")
    set_target(newsroom, "A first release", mine)
    article = newsroom.root / "articles/spark/index.en.md"
    article.write_text(article.read_text().replace("A first release", "A first release, again"))
    result = translate(newsroom, drafts=Scripted(good))
    entry = entries(newsroom)["A first release, again"]
    assert entry.target.stale
    assert entry.target.text == "내가 쓴 문장이다."
    assert entry.target.state is state
    assert result.waiting == 1


def test_a_stale_target_of_a_person_is_drafted_again_when_named_and_kept_in_its_history(newsroom):
    translate(newsroom, drafts=Scripted(good))
    set_target(newsroom, "A first release", Target("첫 공개", State.REVIEWED, "human:지수", "지수"))
    article = newsroom.root / "articles/spark/index.en.md"
    article.write_text(article.read_text().replace("A first release", "A second release"))
    translate(newsroom, drafts=Scripted(good))
    unit = entries(newsroom)["A second release"].id
    translate(newsroom, redo=[unit], drafts=Scripted(good))
    entry = entries(newsroom)["A second release"]
    assert entry.target.state is State.TRANSLATED
    assert not entry.target.stale
    assert [each.text for each in entry.history] == ["첫 공개"]


def test_a_stale_machine_draft_is_drafted_again_and_nothing_else(newsroom):
    translate(newsroom, drafts=Scripted(good))
    article = newsroom.root / "articles/spark/index.en.md"
    article.write_text(article.read_text().replace("A first release", "A new release"))
    engine = Scripted(good)
    assert translate(newsroom, drafts=engine).drafted == 1
    assert [p.text for r in engine.requests for p in r.passages] == ["A new release"]
    assert not entries(newsroom)["A new release"].target.stale


def test_the_same_words_approved_elsewhere_are_reused(make_newsroom):
    newsroom = make_newsroom({"a/en": "# Price\n", "b/en": "# Price\n"})
    translate(newsroom, ["a"], drafts=Scripted(good))
    set_target(newsroom, "Price", Target("가격", State.REVIEWED, "human:지수", "지수"), "a")
    engine = Scripted(good)
    translate(newsroom, ["b"], drafts=engine)
    target = entries(newsroom, "b")["Price"].target
    place = entries(newsroom, "a")["Price"].id
    assert (target.text, target.origin, target.state) == (
        "가격", f"tm:100 unit:a/{place}", State.TRANSLATED,
    )  # fmt: skip
    assert not engine.requests


def test_a_draft_that_loses_a_mark_is_asked_again_with_the_reason(make_newsroom):
    newsroom = make_newsroom({"a/en": "Run `make demo` to see it.\n"})
    answers = iter(["실행해 보라.", "<x1/>를 실행해 보라."])
    engine = Scripted(lambda _request: next(answers), traits=BRIEF)
    assert translate(newsroom, drafts=engine).drafted == 1
    assert engine.requests[1].passages[0].problems == ("the mark <x1/> is missing",)
    assert "`make demo`를 실행해 보라." in [e.target.text for e in entries(newsroom, "a").values()]


def test_what_fails_twice_stays_initial_with_the_reason_and_stops_no_other(make_newsroom):
    newsroom = make_newsroom({"a/en": "Run `make demo` to see it.\n\nAnother paragraph here.\n"})

    def script(request):
        return "실행해 보라." if "<x1/>" in request.passages[0].text else good(request)

    engine = Scripted(script, traits=BRIEF)
    result = translate(newsroom, drafts=engine)
    assert (result.drafted, len(result.failures)) == (1, 1)
    failed = entries(newsroom, "a")["Run `make demo` to see it."].target
    assert failed.state is State.INITIAL
    assert "the mark <x1/> is missing" in failed.failure
    again = Scripted(script, traits=BRIEF)
    assert len(translate(newsroom, drafts=again).failures) == 1
    assert not again.requests, "the refused answers were paid for and are in the journal"


def test_a_draft_with_a_lesser_fault_is_kept_for_a_person_after_asking_again(make_newsroom):
    newsroom = make_newsroom({"a/en": "The model is cheap to run at home.\n"})
    engine = Scripted(lambda _request: "이 모델은 價格이 싸다.", traits=BRIEF)
    assert translate(newsroom, drafts=engine).drafted == 1
    assert len(engine.requests) == 2


def test_a_missing_row_is_asked_again_and_the_others_are_saved_first(make_newsroom):
    newsroom = make_newsroom({"a/en": "First one here.\n\nSecond one here.\n\nThird one here.\n"})
    seen = []

    def script(request):
        if len(request.passages) == 3:
            return json.dumps({"1": "첫째다.", "3": "셋째다."})
        seen.append([e.target.text for e in newsroom.catalog("a", "ko").live])
        return json.dumps({"1": "둘째다."})

    translate(newsroom, drafts=Scripted(script, traits=EngineTraits(batch=8)))
    assert seen == [["첫째다.", "", "셋째다."]]
    saved = [e.target.text for e in entries(newsroom, "a").values()]
    assert saved == ["첫째다.", "둘째다.", "셋째다."]


@pytest.mark.parametrize("better", [True, False])
def test_a_draft_that_leaves_a_sentence_out_is_asked_for_again(make_newsroom, better):
    """The better of two drafts is kept; one that never gets better stays, for a person to see."""
    whole = (
        "위원회는 기업들이 시간을 더 원한다는 말을 들었다. 장관은 날짜가 그대로라고 답했다. "
        "시민단체는 아무도 읽을 수 없는 라벨을 몇 개 보여 줬다."
    )
    part = whole.partition(". ")[0] + "."
    source = (
        "The committee heard that companies want more time. The minister answered that the date "
        "stands. A civic group showed some labels that nobody can read."
    )
    newsroom = make_newsroom({"a/en": f"{source}\n"})
    answers = iter((part, whole if better else part))
    engine = Scripted(lambda _request: next(answers), traits=BRIEF)
    translate(newsroom, drafts=engine)
    told = engine.requests[1].passages[0].problems
    assert any("nothing in the target corresponds to this sentence" in each for each in told)
    assert newsroom.catalog("a", "ko").live[0].target.text == (whole if better else part)


def test_a_draft_that_has_no_place_in_the_article_is_refused(make_newsroom):
    newsroom = make_newsroom({"a/en": "The plain paragraph is here.\n"})
    engine = Scripted(lambda _request: "```", traits=BRIEF)
    assert len(translate(newsroom, drafts=engine).failures) == 1


def test_a_cut_answer_is_not_used(make_newsroom):
    newsroom = make_newsroom({"a/en": "The plain paragraph is here.\n"})
    engine = Scripted(lambda _request: Reply("평범한 문", "length"), traits=BRIEF)
    failure = translate(newsroom, drafts=engine).failures[0]
    assert "cut off at the token limit" in str(failure.reason)


def test_an_engine_that_is_down_stops_with_everything_saved(make_newsroom):
    newsroom = make_newsroom({"a/en": SHORT})
    count = iter(range(9))

    def script(request):
        if next(count) == 2:
            raise EngineDownError(msg("refused the key"), hint=msg("set NEWS_KEY"))
        return good(request)

    with pytest.raises(EngineDownError, match="NEWS_KEY"):
        translate(newsroom, drafts=Scripted(script, traits=BRIEF))
    assert [bool(e.target.text) for e in entries(newsroom, "a").values()] == [
        True, True, False, False,
    ]  # fmt: skip
    engine = Scripted(good, traits=BRIEF)
    translate(newsroom, drafts=engine)
    assert len(engine.requests) == 2


def test_three_failures_in_a_row_are_an_engine_that_is_down(make_newsroom):
    newsroom = make_newsroom({"a/en": SHORT})

    def script(_request):
        raise EngineError(msg("status 503"))

    with pytest.raises(EngineDownError, match="3 requests in a row"):
        translate(newsroom, drafts=Scripted(script, traits=BRIEF))
    failures = [e.target.failure for e in entries(newsroom, "a").values()]
    assert [bool(failure) for failure in failures] == [True, True, True, False]


def test_one_failure_of_the_network_stops_no_other_unit(make_newsroom):
    newsroom = make_newsroom({"a/en": SHORT})
    count = iter(range(9))

    def script(request):
        if next(count) == 1:
            raise EngineError(msg("status 503"))
        return good(request)

    result = translate(newsroom, drafts=Scripted(script, traits=BRIEF))
    assert (result.drafted, len(result.failures)) == (3, 1)
    assert translate(newsroom, drafts=Scripted(good, traits=BRIEF)).drafted == 1
    assert all(not e.target.failure for e in entries(newsroom, "a").values())


def test_a_unit_that_a_person_fills_meanwhile_is_theirs(make_newsroom):
    newsroom = make_newsroom({"a/en": "The plain paragraph is here.\n"})
    mine = Target("사람이 쓴 문장이다.", State.REVIEWED, "human:지수", "지수")

    def script(request):
        set_target(newsroom, "The plain paragraph is here.", mine, "a")
        return good(request)

    translate(newsroom, drafts=Scripted(script, traits=BRIEF))
    assert entries(newsroom, "a")["The plain paragraph is here."].target.text == mine.text


def test_ctrl_c_saves_the_answer_in_flight_and_stops(make_newsroom):
    newsroom = make_newsroom({"a/en": SHORT})

    def script(request):
        os.kill(os.getpid(), signal.SIGINT)
        return good(request)

    engine = Scripted(script, traits=BRIEF)
    with pytest.raises(KeyboardInterrupt):
        translate(newsroom, drafts=engine)
    assert len(engine.requests) == 1
    assert [bool(e.target.text) for e in entries(newsroom, "a").values()].count(True) == 1


def test_a_rejected_draft_is_requested_again_with_the_reviewers_words(make_newsroom):
    from bilingual.workflow.review import Decision, reject

    newsroom = make_newsroom({"a/en": "The plain paragraph is here.\n"})
    translate(newsroom, drafts=Scripted(good, traits=BRIEF))
    unit = next(iter(entries(newsroom, "a").values())).id
    reject(newsroom, "a", unit, "too literal", Decision("지수", "2026-04-09T01:02:03Z"))
    engine = Scripted(good, traits=BRIEF)
    translate(newsroom, drafts=engine)
    assert engine.requests[0].passages[0].notes == ("too literal",)


def test_progress_counts_every_unit(newsroom):
    steps = []
    translate(newsroom, drafts=Scripted(good), progress=steps.append)
    assert steps[-1].done == steps[-1].total == len(newsroom.catalog("spark", "ko").live)
    assert [step.done for step in steps] == sorted(step.done for step in steps)


RUN = """
import sys
from pathlib import Path
from bilingual.newsroom import Newsroom
from bilingual.workflow.translate import translate
translate(Newsroom.open(Path(sys.argv[1])))
"""
MANY = "\n\n".join(f"# Part {word}\n\nThe {word} paragraph has words." for word in (
    "first", "second", "third", "fourth", "fifth", "sixth",
)) + "\n"  # fmt: skip


HANDS = 3


@pytest.mark.parametrize("idempotent", [True, False], ids=["names known", "names unknown"])
def test_a_run_killed_at_any_time_asks_again_only_for_what_was_on_its_way(
    make_newsroom, monkeypatch, idempotent
):
    """Each run has a key of its own, so that a request of a killed one that comes in late is known.

    It is killed some time after it sent so many requests; so that it does not end before that, the
    last of them are held.
    """
    chance = random.Random(20260409)  # noqa: S311 - times of kills, no secret
    most, killed = 0, threading.Event()
    with ScriptedServer(latency=0.1, idempotent=idempotent) as server:

        def sent(run: int) -> list[str]:
            key = f"Bearer run-{run}"
            mine = [each for each in list(server.headers) if each["authorization"] == key]
            return [each["idempotency-key"] for each in mine]

        server.before_answer = lambda _n: len(sent(run)) < most or killed.wait(60)
        newsroom = make_newsroom(
            {f"a{n}/en": MANY.replace("paragraph", f"paragraph {n}") for n in range(4)},
            toml="[translate]\nengine = 'openai'\n"
            f"[engines.openai]\nbase_url = '{server.url}'\nmodel = 'm'\ncontext = 0\nbatch = 2\n"
            f"concurrency = {HANDS}\n",
        )
        for run, most in enumerate((1, 4, 6, 3, 5)):
            monkeypatch.setenv("OPENAI_API_KEY", f"run-{run}")
            killed.clear()
            process = Copy(RUN, str(newsroom.root))
            while len(sent(run)) < most and process.poll() is None:
                time.sleep(0.01)
            time.sleep(chance.uniform(0, 0.3))
            process.kill()
            assert process.wait(60) == -signal.SIGKILL
            killed.set()
        run, most = run + 1, 10**6
        monkeypatch.setenv("OPENAI_API_KEY", f"run-{run}")
        assert Copy(RUN, str(newsroom.root)).wait() == 0
    repeated, before = 0, set()
    for number in range(run + 1):
        again = sent(number)
        assert len(again) == len(set(again))
        assert len(before.intersection(again)) <= HANDS
        repeated += len(before.intersection(again))
        before.update(again)
    assert len(server.billed_twice) <= (0 if idempotent else repeated)
    assert all(e.target.text for n in range(4) for e in entries(newsroom, f"a{n}").values())


def test_a_match_in_the_same_context_fills_the_unit_without_an_engine(make_newsroom):
    """A source with two approved targets: its neighbours say which of them is meant."""
    text = "{}\n\nSee the notes.\n\n{}\n"
    newsroom = make_newsroom(
        {
            "a/en": text.format("Models are listed.", "Prices follow."),
            "b/en": text.format("Doctors were asked.", "Answers follow."),
        }
    )
    translate(newsroom, drafts=Scripted(good))
    for slug, target in (("a", "비고를 보라."), ("b", "메모를 보라.")):
        mine = Target(target, State.REVIEWED, "human:지수", "지수")
        set_target(newsroom, "See the notes.", mine, slug)
    file = newsroom.root / "articles/c/index.en.md"
    file.parent.mkdir()
    file.write_text(text.format("Doctors were asked.", "Answers follow."), "utf-8")
    engine = Scripted(good)
    translate(newsroom, ["c"], drafts=engine)
    target = entries(newsroom, "c")["See the notes."].target
    place = entries(newsroom, "b")["See the notes."].id
    assert (target.text, target.origin, target.state) == (
        "메모를 보라.", f"tm:101 unit:b/{place}", State.TRANSLATED,
    )  # fmt: skip
    assert "See the notes." not in [p.text for r in engine.requests for p in r.passages]


def test_a_fuzzy_match_goes_into_the_request(make_newsroom):
    newsroom = make_newsroom({"a/en": "The model was trained on 400 billion tokens of text.\n"})
    translate(newsroom, drafts=Scripted(good))
    source = "The model was trained on 400 billion tokens of text."
    mine = Target(
        "이 모델은 텍스트 4000억 토큰으로 학습했다.", State.REVIEWED, "human:지수", "지수"
    )
    set_target(newsroom, source, mine, "a")
    file = newsroom.root / "articles/c/index.en.md"
    file.parent.mkdir()
    file.write_text("The model was trained on 500 billion tokens of text.\n", "utf-8")
    engine = Scripted(good, traits=EngineTraits(batch=4, retries=0))
    translate(newsroom, ["c"], drafts=engine)
    (match,) = engine.requests[0].passages[0].matches
    assert (match.source, match.target) == (source, mine.text)
    assert 75 <= match.score < 100


def test_two_targets_in_the_same_context_are_left_to_the_engine_and_a_person(make_newsroom):
    text = "Models are listed.\n\nSee the notes.\n\nPrices follow.\n"
    newsroom = make_newsroom({"a/en": text, "b/en": text})
    translate(newsroom, drafts=Scripted(good))
    for slug, target in (("a", "비고를 보라."), ("b", "메모를 보라.")):
        mine = Target(target, State.REVIEWED, "human:지수", "지수")
        set_target(newsroom, "See the notes.", mine, slug)
    file = newsroom.root / "articles/c/index.en.md"
    file.parent.mkdir()
    file.write_text(text, "utf-8")
    engine = Scripted(good)
    translate(newsroom, ["c"], drafts=engine)
    assert entries(newsroom, "c")["See the notes."].target.origin.startswith("mt:")
    passage = next(p for r in engine.requests for p in r.passages if p.text == "See the notes.")
    assert {match.target for match in passage.matches} == {"비고를 보라.", "메모를 보라."}


def test_where_no_unit_is_alike_its_sentences_are_looked_up(make_newsroom):
    known = "It runs on a laptop. The model was trained on 400 billion tokens."
    newsroom = make_newsroom({"a/en": f"{known}\n"})
    translate(newsroom, drafts=Scripted(good))
    target = "노트북에서 돌아간다. 이 모델은 4000억 토큰으로 학습했다."
    set_target(newsroom, known, Target(target, State.REVIEWED, "human:지수", "지수"), "a")
    file = newsroom.root / "articles/c/index.en.md"
    file.parent.mkdir()
    file.write_text(
        # The sentence stands first in its unit, as it did: a match in context, of a sentence.
        "It runs on a laptop. The model was trained on 400 billion tokens. Nobody had expected "
        "that from so small a company in Daejeon, whose price has not been named, and whose "
        "weights stay closed for now.\n",
        "utf-8",
    )
    engine = Scripted(good, traits=EngineTraits(batch=4, retries=0))
    translate(newsroom, ["c"], drafts=engine)
    first, _ = engine.requests[0].passages[0].matches
    assert (first.source, first.target) == ("It runs on a laptop.", "노트북에서 돌아간다.")
    assert (first.segment, first.score) == (True, 101)
    assert entries(newsroom, "c").popitem()[1].target.origin.startswith("mt:")
