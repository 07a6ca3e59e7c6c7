"""Quantities: what the numbers of both languages are worth, and where two texts differ in them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.language.numbers.amount import Notation
from bilingual.language.numbers.quantity import QuantityKind, differences, quantities

HALF = Fraction(1, 2)

ENGLISH = {
    "$14.3 billion": ("14300000000", "USD"),
    "400B parameters": ("400000000000", ""),
    "1M tokens": ("1000000", ""),
    "17B active": ("17000000000", ""),
    "41% of downloads": ("41", "percent"),
    "10 per cent": ("10", "percent"),
    "2.5 percentage points": ("5/2", "percentage point"),
    "over 10x less": ("10", "fold"),
    "29-year-old": ("29", "year"),
    "18-month plan": ("18", "month"),
    "Q1 results": ("1", "quarter"),
    "the 1990s": ("1990", "decade"),
    "the 19th century": ("19", "century"),
    "-5 points": ("-5", ""),
    "minus 17 degrees Celsius": ("-17", "degree Celsius"),
    "5 degrees below zero": ("-5", ""),
    "after 60s": ("60", "second"),
    "the 60s": ("60", "decade"),
    "€3.1billion": ("3100000000", "EUR"),
    "£500": ("500", "GBP"),
    "100,000 members": ("100000", ""),
    "1.5 million instances": ("1500000", ""),
    "330K images": ("330000", ""),
    "30 minutes": ("30", "minute"),
    "80 GB": ("80", "gigabyte"),
    "1/2 cup": ("1/2", ""),
    "10 miles": ("10", "mile"),
    "80°F": ("80", "degree Fahrenheit"),
    "6pm": ("6", "time of day"),
}
KOREAN = {
    "143억 달러": ("14300000000", "USD"),
    "1조 2천억 원": ("1200000000000", "KRW"),
    "4000억 개": ("400000000000", ""),
    "3만 5천 명": ("35000", ""),
    "12만3천456번째": ("123456", ""),
    "1억 2,345만 6,789원": ("123456789", "KRW"),
    "1억 4천 2백만 명": ("142000000", ""),
    "2천만 명": ("20000000", ""),
    "5백만 명": ("5000000", ""),
    "5만5천명": ("55000", ""),
    "41퍼센트": ("41", "percent"),
    "10%포인트": ("10", "percentage point"),
    "5%p": ("5", "percentage point"),
    "10배": ("10", "fold"),
    "29세": ("29", "year"),
    "29살": ("29", "year"),
    "18개월": ("18", "month"),
    "1분기": ("1", "quarter"),
    "1990년대": ("1990", "decade"),
    "19세기": ("19", "century"),
    "영하 5도": ("-5", ""),
    "마이너스 3.1%": ("-31/10", "percent"),
    "22억€": ("2200000000", "EUR"),
    "$36bn": ("36000000000", "USD"),
    "3분의 2": ("2/3", ""),
    "30분 동안": ("30", "minute"),
    "80GB를": ("80", "gigabyte"),
    "16km이고": ("16", "kilometre"),
    "2026년": ("2026", "calendar year"),
    "4월": ("4", "month of year"),
    "20대 여성": ("20", "decade"),
}


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_read_by_value(text: str):
    value, unit = ENGLISH[text]
    (found,) = [each for each in quantities(text, "en") if each.written is Notation.DIGITS]
    assert (str(found.value), found.unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("one and a half million", "1500000", ""),
        ("a day and a half", "3/2", "day"),
        ("two and a half years", "5/2", "year"),
        ("the second quarter", "2", "quarter"),
        ("two-thirds", "2/3", ""),
    ],
)
def test_english_words_are_read_by_value(text: str, value: str, unit: str):
    said = [each for each in quantities(text, "en") if each.written is Notation.WORDS]
    assert (value, unit) in [(str(each.value), each.unit) for each in said]


@pytest.mark.parametrize("text", KOREAN)
def test_korean_is_read_by_value(text: str):
    value, unit = KOREAN[text]
    (found,) = [each for each in quantities(text, "ko") if each.written is Notation.DIGITS]
    assert (str(found.value), found.unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("GPT-5.4", "en"), ("Llama 4", "en"), ("MI300X", "en"), ("v4.0", "en"), ("COVID-19", "en"),
        ("Windows 10", "en"), ("GPT-5.4가", "ko"), ("Llama 4는", "ko"), ("MI300X를", "ko"),
    ],
)  # fmt: skip
def test_a_number_in_a_name_is_no_quantity(text: str, language: str):
    assert {each.written for each in quantities(text, language)} <= {Notation.NAME}


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("twenty-five", "en", 25), ("two hundred and five", "en", 205),
        ("three million", "en", 3_000_000),
        ("half a million", "en", 500_000), ("two decades", "en", 20), ("third", "en", 3),
        ("two-thirds", "en", Fraction(2, 3)), ("세 개", "ko", 3), ("열두 명", "ko", 12),
        ("스물다섯 살", "ko", 25), ("삼백 명", "ko", 300), ("절반", "ko", HALF),
        ("이백만", "ko", 2_000_000), ("사실이다.\n두 명이 왔다.", "ko", 2),
        ("사실이다.\u00a0두 명이 왔다.", "ko", 2), ("스물\u00a0두 명이 왔다.", "ko", 22),
    ],
)  # fmt: skip
def test_number_words_are_read_and_asked_for_nowhere(text: str, language: str, value: Fraction):
    found = quantities(text, language)
    assert any(value in each.values for each in found)
    other = {"en": "ko", "ko": "en"}[language]
    assert list(differences(found, quantities("", other))) == []


def differ(english: str, korean: str) -> list[QuantityKind]:
    """The kinds of difference, the same in both directions."""
    source, target = quantities(english, "en"), quantities(korean, "ko")
    forward = [each.kind for each in differences(source, target)]
    backward = [each.kind for each in differences(target, source)]
    assert sorted(map(str, forward)) == sorted(map(str, backward))
    return forward


EQUAL = [
    ("$14.3 billion", "143억 달러"),
    ("400B parameters", "매개변수 4000억 개"),
    ("1.2 trillion won", "1조 2천억 원"),
    ("41%", "41퍼센트"),
    ("tenfold", "10배"),
    ("10x", "열 배"),
    ("twice as fast", "2배 빠른"),
    ("a 29-year-old", "29세"),
    ("April 8, 2026", "2026년 4월 8일"),
    ("8 April 2026", "2026. 4. 8."),
    ("2026-04-08", "2026년 4월 8일"),
    ("9/29/2022", "2022년 9월 29일"),
    ("Q1 2026", "2026년 1분기"),
    ("an 18-month ban", "18개월 금지"),
    ("1M tokens", "100만 토큰"),
    ("two-thirds", "3분의 2"),
    ("half", "50%"),
    ("half", "2분의 1"),
    ("May 15–16", "5월 15일부터 16일까지"),
    ("from 5 to 10 people", "5~10명"),
    ("more than a dozen", "10여 명"),
    ("20s and 30s", "20대와 30대"),
    ("the 2018-19 season", "2018-2019 시즌"),
    ("3:30 p.m.", "오후 3시 30분"),
    ("18:00", "오후 6시"),
    ("24 months", "2년"),
    ("10 miles", "약 16km"),
    ("7,000-ton", "7000t급"),
    ("six meters", "6m"),
    ("in the ninth", "9회에"),
    ("the first", "1위"),
    ("once a week", "1주일에 1회"),
    ("World War One", "제1차 세계 대전"),
    ("third-party", "제3자"),
    ("quarterly", "분기별"),
    ("two weeks", "14일"),
    ("20-10 = 10", "20-10 = 10만큼"),
    ("142 million", "1억 4천 2백만 명"),
    ("300x300 pixels", "300x300픽셀"),
    ("-5 degrees", "영하 5도"),
    ("on Saturday", "25일"),
    ("220 2/3 innings", "220 2/3 이닝"),
    ("5,000m", "5,000m"),
    ("$0.50 per million tokens", "100만 토큰에 0.5달러"),
    ("section 2 of the licence", "라이선스 제2조"),
]
DIFFERENT = [
    ("$14.3 billion", "14억 3000만 달러", QuantityKind.NUMBER),
    ("400B parameters", "400억 개", QuantityKind.NUMBER),
    ("20.4 million people", "204만 명", QuantityKind.NUMBER),
    ("$3.6bn", "$36bn", QuantityKind.NUMBER),
    ("42.8 points", "48.2점", QuantityKind.NUMBER),
    ("41%", "14%", QuantityKind.NUMBER),
    ("a 29-year-old", "28세", QuantityKind.NUMBER),
    ("-5 points", "5점", QuantityKind.NUMBER),
    ("300 people", "309명", QuantityKind.NUMBER),
    ("10x", "100배", QuantityKind.NUMBER),
    ("300x300 pixels", "300x200픽셀", QuantityKind.NUMBER),
    ("React 18 is here", "React 19가 나왔다", QuantityKind.NUMBER),
    ("$14.3 billion", "143억 원", QuantityKind.MONEY),
    ("€5", "5달러", QuantityKind.MONEY),
    ("18 months", "18년", QuantityKind.UNIT),
    ("5 percentage points", "5%", QuantityKind.UNIT),
    ("6 hours", "6분", QuantityKind.UNIT),
    ("80 GB", "80MB", QuantityKind.UNIT),
    ("4 months", "4월", QuantityKind.UNIT),
    ("12 pounds", "12킬로그램", QuantityKind.UNIT),
    ("April 8, 2026", "2026년 4월 9일", QuantityKind.DATE),
    ("April 8, 2026", "2026년 5월 8일", QuantityKind.DATE),
    ("April 8, 2026", "2025년 4월 8일", QuantityKind.DATE),
    ("in 2014", "2015년에", QuantityKind.DATE),
    ("October last year", "작년 11월", QuantityKind.DATE),
]


@pytest.mark.parametrize(("english", "korean"), EQUAL)
def test_what_is_worth_the_same_does_not_differ(english: str, korean: str):
    assert differ(english, korean) == []


@pytest.mark.parametrize(("english", "korean", "kind"), DIFFERENT)
def test_what_is_worth_something_else_differs(english: str, korean: str, kind: QuantityKind):
    assert kind in differ(english, korean)


def test_a_repeated_number_may_occur_once():
    assert differ("5 of the 5 models", "모델 5개") == []


def test_what_became_another_is_given_as_a_pair():
    (found,) = differences(quantities("52 and 57", "en"), quantities("52와 75", "ko"))
    assert found.source is not None
    assert found.target is not None
    assert (found.source.text, found.target.text) == ("57", "75")


def test_a_name_may_be_left_out_but_not_renumbered():
    assert differ("Llama 4 leads", "이 모델이 앞선다") == []
    assert differ("Llama 4 leads", "Llama 5가 앞선다") == [QuantityKind.NUMBER]


@given(
    st.text(max_size=60)
    | st.text(alphabet="0123456789.,:/%$-~ 년월일억만조천세개KMBxst", max_size=40)
)
def test_quantities_lie_in_the_text(text: str):
    for language in ("en", "ko"):
        for each in quantities(text, language):
            assert 0 <= each.start < each.end <= len(text)


@given(st.integers(1, 9_999_999_999), st.sampled_from(["", "점", "명", "개"]))
def test_a_whole_number_is_the_same_however_it_is_grouped(number: int, counter: str):
    grouped, korean = f"{number:,}", _myriads(number)
    source = quantities(f"{grouped} of them", "en")
    assert list(differences(source, quantities(f"{korean}{counter}", "ko"))) == []


def _myriads(number: int) -> str:
    """``number`` in groups of four digits: 1억 2345만 6789."""
    parts = []
    for name, size in (("억", 10**8), ("만", 10**4), ("", 1)):
        group, number = divmod(number, size)
        if group:
            parts.append(f"{group}{name}")
    return " ".join(parts)
