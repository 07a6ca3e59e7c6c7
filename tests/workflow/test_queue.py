"""What waits for review, and in which order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bilingual.errors import UsageError
from bilingual.model import State, Target
from bilingual.workflow.queue import find_item, queue
from bilingual.workflow.segment import segment

GLOSSARY = """\
- id: muse-spark
  en: Muse Spark
  ko: 뮤즈 스파크
  kind: model
"""


@pytest.fixture
def newsroom(make_newsroom):
    newsroom = make_newsroom(glossary=GLOSSARY)
    segment(newsroom, [])
    return newsroom


def give(newsroom, targets, slug="spark"):
    """Give units the targets that ``targets`` maps their sources to; approve every other one."""

    def change(catalog):
        done = Target("됨", State.REVIEWED, "human:김편집")
        entries = tuple(
            replace(each, target=targets.get(each.source, done)) for each in catalog.entries
        )
        return replace(catalog, entries=entries)

    newsroom.change(newsroom.article(slug), "ko", change)


def sources(items):
    return [item.entry.source for item in items]


QUOTE = '"It is a start," Wang said.'
HEADING = "A first release"
ITEM = "More than 1,000 physicians took part."


def test_units_without_translation_drafts_and_stale_ones_wait(newsroom):
    give(
        newsroom,
        {
            QUOTE: Target("초안", State.TRANSLATED, "mt:scripted/one"),
            HEADING: Target("첫 공개", State.REVIEWED, "human:김편집", previous="A release"),
            ITEM: Target(),
        },
    )
    assert set(sources(queue(newsroom))) == {QUOTE, HEADING, ITEM}


def test_approved_units_do_not_wait(newsroom):
    give(newsroom, {})
    assert queue(newsroom) == ()


def test_the_riskiest_comes_first(newsroom):
    give(
        newsroom,
        {
            QUOTE: Target('"시작이다"라고 왕이 말했다.', State.TRANSLATED, "human:이기자"),
            ITEM: Target("의사 100명 이상이 참여했다.", State.TRANSLATED, "mt:scripted/one"),
        },
    )
    first, second = queue(newsroom)
    assert (first.entry.source, second.entry.source) == (ITEM, QUOTE)
    assert first.risk > second.risk


def test_a_wrong_number_is_a_reason(newsroom):
    give(
        newsroom, {ITEM: Target("의사 10명 이상이 참여했다.", State.TRANSLATED, "mt:scripted/one")}
    )
    (item,) = queue(newsroom)
    assert "number-mismatch" in {finding.rule for finding in item.findings}
    assert str(item.reasons[0]) == "findings that stop a publish: 1"


def test_that_a_unit_waits_is_not_reported_twice(newsroom):
    give(newsroom, {QUOTE: Target()})
    (item,) = queue(newsroom)
    assert not {"untranslated", "unreviewed", "stale"} & {each.rule for each in item.findings}


def test_a_changed_source_and_a_refused_draft_are_reasons(newsroom):
    give(
        newsroom,
        {
            QUOTE: Target("시작", State.REVIEWED, previous="Before."),
            ITEM: Target(failure="<x1/> is missing"),
        },
    )
    said = {item.entry.source: [str(each) for each in item.reasons] for item in queue(newsroom)}
    assert "the source changed" in said[QUOTE]
    assert "the last draft was refused" in said[ITEM]


def test_document_order_is_the_order_of_the_article(newsroom):
    order = sources(queue(newsroom, order="document"))
    assert order == [each.source for each in newsroom.catalog("spark", "ko").live]


def test_terms_come_with_their_forms_and_whether_they_are_there(newsroom):
    source = "Meta ships Muse Spark"
    give(newsroom, {source: Target("메타, 뮤즈 스파크 공개", State.TRANSLATED)})
    (item,) = queue(newsroom)
    (hint,) = item.hints
    assert (hint.form, hint.targets, hint.present) == ("Muse Spark", ("뮤즈 스파크",), True)


def test_only_the_articles_asked_for(make_newsroom):
    newsroom = make_newsroom({"one/en": "# One\n", "둘/ko": "# 둘\n"})
    segment(newsroom, [])
    assert {item.slug for item in queue(newsroom)} == {"one", "둘"}
    assert {item.slug for item in queue(newsroom, ["둘"])} == {"둘"}
    assert queue(newsroom, ["둘"])[0].target_language == "en"


def test_an_unknown_article_is_answered_with_near_ones(newsroom):
    with pytest.raises(UsageError, match="did you mean spark"):
        queue(newsroom, ["sprak"])


def test_the_mark_of_what_is_shown_changes_with_it(newsroom):
    give(newsroom, {QUOTE: Target("초안", State.TRANSLATED)})
    (item,) = queue(newsroom)
    give(newsroom, {QUOTE: Target("다른 초안", State.TRANSLATED)})
    assert find_item(newsroom, "spark", item.entry.id).fingerprint != item.fingerprint


def test_a_unit_can_be_looked_at_when_it_no_longer_waits(newsroom):
    give(newsroom, {})
    entry = newsroom.catalog("spark", "ko").live[0]
    assert find_item(newsroom, "spark", entry.id).entry == entry


def test_a_unit_is_shown_with_its_neighbouring_lines_whether_they_are_sent_or_not(make_newsroom):
    table = "| a word | 42.8 |\n|---|---|\n"
    text = f"Before.\n\n```\ncode = 1\n```\n\nA sentence\nof two lines.\n\n{table}"
    newsroom = make_newsroom({"spark/en": text})
    segment(newsroom)
    around = {item.entry.source: item.around for item in queue(newsroom, order="document")}
    assert around == {
        "Before.": ("```",),
        "A sentence\nof two lines.": ("```", "| a word | 42.8 |"),
        "a word": ("of two lines.", "| a word | 42.8 |", "|---|---|"),
    }
