"""Where an article mentions a term first."""

from __future__ import annotations

from bilingual.glossary.match import Matcher
from bilingual.glossary.mention import first_mentions
from bilingual.glossary.schema import parse
from bilingual.model import Kind

TERMS = parse(
    "- {id: spark, en: Muse Spark, ko: 뮤즈 스파크, kind: model, "
    'first_mention: "뮤즈 스파크(Muse Spark)"}\n'
    "- {id: meta, en: Meta, ko: 메타, kind: company}\n",
    path="glossary.yaml",
).terms


def test_the_first_mention_is_the_first_in_running_text():
    units = [
        (Kind.FIELD, "Meta ships Muse Spark"),
        (Kind.HEADING, "Muse Spark"),
        (Kind.CELL, "Muse Spark"),
        (Kind.PARAGRAPH, "Meta waits."),
        (Kind.ITEM, "See `Muse Spark`, or Muse Spark."),
        (Kind.PARAGRAPH, "Muse Spark leads."),
    ]
    assert first_mentions(units, Matcher(TERMS), "en") == {"spark": 4}


def test_a_term_without_such_a_form_has_no_first_mention():
    assert first_mentions([(Kind.PARAGRAPH, "Meta")], Matcher(TERMS), "en") == {}
