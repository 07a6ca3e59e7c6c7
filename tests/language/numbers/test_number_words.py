"""Numbers in words: what they are, and where one became another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bilingual.language.lexicon import means, senses
from bilingual.language.numbers.number_words import changed_phrases, number_phrases
from bilingual.language.numbers.quantity import quantities

if TYPE_CHECKING:
    from fractions import Fraction


def said(text: str, language: str) -> list[tuple[str, Fraction]]:
    return [(each.kind, each.value) for each in number_phrases(text, language)]


@pytest.mark.parametrize(
    ("english", "korean"),
    [
        ("It is twice as fast.", "두 배 빠르다."),
        ("Sales tripled.", "매출은 세 배로 늘었다."),
        ("Half of them left.", "절반이 떠났다."),
        ("Two-thirds of users agree.", "이용자의 3분의 2가 동의한다."),
        ("Dozens of firms joined.", "기업 수십 곳이 참여했다."),
        ("Tens of thousands of people came.", "수만 명이 왔다."),
        ("Hundreds of millions of people use it.", "수억 명이 쓴다."),
        ("Several million documents were removed.", "문서 수백만 건이 제거됐다."),
        ("It is the fourth time this year.", "올해 들어 네 번째다."),
        ("Five models were tested.", "다섯 개의 모델을 시험했다."),
        ("It took three days.", "사흘 걸렸다."),
        ("It took a day and a half.", "하루 반 걸렸다."),
    ],
)
def test_both_languages_have_the_same_number(english: str, korean: str) -> None:
    assert said(english, "en") == said(korean, "ko") != []


@pytest.mark.parametrize(
    ("english", "korean"),
    [
        ("It is twice as fast.", "세 배 빠르다."),
        ("Tens of thousands of people came.", "수천 명이 왔다."),
        ("Two-thirds of users agree.", "이용자의 4분의 3이 동의한다."),
        ("It is the fourth time this year.", "올해 들어 다섯 번째다."),
        ("Five of the six models passed.", "여섯 개 모델 중 네 개가 통과했다."),
    ],
)
def test_a_number_in_words_that_became_another_is_found(english: str, korean: str) -> None:
    assert len(differing(english, korean)) == 1


@pytest.mark.parametrize(
    ("english", "korean"),
    [
        ("Both models failed twice.", "두 모델 모두 두 번 실패했다."),
        ("Two dozen firms joined.", "기업 24곳이 참여했다."),
        ("It costs half as much.", "비용은 50% 낮다."),
        ("He will think twice.", "그는 신중히 생각할 것이다."),
        ("It is twice as fast as two others.", "다른 두 모델보다 2배 빠르다."),
        ("Thousands of people came.", "많은 사람이 왔다."),
        ("The third-party library has two parts.", "서드파티 라이브러리는 두 부분이다."),
    ],
)
def test_a_number_written_another_way_is_not_changed(english: str, korean: str) -> None:
    assert differing(english, korean) == []


def differing(english: str, korean: str) -> list[object]:
    texts = ((english, "en"), (korean, "ko"))
    first, second = (number_phrases(*each) for each in texts)
    others = quantities(*texts[0]), quantities(*texts[1])
    return list(changed_phrases(first, second, others))


def test_the_lexicon_knows_words_in_compounds_and_with_particles() -> None:
    assert any(means(stems, "documentation") for stems in senses("문서를"))
    assert any(means(stems, "updating") for stems in senses("업데이트하기"))
    assert any(means(stems, "key") for stems in senses("공개 키는"))
    assert not any(means(stems, "key") for stems in senses("키우는"))
    assert not any(means(stems, "used") for stems in senses("사람"))
    assert any(means(stems, "uses") for stems in senses("사용"))
    assert not any(means(stems, "usher") for stems in senses("사용"))
