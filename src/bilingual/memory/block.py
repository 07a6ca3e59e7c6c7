"""A block: many texts of one language and the grams they hold, in one file that is mapped.

Texts are in the order of their lengths, so that those which can be alike enough are one stretch
of them. A posting list names the texts that hold a gram. Grams that very many texts hold tell
little and would take most of the room: they list only texts that have too few others.

The file is written once and never changed. Sections follow the head in the order of
``Head.sections``: numbers little-endian, eight bytes wide first.
"""

from __future__ import annotations

import contextlib
import mmap
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bilingual.memory import fuzzy, grams

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

MAGIC = b"bilingual memory block 1\n"
HEAD = struct.Struct("<32s5QI4x")
WINDOW = 8
"""Of this many neighbouring grams of a query the rarest is looked up before any second one: an edit
takes all grams of a place away at once."""
POSTINGS = 120_000
"""Entries of posting lists that one query reads, about."""
SHARED = 10
"""A text is compared if it has one in this many of the grams asked for, and at least two."""
BATCH = 1_000
"""Texts that are compared at once, those with the most shared grams first; one batch without a
match is the last."""
FEW = 1_500
"""Texts of fitting length that are simply all compared."""
SHORT = 5
"""Queries with fewer characters have hardly any grams."""


class DamagedError(Exception):
    """The file is not what was written. It is a cache: make it again."""


class Head(NamedTuple):
    """What a block's file begins with."""

    texts: int
    text_bytes: int
    postings: int
    bits: int
    spare: int = 0

    def sections(self) -> dict[str, tuple[np.dtype[np.unsignedinteger], int]]:
        """Return type and length of each section, in the order of the file."""
        return {
            "text_ends": (np.dtype("<u8"), self.texts + 1),
            "ids": (np.dtype("<u4"), self.texts),
            "lengths": (np.dtype("<u4"), self.texts),
            "list_ends": (np.dtype("<u4"), (1 << self.bits) + 1),
            "postings": (np.dtype("<u4"), self.postings),
            "rarity": (np.dtype("u1"), 1 << self.bits),
            "texts": (np.dtype("u1"), self.text_bytes),
        }

    def size(self) -> int:
        """Return how long the file is."""
        return HEAD.size + sum(kind.itemsize * length for kind, length in self.sections().values())

    def packed(self) -> bytes:
        """Return the head as it is in the file."""
        body = HEAD.pack(MAGIC, *self, 0)[: HEAD.size - 8]
        return body + struct.pack("<I4x", zlib.crc32(body))

    def arrays(self, data: mmap.mmap) -> dict[str, NDArray[np.unsignedinteger]]:
        """Return the sections of the file that ``data`` maps."""
        found: dict[str, NDArray[np.unsignedinteger]] = {}
        place = HEAD.size
        for name, (kind, length) in self.sections().items():
            found[name] = np.frombuffer(data, kind, length, place)
            place += kind.itemsize * length
        return found

    @classmethod
    def read(cls, data: mmap.mmap) -> Head:
        """Return the head of the file that ``data`` maps; raises ``DamagedError``."""
        packed = data[: HEAD.size]
        if len(packed) < HEAD.size:
            raise DamagedError("it is too short")
        magic, *fields = HEAD.unpack(packed)
        head = cls(*fields[:5])
        if magic.rstrip(b"\0") != MAGIC or head.packed() != packed or head.size() != len(data):
            raise DamagedError("its head is not that of such a file")
        return head


@dataclass(frozen=True, slots=True)
class BlockMatch:
    """A text that is like the query."""

    id: int
    score: float


