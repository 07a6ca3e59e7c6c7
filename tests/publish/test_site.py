from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import html5lib
import pytest

from bilingual.i18n import words
from bilingual.publish import site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from xml.etree.ElementTree import Element

    from bilingual.publish.base import Edition

GOLDEN = Path(__file__).parents[1] / "golden" / "site"
HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
SHOWN = ("alt", "aria-label", "title", "content", "placeholder")


def pages(edition: Edition) -> dict[str, str]:
    return {
        file.path: file.content.decode()
        for file in site.plan(edition)
        if file.path.endswith(".html") and isinstance(file.content, bytes)
    }


def parsed(page: str) -> Element:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(page)


def words_of(tree: Element) -> Iterator[str]:
    """Every word that a page shows or says: texts, and attributes that are read out."""
    for element in tree.iter():
        if element.tag not in {"script", "style"} and element.text:
            yield element.text
        if element.tail:
            yield element.tail
        for name in SHOWN:
            if element.get(name) and not element.get("property", "").startswith("og:locale"):
                yield element.get(name, "")


def links(tree: Element, rel: str) -> dict[str, str]:
    return {
        link.get("hreflang", ""): link.get("href", "")
        for link in tree.iter("link")
        if link.get("rel") == rel
    }


@pytest.fixture
def page(edition: Edition) -> Callable[[str], Element]:
    made = pages(edition)
    return lambda path: parsed(made[f"site/{path}"])


def test_the_site_has_every_page_in_both_languages(edition: Edition):
    assert sorted(pages(edition)) == [
        "site/en/index.html",
        "site/en/paper-cranes/index.html",
        "site/en/quiet-chip/index.html",
        "site/index.html",
        "site/ko/index.html",
        "site/ko/paper-cranes/index.html",
        "site/ko/quiet-chip/index.html",
    ]


def test_every_page_is_valid_html(edition: Edition):
    for text in pages(edition).values():
        parsed(text)


@pytest.mark.parametrize("path", ["index.html", "quiet-chip/index.html", "paper-cranes/index.html"])
def test_an_english_page_has_no_hangul(page: Callable[[str], Element], path: str):
    tree = page(f"en/{path}")
    assert tree.get("lang") == "en"
    assert [text for text in words_of(tree) if HANGUL.search(text)] == []


@pytest.mark.parametrize("path", ["index.html", "quiet-chip/index.html", "paper-cranes/index.html"])
def test_a_korean_page_has_no_english_word_of_the_tool(
    page: Callable[[str], Element], path: str, site_words: list[str]
):
    tree = page(f"ko/{path}")
    assert tree.get("lang") == "ko"
    shown = " ".join(words_of(tree))
    korean = words("ko")
    english = [msgid for msgid in site_words if HANGUL.search(korean(msgid))]
    assert "Related articles" in english
    for msgid in english:
        # The text between the values: "min read" of "{minutes} min read".
        for part in re.split(r"\{\w+\}", msgid):
            word = part.strip(" .:,()")
            if len(word) > 2:
                assert not re.search(rf"\b{re.escape(word)}\b", shown), word


def test_the_words_of_a_korean_page(page: Callable[[str], Element]):
    shown = " ".join(words_of(page("ko/quiet-chip/index.html")))
    for word in ("1분 소요", "공유", "관련 기사", "출처", "2026년 4월 8일", "영어로 읽기",
                 "영어 기사를 옮김"):  # fmt: skip
        assert word in shown


def test_the_words_of_an_english_page(page: Callable[[str], Element]):
    shown = " ".join(words_of(page("en/quiet-chip/index.html")))
    for word in ("1 min read", "Share", "Related articles", "Source", "April 8, 2026",
                 "Read in Korean"):  # fmt: skip
        assert word in shown
    assert "From the article in" not in shown


def test_an_article_page_shows_all_its_facts(page: Callable[[str], Element]):
    tree = page("en/quiet-chip/index.html")
    shown = " ".join(words_of(tree))
    for fact in ("The Even Page", "Hardware", "Chips", "Open models", "A chip that hums & thinks",
                 "A small laboratory runs", "Quiet Lab", "The board, photographed in March",
                 "Photo by Quiet Lab", "A green circuit board", "Patience, measured"):  # fmt: skip
        assert fact in shown
    addresses = {link.get("href") for link in tree.iter("a")}
    assert "https://quiet.example/paper?a=1&b=2" in addresses
    assert "../../files/quiet-chip/board.png" in {image.get("src") for image in tree.iter("img")}


