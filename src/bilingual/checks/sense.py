"""What one text says of its own certainty and the other does not, in the words of three rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.checks.base import Fault
from bilingual.language.en import sense as english
from bilingual.language.ko import sense as korean
from bilingual.model import Message

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping

    from bilingual.checks.base import Subject

_SURE: Mapping[str, Mapping[str, re.Pattern[str]]] = {"en": english.SURE, "ko": korean.SURE}
_CLUES: Mapping[str, Mapping[str, re.Pattern[str]]] = {"en": english.CLUES, "ko": korean.CLUES}
_TRACES: Mapping[str, Mapping[str, re.Pattern[str]]] = {"en": english.TRACES, "ko": korean.TRACES}
LONG = 600
"""Longer units hold too many sentences for a word of one to be missed in the other."""


def faults(subject: Subject, kind: str, lost: str, new: str) -> Iterator[Fault]:
    """Give a fault when one text surely has ``kind`` and the other has no trace of it.

    ``kind`` is a key of ``SURE``; ``lost`` and ``new`` are the templates for what the target has
    lost or gained, each with ``{words}``.
    """
    source, target = subject.source, subject.target
    if max(len(source.text), len(target.text)) > LONG:
        return
    for side, other, template in ((source, target, lost), (target, source, new)):
        if not _CLUES[side.language][kind].search(side.words):
            continue
        sure = _SURE[side.language][kind].search(side.words)
        if sure is None or _TRACES[other.language][kind].search(other.text):
            continue
        here, nowhere = sure.span(), (0, 0)
        spans = (nowhere, here) if side is source else (here, nowhere)
        yield Fault(Message(template, {"words": sure[0].strip()}), *spans)
