"""Sound: Korean spellings of foreign words are known by their consonants."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.language.ko.sound import similarity


@pytest.mark.parametrize(
    ("korean", "english"),
    [
        ("텐서", "tensor"), ("벤치마크는", "benchmark"), ("케라스", "Keras"), ("프로필", "profile"),
        ("컴포넌트의", "component"), ("스파크", "Spark"), ("타이틀", "title"),
        ("토크나이저", "tokenizer"), ("풀스택", "full-stack"),
        ("블록체인", "blockchain"), ("파이프라인", "pipeline"),
    ],
)  # fmt: skip
def test_a_spelling_of_an_english_word_is_alike(korean: str, english: str):
    assert similarity(korean, f"the {english} guide") >= 0.75


@pytest.mark.parametrize(
    ("korean", "english"),
    [("모델", "Keras"), ("상태", "component"), ("벤치마크", "pipeline"), ("가", "a"), ("", "word")],
)
def test_other_words_are_not(korean: str, english: str):
    assert similarity(korean, english) < 0.75


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_likeness_is_a_share(korean: str, english: str):
    assert 0 <= similarity(korean, english) <= 1


def test_three_consonants_are_too_few_to_be_two_words():
    assert similarity("다른 기사", "two lines") == 0
