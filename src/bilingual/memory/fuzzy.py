"""How alike two texts are: the normalised Indel similarity, in hundredths (``fuzz.ratio``).

Twice the length of the longest common subsequence over the sum of both lengths. It is what
``rapidfuzz`` calls ``fuzz.ratio`` and most translation tools show. rapidfuzz is imported where a
match is looked for, and nowhere before.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

CUT = 75
"""The least score of a match."""
EXACT = 100
IN_CONTEXT = 101
"""The same source, in the same place or between the same neighbours."""


def ratio(one: str, other: str) -> int:
    """Return how alike ``one`` and ``other`` are; 100 only for texts that are the same."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - loaded when a match is looked for

    return EXACT if one == other else min(math.floor(fuzz.ratio(one, other)), EXACT - 1)


def close(query: str, texts: Sequence[str], cut: float = CUT) -> list[tuple[int, float]]:
    """Return the index and the score of each of ``texts`` that scores ``cut`` or more."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    found = process.extract(query, texts, scorer=fuzz.ratio, score_cutoff=cut, limit=None)
    return [(index, score) for _, score, index in found]


def band(length: int, cut: float = CUT) -> tuple[int, int]:
    """Return the least and the greatest length of a text that can score ``cut`` with ``length``.

    The common subsequence is no longer than the shorter text: 2·short ÷ (short + long) ≥ cut ÷ 100.
    """
    part = cut / (200 - cut)
    return math.ceil(length * part - 1e-9), math.floor(length / part + 1e-9)
