"""A footnote mark differs from the source.

What
    Compares the footnote marks (`[^1]`): none is missing, none is added.
Why
    A mark without its note, or a note that no mark refers to, breaks the page and the argument.
Wrong
    en: It scored 42.8.[^1]
    ko: 42.8점을 받았다.

    en: It scored 42.8.[^1]
    ko: 42.8점을 받았다.[^2]
Right
    en: It scored 42.8.[^1] Others less.[^b]
    ko: 다른 모델은 더 낮았고[^b] 42.8점을 받았다.[^1]
Known limits
    The rule does not know whether the mark is after the right words.
Fix
    Put the source's marks where they belong in the target.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.checks.base import Confidence, Violation
from bilingual.model import N_, Message, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import Side, Subject

SEVERITY = Severity.ERROR
CONFIDENCE = Confidence.CERTAIN

LOST = N_("the footnote mark {name} is missing")
NEW = N_("the footnote mark {name} is not in the source")


def check(subject: Subject) -> Iterator[Violation]:
    """Yield a violation for each footnote mark that only one side has."""
    source, target = _notes(subject.source), _notes(subject.target)
    for label, span in source.items():
        if label not in target:
            yield Violation(Message(LOST, {"name": f"[^{label}]"}), source_span=span)
    for label, span in target.items():
        if label not in source:
            yield Violation(Message(NEW, {"name": f"[^{label}]"}), span)


def _notes(side: Side) -> dict[str, tuple[int, int]]:
    if "[^" not in side.text:
        return {}
    return {each.label: (each.start, each.end) for each in side.of_kind("footnote")}
