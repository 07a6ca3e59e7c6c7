"""Align the units of two documents that no catalog pairs.

Both are in document order, so the best alignment is a path through the table of all pairs
(Needleman and Wunsch, 1970), with steps for a unit that only one side has and for one that became
two (as Gale and Church, 1993, align sentences). What makes two units alike is what translation
keeps: their kind, a heading's level, numbers, addresses, code, Latin names, and roughly the length.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bilingual.language.placeables import KOREAN_FOR_ENGLISH, placeables
from bilingual.model import Kind, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SKIP = -1.0
"""Cost of a unit without a partner: two of them cost more than a poor pair of one kind."""
SPLIT = -0.6
"""Cost of a split, added to the likeness of its parts together."""
BAND = 80
"""How far from the diagonal a path may go, plus the difference of the two lengths."""
APART = float("-inf")

HANGUL = re.compile(r"[가-힣]")
PROSE = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.FOOTNOTE, Kind.DEFINITION})
"""Kinds that can take each other's place when a list was loosened or a paragraph became one."""
PARTS = frozenset({Kind.PARAGRAPH, Kind.ITEM})
"""Kinds that are split and joined."""
LONG = 60.0
"""Least size of a unit that is split: two short items are no halves of a third."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """Indices of units of the source and of the target that correspond; one side may be empty."""

    source: tuple[int, ...] = ()
    target: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is compared of a unit."""

    kind: Kind
    path: tuple[str, ...]
    level: int
    words: Counter[str]
    size: float


def align(source: Sequence[Unit], target: Sequence[Unit]) -> tuple[Aligned, ...]:
    """Return the alignment of ``source`` and ``target``, in document order.

    Every unit is in exactly one of the results. Costs time in proportion to the longer document
    and to how far the two drift apart.
    """
    left, right = [_facts(unit) for unit in source], [_facts(unit) for unit in target]
    rows, columns = len(left), len(right)
    reach = BAND + abs(rows - columns)
    best: list[dict[int, float]] = [{} for _ in range(rows + 1)]
    steps: list[dict[int, tuple[int, int]]] = [{} for _ in range(rows + 1)]
    best[0][0] = 0.0
    for row in range(rows + 1):
        middle = row * columns // max(rows, 1)
        for column in range(max(0, middle - reach), min(columns, middle + reach) + 1):
            if row == column == 0:
                continue
            score, step = max(_ways(best, row, column, left, right))
            best[row][column] = score
            steps[row][column] = step
    return tuple(_path(steps, rows, columns))


def _ways(
    best: Sequence[dict[int, float]],
    row: int,
    column: int,
    left: Sequence[_Facts],
    right: Sequence[_Facts],
) -> Iterator[tuple[float, tuple[int, int]]]:
    """Yield the score of each way into the place (``row``, ``column``), and its step back."""
    yield APART, (1, 0)
    if row:
        yield best[row - 1].get(column, APART) + SKIP, (1, 0)
    if column:
        yield best[row].get(column - 1, APART) + SKIP, (0, 1)
    if not (row and column):
        return
    one, other = left[row - 1], right[column - 1]
    yield best[row - 1].get(column - 1, APART) + _likeness(one, other), (1, 1)
    if column > 1 and one.kind in PARTS and other.kind is right[column - 2].kind is one.kind:
        before = best[row - 1].get(column - 2, APART)
        gain = _joined(one, right[column - 2], other)
        yield before + gain, (1, 2)
    if row > 1 and other.kind in PARTS and one.kind is left[row - 2].kind is other.kind:
        before = best[row - 2].get(column - 1, APART)
        gain = _joined(other, left[row - 2], one)
        yield before + gain, (2, 1)


def _joined(whole: _Facts, first: _Facts, second: _Facts) -> float:
    """Return the likeness of ``whole`` to ``first`` and ``second`` as its halves."""
    halves = _Facts(
        whole.kind, whole.path, whole.level, first.words + second.words, first.size + second.size
    )
    # A half that is as long as the whole is no half.
    if whole.size < LONG or max(first.size, second.size) > 0.85 * whole.size:
        return APART
    return _likeness(whole, halves) + SPLIT


def _path(steps: Sequence[dict[int, tuple[int, int]]], row: int, column: int) -> Sequence[Aligned]:
    found: list[Aligned] = []
    while row or column:
        up, back = steps[row][column]
        found.append(Aligned(tuple(range(row - up, row)), tuple(range(column - back, column))))
        row, column = row - up, column - back
    return found[::-1]


def _facts(unit: Unit) -> _Facts:
    text = unit.source
    words = Counter(placeables(text))
    syllables = len(HANGUL.findall(text))
    size = len(text) + (1 / KOREAN_FOR_ENGLISH - 1) * syllables
    return _Facts(
        unit.kind, unit.path if unit.kind is Kind.FIELD else (), len(unit.path), words, size
    )


def _likeness(one: _Facts, other: _Facts) -> float:
    """Return from about -2 (cannot be a pair) to 2 (surely one)."""
    if one.kind is not other.kind:
        if not {one.kind, other.kind} <= PROSE:
            return APART
        score = 0.0
    elif one.kind is Kind.FIELD:
        return 2.0 if one.path == other.path else APART
    else:
        score = 0.4
    if one.kind is Kind.HEADING:
        score += 0.3 if one.level == other.level else -0.8
    shared = (one.words & other.words).total()
    most = max(one.words.total(), other.words.total())
    if most:
        # Latin words are translated: one that is missing means little, one that stayed much.
        fewest = min(one.words.total(), other.words.total())
        score += 1.2 * shared / (fewest or most) - (0.5 if fewest and not shared else 0.0)
    ratio = min(one.size, other.size) / max(one.size, other.size, 1.0)
    return score + 1.2 * (ratio - 0.6)
