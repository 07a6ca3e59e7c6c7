"""Articles are cut once; a cut that cannot be trusted is as if it were not there."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bilingual.markdown import segment as cutting
from bilingual.newsroom import Newsroom
from bilingual.newsroom.segment_cache import FOLDER
from bilingual.storage.cache import digest
from bilingual.workflow.merge import merge
from bilingual.workflow.segment import segment

if TYPE_CHECKING:
    from pathlib import Path

SPARK = """\
---
title: Muse Spark
---

# A release

Five
points.

| a \\| b | 1 |
|---|---|
"""
ARTICLES = {"spark/en": SPARK, "grok/ko": "# 공개\r\n\r\n> 다섯 점이다.\r\n"}


@pytest.fixture
def newsroom(make_newsroom) -> Newsroom:
    made = make_newsroom(ARTICLES)
    segment(made)
    return made


@pytest.fixture
def cuts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were cut, from here on."""
    found: list[str] = []
    cut = cutting.segment

    def noted(text: str, **options: object):
        found.append(text)
        return cut(text, **options)

    monkeypatch.setattr(cutting, "segment", noted)
    return found


def again(newsroom: Newsroom) -> Newsroom:
    """Return the same newsroom as another process sees it."""
    return Newsroom.open(newsroom.root)


def file(newsroom: Newsroom, slug: str = "spark") -> Path:
    return newsroom.root / FOLDER / f"{slug}.json"


@pytest.mark.parametrize("slug", ["spark", "grok"])
def test_what_segment_cut_is_not_cut_again(newsroom: Newsroom, cuts: list[str], slug: str):
    article = newsroom.article(slug)
    remembered = again(newsroom).document(article)
    assert merge(again(newsroom), slug, drafts=True).text == article.text
    assert cuts == []
    anew = cutting.segment(article.text, keys=newsroom.config.markdown.keys)
    assert remembered == anew
    assert remembered.locations == anew.locations


def test_a_changed_article_is_cut_again(newsroom: Newsroom, cuts: list[str]):
    path = newsroom.root / "articles/spark/index.en.md"
    path.write_text(SPARK.replace("Five", "Six"), "utf-8")
    article = newsroom.article("spark")
    assert "Six\npoints." in [unit.source for unit in newsroom.document(article).units]
    assert cuts == [article.text]
    segment(newsroom)
    cuts.clear()
    newsroom.document(article)
    assert cuts == []


def test_other_keys_to_translate_cut_again(newsroom: Newsroom, cuts: list[str]):
    settings = newsroom.root / "bilingual.toml"
    settings.write_text(f"{settings.read_text('utf-8')}\n[markdown]\nkeys = ['dek']\n", "utf-8")
    changed = again(newsroom)
    assert changed.document(changed.article("spark")).units[0].source == "A release"
    assert cuts == [SPARK]


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[: len(content) // 2],
        lambda content: content.replace(b"[", b"{", 1),
        lambda content: content[:-9] + b"9" + content[-8:],
        lambda content: b"\xff" * len(content),
        lambda content: content.partition(b"\n")[2],
        lambda content: b"\n\n{}",
    ],
)
def test_a_damaged_cut_is_not_used(newsroom: Newsroom, cuts: list[str], damage):
    content = file(newsroom).read_bytes()
    assert damage(content) != content
    file(newsroom).write_bytes(damage(content))
    assert merge(newsroom, "spark", drafts=True).text == SPARK
    assert cuts == [SPARK]


@pytest.mark.parametrize(
    "body", [b"[]", b"{}", b"null", b'{"shapes": [["moon", "PROSE", ""]]}', b"{"]
)
def test_an_intact_cache_file_of_another_format_is_not_used(
    newsroom: Newsroom, cuts: list[str], body
):
    _, name, _ = file(newsroom).read_bytes().split(b"\n", 2)
    file(newsroom).write_bytes(b"\n".join([digest(name + body).encode(), name, body]))
    assert newsroom.document(newsroom.article("spark")).units[1].source == "A release"
    assert cuts == [SPARK]


def test_the_cut_of_another_article_is_not_used(newsroom: Newsroom, cuts: list[str]):
    shutil.copy(file(newsroom, "grok"), file(newsroom))
    assert merge(newsroom, "spark", drafts=True).text == SPARK
    assert cuts == [SPARK]


def test_without_the_folder_nothing_is_lost(newsroom: Newsroom):
    shutil.rmtree(newsroom.root / ".bilingual")
    assert merge(newsroom, "spark", drafts=True).text == SPARK
    assert not file(newsroom).exists()  # who only reads writes nothing
    segment(newsroom)
    assert file(newsroom).exists()


def test_a_folder_that_cannot_be_written_costs_only_time(newsroom: Newsroom):
    shutil.rmtree(newsroom.root / FOLDER)
    (newsroom.root / FOLDER).write_text("a file", "utf-8")
    (newsroom.root / ".bilingual/index.json").unlink()
    segment(newsroom)
    assert newsroom.document(newsroom.article("spark")).units


def test_the_cut_of_an_article_that_left_goes(newsroom: Newsroom):
    shutil.rmtree(newsroom.root / "articles/grok")
    segment(newsroom, ["spark"])
    assert file(newsroom, "grok").exists()  # only a look at all articles tells which are gone
    segment(newsroom)
    assert [each.name for each in (newsroom.root / FOLDER).iterdir()] == ["spark.json"]


def test_no_link_leads_out_of_the_newsroom(newsroom: Newsroom, tmp_path: Path):
    index, elsewhere = newsroom.root / ".bilingual/index.json", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "ledger.json").write_text("not ours", "utf-8")
    file(newsroom).unlink()
    file(newsroom).symlink_to(elsewhere / "ledger.json")
    index.unlink()
    segment(newsroom)
    shutil.rmtree(newsroom.root / FOLDER)
    (newsroom.root / FOLDER).symlink_to(elsewhere)
    index.unlink()
    segment(again(newsroom))
    assert [(each.name, each.read_text("utf-8")) for each in elsewhere.iterdir()] == [
        ("ledger.json", "not ours")
    ]


def test_a_check_writes_no_cut(make_newsroom):
    newsroom = make_newsroom(ARTICLES)
    segment(newsroom, check=True)
    assert not (newsroom.root / FOLDER).exists()


def test_an_equal_article_under_another_slug_has_its_own_cut(newsroom: Newsroom, cuts: list[str]):
    newsroom.document(replace(newsroom.article("spark"), slug="muse"))
    assert cuts == [SPARK]
