"""Every link inside the newsroom leads to something that is there, in both languages."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import html5lib
import pytest

from bilingual.markdown.anchors import anchors
from bilingual.markdown.segment import segment
from bilingual.newsroom import Newsroom
from bilingual.workflow.absorb import absorb
from bilingual.workflow.publish import publish

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
TODAY = dt.date(2026, 5, 7)

ENGLISH = """\
---
title: Headings of every kind
---

## The scores

See [the second](#the-scores-1), [by hand](#own), [two lines](#setext-of-two-lines),
[code](#run-evalpy-on-the-card) and [another article](../korean/index.ko.md#첫-점수).

## The scores

Again.

## By hand {#own}

Text of [a whole article](../korean/index.ko.md).

Setext of
two lines
---

Text.

## Run `eval.py` on [the card](https://a.example)

> ## Quoted
>
> Back [to the quoted](#quoted).
"""
ENGLISH_KO = """\
---
title: 온갖 제목
---

## 점수

[둘째](#the-scores-1), [손으로](#own), [두 줄](#setext-of-two-lines),
[코드](#run-evalpy-on-the-card), [다른 기사](../korean/index.ko.md#첫-점수)를 보라.

## 점수

다시.

## 손으로 {#own}

[기사 하나](../korean/index.ko.md)의 글.

두 줄짜리
제목
---

본문.

## [카드](https://a.example)로 `eval.py` 돌리기

> ## 인용
>
> [인용으로](#quoted) 돌아간다.
"""
KOREAN = """\
# 한국어 기사

## 첫 점수

[결론](#결론)과 [영어 기사](../english/index.en.md#own),
[점수](../english/index.en.md#the-scores-1).

## 결론

[처음](#첫-점수)으로.
"""
KOREAN_EN = """\
# A Korean article

## First scores

[The end](#결론) and [the English one](../english/index.en.md#own),
[scores](../english/index.en.md#the-scores-1).

## The end

[Back](#첫-점수).
"""
OWN = ("articles", "locales", "bilingual.toml", "glossary.yaml")


def own(root: Path) -> Newsroom:
    for name in OWN:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, root / name)
    return Newsroom.open(root)


def made(root: Path, anchor_style: str) -> Newsroom:
    (root / "bilingual.toml").write_text(f'[publish]\nanchors = "{anchor_style}"\n', "utf-8")
    for name, source, target in (
        ("english/index.en.md", ENGLISH, ENGLISH_KO),
        ("korean/index.ko.md", KOREAN, KOREAN_EN),
    ):
        file = root / "articles" / name
        file.parent.mkdir(parents=True)
        file.write_text(source, "utf-8")
        done = absorb(Newsroom.open(root), file.parent.name, target, "Kim", "2026-04-09T01:02:03Z")
        assert not done.missing
    return Newsroom.open(root)


@pytest.fixture(scope="module", params=["own", "attribute", "html", "none"])
def output(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp(request.param)
    newsroom = own(root) if request.param == "own" else made(root, request.param)
    result = publish(newsroom, today=TODAY)
    assert result.published, result
    if request.param != "own":
        # A pair that waits again keeps its published version: its links are still good.
        source = root / "articles" / "english" / "index.en.md"
        source.write_text(source.read_text("utf-8").replace("Again.", "Once more."), "utf-8")
        again = publish(newsroom, ["korean"], today=TODAY)
        assert (again.published, again.kept) == (("korean",), ("english",))
    return root / "public"


def test_every_link_of_the_site_leads_to_a_page_and_an_id(output: Path):
    pages = {
        file: html5lib.parse(file.read_text("utf-8"), namespaceHTMLElements=False)
        for file in (output / "site").rglob("*.html")
    }
    ids = {file: [each.get("id") for each in page.iter() if each.get("id")]
           for file, page in pages.items()}  # fmt: skip
    assert all(len(found) == len(set(found)) for found in ids.values()), "an id stands twice"
    checked = 0
    for file, page in pages.items():
        for link in page.iter("a"):
            address = urlsplit(link.get("href", ""))
            if address.scheme or address.netloc:
                continue
            place = (file.parent / unquote(address.path)).resolve() if address.path else file
            place = place / "index.html" if place.is_dir() else place
            assert place.is_file(), f"{file}: {link.get('href')}"
            if address.fragment:
                checked += 1
                assert unquote(address.fragment) in ids[place], f"{file}: {link.get('href')}"
    assert checked > 8


def links(file: Path) -> Iterator[str]:
    from bilingual.markdown.inline import inlines

    for unit in segment(file.read_text("utf-8")).units:
        yield from (found.destination for found in inlines(unit.source) if found.kind == "link")


def test_every_link_between_the_files_of_pairs_leads_to_a_file_and_an_anchor(output: Path):
    """With written anchors the heading itself says where a link leads, in either language."""
    written = "none" not in output.parent.name
    for file in (output / "pairs").rglob("index.*.md"):
        for link in links(file):
            address = urlsplit(link)
            if address.scheme or not (address.path or address.fragment):
                continue
            place = (file.parent / unquote(address.path)).resolve() if address.path else file
            assert place.is_file(), f"{file}: {link}"
            if address.path:
                assert place.suffixes[-2:] == file.suffixes[-2:], "links keep to their language"
            if address.fragment and written:
                text = place.read_text("utf-8")
                name = unquote(address.fragment)
                assert name in [each for _, each in anchors(text)] or f'<a id="{name}">' in text
