"""Sentences: where they end, and where a full stop only looks like an end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.language.sentence import segments

ENGLISH = {
    "a score that begins a sentence": (
        "52. That's Muse Spark's score.",
        ["52. That's Muse Spark's score."],
    ),
    "decimals and versions": (
        "It is 5.0 points behind GPT-5.4. Version 4.0 is due.",
        ["It is 5.0 points behind GPT-5.4.", "Version 4.0 is due."],
    ),
    "a number at the end": ("The score was 52. It rose.", ["The score was 52.", "It rose."]),
    "abbreviations": (
        "Mr. Kim of Meta Inc. spoke. See e.g. this one.",
        ["Mr. Kim of Meta Inc. spoke.", "See e.g. this one."],
    ),
    "an abbreviation that ends a sentence": (
        "He left at 5 p.m. The U.S. Federal Reserve met.",
        ["He left at 5 p.m.", "The U.S. Federal Reserve met."],
    ),
    "a quotation that goes on": ('"Stop." he said. Why?', ['"Stop." he said.', "Why?"]),
    "a quotation that ends": ("He said “No.” Then he left.", ["He said “No.”", "Then he left."]),
    "code and links": (
        "Call `a. B` now. See [A. B](http://x.y/z. Then) again.",
        ["Call `a. B` now.", "See [A. B](http://x.y/z. Then) again."],
    ),
    "an address": (
        "Visit https://a.b/c.d?x=1. Then stop.",
        ["Visit https://a.b/c.d?x=1.", "Then stop."],
    ),
    "brackets": (
        "It won (by a lot. Really.) again. Yes.",
        ["It won (by a lot. Really.) again.", "Yes."],
    ),
    "an ellipsis": ("It was... fine. Or not.", ["It was... fine.", "Or not."]),
    "initials": ("J. R. Smith won. He did.", ["J. R. Smith won.", "He did."]),
}
KOREAN = {
    "a date": ("2026. 4. 8. 공개됐다. 끝.", ["2026. 4. 8. 공개됐다.", "끝."]),
    "a quotation that goes on": (
        "그는 “예.”라고 말했다. 그리고 떠났다.",
        ["그는 “예.”라고 말했다.", "그리고 떠났다."],
    ),
    "a question in a quotation": (
        '"왜?"라는 질문에 답했다. 끝.',
        ['"왜?"라는 질문에 답했다.', "끝."],
    ),
    "a missing space": (
        "점수는 52.5점이다.그리고 끝났다!",
        ["점수는 52.5점이다.", "그리고 끝났다!"],
    ),
    "numbered sentences": (
        "1. 첫째다. 2. 둘째다.",
        ["1. 첫째다.", "2. 둘째다."],
    ),
    "paragraphs": ("제목\n\n본문이다. 둘째 문장.", ["제목", "본문이다.", "둘째 문장."]),
}


@pytest.mark.parametrize("name", ENGLISH)
def test_english(name: str):
    text, wanted = ENGLISH[name]
    assert [segment.text for segment in segments(text, "en")] == wanted


@pytest.mark.parametrize("name", KOREAN)
def test_korean(name: str):
    text, wanted = KOREAN[name]
    assert [segment.text for segment in segments(text, "ko")] == wanted


def test_an_empty_text_has_no_sentence():
    assert segments("", "en") == ()
    assert segments(" \n", "ko") == ()


@given(
    text=st.text(alphabet=st.sampled_from("가다. !?\n\"'“”()[]`*1234567890abAB…,:/-"), max_size=80)
    | st.text(max_size=60),
    language=st.sampled_from(["en", "ko"]),
)
def test_sentences_and_the_space_between_them_are_the_whole_text(text: str, language: str):
    found = segments(text, language)
    last = 0
    for segment in found:
        assert text[last : segment.start].strip() == ""
        assert text[segment.start : segment.end] == segment.text
        assert segment.text.strip() == segment.text != ""
        last = segment.end
    assert text[last:].strip() == ""
