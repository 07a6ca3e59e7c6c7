"""What was published, line by line, as digests: to know where somebody edited a published file.

The record is next to the files of a pair. It tells an edit of a published file from a
catalog that went on since: the first must be taken back before it is overwritten, the second is
what the next publish is for.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

NAME = ".published.json"
"""The record's file in the folder of its pair; site generators skip names with a dot."""


@dataclass(frozen=True, slots=True)
class EditedLine:
    """A run of lines that are not as they were published."""

    start: int
    """The first of them, from 1; where lines are gone, the one that is there now."""
    end: int
    """After the last one; equal to ``start`` where lines are gone and none came."""
    gone: tuple[str, ...] = ()
    """The digests of the published lines that were here."""


def digests(text: str) -> tuple[str, ...]:
    """Return the digest of each line of ``text``: eight hexadecimal digits, line ending aside."""
    return tuple(
        hashlib.blake2b(line.removesuffix("\r").encode(), digest_size=4).hexdigest()
        for line in text.split("\n")
    )


def serialize(texts: Mapping[str, str]) -> str:
    """Return the record of ``texts``: file name to what was published in it."""
    lines = {name: " ".join(digests(text)) for name, text in texts.items()}
    return json.dumps(lines, indent=1) + "\n"


def parse(text: str) -> Mapping[str, tuple[str, ...]]:
    """Return file name to line digests; nothing for what is no record."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: tuple(str(lines).split(" ")) for name, lines in found.items()}


def changes(published: Sequence[str], text: str) -> Iterator[EditedLine]:
    """Yield where the lines of ``text`` are not the ``published`` ones, from top to bottom."""
    now = digests(text)
    if now == tuple(published):
        return
    matcher = SequenceMatcher(None, published, now, autojunk=False)
    for name, first, after, start, end in matcher.get_opcodes():
        if name != "equal":
            yield EditedLine(start + 1, end + 1, tuple(published[first:after]))
