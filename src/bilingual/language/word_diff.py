"""The word-wise difference between two texts of one language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

WORD = re.compile(r"\s+|[^\s\w]|\w+", re.UNICODE)
"""A run of space, a word, or one other character; Korean words are what is between spaces."""


class WordChange(Enum):
    """What became of a run of text."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class WordRun:
    """A run of text with one fate."""

    change: WordChange
    text: str


def difference(before: str, after: str) -> Iterator[WordRun]:
    """Yield the runs of ``before`` and ``after`` in reading order, what is gone before what is new.

    The kept and new runs together are ``after``; the kept and gone ones are ``before``.
    """
    old, new = WORD.findall(before), WORD.findall(after)
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield WordRun(WordChange.KEPT, "".join(new[k:m]))
            continue
        if i < j:
            yield WordRun(WordChange.GONE, "".join(old[i:j]))
        if k < m:
            yield WordRun(WordChange.NEW, "".join(new[k:m]))