def test_headings_have_the_same_anchors_in_both_languages(page: Callable[[str], Element]):
    def anchors(language: str) -> list[str | None]:
        body = page(f"{language}/quiet-chip/index.html").find(".//div[@class='body']")
        assert body is not None
        return [each.get("id") for each in body.iter() if each.tag in {"h2", "h3"}]

    assert anchors("en") == anchors("ko") == ["what-was-measured", "how-to-repeat-it", "references"]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_link_to_an_article_stays_in_the_readers_language(
    page: Callable[[str], Element], language: str
):
    tree = page(f"{language}/paper-cranes/index.html")
    body = tree.find(".//div[@class='body']")
    assert body is not None
    (link,) = body.iter("a")
    assert link.get("href") == "../quiet-chip/index.html#what-was-measured"


@pytest.mark.parametrize("language", ["en", "ko"])
def test_versions_name_each_other(page: Callable[[str], Element], language: str):
    tree = page(f"{language}/quiet-chip/index.html")
    assert links(tree, "alternate") == {
        "en": "https://news.example/en/quiet-chip/",
        "ko": "https://news.example/ko/quiet-chip/",
        "x-default": "https://news.example/en/quiet-chip/",
    }
    assert links(tree, "canonical") == {"": f"https://news.example/{language}/quiet-chip/"}


def test_a_site_that_does_not_know_its_address_names_versions_relatively(
    make_edition: Callable[..., Edition],
):
    tree = parsed(pages(make_edition(url=""))["site/ko/quiet-chip/index.html"])
    assert links(tree, "alternate")["en"] == "../../en/quiet-chip/index.html"
    shares = [link.get("href", "") for link in tree.iter("a") if link.get("rel")]
    shares = [address for address in shares if not address.startswith("../")]
    assert [address.split(":")[0] for address in shares] == ["mailto"]


@pytest.mark.parametrize(("language", "other"), [("en", "ko"), ("ko", "en")])
@pytest.mark.parametrize("place", ["", "quiet-chip/"])
def test_the_switch_leads_to_the_same_page_in_the_other_language(
    page: Callable[[str], Element], language: str, other: str, place: str
):
    tree = page(f"{language}/{place}index.html")
    (switch,) = [link for link in tree.iter("a") if link.get("hreflang") == other]
    top = "../../" if place else "../"
    assert switch.get("href") == f"{top}{other}/{place}index.html"


def test_the_root_speaks_to_each_reader_in_their_language(page: Callable[[str], Element]):
    choices = {link.get("lang"): "".join(link.itertext()) for link in page("index.html").iter("a")
               if link.get("hreflang")}  # fmt: skip
    assert choices == {"en": "Read in English", "ko": "한국어로 읽기"}


def test_the_front_page_lists_the_newest_article_first(page: Callable[[str], Element]):
    titles = ["".join(each.itertext()).strip() for each in page("en/index.html").iter("h3")]
    assert titles == ["A chip that hums & thinks", "Patience, measured in a thousand paper cranes"]


def test_a_draft_never_leads_the_front_page(make_edition: Callable[..., Edition]):
    made = pages(make_edition(drafts=("quiet-chip",)))
    titles = [
        "".join(each.itertext()).strip() for each in parsed(made["site/en/index.html"]).iter("h3")
    ]
    assert titles[-1] == "A chip that hums & thinks"


def test_no_heading_takes_the_place_of_the_pages_own_parts(make_edition: Callable[..., Edition]):
    made = pages(make_edition({"a": {"en": "## Main\n\n## Page main", "ko": "## 주\n\n## 면"}}))
    for text in made.values():
        ids = re.findall(r' id="([^"]*)"', text)
        assert len(ids) == len(set(ids))


def test_every_local_address_of_the_site_leads_to_a_file_of_it(edition: Edition):
    files = {file.path for file in site.plan(edition)}
    for path, text in pages(edition).items():
        for element in parsed(text).iter():
            address = element.get("href") or element.get("src") or ""
            if not address or address.startswith(("http", "mailto:", "#")):
                continue
            place = os.path.normpath(Path(path).parent / address.split("#")[0])
            assert Path(place).as_posix() in files, f"{path}: {address}"


