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


def test_a_check_writes_nothing_and_says_what_is_behind(newsroom: Newsroom):
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
