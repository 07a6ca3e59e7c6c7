"""What drafts cost, what became of them, and what of that is not known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bilingual.catalog.history import replace_target
from bilingual.journal.journal import Journal
from bilingual.model import State, Target
from bilingual.prompting.request import Reply, Usage
from bilingual.workflow.revert import RevertSelection, revert
from bilingual.workflow.review import Decision, approve, edit, reject
from bilingual.workflow.segment import segment
from bilingual.workflow.stats import EVALUATION, stats
from bilingual.workflow.translate import JOURNAL

FIRST, SECOND = "2026-04-09T00:00:00Z", "2026-04-10T00:00:00Z"
KIM = Decision("Kim", "2026-04-09T03:00:00Z")
NOW = "2026-04-10T06:00:00Z"
MINI = "mt:openai/gpt-4.1-mini"
PAGE = "# One two three\n\nFour five six seven.\n\nEight nine ten.\n\nEleven.\n"
SOURCES = ("One two three", "Four five six seven.", "Eight nine ten.", "Eleven.")
DRAFTS = ("하나 둘 셋", "넷 다섯 여섯 일곱.", "여덟 아홉 열.", "열하나.")


@pytest.fixture
def newsroom(make_newsroom):
    """Four units, all drafted in one run."""
    newsroom = make_newsroom({"spark/en": PAGE})
    segment(newsroom)
    give(newsroom, dict(zip(SOURCES, DRAFTS, strict=True)))
    return newsroom


def give(newsroom, drafts: dict[str, str], origin: str = MINI, run: str = FIRST) -> None:
    def change(catalog):
        return replace(
            catalog,
            entries=tuple(
                replace_target(
                    each, Target(drafts[each.source], State.TRANSLATED, origin, time=run)
                )
                if each.source in drafts
                else each
                for each in catalog.entries
            ),
        )

    newsroom.change(newsroom.article("spark"), "ko", change)


def unit(newsroom, source: str) -> str:
    entries = newsroom.catalog("spark", "ko").live
    return next(each.id for each in entries if each.source == source)


def bill(newsroom, *, cost: float | None = 0.01, time: str = "2026-04-09T00:00:09Z", **row) -> None:
    """Put one answer of 100 + 20 tokens into the journal."""
    journal = Journal(newsroom.root / JOURNAL)
    row = {"origin": MINI, "slug": "spark"} | row
    reply = Reply("…", usage=Usage(100, 40, 20, 1))
    journal.record(f"{time} {row}", reply, time=time, cost=cost, **row)
    journal.close()


def drafts_of(newsroom):
    (origin,) = stats(newsroom, now=NOW).origins
    return origin.drafts


def test_units_and_words_are_counted_as_the_articles_have_them(newsroom):
    (article,) = stats(newsroom, now=NOW).articles
    assert (article.units, article.words, article.approved) == (4, 11, 0)
    assert (article.drafts.units, article.drafts.words, article.drafts.waiting) == (4, 11, 4)


def test_every_draft_has_one_fate(newsroom):
    approve(newsroom, "spark", unit(newsroom, SOURCES[0]), KIM)
    edit(newsroom, "spark", unit(newsroom, SOURCES[1]), "넷 다섯 여섯 칠곱.", KIM)
    reject(newsroom, "spark", unit(newsroom, SOURCES[2]), "", KIM)
    found = drafts_of(newsroom)
    assert (found.waiting, found.unchanged, found.edited, found.rejected) == (1, 1, 1, 1)
    # "넷 다섯 여섯 일곱." and "넷 다섯 여섯 칠곱.": 1 of 11 code points; the other is as it was.
    assert found.change == pytest.approx((0 + 1 / 11) / 2)
    assert found.hours == 3
    assert found.age == 30


def test_what_was_taken_back_with_its_run_is_no_reviewers_rejection(newsroom):
    reject(newsroom, "spark", unit(newsroom, SOURCES[0]), "", KIM)
    revert(newsroom, [], RevertSelection(origin="mt:"), KIM)
    found = drafts_of(newsroom)
    assert (found.units, found.rejected, found.reverted, found.waiting) == (4, 1, 3, 0)


def test_an_engine_costs_by_all_that_it_drafted(newsroom):
    """Eleven words for a cent; another engine drafts nine of them again."""
    bill(newsroom)
    (before,) = stats(newsroom, now=NOW).origins
    anew = dict(
        zip(SOURCES[:3], ("원 투 스리", "포 파이브 식스 세븐.", "에이트 나인 텐."), strict=True)
    )
    give(newsroom, anew, origin="mt:local/qwen", run=SECOND)
    local, mini = stats(newsroom, now=NOW).origins
    assert mini.drafts.words == 1
    assert mini.drafted == before.drafted == 11
    assert mini.bill.per_thousand(mini.drafted) == pytest.approx(1000 * 0.01 / 11)
    assert (local.drafts.words, local.drafted) == (10, 10)


def test_an_engine_that_drafted_the_same_twice_is_paid_for_both(newsroom):
    bill(newsroom)
    give(newsroom, {SOURCES[1]: "넷, 다섯, 여섯, 일곱."}, run=SECOND)
    bill(newsroom, time="2026-04-10T00:00:01Z")
    (mini,) = stats(newsroom, now=NOW).origins
    assert (mini.drafts.words, mini.drafted) == (11, 15)


def test_a_repeated_draft_counts_for_the_last_engine(newsroom):
    give(newsroom, {SOURCES[0]: "원 투 스리"}, origin="mt:local/qwen", run=SECOND)
    approve(
        newsroom, "spark", unit(newsroom, SOURCES[0]), replace(KIM, time="2026-04-10T02:00:00Z")
    )
    local, mini = stats(newsroom, now=NOW).origins
    assert (local.origin, local.drafts.units, local.drafts.unchanged) == ("mt:local/qwen", 1, 1)
    assert local.drafts.hours == 2
    assert mini.drafts.units == 3


def test_what_a_person_wrote_where_no_machine_was_is_no_draft(newsroom):
    reject(newsroom, "spark", unit(newsroom, SOURCES[0]), "", KIM)
    edit(newsroom, "spark", unit(newsroom, SOURCES[0]), "하나, 둘, 셋", KIM)
    assert drafts_of(newsroom).rejected == 1
    assert stats(newsroom, now=NOW).articles[0].approved == 1


def test_a_text_of_another_source_does_not_count_for_the_draft(newsroom):
    edit(newsroom, "spark", unit(newsroom, SOURCES[3]), "11.", KIM)
    file = newsroom.root / "articles/spark/index.en.md"
    file.write_text(PAGE.replace("Eleven.", "Eleven or twelve, who knows."), "utf-8")
    segment(newsroom)
    name = unit(newsroom, "Eleven or twelve, who knows.")
    edit(newsroom, "spark", name, "열하나인지 열둘인지 누가 알랴.", KIM)
    assert drafts_of(newsroom).units == 3


def test_what_it_cost_by_article_and_by_origin(newsroom):
    bill(newsroom)
    bill(newsroom, cost=0.02, time="2026-04-09T00:00:10Z")
    found = stats(newsroom, now=NOW)
    for each in (*found.articles, *found.origins):
        assert each.bill.cost == pytest.approx(0.03)
        assert each.bill.usage == Usage(200, 80, 40, 2)
        assert each.bill.per_thousand(11) == pytest.approx(0.03 / 11 * 1000)


def test_a_journal_that_was_deleted_leaves_the_cost_unknown_and_not_nothing(newsroom):
    found = stats(newsroom, now=NOW)
    assert found.articles[0].bill.cost is None
    assert found.origins[0].bill.per_thousand(11) is None
    assert not (newsroom.root / JOURNAL).exists()


def test_a_journal_younger_than_the_first_run_is_known_to_lack_it(newsroom):
    give(newsroom, {SOURCES[0]: "원 투 스리"}, run=SECOND)
    bill(newsroom, time="2026-04-10T00:00:05Z")
    assert stats(newsroom, now=NOW).origins[0].bill.cost is None
    bill(newsroom, time="2026-04-09T00:00:05Z")
    assert stats(newsroom, now=NOW).origins[0].bill.cost == pytest.approx(0.02)


def test_an_answer_without_a_price_leaves_the_sum_unknown(newsroom):
    bill(newsroom)
    bill(newsroom, cost=None, time="2026-04-09T00:00:10Z")
    found = stats(newsroom, now=NOW)
    assert found.articles[0].bill.cost is None
    assert found.articles[0].bill.usage.requests == 2


def test_an_article_without_a_machine_costs_nothing(make_newsroom):
    newsroom = make_newsroom({"spark/en": PAGE})
    segment(newsroom)
    found = stats(newsroom, now=NOW)
    assert found.articles[0].bill.cost == 0
    assert found.origins == ()


def test_evaluations_are_billed_apart(newsroom):
    bill(newsroom)
    bill(newsroom, cost=0.5, slug=EVALUATION, time="2026-04-09T00:00:11Z")
    found = stats(newsroom, now=NOW)
    assert found.evaluation.cost == pytest.approx(0.5)
    assert found.origins[0].bill.cost == pytest.approx(0.01)


def test_fills_from_memory_cost_nothing(newsroom):
    give(newsroom, dict.fromkeys(SOURCES, "글."), origin="tm:100", run=SECOND)
    mini, memory = stats(newsroom, now=NOW).origins
    assert (memory.origin, memory.bill.cost) == ("tm:100", 0)
    assert (mini.drafts.units, mini.drafted, mini.bill.cost) == (0, 11, None)  # its bill is lost


def test_one_article_of_several(make_newsroom):
    newsroom = make_newsroom({"spark/en": PAGE, "flare/en": PAGE})
    segment(newsroom)
    give(newsroom, dict(zip(SOURCES, DRAFTS, strict=True)))
    bill(newsroom)
    bill(newsroom, slug="flare", time="2026-04-09T00:00:10Z")
    (article,) = stats(newsroom, ["spark"], now=NOW).articles
    assert article.slug == "spark"
    assert stats(newsroom, ["spark"], now=NOW).origins[0].bill.cost == pytest.approx(0.01)
