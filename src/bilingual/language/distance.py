"""Edit distance in code points, and word counts."""

from __future__ import annotations

import re

WORD = re.compile(r"\S*\w\S*")
"""A run without spaces that has a letter or a digit; in Korean an eojeol."""


def count_words(text: str) -> int:
    """Return the number of words of ``text``, as translation agencies count them."""
    return len(WORD.findall(text))


def changed_share(before: str, after: str) -> float:
    """Return which share of the text was changed: 0 for none, 1 for all of the longer one.

    That is the Levenshtein distance in code points over the length of the longer text.
    """
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415 - loaded where edits are measured

    return Levenshtein.normalized_distance(before, after)
