"""Text fits into the columns of a terminal."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from bilingual.cli.terminal.width import cut, lines, padded
from bilingual.language.width import width


def broken(text: str, columns: int) -> list[str]:
    return [text[start:end] for start, end in lines(text, columns)]


def test_korean_breaks_between_words():
    text = "뮤즈 스파크는 종합 지능 지수에서 52점을 받았다."
    assert broken(text, 20) == ["뮤즈 스파크는 종합", "지능 지수에서 52점을", "받았다."]


def test_english_breaks_between_words():
    assert broken("It trails GPT-5.4 by five points.", 12) == [
        "It trails",
        "GPT-5.4 by",
        "five points.",
    ]


def test_a_word_wider_than_the_line_breaks_where_the_line_ends():
    assert broken("https://example.org/a", 8) == ["https://", "example.", "org/a"]
    assert broken("가나다라마", 5) == ["가나", "다라", "마"]


def test_a_decomposed_syllable_is_never_cut_in_two():
    text = unicodedata.normalize("NFD", "한글한글")
    assert [unicodedata.normalize("NFC", part) for part in broken(text, 4)] == ["한글", "한글"]


def test_line_breaks_of_the_text_stay():
    assert broken("one\n\n둘", 40) == ["one", "", "둘"]


@given(st.text(alphabet="ab 가나\n\u0301é漢🎉-"), st.integers(2, 12))
def test_no_line_is_too_wide_and_only_white_space_is_left_out(text, columns):
    parts = broken(text, columns)
    assert all(width(part) <= columns or part.strip() == "" for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@given(st.text(alphabet="ab 가나漢"), st.integers(1, 10))
def test_a_cut_text_fits(text, columns):
    assert width(cut(text, columns)) <= columns


def test_a_cut_text_shows_that_something_is_missing():
    assert cut("뮤즈 스파크", 8) == "뮤즈 스…"
    assert cut("뮤즈 스파크", 11) == "뮤즈 스파크"


def test_padding_counts_columns():
    assert padded("뮤즈", 6) == "뮤즈  "
