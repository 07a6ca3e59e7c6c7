"""Write a block: count grams, leave out the common ones, write the posting lists.

Texts pass in stretches, so that memory holds their bytes, some tables and one stretch at a time.
"""

from __future__ import annotations

import mmap
import tempfile
from array import array
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from bilingual.memory import grams
from bilingual.memory.block import HEAD, Head
from bilingual.memory.tables import UNFINISHED
from bilingual.storage import atomic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

CHUNK = 20_000
"""Texts whose grams are worked out at once."""
RARE = 16
"""A gram is common when more than one text in this many has it …"""
COMMON = 2_000
"""… and at least this many have it."""
LEAST = 8
"""Texts with fewer grams that are not common are listed under their common ones, too."""
MOST_BITS, LEAST_BITS = 21, 12
PER_BUCKET = 2
"""Texts for each bucket, about, between those bounds."""


@dataclass(slots=True)
class _Texts:
    """The texts of a block as their bytes."""

    ids: array[int] = field(default_factory=lambda: array("I"))
    lengths: array[int] = field(default_factory=lambda: array("I"))
    ends: array[int] = field(default_factory=lambda: array("Q", [0]))
    joined: bytearray = field(default_factory=bytearray)

    def stretches(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the texts in stretches, each with the place of its first."""
        for start in range(0, len(self.ids), CHUNK):
            ends = self.ends[start : start + CHUNK + 1]
            yield (
                start,
                [
                    self.joined[left:right].decode("utf-8", "surrogatepass")
                    for left, right in pairwise(ends)
                ],
            )


def write(path: Path, texts: Iterable[tuple[int, str]]) -> int:
    """Write the block of ``texts`` (id and text, shortest first) to ``path``; return their number.

    The file is whole or not there: it takes its name when it is on the disk. Raises ``OSError``.
    """
    held = _Texts()
    for number, text in texts:
        held.ids.append(number)
        held.lengths.append(len(text))
        held.joined += text.encode("utf-8", "surrogatepass")
        held.ends.append(len(held.joined))
    bits = min(max((len(held.ids) // PER_BUCKET).bit_length() + 2, LEAST_BITS), MOST_BITS)
    holding = np.zeros(1 << bits, np.int64)
    for _, stretch in held.stretches():
        holding += np.bincount(_pairs(stretch, bits) >> 32, minlength=1 << bits)
    common = holding > max(COMMON, len(held.ids) // RARE)
    with tempfile.TemporaryFile(dir=path.parent) as runs:
        listed = np.zeros(1 << bits, np.int64)
        sizes = []
        for start, stretch in held.stretches():
            pairs = _chosen(_pairs(stretch, bits), common, len(stretch)) + start
            listed += np.bincount(pairs >> 32, minlength=1 << bits)
            sizes.append(len(pairs))
            runs.write(pairs.tobytes())
        runs.seek(0)
        head = Head(len(held.ids), len(held.joined), int(listed.sum()), bits)
        with atomic.replacing(path, prefix=UNFINISHED) as file:
            file.truncate(head.size())
            with mmap.mmap(file.fileno(), head.size()) as data:
                data[: HEAD.size] = head.packed()
                parts = (runs.read(8 * size) for size in sizes)
                _fill(head.arrays(data), held, holding, listed, parts)
                data.flush()
    return head.texts


def _pairs(texts: list[str], bits: int) -> NDArray[np.int64]:
    """Return bucket and place of the text in one number, each pair once, sorted."""
    found, owners = grams.buckets(texts, bits)
    pairs = (found << np.uint64(32)) | owners
    pairs.sort()
    first = np.flatnonzero(np.diff(pairs, prepend=np.uint64(2**64 - 1)))
    kept: NDArray[np.int64] = pairs[first].astype(np.int64)
    return kept


def _chosen(pairs: NDArray[np.int64], common: NDArray[np.bool_], count: int) -> NDArray[np.int64]:
    """Return the ``pairs`` to be listed: those of rare grams, and of texts short of them."""
    rare: NDArray[np.bool_] = ~common[pairs >> 32]
    owners = pairs & 0xFFFFFFFF
    short = np.bincount(owners[rare], minlength=count) < LEAST
    chosen: NDArray[np.int64] = pairs[rare | short[owners]]
    return chosen


def _fill(
    arrays: dict[str, NDArray[np.unsignedinteger]],
    held: _Texts,
    holding: NDArray[np.int64],
    listed: NDArray[np.int64],
    runs: Iterable[bytes],
) -> None:
    """Write all sections."""
    arrays["text_ends"][:] = held.ends
    arrays["ids"][:] = held.ids
    arrays["lengths"][:] = held.lengths
    arrays["texts"][:] = np.frombuffer(held.joined, np.uint8)
    arrays["rarity"][:] = np.minimum(np.log2(holding + 1) * 8, 255).astype(np.uint8)
    ends = np.zeros(len(listed) + 1, np.int64)
    np.cumsum(listed, out=ends[1:])
    arrays["list_ends"][:] = ends
    free = ends[:-1]
    postings = arrays["postings"]
    for run in runs:
        pairs = np.frombuffer(run, np.int64)
        found = pairs >> 32
        counts = np.bincount(found, minlength=len(listed))
        before = np.cumsum(counts) - counts
        postings[free[found] + np.arange(len(pairs)) - before[found]] = pairs & 0xFFFFFFFF
        free = free + counts
