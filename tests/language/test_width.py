"""How many columns text takes on a terminal."""

from __future__ import annotations

import unicodedata

import pytest
import wcwidth
from hypothesis import given
from hypothesis import strategies as st

from bilingual.language.width import columns, width


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("Muse Spark", 10),
        ("뮤즈 스파크", 11),
        (unicodedata.normalize("NFD", "뮤즈 스파크"), 11),
        ("GPT-5.4는 57점", 14),
        ("e\u0301", 1),
        ("🎉", 2),
        ("zero\u200bwidth", 9),
        ("자세히\tread", 10),
        ("각주¹ ①", 7),
        ("", 0),
    ],
)
def test_hangul_takes_two_columns_and_combining_characters_none(text, columns):
    assert width(text) == columns


@given(st.characters(exclude_categories=["Cs", "Cc"]))
def test_a_character_takes_what_terminals_give_it(character: str):
    assert columns(character) == wcwidth.wcwidth(character)