def test_a_draft_is_marked_on_each_page_and_for_search_engines(
    make_edition: Callable[..., Edition],
):
    made = pages(make_edition(drafts=("quiet-chip",)))
    for language, word in (("en", "Draft"), ("ko", "초안")):
        tree = parsed(made[f"site/{language}/quiet-chip/index.html"])
        banner = tree.find(".//div[@class='draft']")
        assert banner is not None
        assert "".join(banner.itertext()).split()[0] == word
        assert any(
            meta.get("name") == "robots" and "noindex" in meta.get("content", "")
            for meta in tree.iter("meta")
        )
        front = parsed(made[f"site/{language}/index.html"])
        labels = [each.text for each in front.iter("span") if each.get("class") == "draft-label"]
        assert labels == [word]
        other = made[f"site/{language}/paper-cranes/index.html"]
        assert "noindex" not in other


def hostile(language: str) -> str:
    return f"""\
---
title: "</title><script>alert('{language}')</script>"
dek: "\\" onload=alert(1) x=\\""
category: <img src=x onerror=alert(1)>
tags: ["</script><script>alert(2)</script>", b]
author: "<b>x</b>"
date: 2026-04-08
source: {{name: "<i>n</i>", url: "javascript:alert(3)"}}
hero: {{image: "../../../etc/passwd.png", alt: "<x>", caption: "<y>"}}
---

<script>alert(4)</script> text
"""


def test_no_field_brings_markup_or_script_into_a_page(make_edition: Callable[..., Edition]):
    made = pages(make_edition({"evil": {"en": hostile("en"), "ko": hostile("ko")}}))
    for path, text in made.items():
        tree = parsed(text)
        kinds = {each.get("type") for each in tree.iter("script")}
        assert kinds <= {"application/ld+json"}, path
        assert not [name for each in tree.iter() for name in each.attrib if name.startswith("on")]
        assert "javascript:" not in "".join(each.get("href", "") for each in tree.iter("a"))
        assert not list(tree.iter("img"))
    tree = parsed(made["site/en/evil/index.html"])
    (script,) = tree.iter("script")
    assert json.loads(script.text or "")["headline"] == "</title><script>alert('en')</script>"


def test_a_page_has_metadata_for_machines(page: Callable[[str], Element]):
    tree = page("ko/quiet-chip/index.html")
    (script,) = tree.iter("script")
    said = json.loads(script.text or "")
    assert said["@type"] == "NewsArticle"
    assert said["inLanguage"] == "ko"
    assert said["datePublished"] == "2026-04-08"
    assert said["translationOfWork"]["@id"] == "https://news.example/en/quiet-chip/"
    properties = {meta.get("property"): meta.get("content") for meta in tree.iter("meta")}
    assert properties["og:locale"] == "ko_KR"
    assert properties["og:image"] == "https://news.example/files/quiet-chip/board.png"


def test_an_article_without_front_matter_has_a_page(make_edition: Callable[..., Edition]):
    bare = {"en": "# Bare *bones*\n\nText.", "ko": "# 앙상한 *뼈*\n\n글."}
    made = pages(make_edition({"bare": bare}))
    tree = parsed(made["site/ko/bare/index.html"])
    assert ["".join(each.itertext()) for each in tree.iter("h1")] == ["앙상한 뼈"]


def test_articles_are_related_by_the_tags_they_share_and_alike_in_both_languages(
    make_edition: Callable[..., Edition],
):
    def text(title: str, *tags: str) -> str:
        return f"---\ntitle: {title}\ntags: [{', '.join(tags)}]\n---\n\nText.\n"

    made = pages(
        make_edition(
            {
                "a": {"en": text("A", "x", "y"), "ko": text("가", "엑스", "와이")},
                "b": {"en": text("B", "x"), "ko": text("나", "엑스")},
                "c": {"en": text("C", "x", "y"), "ko": text("다", "엑스", "와이")},
                "d": {"en": text("D", "z"), "ko": text("라", "제트")},
            }
        )
    )
    for language, names in (("en", ["C", "B"]), ("ko", ["다", "나"])):
        tree = parsed(made[f"site/{language}/a/index.html"])
        assert ["".join(each.itertext()) for each in tree.iter("h3")] == names
        assert not list(parsed(made[f"site/{language}/d/index.html"]).iter("h3"))


def test_pages_are_as_they_were(edition: Edition):
    """Run with ``UPDATE_GOLDEN=1`` to accept a change of the pages, and read the difference."""
    for path, text in pages(edition).items():
        golden = GOLDEN / Path(path).relative_to("site")
        if os.environ.get("UPDATE_GOLDEN") == "1":
            golden.parent.mkdir(parents=True, exist_ok=True)
            golden.write_text(text, "utf-8")
        assert text == golden.read_text("utf-8"), f"{path} changed; UPDATE_GOLDEN=1 accepts it"
