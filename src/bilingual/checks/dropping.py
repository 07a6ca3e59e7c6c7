"""Which sentences of a source have no part in its translation.

Sentences are aligned by their length, as Gale and Church (1993) do, with what both languages write
alike (numbers, Latin names, code) as further evidence. A sentence that finds no partner was
probably dropped.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bilingual.model import Segment

RATIO: Mapping[tuple[str, str], float] = {("en", "ko"): 0.50, ("ko", "en"): 2.0}
"""Letters of target for one of source, as human translations have them in the middle."""
SPREAD = 3.0
"""Variance of a length for one letter, as measured on human pairs; Gale and Church have 6.8."""
STEPS: tuple[tuple[int, int, float], ...] = (
    (1, 1, 0.0), (1, 0, 4.0), (0, 1, 4.0), (2, 1, 6.0), (1, 2, 6.0), (2, 2, 12.0), (3, 1, 12.0),
    (1, 3, 12.0),
)  # fmt: skip
"""How many sentences of each side go together, and what that costs. Translators join sentences
less often than they leave one out by mistake."""
FACT = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z][A-Za-z0-9.+#-]{2,}|`[^`]+`")
SHARED = 1.6
"""What a fact that both sides have is worth; one that only one has costs a fifth of it."""
PRESENT, ABSENT = 3.0, -1.0
"""What it costs to leave out a sentence whose facts all stand in the target, or none of them."""
SHORT = 12
"""Letters below which a sentence (Yes. Really?) may be left out."""


def dropped(
    source: Sequence[Segment], target: Sequence[Segment], languages: tuple[str, str]
) -> Iterator[Segment]:
    """Give the sentences of ``source`` that nothing in ``target`` stands for, in their order."""
    if len(source) < 2 or not target:
        return
    ratio = RATIO.get(languages, 1.0)
    there = frozenset().union(*(_facts(each.text) for each in target))
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for row in range(len(source) + 1):
        for column in range(len(target) + 1):
            if (row, column) not in best:
                continue
            cost = best[row, column][0]
            for down, right, price in STEPS:
                end = (row + down, column + right)
                if end[0] > len(source) or end[1] > len(target):
                    continue
                first = tuple(each.text for each in source[row : end[0]])
                second = tuple(each.text for each in target[column : end[1]])
                apart = _distance(first, second, ratio) if right else _absence(first, there)
                worth = cost + price + apart
                if end not in best or worth < best[end][0]:
                    best[end] = (worth, (down, right))
    place = (len(source), len(target))
    lost: list[Segment] = []
    while place != (0, 0):
        down, right = best[place][1]
        if right == 0:
            lost.extend(source[place[0] - down : place[0]])
        place = (place[0] - down, place[1] - right)
    yield from (each for each in reversed(lost) if len(each.text) >= SHORT)


def _absence(source: tuple[str, ...], there: frozenset[str]) -> float:
    """Return what the facts of a sentence say about leaving it out."""
    facts = frozenset().union(*map(_facts, source))
    if not facts:
        return 0.0
    return PRESENT if facts <= there else ABSENT if facts.isdisjoint(there) else 0.0


@lru_cache(maxsize=2048)
def _facts(text: str) -> frozenset[str]:
    return frozenset(each.casefold() for each in FACT.findall(text))


@lru_cache(maxsize=2048)
def _distance(source: tuple[str, ...], target: tuple[str, ...], ratio: float) -> float:
    """Return how unlike the two are: 0 for what length and facts would make of a translation."""
    first, second = sum(map(len, source)), sum(map(len, target))
    if not source or not target:
        return 0.0
    mean = (first + second / ratio) / 2
    delta = (second - first * ratio) / math.sqrt(max(mean, 1) * ratio * SPREAD)
    one = frozenset().union(*map(_facts, source))
    other = frozenset().union(*map(_facts, target))
    shared = len(one & other)
    return delta * delta / 2 - SHARED * min(shared, 3) + SHARED / 5 * min(len(one ^ other), 5)
