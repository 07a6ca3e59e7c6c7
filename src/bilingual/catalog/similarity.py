"""Measure how alike two texts are, in words, to recognise an edited unit."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

CLOSE = 0.75
"""Enough to recognise a text anywhere in the article."""
NEAR = 0.5
"""Enough where its neighbours are the same as before."""
LONE = 0.4
"""Enough where it is the only one that changed between them."""
PART = 25
"""Code points that a text must have to be known as a part of another (a sentence split off)."""

WORD = re.compile(r"[가-힣]|[^\W_가-힣]+|[^\w\s]|_")
"""A Hangul syllable, a word or number of other letters, or a mark: Korean words change at their
end with every particle, so syllables tell more than words."""


def tokens(text: str) -> tuple[str, ...]:
    """Return the words of ``text``, case folded."""
    return tuple(WORD.findall(text.casefold()))


def likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """Return from 0 (nothing in common) to 1 (equal) how alike two token sequences are.

    Words weigh by their length; marks weigh little. A text that is a whole part of a longer one, as
    after a split or a join, counts at least as ``NEAR``.
    """
    if one == other:
        return 1.0
    first, second = weight(one), weight(other)
    if not first or not second:
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    common = sum(
        weight(one[block.a : block.a + block.size]) for block in matcher.get_matching_blocks()
    )
    ratio = 2 * common / (first + second)
    shorter = min(first, second)
    if ratio < NEAR and shorter >= PART and common >= 0.9 * shorter:
        return NEAR
    return ratio


def weight(words: Sequence[str]) -> float:
    """Return how much text ``words`` are: letters and digits, and marks at a quarter."""
    return sum(len(word) if word[0].isalnum() else 0.25 for word in words)
