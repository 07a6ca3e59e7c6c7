"""Find words of negation, hedging and attribution that only one of two texts has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.checks.base import Violation
from bilingual.language.en import sense as english
from bilingual.language.ko import sense as korean
from bilingual.model import Message

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping

    from bilingual.checks.base import Side, Subject

_SURE: Mapping[str, Mapping[str, re.Pattern[str]]] = {"en": english.SURE, "ko": korean.SURE}
_CLUES: Mapping[str, Mapping[str, re.Pattern[str]]] = {"en": english.CLUES, "ko": korean.CLUES}
_TRACES: Mapping[str, Mapping[str, re.Pattern[str]]] = {"en": english.TRACES, "ko": korean.TRACES}
LONG = 600
"""Longer units of unlike many sentences hold too much for a word of one to be missed."""


def violations(subject: Subject, kind: str, lost: str, new: str) -> Iterator[Violation]:
    """Yield a violation where one text surely has ``kind`` and the other has no trace of it.

    The texts are compared sentence by sentence where they have as many, else as a whole. ``kind``
    is a key of ``SURE``; ``lost`` and ``new`` are the templates for what the target has lost or
    gained, each with ``{words}``.
    """
    source, target = subject.source, subject.target
    for side, other, template in ((source, target, lost), (target, source, new)):
        if not _CLUES[side.language][kind].search(side.words):
            continue
        sure, traces = _SURE[side.language][kind], _TRACES[other.language][kind]
        for (start, end), there in _parts(side, other):
            found = sure.search(side.words, start, end)
            if found is None or traces.search(other.text, *there):
                continue
            here, nowhere = found.span(), (0, 0)
            spans = (nowhere, here) if side is source else (here, nowhere)
            yield Violation(Message(template, {"words": found[0].strip()}), *spans)
            break


def _parts(one: Side, other: Side) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield the corresponding parts of two texts: their sentences, or all."""
    first, second = one.segments, other.segments
    if len(first) == len(second):
        for here, there in zip(first, second, strict=True):
            yield (here.start, here.end), (there.start, there.end)
    elif max(len(one.text), len(other.text)) <= LONG:
        yield (0, len(one.text)), (0, len(other.text))
