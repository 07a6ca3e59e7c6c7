"""Nobody has approved the target.

What
    Finds units whose target is a draft: in state `translated`.
Why
    A fluent draft can be wrong in meaning. Readers get what a person has approved.
Wrong
    en: The weights are closed.
    ko: 가중치는 공개되지 않았다.
    state: translated
Right
    en: The weights are closed.
    ko: 가중치는 공개되지 않았다.
    state: reviewed
Known limits
    The rule does not know how carefully the reviewer looked.
Fix
    Review it: `bilingual review`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.checks.base import Confidence, Violation
from bilingual.model import N_, Message, Severity, State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import Subject

SEVERITY = Severity.ERROR
CONFIDENCE = Confidence.CERTAIN

DRAFT = N_("a draft that nobody reviewed")
DRAFT_OF = N_("a draft of {origin} that nobody reviewed")


def check(subject: Subject) -> Iterator[Violation]:
    """Yield a violation when the target is a draft."""
    target = subject.entry.target
    if target.state.rank >= State.REVIEWED.rank or target.stale:
        return
    yield Violation(
        Message(DRAFT_OF, {"origin": target.origin}) if target.origin else Message(DRAFT),
        span=(0, len(target.text)),
    )
