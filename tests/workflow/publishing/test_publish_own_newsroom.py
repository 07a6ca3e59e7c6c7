"""This repository's own newsroom: its four reviewed pairs stand on the site as readers see them."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import html5lib
import pytest

from bilingual.newsroom import Newsroom
from bilingual.workflow.publish import publish

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from bilingual.workflow.publish import PublishResult

ROOT = Path(__file__).parents[3]
PAIRS = ("hbm-memory-wall", "korean-tokenizer-kmmlu", "muse-spark", "quantization-on-laptops")
DEMO = "what-is-a-token"
HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("own")
    for name in ("articles", "locales"):
        shutil.copytree(ROOT / name, copy / name)
    for name in ("bilingual.toml", "glossary.yaml"):
        shutil.copy2(ROOT / name, copy / name)
    return copy


@pytest.fixture(scope="module")
def result(root: Path) -> PublishResult:
    return publish(Newsroom.open(root), [DEMO], draft=True, today=dt.date(2026, 5, 7))


def page(root: Path, path: str) -> Element:
    text = (root / "public" / "site" / path).read_text("utf-8")
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)


def test_the_reviewed_pairs_publish_in_earnest_and_the_demo_as_a_draft(result: PublishResult):
    assert result.refused == ()
    assert result.published == PAIRS
    assert result.drafts == (DEMO,)


@pytest.mark.parametrize("slug", [*PAIRS, DEMO, ""])
def test_nothing_around_an_english_text_is_korean(result: PublishResult, root: Path, slug: str):
    tree = page(root, f"en/{slug}/index.html" if slug else "en/index.html")
    for body in tree.iter("div"):
        if body.get("class") == "body":
            body.clear()
    assert HANGUL.findall("".join(tree.itertext())) == []


@pytest.mark.parametrize("slug", PAIRS)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_an_article_page_has_all_that_readers_expect(
    result: PublishResult, root: Path, slug: str, language: str
):
    tree = page(root, f"{language}/{slug}/index.html")
    classes = {name for each in tree.iter() for name in each.get("class", "").split()}
    assert {"brand", "kicker", "dek", "minutes", "author", "hero", "credit", "table", "tags",
            "share", "references", "footnotes"} <= classes  # fmt: skip
    for tag in ("h1", "time", "figcaption", "table", "blockquote", "ul", "ol", "pre"):
        assert tree.find(f".//{tag}") is not None, tag
    assert all(image.get("alt") for image in tree.iterfind(".//figure//img"))


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_first_paragraph_on_muse_spark_is_no_list(
    result: PublishResult, root: Path, language: str
):
    body = page(root, f"{language}/muse-spark/index.html").find(".//div[@class='body']")
    assert body is not None
    assert body[0].tag == "p"
    assert "".join(body[0].itertext()).startswith("52")


@pytest.mark.parametrize(
    ("language", "model"), [("en", "Claude Opus 4.6"), ("ko", "클로드 오퍼스 4.6")]
)
def test_the_figure_that_was_not_published_stays_an_empty_cell(
    result: PublishResult, root: Path, language: str, model: str
):
    rows = [
        ["".join(cell.itertext()).strip() for cell in row]
        for row in page(root, f"{language}/muse-spark/index.html").iter("tr")
    ]
    (row,) = [row for row in rows if row[0] == model]
    assert "53" in row
    assert row[-1] == ""