class Block:
    """A block that was written. Reading takes no more memory than the pages that are touched."""

    def __init__(self, path: Path) -> None:
        """Map the file at ``path``; raises ``DamagedError`` when it is not a whole block."""
        try:
            with path.open("rb") as file:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise DamagedError(str(error)) from error
        head = Head.read(self._data)
        arrays = head.arrays(self._data)
        self.count, self._bits = head.texts, head.bits
        self._text_ends = arrays["text_ends"]
        self._ids = arrays["ids"]
        self._lengths = arrays["lengths"]
        self._list_ends = arrays["list_ends"]
        self._postings = arrays["postings"]
        self._rarity = arrays["rarity"]
        self._texts = head.size() - head.text_bytes
        ends = (int(self._text_ends[-1]), int(self._list_ends[-1]))
        if ends != (head.text_bytes, head.postings):
            raise DamagedError("its tables do not fit its head")

    def search(self, query: str, cut: float = fuzzy.CUT) -> list[BlockMatch]:
        """Return the texts that score ``cut`` or more with ``query``, in no order.

        Raises ``DamagedError`` where the file holds what no block holds.
        """
        least, most = fuzzy.band(len(query), cut)
        low = int(np.searchsorted(self._lengths, least, "left"))
        high = int(np.searchsorted(self._lengths, most, "right"))
        try:
            if high - low <= FEW or len(query) < SHORT:
                return list(self._compared(query, range(low, high), cut))
            return list(self._found(query, low, high, cut))
        except (UnicodeDecodeError, IndexError, ValueError, MemoryError) as error:
            raise DamagedError(str(error)) from error

    def _found(self, query: str, low: int, high: int, cut: float) -> Iterator[BlockMatch]:
        """Yield the hits among the texts from ``low`` to ``high`` that share grams with it."""
        lists = list(self._lists(query, low, high))
        if not lists:
            return
        places = np.concatenate(lists) - np.uint32(low)
        if int(places.max(initial=0)) >= high - low:
            raise DamagedError("a posting list names a text that is not there")
        votes = np.bincount(places)
        wanted = max(2, len(lists) // SHARED) if len(lists) > 2 else 1
        candidates = np.flatnonzero(votes >= wanted)
        # Were the query covered as its asked grams are, the ratio would be about this.
        likely = votes[candidates] / (self._lengths[candidates + low] + len(query))
        likely *= -127 / likely.max(initial=1e-9)
        candidates = candidates[np.argsort(likely.astype(np.int8), kind="stable")] + low
        for start in range(0, len(candidates), BATCH):
            hits = list(self._compared(query, candidates[start : start + BATCH].tolist(), cut))
            if not hits:
                return
            yield from hits

    def _lists(self, query: str, low: int, high: int) -> Iterator[NDArray[np.unsignedinteger]]:
        """Yield posting lists of grams of ``query``, cut to the texts from ``low`` to ``high``."""
        asked, _ = grams.buckets([query], self._bits)
        rarity = self._rarity[asked]
        window = np.arange(len(asked)) // WINDOW
        order = np.lexsort((rarity, window))
        first = np.flatnonzero(np.diff(window[order], prepend=-1))
        rank = np.arange(len(asked)) - np.repeat(first, np.diff(first, append=len(asked)))
        order = order[np.lexsort((rarity[order], rank))]
        read, edges = 0, np.array((low, high), np.uint32)  # of another type it would copy the list
        for bucket in dict.fromkeys(asked[order].tolist()):
            start, end = int(self._list_ends[bucket]), int(self._list_ends[bucket + 1])
            postings = self._postings[start:end]
            left, right = np.searchsorted(postings, edges)
            if left == right:
                continue
            read += int(right - left)
            if read > POSTINGS and read > right - left:
                return
            yield postings[left:right]

    def _compared(self, query: str, places: Iterable[int], cut: float) -> Iterator[BlockMatch]:
        """Yield those of the texts at ``places`` that are alike enough."""
        numbers = np.fromiter(places, np.int64)
        starts = (self._text_ends[numbers] + self._texts).tolist()
        ends = (self._text_ends[numbers + 1] + self._texts).tolist()
        data = self._data
        texts = [
            data[start:end].decode("utf-8", "surrogatepass")
            for start, end in zip(starts, ends, strict=True)
        ]
        for index, score in fuzzy.close(query, texts, cut):
            yield BlockMatch(int(self._ids[numbers[index]]), score)

    def close(self) -> None:
        """Let the file go."""
        for name in ("_text_ends", "_ids", "_lengths", "_list_ends", "_postings", "_rarity"):
            setattr(self, name, np.zeros(0, np.uint8))
        with contextlib.suppress(BufferError):  # a search in another thread still reads
            self._data.close()
