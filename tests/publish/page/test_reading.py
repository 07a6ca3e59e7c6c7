from __future__ import annotations

import pytest

from bilingual.publish.page.reading import minutes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 1),
        ("one", 1),
        ("word " * 238, 1),
        ("word " * 239, 2),
        ("가" * 500, 1),
        ("가나다라 " * 126, 2),
        ("가" * 3100, 7),
        # Latin names in a Korean text count as words.
        ("가" * 450 + " GPT-5.4 Gemini" * 20, 2),
    ],
)
def test_english_is_counted_in_words_and_korean_in_characters(text: str, expected: int):
    assert minutes(text) == expected
