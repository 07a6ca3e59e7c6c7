"""Checking catalogs: where each finding stands, and what catalogs say about their articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bilingual.errors import ConfigurationError, ContentError, UsageError
from bilingual.model import Severity
from bilingual.workflow.check import check, check_files
from bilingual.workflow.segment import segment

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bilingual.newsroom import Newsroom

HEADER = """\
msgid ""
msgstr ""
"Language: ko\\n"
"X-Source-Language: en\\n"

"""
FOREIGN = (
    HEADER
    + """\
msgid "Run `eval.py` first, then see [the card](https://ai.meta.com/muse)."
msgstr ""
"먼저 \\"이것\\"을 보고 `평가.py`를 "
"실행한 뒤 [카드](https://ai.meta.com/x)를 보라."

msgctxt "price"
msgid "Meta invested $14.3 billion."
msgstr "메타는 143억 원을 투자했다."
"""
)


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    file = tmp_path / "other.po"
    file.write_text(FOREIGN, "utf-8")
    return file


def test_a_finding_is_at_the_words_in_the_file_a_person_edits(foreign: Path):
    found = {each.rule: each for each in check_files([foreign]).findings}
    lines = FOREIGN.split("\n")
    for rule, words in (
        ("code-mismatch", "`평가.py`"),
        ("link-mismatch", "[카드]"),
        ("money-mismatch", "143억 원"),
    ):
        finding = found[rule]
        assert lines[finding.line - 1][finding.column - 1 :].startswith(words)
        assert finding.path == str(foreign)


def test_a_unit_without_a_context_is_called_by_its_number(foreign: Path):
    units = {each.rule: each.unit for each in check_files([foreign]).findings}
    assert units["code-mismatch"] == "#1"
    assert units["money-mismatch"] == "price"


def test_the_languages_of_a_foreign_file_may_be_given(tmp_path: Path):
    file = tmp_path / "plain.po"
    file.write_text('msgid "A"\nmsgstr "가"\n', "utf-8")
    with pytest.raises(ContentError, match=r"names no target language .*--target"):
        check_files([file])
    assert check_files([file], languages=("en", "ko_KR"), select=["stale"]).findings == ()


def test_select_and_ignore_choose_the_rules(foreign: Path):
    chosen = check_files([foreign], select=["link-mismatch"])
    assert {each.rule for each in chosen.findings} == {"link-mismatch"}
    assert set(chosen.titles) == {"link-mismatch"}
    ignored = check_files([foreign], ignore=["link-mismatch"])
    assert "link-mismatch" not in {each.rule for each in ignored.findings}


def test_an_unknown_rule_is_answered_with_near_ones(foreign: Path):
    with pytest.raises(UsageError, match="did you mean link-mismatch"):
        check_files([foreign], select=["link-missmatch"])


def test_the_configuration_sets_how_severe_a_rule_is(make_newsroom: Callable[..., Newsroom]):
    newsroom = make_newsroom(toml='[checks]\nuntranslated = "info"\nstale = "off"\n')
    segment(newsroom)
    found = check(newsroom, ["spark"], select=["untranslated"]).findings
    assert {each.severity for each in found} == {Severity.INFO}
    assert "stale" not in check(newsroom).titles


def test_an_unknown_rule_in_the_configuration_is_named_with_its_line(
    make_newsroom: Callable[..., Newsroom],
):
    newsroom = make_newsroom(toml='[checks]\n\nuntransalted = "info"\n')
    with pytest.raises(ConfigurationError) as caught:
        check(newsroom)
    assert str(caught.value).startswith("bilingual.toml:3: unknown rule 'untransalted'")


def test_an_article_without_a_catalog_has_nothing_to_check(newsroom: Newsroom):
    assert check(newsroom).findings == ()


def test_a_catalog_older_than_its_article_is_found_until_it_is_segmented(newsroom: Newsroom):
    segment(newsroom)
    article = newsroom.root / "articles/spark/index.en.md"
    article.write_text(article.read_text("utf-8") + "\nOne more paragraph.\n", "utf-8")
    (found,) = check(newsroom, ["spark"], select=["catalog-outdated"]).findings
    assert (found.slug, found.path) == ("spark", "locales/ko/articles/spark.po")
    segment(newsroom)
    assert check(newsroom, select=["catalog-outdated"]).findings == ()


def test_a_catalog_that_lost_its_last_entries_is_found_by_its_article(newsroom: Newsroom):
    segment(newsroom)
    catalog = newsroom.root / "locales/ko/articles/spark.po"
    whole = catalog.read_text("utf-8")
    blocks = whole.split("\n\n")
    catalog.write_text("\n\n".join(blocks[:-2]) + "\n", "utf-8")
    (found,) = check(newsroom, ["spark"], select=["catalog-outdated"]).findings
    assert "(2)" in str(found.message)
    assert "take the catalog back from git" in str(found.message)


def test_a_catalog_that_was_cut_off_is_named_and_no_command_writes_over_it(newsroom: Newsroom):
    segment(newsroom)
    catalog = newsroom.root / "locales/ko/articles/spark.po"
    half = "".join(catalog.read_text("utf-8").splitlines(keepends=True)[:5])
    catalog.write_text(half, "utf-8")
    for command in (check, segment):
        with pytest.raises(ContentError, match="within its header") as caught:
            command(newsroom)
        assert (caught.value.path, caught.value.line) == ("locales/ko/articles/spark.po", 5)
        assert "restore it from git" in str(caught.value.hint)
    assert catalog.read_text("utf-8") == half


def test_a_catalog_without_an_article_is_an_orphan(make_newsroom: Callable[..., Newsroom]):
    newsroom = make_newsroom(catalogs={"flame/ko": HEADER})
    (found,) = check(newsroom, select=["orphan"]).findings
    assert (found.slug, found.path) == ("flame", "locales/ko/articles/flame.po")


def test_glossary_findings_are_in_the_glossary(make_newsroom: Callable[..., Newsroom]):
    newsroom = make_newsroom(
        glossary="- {id: agent, en: agent, ko: 에이전트}\n- {id: ai, en: Agent, ko: 대리인}\n"
    )
    (found,) = check(newsroom, select=["glossary-conflict"]).findings
    assert (found.path, found.line) == ("glossary.yaml", 2)


def test_a_file_that_is_not_there_is_a_usage_error(newsroom: Newsroom):
    with pytest.raises(UsageError, match=r"nowhere.po: no such file"):
        check(newsroom, ["nowhere.po"])


def test_all_units_are_counted(newsroom: Newsroom):
    segment(newsroom)
    assert check(newsroom).units == len(newsroom.catalog("spark", "ko").live) > 10
