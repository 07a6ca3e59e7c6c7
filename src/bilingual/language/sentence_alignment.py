"""Which sentences of a target translate which of its source.

``unaligned`` aligns all sentences by length, as Gale and Church (1993) do, with placeables as
further evidence, and finds what was left out. ``counterpart`` is asked for one run of sentences and
answers only when a single place fits: where many sentences were joined and cut, it finds seven of
ten, and 1 to 2 % of those are wrong (``benchmarks/sentence_alignment.py``); of the alignment's own
answers it would be 3 to 4 %.
"""

from __future__ import annotations

import math
from itertools import accumulate, product
from typing import TYPE_CHECKING, NamedTuple

from bilingual.language.placeables import USUAL_RATIO, placeables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bilingual.model import Segment

BAND, SLACK = 1.25, 8
"""How many times longer or shorter than usual a part may be, and how many code points more (of
English; half as many of Korean)."""

SPREAD = 3.0
"""Variance of a length for one letter, as measured on human pairs; Gale and Church have 6.8."""
OUT = 4.0
"""Cost of leaving a sentence out."""
STEPS: tuple[tuple[int, int, float], ...] = (
    (1, 1, 0.0), (1, 0, OUT), (0, 1, OUT), (2, 1, 6.0), (1, 2, 6.0), (2, 2, 12.0), (3, 1, 12.0),
    (1, 3, 12.0),
)  # fmt: skip
"""How many sentences of each side go together, and the cost of that. Translators join sentences
less often than they leave one out by mistake."""
LONGEST = 3
"""Most sentences that one step takes of a side."""
SHARED = 1.6
"""What a placeable in both texts is worth; one that only one has costs a fifth of it."""
PRESENT, ABSENT = 3.0, -1.0
"""Cost of leaving out a sentence whose placeables are all in the target, or none of them."""
SHORT = 12
"""Letters below which a sentence (Yes. Really?) may be left out."""

_Place = tuple[int, int]


class _Run(NamedTuple):
    """Sentences in a row, as they are compared."""

    size: int
    kept: frozenset[str]


def counterpart(
    source: Sequence[str], target: Sequence[str], run: tuple[int, int]
) -> tuple[int, int] | None:
    """Return which of the sentences ``target`` translate those of ``source`` in ``run``.

    Both runs are from the first to after the last; one of no sentence is the place between two.
    A place fits when the text in it, before it and after it is as long as the translation usually
    is, and the placeables of both texts are in the same of these three parts. None when no place
    fits, or more than one.
    """
    found = _places(source, target, run)
    place = next(found, None)
    return place if next(found, None) is None else None


def _places(
    source: Sequence[str], target: Sequence[str], run: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    parts = _parts(source, run)
    ends = list(accumulate(map(len, target), initial=0))
    usual = ends[-1] / max(sum(map(len, source)), 1)
    slack = SLACK * min(usual, 1)
    lengths = [usual * sum(map(len, part)) for part in parts]
    kept = _by_part(parts)
    for first in range(len(target) + 1):
        for end in range(first, len(target) + 1):
            counts = (first, end - first, len(target) - end)
            sizes = (ends[first], ends[end] - ends[first], ends[-1] - ends[end])
            if all(
                bool(part) == bool(count) and length / BAND - slack <= size <= length * BAND + slack
                for part, count, length, size in zip(parts, counts, lengths, sizes, strict=True)
            ) and _agree(kept, _by_part(_parts(target, (first, end)))):
                yield first, end


def _parts(sentences: Sequence[str], run: tuple[int, int]) -> tuple[Sequence[str], ...]:
    """Return the sentences before ``run``, in it and after it."""
    return sentences[: run[0]], sentences[slice(*run)], sentences[run[1] :]


def _by_part(parts: Sequence[Sequence[str]]) -> dict[str, set[int]]:
    """Return in which of ``parts`` each placeable is."""
    found: dict[str, set[int]] = {}
    for number, part in enumerate(parts):
        for sentence in part:
            for word in placeables(sentence):
                found.setdefault(word, set()).add(number)
    return found


def _agree(one: dict[str, set[int]], other: dict[str, set[int]]) -> bool:
    """Return True when what both have is in the same parts; one may have it more often."""
    return all(
        one[word] <= other[word] or other[word] <= one[word] for word in one.keys() & other.keys()
    )


def unaligned(
    source: Sequence[Segment], target: Sequence[Segment], languages: tuple[str, str]
) -> Iterator[Segment]:
    """Yield the sentences of ``source`` without a counterpart in ``target``, in their order."""
    if len(source) < 2 or not target:
        return
    ours, theirs = _sentences(source), _sentences(target)
    ratio = USUAL_RATIO.get(languages, 1.0)
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


def _sentences(segments: Sequence[Segment]) -> list[_Run]:
    return [_Run(len(each.text), frozenset(placeables(each.text))) for each in segments]


def _all_kept(source: Sequence[_Run], target: Sequence[_Run], ratio: float) -> bool:
    """Return True when no way that leaves a sentence out can beat sentence by sentence.

    Such a way leaves one out on the other side, too, or takes one apart; and placeables are worth
    at most what they are when each is shared once for every sentence that has it.
    """
    if len(source) != len(target):
        return False
    there = frozenset().union(*(each.kept for each in target))
    shared = sum(len(each.kept & there) for each in source)
    cost = sum(_distance(*both, ratio) for both in zip(source, target, strict=True))
    return cost < OUT + ABSENT + OUT - SHARED * shared


def _steps(source: Sequence[_Run], target: Sequence[_Run], ratio: float) -> dict[_Place, _Place]:
    """Return the last step of the cheapest way to each place: the number of sentences per side."""
    rows, columns = len(source), len(target)
    there = frozenset().union(*(each.kept for each in target))
    down_from, right_from = _runs(source), _runs(target)
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
                worth += _absence(down_from[row, down].kept, there)
            elif down:
                worth += _distance(down_from[row, down], right_from[column, right], ratio)
            if end not in costs or worth < costs[end]:
                costs[end], steps[end] = worth, (down, right)
    return steps


def _runs(sentences: Sequence[_Run]) -> dict[_Place, _Run]:
    """Return every run that a step may take: by its beginning and the number of sentences."""
    found: dict[_Place, _Run] = {}
    for begin, first in enumerate(sentences):
        found[begin, 1] = run = first
        for count, each in enumerate(sentences[begin + 1 : begin + LONGEST], 2):
            run = _Run(run.size + each.size, run.kept | each.kept)
            found[begin, count] = run
    return found


def _absence(kept: frozenset[str], there: frozenset[str]) -> float:
    """Return what a sentence's placeables add to the cost of leaving it out."""
    if not kept:
        return 0.0
    return PRESENT if kept <= there else ABSENT if kept.isdisjoint(there) else 0.0


def _distance(source: _Run, target: _Run, ratio: float) -> float:
    """Return how unlike the two are: 0 for the length and placeables of a usual translation."""
    mean = (source.size + target.size / ratio) / 2
    delta = (target.size - source.size * ratio) / math.sqrt(max(mean, 1) * ratio * SPREAD)
    shared = len(source.kept & target.kept)
    apart = len(source.kept) + len(target.kept) - 2 * shared
    return delta * delta / 2 - SHARED * min(shared, 3) + SHARED / 5 * min(apart, 5)
