"""Which sentences of a target say what some sentences of its source say.

Translators join sentences and cut them in two, so their numbers say little. A place counts where
what stands there, in front of it and behind it is as long as the translation usually is, and where
the names, codes and numbers that both texts have stand in the same of these three parts. Only a
place that is the single one of its kind is taken: among news sentences of which many were joined
and cut, seven of ten are found, and 1 to 2 % of those are wrong (``benchmarks/beside.py``).
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BAND, SLACK = 1.25, 8
"""How many times longer or shorter than usual a part may be, and how many code points more (of
English; half as many of Korean)."""
WORD = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9]|[.,-](?=[A-Za-z0-9]))+")
"""Names, codes and numbers of two characters and more: many stand in both languages."""


def beside(
    ours: Sequence[str], theirs: Sequence[str], run: tuple[int, int]
) -> tuple[int, int] | None:
    """Return which of the sentences ``theirs`` translate those of ``ours`` in ``run``.

    Both runs go from the first to behind the last; one of no sentence is the place between two.
    None when there is no such place, or more than one.
    """
    found = _places(ours, theirs, run)
    place = next(found, None)
    return place if next(found, None) is None else None


def _places(
    ours: Sequence[str], theirs: Sequence[str], run: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    source = _parts(ours, run)
    ends = list(accumulate(map(len, theirs), initial=0))
    usual = ends[-1] / max(sum(map(len, ours)), 1)
    slack = SLACK * min(usual, 1)
    lengths = [usual * sum(map(len, part)) for part in source]
    names = _names(source)
    for first in range(len(theirs) + 1):
        for end in range(first, len(theirs) + 1):
            counts = (first, end - first, len(theirs) - end)
            sizes = (ends[first], ends[end] - ends[first], ends[-1] - ends[end])
            if all(
                bool(part) == bool(count) and length / BAND - slack <= size <= length * BAND + slack
                for part, count, length, size in zip(source, counts, lengths, sizes, strict=True)
            ) and _agree(names, _names(_parts(theirs, (first, end)))):
                yield first, end


def _parts(sentences: Sequence[str], run: tuple[int, int]) -> tuple[Sequence[str], ...]:
    """Return the sentences in front of ``run``, in it and behind it."""
    return sentences[: run[0]], sentences[slice(*run)], sentences[run[1] :]


def _names(parts: Sequence[Sequence[str]]) -> dict[str, set[int]]:
    """Return in which of ``parts`` each name, code and number stands."""
    found: dict[str, set[int]] = {}
    for number, part in enumerate(parts):
        for sentence in part:
            for word in WORD.findall(sentence):
                found.setdefault(word, set()).add(number)
    return found


def _agree(one: dict[str, set[int]], other: dict[str, set[int]]) -> bool:
    """Return True when what both have stands in the same parts; one may say it more often."""
    return all(
        one[word] <= other[word] or other[word] <= one[word] for word in one.keys() & other.keys()
    )
