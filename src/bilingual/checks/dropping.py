"""Which sentences of a source have no part in its translation.

Sentences are aligned by their length, as Gale and Church (1993) do, with what both languages write
alike (numbers, Latin names, code) as further evidence. A sentence that finds no partner was
probably dropped.
"""

from __future__ import annotations

import math
import re
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bilingual.model import Segment

RATIO: Mapping[tuple[str, str], float] = {("en", "ko"): 0.50, ("ko", "en"): 2.0}
"""Letters of target for one of source, as human translations have them in the middle."""
SPREAD = 3.0
"""Variance of a length for one letter, as measured on human pairs; Gale and Church have 6.8."""
OUT = 4.0
"""What it costs to leave a sentence out."""
STEPS: tuple[tuple[int, int, float], ...] = (
    (1, 1, 0.0), (1, 0, OUT), (0, 1, OUT), (2, 1, 6.0), (1, 2, 6.0), (2, 2, 12.0), (3, 1, 12.0),
    (1, 3, 12.0),
)  # fmt: skip
"""How many sentences of each side go together, and what that costs. Translators join sentences
less often than they leave one out by mistake."""
LONGEST = 3
"""Sentences that one step takes of a side at most."""
FACT = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z][A-Za-z0-9.+#-]{2,}|`[^`]+`")
SHARED = 1.6
"""What a fact that both sides have is worth; one that only one has costs a fifth of it."""
PRESENT, ABSENT = 3.0, -1.0
"""What it costs to leave out a sentence whose facts all stand in the target, or none of them."""
SHORT = 12
"""Letters below which a sentence (Yes. Really?) may be left out."""


_Place = tuple[int, int]


class _Stretch(NamedTuple):
    """Sentences in a row, as far as they are compared."""

    size: int
    facts: frozenset[str]


def dropped(
    source: Sequence[Segment], target: Sequence[Segment], languages: tuple[str, str]
) -> Iterator[Segment]:
    """Give the sentences of ``source`` that nothing in ``target`` stands for, in their order."""
    if len(source) < 2 or not target:
        return
    ours, theirs = _sentences(source), _sentences(target)
    ratio = RATIO.get(languages, 1.0)
    if _all_kept(ours, theirs, ratio):
        return
    steps = _steps(ours, theirs, ratio)
    row, column = len(source), len(target)
    lost: list[Segment] = []
    while row or column:
        down, right = steps[row, column]
        if right == 0:
            lost.extend(source[row - down : row])
        row, column = row - down, column - right
    yield from (each for each in reversed(lost) if len(each.text) >= SHORT)


def _sentences(segments: Sequence[Segment]) -> list[_Stretch]:
    return [
        _Stretch(len(each.text), frozenset(map(str.casefold, FACT.findall(each.text))))
        for each in segments
    ]


def _all_kept(ours: Sequence[_Stretch], theirs: Sequence[_Stretch], ratio: float) -> bool:
    """Return True when no way that leaves a sentence out can beat sentence by sentence.

    Such a way leaves one out on the other side, too, or takes one apart; and it can make no more
    of the facts than that each is shared once for every sentence that has it.
    """
    if len(ours) != len(theirs):
        return False
    there = frozenset().union(*(each.facts for each in theirs))
    shared = sum(len(each.facts & there) for each in ours)
    cost = sum(_distance(*both, ratio) for both in zip(ours, theirs, strict=True))
    return cost < OUT + ABSENT + OUT - SHARED * shared


def _steps(
    ours: Sequence[_Stretch], theirs: Sequence[_Stretch], ratio: float
) -> dict[_Place, _Place]:
    """Return the last step of the cheapest way to each place: how many sentences of both sides."""
    rows, columns = len(ours), len(theirs)
    there = frozenset().union(*(each.facts for each in theirs))
    down_from, right_from = _stretches(ours), _stretches(theirs)
    costs: dict[_Place, float] = {(0, 0): 0.0}
    steps: dict[_Place, _Place] = {}
    for row, column in product(range(rows + 1), range(columns + 1)):
        cost = costs.get((row, column))
        if cost is None:
            continue
        for down, right, price in STEPS:
            end = (row + down, column + right)
            if end[0] > rows or end[1] > columns:
                continue
            worth = cost + price
            if not right:
                worth += _absence(down_from[row, down].facts, there)
            elif down:
                worth += _distance(down_from[row, down], right_from[column, right], ratio)
            if end not in costs or worth < costs[end]:
                costs[end], steps[end] = worth, (down, right)
    return steps


def _stretches(sentences: Sequence[_Stretch]) -> dict[_Place, _Stretch]:
    """Return every stretch that a step may take: by where it begins and how many it has."""
    found: dict[_Place, _Stretch] = {}
    for begin, first in enumerate(sentences):
        found[begin, 1] = whole = first
        for count, each in enumerate(sentences[begin + 1 : begin + LONGEST], 2):
            whole = _Stretch(whole.size + each.size, whole.facts | each.facts)
            found[begin, count] = whole
    return found


def _absence(facts: frozenset[str], there: frozenset[str]) -> float:
    """Return what the facts of a sentence say about leaving it out."""
    if not facts:
        return 0.0
    return PRESENT if facts <= there else ABSENT if facts.isdisjoint(there) else 0.0


def _distance(source: _Stretch, target: _Stretch, ratio: float) -> float:
    """Return how unlike the two are: 0 for what length and facts would make of a translation."""
    mean = (source.size + target.size / ratio) / 2
    delta = (target.size - source.size * ratio) / math.sqrt(max(mean, 1) * ratio * SPREAD)
    shared = len(source.facts & target.facts)
    apart = len(source.facts) + len(target.facts) - 2 * shared
    return delta * delta / 2 - SHARED * min(shared, 3) + SHARED / 5 * min(apart, 5)
