"""Grams: the short runs of characters under which texts are found again.

A gram is two characters where the first is a Hangul syllable and three elsewhere: a syllable tells
about as much as two letters do, and Korean words change at their ends. Grams are known by the
number of their bucket only. Two grams that share one cost a look at a text in vain, no match.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

BEGIN, END = "\x02", "\x03"
"""Put around each text, so that its first and its last word make grams of their own."""
FACTORS = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], np.uint64
)
"""Odd numbers of 64 bits that spread their multiples well (xxHash, Weyl sequences)."""


def buckets(texts: Sequence[str], bits: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return the bucket (below 2 to the ``bits``) of each gram and the index of its text.

    In the order of the texts and of the places in them.
    """
    sizes = np.fromiter((len(text) + 2 for text in texts), np.int64, len(texts))
    joined = BEGIN + f"{END}{BEGIN}".join(texts) + END
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    one = codes.astype(np.uint64)
    hangul = (codes >= 0xAC00) & (codes <= 0xD7A3)
    mixed = one * FACTORS[0]
    mixed[:-1] += one[1:] * FACTORS[1]
    mixed[:-2] += np.where(hangul[:-2], np.uint64(0), one[2:] * FACTORS[2])
    mixed ^= mixed >> np.uint64(32)
    mixed *= FACTORS[3]
    mixed >>= np.uint64(64 - bits)
    owners = np.repeat(np.arange(len(texts), dtype=np.uint64), sizes)
    left = np.repeat(np.cumsum(sizes), sizes) - np.arange(len(codes))
    whole = left >= np.where(hangul, 2, 3)
    return mixed[whole], owners[whole]
