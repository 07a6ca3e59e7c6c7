from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bilingual.errors import ConfigurationError
from bilingual.markdown.anchors import anchors
from bilingual.markdown.front_matter import fields
from bilingual.publish import base, markdown
from bilingual.publish.page.anchor import add_anchors, remove_anchors

if TYPE_CHECKING:
    from collections.abc import Callable

    from bilingual.publish.base import Edition


def documents(edition: Edition) -> dict[str, str]:
    return {
        file.path.removeprefix("pairs/"): file.content.decode()
        for file in markdown.plan(edition)
        if isinstance(file.content, bytes)
    }


def test_a_pair_is_two_files_that_name_each_other_and_their_images(edition: Edition):
    assert sorted({file.path for file in markdown.plan(edition)}) == [
        "pairs/paper-cranes/.published.json",
        "pairs/paper-cranes/index.en.md",
        "pairs/paper-cranes/index.ko.md",
        "pairs/quiet-chip/.published.json",
        "pairs/quiet-chip/board.png",
        "pairs/quiet-chip/index.en.md",
        "pairs/quiet-chip/index.ko.md",
        "pairs/quiet-chip/scale.svg",
    ]
    front = fields(documents(edition)["quiet-chip/index.ko.md"])
    assert front["lang"] == "ko"
    assert front["translations"] == {"en": "index.en.md", "ko": "index.ko.md"}
    assert front["title"] == "낮게 웅웅거리며 생각하는 칩"
    assert "draft" not in front


def test_a_draft_is_one_in_both_languages(make_edition: Callable[..., Edition]):
    made = documents(make_edition(drafts=("quiet-chip",)))
    assert fields(made["quiet-chip/index.en.md"])["draft"] is True
    assert fields(made["quiet-chip/index.ko.md"])["draft"] is True
    assert "draft" not in fields(made["paper-cranes/index.ko.md"])


def test_an_article_keeps_every_byte_but_the_added_keys_anchors_and_links(edition: Edition):
    (pair,) = [pair for pair in edition.pairs if pair.slug == "quiet-chip"]
    ids = [each for _, each in anchors(pair.texts["en"])]
    text = documents(edition)["quiet-chip/index.en.md"]
    expected = add_anchors(pair.texts["en"], ids, "attribute")
    assert markdown.without_keys(text, markdown.OWN_KEYS) == expected
    text = documents(replace(edition, anchors="html"))["quiet-chip/index.en.md"]
    assert remove_anchors(markdown.without_keys(text, markdown.OWN_KEYS), ids) == pair.texts["en"]
    text = documents(replace(edition, anchors="none"))["quiet-chip/index.en.md"]
    assert markdown.without_keys(text, markdown.OWN_KEYS) == pair.texts["en"]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("[a](../other/index.en.md#x)", "ko", "[a](../other/index.ko.md#x)"),
        ("[a](../other/index.en.md)", "en", "[a](../other/index.en.md)"),
        ('[a](<../other/index.ko.md> "t")', "en", '[a](<../other/index.en.md> "t")'),
        ("[a]\n\n[a]: ../other/index.en.md", "ko", "[a]\n\n[a]: ../other/index.ko.md"),
        ('<a href="../other/index.en.md">a</a>', "ko", '<a href="../other/index.ko.md">a</a>'),
        ("[a](index.en.md#x)", "ko", "[a](index.ko.md#x)"),
        ("[a](../unpublished/index.en.md)", "ko", "[a](../unpublished/index.en.md)"),
        ("```\n[a](../other/index.en.md)\n```", "ko", "```\n[a](../other/index.en.md)\n```"),
        ("say ../other/index.en.md", "ko", "say ../other/index.en.md"),
    ],
)
def test_links_between_articles_lead_to_the_same_language(
    make_edition: Callable[..., Edition], text: str, language: str, expected: str
):
    edition = make_edition({"one": {"en": text, "ko": text}, "other": {"en": "x", "ko": "x"}})
    made = documents(edition)[f"one/index.{language}.md"]
    assert made.endswith(f"\n\n{expected}")


@pytest.mark.parametrize(
    "front",
    [
        "---\nlang: fr\ntitle: T\n---\n\nText.\n",
        "---\ntitle: T\ntranslations:\n  fr: x.md\n  de: y.md\ndraft: false\n---\n\nText.\n",
        "---\r\ntitle: T\r\nlang: fr\r\n---\r\n\r\nText.\r\n",
        "+++\ntitle = 'T'\nlang = 'fr'\n[params]\nlang = 'kept'\n+++\n\nText.\n",
    ],
)
def test_an_authors_own_keys_of_the_same_names_are_replaced(
    make_edition: Callable[..., Edition], front: str
):
    edition = make_edition({"one": {"en": front, "ko": front}}, drafts=("one",))
    found = fields(documents(edition)["one/index.ko.md"])
    assert (found["lang"], found["draft"], found["title"]) == ("ko", True, "T")
    assert found["translations"] == {"en": "index.en.md", "ko": "index.ko.md"}
    if "params" in found:
        assert found["params"] == {"lang": "kept"}


def test_publishing_what_was_published_changes_nothing(edition: Edition):
    (pair,) = [pair for pair in edition.pairs if pair.slug == "quiet-chip"]
    once = markdown.document(pair, "ko", edition.slugs)
    pair.texts["ko"] = once  # type: ignore[index]
    assert markdown.document(pair, "ko", edition.slugs) == once


def test_a_target_is_found_by_its_files_name():
    assert base.names() == ("markdown", "site")
    assert base.target("markdown").plan is markdown.plan


def test_an_unknown_target_is_refused_with_a_near_one():
    with pytest.raises(ConfigurationError, match="did you mean site"):
        base.target("sites")


HEADINGS = """\
# 개요

## 개요

Setext of
two lines
---

## Run `eval.py` on [the card](https://a.example) ##

> ## Quoted {.wide}

## Own {#own}

## Kramdown's {: #theirs }

##

## !?
"""
IDS = ["개요", "개요-1", "setext-of-two-lines", "run-evalpy-on-the-card", "quoted", "own",
       "theirs", "section-1", "section-2"]  # fmt: skip


@pytest.mark.parametrize("style", ["attribute", "html", "none"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_anchors_are_written_once_and_are_the_ones_there_were(style: str, ending: str):
    text = HEADINGS.replace("\n", ending)
    assert [each for _, each in anchors(text)] == IDS
    written = add_anchors(text, IDS, style)
    assert [each for _, each in anchors(written)] == IDS
    assert add_anchors(written, IDS, style) == written
    assert written.count("\n") == text.count("\n")
    if style == "html":
        assert remove_anchors(written, IDS) == text
    if style == "none":
        assert written == text


def test_an_anchor_is_where_renderers_look_for_it():
    assert add_anchors(HEADINGS, IDS, "attribute").split("\n")[::2][:8] == [
        "# 개요 {#개요}",
        "## 개요 {#개요-1}",
        "Setext of",
        "---",
        "## Run `eval.py` on [the card](https://a.example) {#run-evalpy-on-the-card}",
        "> ## Quoted {#quoted .wide}",
        "## Own {#own}",
        "## Kramdown's {: #theirs }",
    ]
    assert "two lines {#setext-of-two-lines}\n---" in add_anchors(HEADINGS, IDS, "attribute")
    assert '<a id="setext-of-two-lines"></a>Setext of\n' in add_anchors(HEADINGS, IDS, "html")


def test_a_target_with_other_headings_is_left_alone():
    assert add_anchors("# 하나\n", ["one", "two"], "attribute") == "# 하나\n"
