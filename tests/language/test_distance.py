"""How much of a text was changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.language.distance import changed_share, count_words


def by_table(one: str, other: str) -> int:
    """Levenshtein's distance as its table says, the slow way."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row, before = [i], row
        for j, b in enumerate(other, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b)))
    return row[-1]


texts = st.text("가나ab ", max_size=90)


@given(texts, texts)
def test_it_is_what_the_table_says(one: str, other: str):
    steps = by_table(one, other)
    assert changed_share(one, other) == pytest.approx(steps / max(len(one), len(other), 1))
    assert changed_share(one, other) == changed_share(other, one)


def test_the_share_that_was_changed():
    assert changed_share("5점 낮다", "5점 낮다") == 0
    assert changed_share("가나다라", "가나마라") == 0.25
    assert changed_share("가", "나다라마") == 1
    assert changed_share("", "") == 0
    assert changed_share("GPT-5.4보다 5점 낮다.", "GPT-5.4보다 5포인트 낮다.") == 3 / 18


def test_words_are_separated_by_spaces():
    assert count_words("GPT-5.4보다 5점 낮다 — **끝**.") == 4
    assert count_words("—  …") == 0
