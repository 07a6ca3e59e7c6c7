"""What a translation keeps is read in the same way from both languages."""

from __future__ import annotations

import pytest

from bilingual.language.placeables import latin_words, numbers, placeables


@pytest.mark.parametrize(
    ("english", "korean", "kept"),
    [
        (
            "Llama 4 has 17B active parameters.",
            "라마 4(Llama 4)는 활성 매개변수가 17B개다.",
            {"llama", "4", "17"},
        ),
        ("It drew 1,250.5 people.", "1,250.5명이 모였다.", {"1250.5"}),
        ("Run `pip install x` first.", "먼저 `pip install x`를 실행한다.", {"`pip install x`"}),
        (
            "See [the card](https://a.example/x).",
            "[카드](https://a.example/x)를 보라.",
            {"https://a.example/x"},
        ),
        ("GPT-5.4 leads; C++ is next.", "GPT-5.4가 앞서고 C++가 뒤를 잇는다.", {"gpt-5.4", "c++"}),
    ],
)
def test_both_languages_share_what_was_kept(english: str, korean: str, kept: set[str]):
    assert {*placeables(english)} & {*placeables(korean)} == kept


def test_a_single_letter_and_a_full_stop_are_no_word():
    assert placeables("Plan A is Spark.") == ["plan", "is", "spark"]
    assert latin_words("Plan A is Spark.") == ["plan", "a", "is", "spark"]


def test_numbers_lose_the_commas_between_thousands_and_keep_their_point():
    assert numbers("100,277개 가운데 3.5%") == ["100277", "3.5"]
