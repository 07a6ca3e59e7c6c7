"""After an edit only what changed is sent, whatever else the article holds."""

from __future__ import annotations

import pytest

from bilingual.engines.base import EngineTraits
from bilingual.engines.scripted import Scripted, made_up, spoken
from bilingual.workflow.translate import translate

PAGE = """\
# Muse Spark arrives

Muse Spark scored 52 points on the index on Tuesday. It trails the best model by five points.

More than 1,000 physicians took part in the study, the company said in a statement.

## Prices

The price of a million tokens falls to $0.40 in May, see the [table](https://a.example/prices).

| Model | Price |
|---|---|
| Muse Spark | 0.40 dollars |
"""
LONGER = "A rival said that it would answer before the summer."


@pytest.fixture
def desk(make_newsroom):
    newsroom = make_newsroom({"spark/en": PAGE})
    sent(newsroom)
    return newsroom


def sent(newsroom) -> list[str]:
    """Run ``translate``; return the texts that an engine is sent."""
    engine = Scripted(
        lambda request: spoken(request, lambda each: made_up(each.text, request.target_language)),
        traits=EngineTraits(batch=8, context=2, retries=0),
    )
    translate(newsroom, drafts=engine)
    return [passage.text for request in engine.requests for passage in request.passages]


def after(newsroom, old: str, new: str) -> list[str]:
    file = newsroom.root / "articles/spark/index.en.md"
    assert PAGE.count(old) == 1
    file.write_text(PAGE.replace(old, new), "utf-8")
    return sent(newsroom)


def test_nothing_is_sent_when_nothing_changed(desk):
    assert sent(desk) == []


@pytest.mark.parametrize(
    ("old", "new", "begins"),
    [
        ("physicians", "doctors", ["More than 1,000 doctors"]),
        ("statement", "statment", ["More than 1,000 physicians"]),
        ("52 points", "54 points", ["Muse Spark scored 54"]),
        ("## Prices", "## New prices", ["New prices"]),
        ("five points.", f"five points. {LONGER}", ["A rival said"]),
        ("five points.", f"five points.\n\n{LONGER}", [LONGER]),
        ("| Muse Spark | 0.40 dollars |", "| Muse Spark | 0.40 dollars |\n| Gemma | free |",
         ["Gemma", "free"]),
    ],
)  # fmt: skip
def test_one_changed_or_new_unit_is_sent_alone(desk, old, new, begins):
    found = after(desk, old, new)
    assert len(found) == len(begins)
    assert all(text.startswith(start) for text, start in zip(found, begins, strict=True))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("More than 1,000 physicians took part in the study, the company said in a statement.\n\n",
         ""),
        ("https://a.example/prices", "https://a.example/costs"),
        (" in May, see", " in May; see"),
        ("## Prices", "### Prices"),
    ],
)  # fmt: skip
def test_what_changes_no_words_sends_nothing(desk, old, new):
    assert after(desk, old, new) == []


def test_paragraphs_that_change_places_send_nothing(desk):
    one, two = PAGE.split("\n\n")[1:3]
    file = desk.root / "articles/spark/index.en.md"
    file.write_text(PAGE.replace(one, "@").replace(two, one).replace("@", two), "utf-8")
    assert sent(desk) == []


def test_a_paragraph_that_is_split_sends_nothing(desk):
    assert after(desk, "on Tuesday. It trails", "on Tuesday.\n\nIt trails") == []


def test_of_a_paragraph_only_the_sentence_that_changed_is_sent(desk):
    found = after(desk, "trails the best", "follows the best")
    assert found == ["It follows the best model by five points."]
