"""Headings keep one anchor in both languages."""

from __future__ import annotations

import pytest

from bilingual.markdown.anchors import anchors, slug, split_anchor
from bilingual.markdown.segment import segment


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Muse Spark's score: 52!", "muse-sparks-score-52"),
        ("뮤즈 스파크, 공개", "뮤즈-스파크-공개"),
        ("GPT-5.4 vs. Gemini_3", "gpt-54-vs-gemini_3"),
        ("a  b", "a--b"),
        ("한", "한"),
        ("!?", ""),
    ],
)
def test_a_slug_is_made_as_github_makes_it(words: str, expected: str):
    assert slug(words) == expected


@pytest.mark.parametrize(
    ("heading", "parts"),
    [
        ("제목 {#top}", ("제목", "top")),
        ("제목 {: #top .wide }", ("제목", "top")),
        ("제목 {.wide}", ("제목", "")),
        ("제목 [[top]]", ("제목", "top")),
        ("제목 {/*top-level*/}", ("제목", "top-level")),
        ("집합 {1, 2}", ("집합 {1, 2}", "")),
        ("제목", ("제목", "")),
        ("{#only}", ("", "only")),
    ],
)
def test_an_explicit_anchor_is_at_the_end(heading: str, parts: tuple[str, str]):
    assert split_anchor(heading) == parts


def test_anchors_come_with_their_lines_and_repeat_with_numbers():
    text = (
        "---\ntitle: x\n---\n# 개요\n\n## **굵은** `code` [글](x)\n\n> # 개요\n\n"
        "개요\n---\n\n# x {#개요-1}\n# !\n"
    )
    assert anchors(text) == [
        (4, "개요"),
        (6, "굵은-code-글"),
        (8, "개요-2"),
        (10, "개요-3"),
        (13, "개요-1"),
        (14, "section-1"),
    ]


def test_a_target_can_take_its_sources_anchors_heading_by_heading():
    source, target = "# Scores\n\n## Open models\n", "# 점수\n\n## 공개 모델\n"
    assert len(anchors(source)) == len(anchors(target))
    assert [unit.kind for unit in segment(source).units] == [
        unit.kind for unit in segment(target).units
    ]
    assert [anchor for _, anchor in anchors(source)] == ["scores", "open-models"]
