"""``merge`` and ``absorb``: a target article out of its catalog, and back into it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bilingual.errors import RefusedError
from bilingual.model import State, Target
from bilingual.workflow.absorb import absorb
from bilingual.workflow.merge import merge
from bilingual.workflow.segment import segment

if TYPE_CHECKING:
    from bilingual.newsroom import Newsroom

KOREAN = """\
---
title: 메타, 뮤즈 스파크 공개
dek: 메타 슈퍼인텔리전스 랩스의 첫 모델
date: 2026-04-08
category: 모델
tags: [메타, 모델]
source:
  name: 메타
  url: https://ai.meta.com/
---

# 첫 공개

52\\. 뮤즈 스파크가 지수에서 받은 점수다. GPT-5.4보다 5점 낮다.

- 의사 1,000여 명이 참여했다.
- `eval.py`는 [모델 카드](https://ai.meta.com/muse)에 있다.

| 모델 | 점수 |
|---|---|
| 뮤즈 스파크 | 42.8 |
| Claude Opus 4.6 | |

> "이제 시작이다." 왕은 말했다.
"""
KIM = ("Kim", "2026-04-09T01:02:03Z")


def text(newsroom: Newsroom) -> str:
    return newsroom.article("spark").text


def test_without_targets_the_article_comes_back_byte_for_byte(newsroom: Newsroom):
    segment(newsroom)
    merged = merge(newsroom, "spark")
    assert merged.text == text(newsroom)
    assert len(merged.missing) == len(newsroom.catalog("spark", "ko").live)
    assert not merged.complete


def test_a_complete_translation_is_absorbed_and_merges_back_byte_for_byte(newsroom: Newsroom):
    segment(newsroom)
    done = absorb(newsroom, "spark", KOREAN, *KIM)
    assert done.missing == ()
    merged = merge(newsroom, "spark")
    assert merged.text == KOREAN
    assert merged.complete
    target = newsroom.catalog("spark", "ko").live[0].target
    assert target == Target("메타, 뮤즈 스파크 공개", State.REVIEWED, "human:Kim", *KIM)


def test_absorbing_fills_a_catalog_that_is_not_there_yet(newsroom: Newsroom):
    assert absorb(newsroom, "spark", KOREAN, *KIM).missing == ()


def test_absorbing_the_catalogs_own_text_changes_no_byte(newsroom: Newsroom):
    absorb(newsroom, "spark", KOREAN, *KIM)
    file = newsroom.root / newsroom.catalog_path("spark", "ko")
    before = file.read_bytes()
    done = absorb(newsroom, "spark", merge(newsroom, "spark").text, "Lee", "2026-05-01T00:00:00Z")
    assert done.changed == ()
    assert file.read_bytes() == before


def test_one_edited_sentence_changes_one_unit(newsroom: Newsroom):
    absorb(newsroom, "spark", KOREAN, *KIM)
    done = absorb(
        newsroom, "spark", KOREAN.replace("5점 낮다", "5점 뒤진다"), "Lee", "2026-05-01T00:00:00Z"
    )
    assert len(done.changed) == 1
    changed = next(
        entry for entry in newsroom.catalog("spark", "ko").live if entry.id == done.changed[0]
    )
    assert changed.target.origin == "human:Lee"
    assert "5점 뒤진다" in changed.target.text


def test_sentences_left_in_the_source_language_are_no_translations(newsroom: Newsroom):
    half = KOREAN.replace(
        "52\\. 뮤즈 스파크가 지수에서 받은 점수다. GPT-5.4보다 5점 낮다.",
        "52\\. That's Muse Spark's score on the index. It trails GPT-5.4 by five points.",
    )
    done = absorb(newsroom, "spark", half, *KIM)
    assert len(done.missing) == 2  # the sentence, and the name that is the same in both


REFUSED = {
    "a paragraph too many": ("# 첫 공개\n", "# 첫 공개\n\n새 문단.\n"),
    "a list instead of a paragraph": ("52\\. 뮤즈", "52. 뮤즈"),
    "a heading lost": ("# 첫 공개\n\n", ""),
    "a row lost": ("| Claude Opus 4.6 | |\n", ""),
    "a tag too many": ("[메타, 모델]", "[메타, 모델, 새]"),
}


@pytest.mark.parametrize(("old", "new"), REFUSED.values(), ids=REFUSED)
def test_another_structure_is_refused_with_its_place(newsroom: Newsroom, old: str, new: str):
    segment(newsroom)
    file = newsroom.root / newsroom.catalog_path("spark", "ko")
    before = file.read_bytes()
    assert old in KOREAN
    with pytest.raises(RefusedError) as caught:
        absorb(newsroom, "spark", KOREAN.replace(old, new), *KIM, path="index.ko.md")
    assert caught.value.path == "index.ko.md"
    assert caught.value.hint
    assert file.read_bytes() == before


def test_drafts_are_used_only_when_asked_for(newsroom: Newsroom):
    segment(newsroom)

    def draft(catalog):
        first = replace(
            catalog.entries[0], target=Target("초안", State.TRANSLATED, "mt:local/qwen")
        )
        return replace(catalog, entries=(first, *catalog.entries[1:]))

    newsroom.change(newsroom.article("spark"), "ko", draft)
    assert "초안" not in merge(newsroom, "spark").text
    drafted = merge(newsroom, "spark", drafts=True)
    assert "title: 초안" in drafted.text
    assert len(drafted.drafts) == 1


def test_a_stale_target_is_not_used(newsroom: Newsroom):
    absorb(newsroom, "spark", KOREAN, *KIM)
    file = newsroom.root / newsroom.article("spark").path
    file.write_text(file.read_text("utf-8").replace("five points", "six points"), "utf-8")
    merged = merge(newsroom, "spark")
    assert not merged.current
    assert "six points" in merged.text
    assert len(merged.missing) == 1
