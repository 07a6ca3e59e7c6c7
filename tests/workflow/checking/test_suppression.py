"""``[[checks.suppress]]``: findings that a newsroom has decided to live with, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bilingual.errors import ConfigurationError
from bilingual.model import Finding, Message, Severity, Suppression
from bilingual.newsroom.config import parse
from bilingual.workflow.check import check
from bilingual.workflow.checking.suppression import suppress

if TYPE_CHECKING:
    from collections.abc import Callable

    from bilingual.newsroom import Newsroom

ARTICLE = "It costs $14.3 billion.\n"
CATALOG = """\
msgid ""
msgstr ""
"Language: ko\\n"
"X-Source-Language: en\\n"
"X-Article: articles/spark/index.en.md\\n"

#: articles/spark/index.en.md
#. paragraph
msgctxt "a1"
msgid "It costs $14.3 billion."
msgstr "143억 원이 든다."
"""
HELD = """\
[[checks.suppress]]
rule = "money-mismatch"
slug = "spark"
reason = "the ministry's own figure"
"""


def rules(make: Callable[..., Newsroom], toml: str, **options: object) -> list[str]:
    newsroom = make({"spark/en": ARTICLE}, toml=toml, catalogs={"spark/ko": CATALOG})
    found = check(newsroom, **options).findings
    about = {"money-mismatch", "suppression-unused", "suppression-expired"}
    return [f"{each.rule}:{each.path}:{each.line}" for each in found if each.rule in about]


MONEY = "money-mismatch:locales/ko/articles/spark.po:11"


def test_without_a_suppression_the_finding_is_reported(make_newsroom):
    assert rules(make_newsroom, "") == [MONEY]


@pytest.mark.parametrize(
    "where",
    ['slug = "spark"', 'unit = "a1"', 'path = "locales/ko/*"', 'path = "*.po"', ""],
)
def test_a_suppression_holds_it_back_by_article_unit_path_or_everywhere(make_newsroom, where):
    toml = HELD.replace('slug = "spark"', where)
    assert rules(make_newsroom, toml) == []


@pytest.mark.parametrize("where", ['slug = "sparks"', 'unit = "a2"', 'path = "articles/*"'])
def test_one_that_meets_nothing_is_a_finding_itself(make_newsroom, where):
    toml = HELD.replace('slug = "spark"', where)
    assert rules(make_newsroom, f"\n{toml}") == ["suppression-unused:bilingual.toml:2", MONEY]


def test_one_past_its_day_holds_nothing_back_and_is_a_finding(make_newsroom):
    assert rules(make_newsroom, HELD + "until = 2020-01-31\n") == [
        "suppression-expired:bilingual.toml:1",
        MONEY,
    ]


def test_one_with_a_day_to_come_holds(make_newsroom):
    assert rules(make_newsroom, HELD + 'until = "2999-12-31"\n') == []


def test_nothing_is_unused_when_not_everything_was_checked(make_newsroom):
    toml = HELD.replace('"spark"', '"another"')
    assert rules(make_newsroom, toml, targets=["spark"]) == [MONEY]
    assert rules(make_newsroom, toml, ignore=["money-mismatch"]) == []


def test_a_suppression_of_no_rule_is_named_with_its_line(make_newsroom):
    with pytest.raises(
        ConfigurationError, match=r"^bilingual\.toml:1: unknown rule 'mony-mismatch'"
    ):
        rules(make_newsroom, HELD.replace("money", "mony"))


def test_the_last_day_still_counts():
    finding = Finding("x", Severity.ERROR, Message("m"))
    held = Suppression("x", "why", until="2026-04-08")
    assert suppress([finding], [held], "2026-04-08")[0] == []
    assert suppress([finding], [held], "2026-04-09")[0] == [finding]


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('[[checks.suppress]]\nrule = "x"\n', "1: checks.suppress: reason is missing"),
        ('[[checks.suppress]]\nreason = "x"\n', "1: checks.suppress: rule is missing"),
        (HELD + "until = 'soon'\n", "1: checks.suppress: until is not a day"),
        (HELD + 'pattern = "(a+)+$"\n', "1: checks.suppress: unknown key pattern"),
        (HELD + "path = 3\n", "1: checks.suppress: path is not a string"),
        (HELD + 'unit = ""\n', "1: checks.suppress: unit is not a string with text"),
        ('[checks]\nsuppress = "all"\n', "2: checks.suppress is not a list of tables"),
        (HELD + "\n" + HELD.replace("reason", "raison"), "6: checks.suppress: unknown key raison"),
    ],
)
def test_a_problem_is_reported_with_the_line_of_its_entry(toml: str, said: str):
    with pytest.raises(ConfigurationError) as raised:
        parse(toml)
    assert str(raised.value).startswith(f"bilingual.toml:{said}")


def test_a_path_of_many_stars_is_matched_at_once():
    finding = Finding("x", Severity.ERROR, Message("m"), path="a" * 5000)
    bomb = Suppression("x", "why", path="*a" * 60 + "b")
    assert suppress([finding], [bomb], "2026-04-08")[0] == [finding]


def test_levels_and_suppressions_share_a_table():
    config = parse('[checks]\nstale = "warning"\n' + HELD)
    assert config.checks == {"stale": "warning"}
    assert [each.slug for each in config.suppressions] == ["spark"]
