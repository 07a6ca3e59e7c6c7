"""The source changed after its target was made.

What
    Finds units whose target was made from an earlier source; the catalog keeps that source with the
    target.
Why
    What the target says may no longer be what the article says.
Wrong
    en: It scored 52.
    ko: 51점을 받았다.
    state: reviewed
    previous: It scored 51.
Right
    en: It scored 52.
    ko: 52점을 받았다.
    state: reviewed
Known limits
    Any change counts, a comma too; `bilingual segment --trivial` accepts those that change no
    meaning.
Fix
    Look at what changed and adapt the target: `bilingual review`.
Source
    GNU gettext manual, "Fuzzy entries": the previous msgid.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.checks.base import Confidence, Violation
from bilingual.model import N_, Message, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import Subject

SEVERITY = Severity.ERROR
CONFIDENCE = Confidence.CERTAIN

CHANGED = N_("the source changed after the translation")


def check(subject: Subject) -> Iterator[Violation]:
    """Yield a violation when the target is stale."""
    if subject.entry.target.stale:
        yield Violation(
            Message(CHANGED),
            span=(0, len(subject.target.text)),
            source_span=(0, len(subject.source.text)),
        )
