"""A suppression is past its last day.

What
    Finds entries of `[[checks.suppress]]` whose `until` is before today (UTC). They no longer hold
    anything back.
Why
    The date was set so that somebody looks at it again.
Wrong
    suppress: {rule: stale, reason: "after the embargo", until: "2026-04-08", expired: true}
    en: Meta released Muse Spark.
    ko: 메타가 뮤즈 스파크를 공개했다.
Right
    suppress: {rule: stale, reason: "after the embargo", until: "2126-04-08"}
    en: Meta released Muse Spark.
    ko: 메타가 뮤즈 스파크를 공개했다.
Known limits
    The day ends at midnight UTC, 9 in the morning in Seoul.
Fix
    Fix what it held back and delete it, or set another day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.checks.base import Confidence, Violation
from bilingual.model import N_, Message, Scope, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import NewsroomSubject

SEVERITY = Severity.WARNING
SCOPE = Scope.NEWSROOM
CONFIDENCE = Confidence.CERTAIN

EXPIRED = N_("this suppression of {rule} ended on {until}")


def check(subject: NewsroomSubject) -> Iterator[Violation]:
    """Yield a violation for each suppression past its last day."""
    for each in subject.suppressions:
        if each.expired:
            yield Violation(
                Message(EXPIRED, {"rule": each.rule, "until": each.until}), line=each.line
            )
