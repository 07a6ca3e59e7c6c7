"""Differences of quantities as violations, in the words that four rules share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.checks.base import Violation
from bilingual.language.numbers.number_words import changed_phrases, number_phrases
from bilingual.model import N_, Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import Subject
    from bilingual.language.numbers.quantity import QuantityKind

CHANGED = N_("{source} became {target}")
LOST = N_("{source} is missing")
NEW = N_("{target} is not in the source")


def violations(subject: Subject, kind: QuantityKind) -> Iterator[Violation]:
    """Yield a violation for each difference of ``kind`` between the two texts' quantities."""
    for difference in subject.differences:
        if difference.kind is not kind:
            continue
        source, target = difference.source, difference.target
        sides = {"source": source, "target": target}
        values = {name: side.text for name, side in sides.items() if side is not None}
        template = CHANGED if source and target else LOST if source else NEW
        yield Violation(
            Message(template, values),
            (target.start, target.end) if target else (0, 0),
            (source.start, source.end) if source else (0, 0),
        )


def worded_violations(subject: Subject) -> Iterator[Violation]:
    """Yield a violation for each number in words that became another of its kind."""
    source, target = subject.source, subject.target
    korean, english = (target, source) if target.language == "ko" else (source, target)
    # Korean is read faster, and mostly has none.
    if not (in_korean := number_phrases(korean.words, korean.language)):
        return
    in_english = number_phrases(english.words, english.language)
    if {each.kind for each in in_korean}.isdisjoint(each.kind for each in in_english):
        return
    written, others = (in_english, in_korean) if korean is target else (in_korean, in_english)
    for before, after in changed_phrases(written, others, (source.quantities, target.quantities)):
        values = {"source": before.text, "target": after.text}
        spans = (after.start, after.end), (before.start, before.end)
        yield Violation(Message(CHANGED, values), *spans)
