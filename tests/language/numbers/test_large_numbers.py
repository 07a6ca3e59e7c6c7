"""Large numbers, converted from groups of four digits to groups of three and back."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.language.ko import numeral
from bilingual.language.numbers.large_numbers import conversions, format_english, format_korean


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("현대 한글 음절은 모두 1만 1172자다.", [("1만 1172", "11,172")]),
        ("GPT-4의 어휘는 10만 277개, GPT-4o는 20만 19개다.",
         [("10만 277", "100,277"), ("20만 19", "200,019")]),
        ("한 해면 1134만 원의 차이다.", [("1134만", "11.34 million")]),
        ("매출 97조 1467억 원, 투자 143억 달러",
         [("97조 1467억", "97.1467 trillion"), ("143억", "14.3 billion")]),
        ("8억 1920만 개의 매개변수", [("8억 1920만", "819.2 million")]),
        ("1억 2345만 6789명", [("1억 2345만 6789", "123,456,789")]),
        ("수백만 명이 3000자를 45번 읽었다.", []),
        ("100만 토큰과 100만 토큰", [("100만", "1 million")]),
    ],
)  # fmt: skip
def test_korean_numbers_in_english(text, numbers):
    assert conversions(text, "ko", "en") == numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("It can tell 65,536 values apart.", [("65,536", "6만 5536")]),
        ("Meta invested $14.3 billion in it.", [("14.3 billion", "143억")]),
        ("a $1.5 million-dollar deal", []),
        ("8 billion parameters, 1,000 talks, in 2025", [("8 billion", "80억")]),
        ("2.5 trillion won and 40,000 people", [("2.5 trillion", "2조 5000억"), ("40,000", "4만")]),
        ("Version 1.12,500 and GPT-20,000 and port 20000", []),
    ],
)
def test_english_numbers_in_korean(text, numbers):
    assert conversions(text, "en", "ko") == numbers


@given(st.integers(10_000, 10**19))
def test_a_number_keeps_its_value_into_korean_and_into_english(value):
    assert numeral.value(format_korean(value)) == value
    digits, _, size = format_english(Fraction(value)).partition(" ")
    sizes = {"": 1, "million": 10**6, "billion": 10**9, "trillion": 10**12}
    assert Fraction(digits.replace(",", "")) * sizes[size] == value
