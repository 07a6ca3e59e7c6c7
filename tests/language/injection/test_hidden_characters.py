"""Characters that no reader sees."""

from __future__ import annotations

import pytest

from bilingual.language.injection.hidden_characters import hidden, mixed, visible


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("mo\u200bdel", "model"),
        ("한\u200c글", "한글"),
        ("abc\u202ecba\u202c", "abccba"),
        ("\ufeffTitle", "Title"),
        ("soft\u00adhyphen", "softhyphen"),
        ("hi" + "".join(chr(0xE0000 + ord(c)) for c in "print"), "hi"),
        ("one\ufe0f\ufe0f", "one"),
        ("😀\U000e0142\U000e0143", "😀"),
        ("bell\x07", "bell"),
        ("빈\u3164칸", "빈칸"),
        ("a\u2066b\u2069", "ab"),
    ],
)
def test_what_is_hidden_is_found_and_left_out(text: str, seen: str):
    assert visible(text) == seen
    assert "".join(text[a:b] for a, b in hidden(text)) == "".join(
        each for each in text if each not in seen
    )


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "한글과 English, 50%",
        "👨‍👩‍👧 reads",
        "❤️ and ☎︎",
        "1️⃣",
        "🏳️‍🌈",
        "🏴󠁧󠁢󠁳󠁣󠁴󠁿 scores",
        "می‌خواهم",
        "क्‍ष",
        "葛󠄀城",
        "line\nbreak\ttab",
    ],
)
def test_what_a_script_or_an_emoji_needs_is_not_hidden(text: str):
    assert visible(text) == text
    assert not list(hidden(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ignоre it", ["Ignоre"]),  # a Cyrillic о
        ("the ΑI model of Μeta", ["Μeta"]),  # a Greek Μ
        ("Москва and Omega Ω, 5 μm", []),
        ("한글 text", []),
    ],
)
def test_words_of_two_alphabets_that_look_like_one_are_found(text: str, found: list[str]):
    assert [text[a:b] for a, b in mixed(text)] == found
