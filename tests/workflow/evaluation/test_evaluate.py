"""Engines measured by what people approved, with answers that are known."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bilingual.cli.evaluate import table
from bilingual.engines.base import EngineTraits
from bilingual.engines.price import Price
from bilingual.engines.scripted import Scripted, spoken
from bilingual.errors import ConfigurationError, RefusedError, UsageError
from bilingual.model import State, Target
from bilingual.newsroom import Newsroom
from bilingual.prompting.request import Reply, Usage
from bilingual.testing.provider.server import FailedResponse, ScriptedServer
from bilingual.workflow.evaluate import APPROVED, evaluate
from bilingual.workflow.evaluation.scores import scores
from bilingual.workflow.segment import segment
from bilingual.workflow.stats import stats
from tests.support.copies import bilingual

PAGE = """\
# Muse Spark arrives

Muse Spark scored 52 points on Tuesday.

It trails the best model by 5 points.

More than 1,000 physicians took part.
"""
APPROVED_TARGETS = {
    "Muse Spark arrives": "뮤즈 스파크 등장",
    "Muse Spark scored 52 points on Tuesday.": "뮤즈 스파크는 화요일 52점을 받았다.",
    "It trails the best model by 5 points.": "가장 좋은 모델보다 5점 낮다.",
    "More than 1,000 physicians took part.": "의사 1,000여 명이 참여했다.",
}
KNOWN = {
    "Muse Spark arrives": "뮤즈 스파크 등장",  # as approved
    "Muse Spark scored 52 points on Tuesday.": "뮤즈 불꽃은 화요일 52점을 받았다.",
    "It trails the best model by 5 points.": "가장 좋은 모델보다 6점 낮다.",
    "More than 1,000 physicians took part.": "",
}
GLOSSARY = "- id: muse-spark\n  en: Muse Spark\n  ko: 뮤즈 스파크\n"
PRICE = Price(prompt=1.0, completion=10.0)


@pytest.fixture
def desk(make_newsroom):
    """Four approved units."""
    newsroom = make_newsroom({"spark/en": PAGE}, glossary=GLOSSARY)
    segment(newsroom)
    approve(newsroom, "spark", APPROVED_TARGETS)
    return newsroom


def approve(newsroom, slug: str, targets: dict[str, str], origin: str = "human:Kim") -> None:
    def change(catalog):
        return replace(
            catalog,
            entries=tuple(
                replace(
                    each,
                    target=Target(targets[each.source], State.REVIEWED, origin, "Kim"),
                    notes=(f"Kim: {targets[each.source]}",),
                )
                if each.source in targets
                else each
                for each in catalog.entries
            ),
        )

    article = newsroom.article(slug)
    newsroom.change(article, newsroom.target_language(article), change)


def engine(answers=KNOWN, **traits) -> Scripted:
    """An engine with ``answers``; each request is billed 1,000 and 100 tokens."""

    def script(request):
        text = spoken(request, lambda passage: answers.get(passage.text, ""))
        return Reply(text, usage=Usage(1000, 0, 100, 1))

    traits = {"batch": 10, "retries": 0, "price": PRICE} | traits
    return Scripted(script, traits=EngineTraits(**traits))


def evaluated(newsroom, *, drafts=None, **options):
    scripted = drafts or engine()
    found = evaluate(newsroom, engines=["scripted"], ready={"scripted": scripted}, **options)
    approved, row = found.rows
    assert approved.engine == APPROVED
    return row, approved, found.trials[0], scripted


def test_scores_compare_the_drafts_with_the_approved_targets(desk):
    row, approved, _, _ = evaluated(desk)
    order = list(APPROVED_TARGETS)
    wanted = scores([KNOWN[e] for e in order], [APPROVED_TARGETS[e] for e in order], "ko")
    assert row.scores == wanted
    assert 0 < row.scores.chrf < 100
    assert approved.scores is None


def test_terms_findings_and_refused_drafts_are_counted(desk):
    row, approved, _, _ = evaluated(desk)
    assert (row.units, row.refused) == (4, 1)
    # Two units hold the term; one draft writes another name. One draft has another number.
    assert (row.quality.terms, row.quality.terms_kept) == (2, 1)
    assert (approved.quality.terms, approved.quality.terms_kept) == (2, 2)
    assert row.quality.errors >= 2
    assert approved.quality.errors == 0


def test_no_engine_sees_what_people_approved(desk):
    *_, scripted = evaluated(desk, drafts=engine(context=3))
    for request in scripted.requests:
        for target in APPROVED_TARGETS.values():
            assert target not in repr(request)
    assert scripted.requests


def test_what_is_not_drawn_is_seen_around_and_not_asked_for(desk):
    row, *_, scripted = evaluated(desk, drafts=engine(context=3), limit=1)
    assert row.units == 1
    (passage,) = (passage for request in scripted.requests for passage in request.passages)
    shown = repr(scripted.requests)
    assert APPROVED_TARGETS[passage.text] not in shown
    assert sum(target in shown for target in APPROVED_TARGETS.values()) >= 1


def test_the_same_words_elsewhere_give_nothing_away(make_newsroom):
    page = "# One day\n\nOne day\n\nAnother long day in the newsroom.\n"
    newsroom = make_newsroom({"spark/en": page})
    segment(newsroom)
    approve(
        newsroom, "spark", {"One day": "어느 날", "Another long day in the newsroom.": "긴 하루."}
    )
    asked = set()
    for seed in range(6):
        *_, scripted = evaluated(newsroom, drafts=engine(context=3), limit=1, seed=seed)
        for request in scripted.requests:
            (passage,) = request.passages
            asked.add(passage.text)
            assert ("어느 날" in repr(request)) == (passage.text != "One day")
    assert asked == {"One day", "Another long day in the newsroom."}


def test_nothing_is_written_but_the_journal(desk):
    before = {file: file.read_bytes() for file in desk.root.rglob("*.po")}
    evaluated(desk)
    assert {file: file.read_bytes() for file in desk.root.rglob("*.po")} == before


def test_it_is_paid_for_once_and_still_says_what_it_cost(desk):
    _, _, first, _ = evaluated(desk)
    assert (first.requests, first.reused) == (1, 0)
    assert first.cost == pytest.approx(0.002)  # 1,000 at $1 and 100 at $10 a million
    assert first.usage == Usage(1000, 0, 100, 1)
    row, _, again, scripted = evaluated(desk)
    assert (again.requests, again.reused, again.cost) == (0, 1, pytest.approx(0.002))
    assert again.seconds is None
    assert scripted.requests == []
    assert row.scores.chrf > 0


def test_its_bill_is_no_articles(desk):
    evaluated(desk)
    found = stats(desk, now="2026-04-10T00:00:00Z")
    assert found.evaluation.cost == pytest.approx(0.002)
    assert found.articles[0].bill.cost == 0


def test_every_engine_drafts_the_same_units_and_a_seed_draws_others(desk):
    ready = {"one": engine(), "two": engine()}
    evaluate(desk, engines=["one", "two"], ready=ready, limit=2)
    one, two = (
        sorted(p.text for request in each.requests for p in request.passages)
        for each in ready.values()
    )
    assert two in ([], one)  # the journal answers the second: both have one origin
    drawn = set()
    for seed in range(12):
        *_, scripted = evaluated(desk, limit=2, seed=seed)
        drawn |= {p.text for request in scripted.requests for p in request.passages}
    assert drawn == set(APPROVED_TARGETS)


def test_an_engines_own_draft_is_counted_because_it_flatters_it(desk):
    approve(desk, "spark", {"Muse Spark arrives": "뮤즈 스파크 등장"}, origin="mt:scripted/script")
    row, approved, _, _ = evaluated(desk)
    assert (row.own, approved.own) == (1, 0)


def test_both_directions_have_a_row(desk, make_newsroom):
    page = "첫 모델이 화요일에 나왔다.\n"
    newsroom = make_newsroom({"spark/en": PAGE, "flare/ko": page}, glossary=GLOSSARY)
    segment(newsroom)
    approve(newsroom, "flare", {page.strip(): "The first model came out on Tuesday."})
    ready = {"scripted": engine({page.strip(): "The first model came out on Tuesday."})}
    found = evaluate(newsroom, engines=["scripted"], ready=ready)
    rows = {(r.engine, r.source_language): r for r in found.rows}
    assert set(rows) == {(name, lang) for name in (APPROVED, "scripted") for lang in ("en", "ko")}
    assert rows["scripted", "ko"].scores.chrf == pytest.approx(100)
    # Whoever compares engines reads one direction at a time.
    lines = [line.split()[:4] for line in table(found)[1:5]]
    assert [line[0] for line in lines] == [APPROVED, "scripted"] * 2
    assert [line[1] for line in lines] in (["en", "en", "ko", "ko"], ["ko", "ko", "en", "en"])


def test_a_budget_ends_it_and_keeps_what_was_answered(desk):
    asked = engine(batch=1, concurrency=1)
    found = evaluate(desk, engines=["scripted"], ready={"scripted": asked}, max_cost=0.0)
    (failed,) = found.failures
    assert isinstance(failed.error, RefusedError)
    assert "allowed for a run" in str(failed.error)


def test_an_engine_that_fails_takes_no_other_ones_row_away(desk):
    with ScriptedServer() as server:
        server.refuses = lambda _body: FailedResponse(500, "the model is on fire")
        (desk.root / "bilingual.toml").write_text(
            f"[engines.openai]\nbase_url = '{server.url}'\nmodel = 'm'\nmax_retries = 0\n"
        )
        words = ("evaluate", "--engine", "scripted", "--engine", "openai", "--engine", "pseudo")
        shown = bilingual(desk.root, *words)
        fields = bilingual(desk.root, *words, "--json")
    assert shown.returncode == fields.returncode == 3
    lines = [line.split()[0] for line in shown.stdout.splitlines() if line]
    assert lines == ["engine", "approved", "scripted", "pseudo", "engine", "scripted", "pseudo"]
    assert "openai has no row: " in shown.stderr
    assert "the model is on fire" in shown.stderr
    found = json.loads(fields.stdout)
    assert [each["engine"] for each in found["trials"]] == ["scripted", "pseudo"]
    (failed,) = found["failures"]
    assert failed["engine"] == "openai"
    assert "the model is on fire" in failed["reason"]


def test_two_models_of_one_endpoint_are_compared(desk):
    with ScriptedServer() as server:
        (desk.root / "bilingual.toml").write_text(
            f"[engines.openai]\nbase_url = '{server.url}'\nmodel = 'gpt-4.1-mini'\nretries = 0\n"
            "[engines.openai.price]\nprompt = 1000.0\ncompletion = 1000.0\n"
        )
        names = ("openai", "openai/gpt-4.1", "openai/new")
        found = evaluate(Newsroom.open(desk.root), engines=names)
        asked = [body["model"] for body in server.bodies]
    assert {*asked} == {"gpt-4.1-mini", "gpt-4.1", "new"}
    assert [row.engine for row in found.rows] == [APPROVED, *names]
    assert [row.origin for row in found.rows[1:]] == [
        "mt:openai/gpt-4.1-mini",
        "mt:openai/gpt-4.1",
        "mt:openai/new",
    ]
    # The price in the table is that of the model in the table; another has its own, or none.
    first, second, third = (each.cost for each in found.trials)
    assert first > 100 * second > 0
    assert third is None
    took = [line.split()[:2] for line in table(found)[-3:]]
    assert took[0] == ["openai", "(mt:openai/gpt-4.1-mini)"]
    assert [words[0] for words in took[1:]] == ["openai/gpt-4.1", "openai/new"]
    assert not took[1][1].startswith("(")


@pytest.mark.parametrize(
    "names", [("local", "local/qwen2.5-coder-1.5b"), ("openai/m", "openai")], ids=["local", "m"]
)
def test_an_engine_compared_with_itself_is_refused_before_any_request(desk, names):
    (desk.root / "bilingual.toml").write_text("[engines.openai]\nmodel = 'm'\n")
    with pytest.raises(ConfigurationError, match="are the same engine"):
        evaluate(Newsroom.open(desk.root), engines=names)


def test_filler_has_no_model_to_choose(desk):
    with pytest.raises(UsageError, match=r"^pseudo/large: .*model") as caught:
        evaluate(desk, engines=["pseudo/large"])
    assert not caught.value.path, "nobody wrote that into the file"


def test_a_stroke_without_a_model_is_refused(desk):
    with pytest.raises(UsageError, match=r"^local/ names no model — write `local` or `local/MODEL"):
        evaluate(desk, engines=["local/"])


def test_a_wrong_name_is_told_before_anything_is_asked(desk):
    asked = engine()
    with pytest.raises(ConfigurationError, match="did you mean openai"):
        evaluate(desk, engines=["scripted", "openia"], ready={"scripted": asked})
    assert not asked.requests


def test_without_approved_units_there_is_nothing_to_measure_by(newsroom):
    segment(newsroom)
    with pytest.raises(RefusedError, match="nothing is approved yet"):
        evaluate(newsroom, engines=["scripted"])


def test_an_unknown_engine_or_article_is_named(desk):
    with pytest.raises(UsageError, match="no article 'sprak'"):
        evaluate(desk, ["sprak"], engines=["scripted"])
