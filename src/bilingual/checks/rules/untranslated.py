"""A unit has no target.

What
    Finds units whose target is empty, also after a draft was refused; the message gives the reason.
Why
    A pair is published complete or not at all: one missing sentence blocks the article.
Wrong
    en: Meta released Muse Spark on April 8.
    ko:
Right
    en: Meta released Muse Spark on April 8.
    ko: 메타는 4월 8일 뮤즈 스파크를 공개했다.
Known limits
    A target that repeats its source is not empty: that is `source-copied`.
Fix
    Run `bilingual translate`, or write a target with `bilingual edit`.
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
BLANK_TARGETS = True

EMPTY = N_("not translated")
REFUSED = N_("not translated: {reason}")


def check(subject: Subject) -> Iterator[Violation]:
    """Yield a violation when the unit has no target."""
    if subject.target.text.strip() or not subject.source.text.strip():
        return
    reason = subject.entry.target.failure
    span = (0, len(subject.source.text))
    yield Violation(
        Message(REFUSED, {"reason": reason}) if reason else Message(EMPTY), source_span=span
    )
