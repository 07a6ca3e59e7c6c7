"""Unfinished: a target that was cut off is told from one that ends, by what it ends with."""

from __future__ import annotations

import pytest

from bilingual.language.truncation import Break, unfinished
from bilingual.model import Kind

BEGUN = "Nvidia said on Monday that production of the new chip has begun."
BEGUN_KO = "엔비디아는 27일 새 칩의 생산을 시작했다고 밝혔다."
INTO_KOREAN, INTO_ENGLISH = ("en", "ko"), ("ko", "en")


def into_korean(target: str, source: str = BEGUN, kind: Kind = Kind.PARAGRAPH) -> Break:
    return unfinished(source, target, INTO_KOREAN, kind)


def into_english(target: str, source: str = BEGUN_KO, kind: Kind = Kind.PARAGRAPH) -> Break:
    return unfinished(source, target, INTO_ENGLISH, kind)


@pytest.mark.parametrize(
    "target",
    [
        "엔비디아는 27일 새 칩의 생산을", "엔비디아는 27일 새 칩의", "엔비디아는",
        "엔비디아는 27일 새 칩의 생산을 시작했다고", "엔비디아는 27일 새 칩을 생산하며",
        "엔비디아는 27일 새 칩의 생산이 시작된", "엔비디아는 27일 새 칩을 생산할 수",
        "엔비디아는 27일 새 칩의 생산 및", "엔비디아는 27일 새", "엔비디아는 27일 새 칩(H200",
        "엔비디아는 27일 **새 칩**을", "엔비디아는 27일 새 칩 \ufffc를",
    ],
)  # fmt: skip
def test_a_korean_sentence_does_not_end_in_a_particle_or_connective(target: str):
    assert into_korean(target) is Break.SURE


@pytest.mark.parametrize(
    "target",
    [
        "Nvidia said on Monday that production of the", "Nvidia said on Monday that",
        "Nvidia said on Monday that production of the new chip has", "Nvidia said on",
        "Nvidia said on Monday that its", "Nvidia said on Monday that production of **the**",
        "Nvidia said on Monday (in a", "Nvidia said on Monday that it isn’t",
    ],
)  # fmt: skip
def test_an_english_one_does_not_end_in_an_article_preposition_or_auxiliary(target: str):
    assert into_english(target) is Break.SURE


def test_after_a_noun_what_is_lost_decides():
    assert into_korean("엔비디아는 27일 새 칩 생산") is not Break.NONE
    assert into_english("Nvidia said on Monday that the chip's production") is not Break.NONE
    long = (
        "The committee heard that companies want two more years. The minister said the date stands."
    )
    cut = "위원회는 기업들이 2년을 더 원한다는 말을 들었다. 장관"
    assert into_korean(cut, long) is not Break.NONE


@pytest.mark.parametrize(
    "target",
    [
        BEGUN_KO, "엔비디아는 27일 새 칩의 생산을 시작했다고 밝혔다", "새 칩의 생산이 시작됐다…",
        "“새 칩의 생산을 시작했다.”", "다음과 같다:",
        "**새 칩의 생산을 시작했다.**", "시작했다.\ufffc",
        "엔비디아는 27일 새 칩의 생산을 시작했다고 밝힘", "엔비디아, 27일 생산 시작함",
        "엔비디아는 생산을 시작했다고 밝혔다.(27일)", "엔비디아가 생산을 시작했다! 🤗",
    ],
)  # fmt: skip
def test_a_complete_sentence_is_not_cut_off(target: str):
    assert into_korean(target) is Break.NONE


@pytest.mark.parametrize(
    "word",
    [
        "마을",
        "평가",
        "회의",
        "결과",
        "추가",
        "속도",
        "경로",
        "광고",
        "측면",
        "제한",
        "역할",
        "차이",
    ],
)
def test_nouns_that_end_like_a_particle_are_none(word: str):
    assert into_korean(f"새 {word}", "A new word.", Kind.ITEM) is Break.NONE


@pytest.mark.parametrize(
    ("source", "target", "kind"),
    [
        ("The method containing the logic to run.", "실행할 논리가 담긴 메서드", Kind.ITEM),
        ("Run the unit tests.", "단위 테스트 실행", Kind.ITEM),
        ("OpenAI halves its prices.", "오픈AI, 가격 절반으로", Kind.HEADING),
        ("Visitors look at a robot in Seoul.", "서울에서 로봇을 보는 관람객들", Kind.CAPTION),
        ("The number of registers that it uses.", "커널이 쓰는 레지스터의 수", Kind.ITEM),
    ],
)  # fmt: skip
def test_brief_text_ends_in_a_noun(source: str, target: str, kind: Kind):
    assert into_korean(target, source, kind) is Break.NONE


def test_so_it_does_in_english():
    assert into_english("Run the unit tests", "단위 테스트를 실행한다.", Kind.ITEM) is Break.NONE
    assert into_english("What it is for", "이 도구가 필요한 이유.", Kind.HEADING) is Break.NONE


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("OpenAI, Meta and the", "오픈AI, 메타와"),
        ("Nvidia starts production", "엔비디아, 생산을"),
        ("The committee heard:", "위원회는"), ("", "위원회는"),
    ],
)  # fmt: skip
def test_a_source_that_ends_without_a_sentence_is_not_compared(source: str, target: str):
    assert into_korean(target, source) is Break.NONE


def test_a_headline_never_ends_in_an_object_or_an_article():
    source = "OpenAI halves its prices."
    assert into_korean("오픈AI, 가격을", source, Kind.HEADING) is Break.SURE
    assert (
        into_english("OpenAI cuts the", "오픈AI, 가격을 절반으로 내리다.", Kind.HEADING)
        is Break.SURE
    )


def test_other_languages_are_not_judged():
    assert unfinished(BEGUN, "Nvidia begann mit der", ("en", "de"), Kind.PARAGRAPH) is Break.NONE
