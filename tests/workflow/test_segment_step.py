"""``segment`` on a real newsroom."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bilingual.errors import ContentError
from bilingual.model import State, Target
from bilingual.workflow.segment import segment

if TYPE_CHECKING:
    from pathlib import Path

    from bilingual.newsroom import Newsroom


def review_all(newsroom: Newsroom) -> None:
    def review(catalog):
        entries = tuple(
            replace(entry, target=Target(f"번역 {number}", State.REVIEWED, "human:Kim", "Kim"))
            for number, entry in enumerate(catalog.entries)
        )
        return replace(catalog, entries=entries)

    newsroom.change(newsroom.article("spark"), "ko", review)


def source(newsroom: Newsroom) -> Path:
    return newsroom.root / "articles" / "spark" / "index.en.md"


def rewrite(newsroom: Newsroom, old: str, new: str) -> None:
    text = source(newsroom).read_text("utf-8")
    assert old in text
    source(newsroom).write_text(text.replace(old, new), "utf-8")


def test_the_first_run_makes_the_catalog_and_the_second_changes_no_byte(newsroom: Newsroom):
    (first,) = segment(newsroom)
    file = newsroom.root / first.path
    written, stamp = file.read_bytes(), file.stat().st_mtime_ns
    (second,) = segment(newsroom)
    assert (first.new, first.current) == (first.units, False)
    assert (second.kept, second.current) == (first.units, True)
    assert (file.read_bytes(), file.stat().st_mtime_ns) == (written, stamp)


def test_bare_numbers_are_no_units(newsroom: Newsroom):
    segment(newsroom)
    assert "42.8" not in [entry.source for entry in newsroom.catalog("spark", "ko").entries]


def test_a_check_writes_nothing_and_reports_outdated_catalogs(newsroom: Newsroom):
    (done,) = segment(newsroom, check=True)
    assert not done.current
    assert not (newsroom.root / done.path).exists()
    segment(newsroom)
    (done,) = segment(newsroom, check=True)
    assert done.current
    rewrite(newsroom, "five points", "six points")
    (done,) = segment(newsroom, check=True)
    assert not done.current


def test_an_edit_makes_one_unit_stale(newsroom: Newsroom):
    segment(newsroom)
    review_all(newsroom)
    rewrite(newsroom, "five points", "six points")
    (done,) = segment(newsroom)
    assert (done.stale, done.kept) == (1, done.units - 1)


def test_a_typo_makes_nothing_stale_with_leave(newsroom: Newsroom):
    rewrite(newsroom, "physicians", "physiciams")
    segment(newsroom)
    review_all(newsroom)
    rewrite(newsroom, "physiciams", "physicians")
    (done,) = segment(newsroom, trivial=True)
    assert (done.stale, done.accepted) == (0, 1)


def test_a_renamed_article_keeps_all_its_work(newsroom: Newsroom):
    segment(newsroom)
    review_all(newsroom)
    before = newsroom.catalog("spark", "ko").entries
    source(newsroom).parent.rename(newsroom.root / "articles" / "muse-spark")
    (done,) = segment(newsroom)
    assert (done.slug, done.renamed, done.kept) == ("muse-spark", "spark", done.units)
    after = newsroom.catalog("muse-spark", "ko")
    assert after.entries == before
    assert after.path == "articles/muse-spark/index.en.md"
    assert newsroom.catalogs("ko") == ["muse-spark"]


def test_a_catalog_with_a_conflict_in_it_is_left_alone(newsroom: Newsroom):
    (done,) = segment(newsroom)
    file = newsroom.root / done.path
    file.write_text("<<<<<<< HEAD\n" + file.read_text("utf-8"), "utf-8")
    before = file.read_bytes()
    with pytest.raises(ContentError, match="git conflict"):
        segment(newsroom)
    assert file.read_bytes() == before


def stale(newsroom: Newsroom) -> list[str]:
    return [each.source for each in newsroom.catalog("spark", "ko").live if each.target.stale]


SMALL = {
    "a comma": ("It trails GPT-5.4 by", "It trails GPT-5.4, by"),
    "an address": ("https://ai.meta.com/muse", "https://ai.meta.com/spark"),
    "emphasis": ("first model", "*first* model"),
    "white space": ("It trails", "It  trails"),
}


@pytest.mark.parametrize(("old", "new"), SMALL.values(), ids=SMALL)
def test_an_edit_that_leaves_the_words_makes_nothing_stale(newsroom: Newsroom, old: str, new: str):
    segment(newsroom)
    translate_with_addresses(newsroom)
    rewrite(newsroom, old, new)
    (done,) = segment(newsroom)
    assert (done.accepted, done.stale, stale(newsroom)) == (1, 0, [])
    if old.startswith("https"):
        targets = [entry.target.text for entry in newsroom.catalog("spark", "ko").live]
        assert any("(https://ai.meta.com/spark)" in text for text in targets)


def translate_with_addresses(newsroom: Newsroom) -> None:
    def review(catalog):
        done = {"state": State.REVIEWED, "origin": "human:Kim", "reviewer": "Kim"}
        link = "[모델 카드](https://ai.meta.com/muse)의 `eval.py`"
        entries = tuple(
            replace(each, target=Target(link if "](" in each.source else "번역", **done))
            for each in catalog.entries
        )
        return replace(catalog, entries=entries)

    newsroom.change(newsroom.article("spark"), "ko", review)


NEVER = {
    "a number": ("1,000 physicians", "1,001 physicians"),
    "a number word": ("five points", "four points"),
    "a version": ("GPT-5.4", "GPT-5.5"),
    "a name": ("Wang said", "Weng said"),
    "a negation": ("It is a start", "It is not a start"),
    "code": ("`eval.py`", "`evil.py`"),
    "a term of the glossary": ("first model", "first modal"),
}


@pytest.mark.parametrize(("old", "new"), NEVER.values(), ids=NEVER)
def test_a_change_of_meaning_is_stale_however_one_asks(make_newsroom, old: str, new: str):
    newsroom = make_newsroom(glossary="- id: model\n  en: model\n  ko: 모델\n")
    segment(newsroom)
    review_all(newsroom)
    rewrite(newsroom, old, new)
    (done,) = segment(newsroom, trivial=True)
    assert (done.accepted, done.stale) == (0, 1)
    assert len(stale(newsroom)) == 1


def test_typos_that_made_units_stale_can_be_accepted_afterwards(newsroom: Newsroom):
    rewrite(newsroom, "physicians took", "physiciams took")
    segment(newsroom)
    review_all(newsroom)
    rewrite(newsroom, "physiciams took", "physicians took")
    rewrite(newsroom, "five points", "six points")
    (done,) = segment(newsroom)
    assert done.stale == 2
    (done,) = segment(newsroom, trivial=True)
    assert done.accepted == 1
    assert [source for source in stale(newsroom) if "physicians" in source] == []
    assert len(stale(newsroom)) == 1


def test_a_check_reports_a_renamed_article_and_renames_nothing(newsroom: Newsroom):
    segment(newsroom)
    review_all(newsroom)
    source(newsroom).parent.rename(newsroom.root / "articles" / "muse-spark")
    (done,) = segment(newsroom, check=True)
    assert (done.slug, done.renamed, done.current) == ("muse-spark", "spark", False)
    assert (done.kept, done.new) == (done.units, 0)
    assert newsroom.catalogs("ko") == ["spark"]
    segment(newsroom)
    (done,) = segment(newsroom, check=True)
    assert (done.current, done.renamed) == (True, "")


def test_a_renamed_and_edited_article_keeps_the_work_of_what_was_not_edited(newsroom: Newsroom):
    segment(newsroom)
    review_all(newsroom)
    rewrite(newsroom, "five points", "six points")
    source(newsroom).parent.rename(newsroom.root / "articles" / "muse-spark")
    (done,) = segment(newsroom)
    assert (done.renamed, done.stale, done.new) == ("spark", 1, 0)
