"""Edit distance in code points, and word counts."""

from __future__ import annotations

import re

WORD = re.compile(r"\S*\w\S*")
"""A run without spaces that has a letter or a digit; in Korean an eojeol."""


def count_words(text: str) -> int:
    """Return the number of words of ``text``, as translation agencies count them."""
    return len(WORD.findall(text))


def changed_share(before: str, after: str) -> float:
    """Return the edit distance as a share of the longer text: 0 for equal texts, 1 at most."""
    longer = max(len(before), len(after))
    return distance(before, after) / longer if longer else 0.0


def distance(one: str, other: str) -> int:
    """Return the Levenshtein distance: code points inserted, deleted or replaced.

    Myers' bit vectors (Journal of the ACM 46, 1999) in Hyyrö's form: a column of the table is two
    integers, so that a paragraph takes a millisecond.
    """
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    one, other = one[start : len(one) - end], other[start : len(other) - end]
    if not one or not other:
        return len(one) or len(other)
    full, last = (1 << len(one)) - 1, 1 << (len(one) - 1)
    positions: dict[str, int] = {}
    for number, letter in enumerate(one):
        positions[letter] = positions.get(letter, 0) | 1 << number
    up, down, score = full, 0, len(one)
    for letter in other:
        same = positions.get(letter, 0)
        across = same | down
        same |= ((same & up) + up ^ up) & full
        right, left = down | ~(same | up) & full, up & same
        score += (right & last != 0) - (left & last != 0)
        right, left = (right << 1 | 1) & full, left << 1 & full
        up, down = left | ~(across | right) & full, right & across
    return score
