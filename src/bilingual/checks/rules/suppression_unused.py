"""A suppression holds back nothing.

What
    Finds entries of `[[checks.suppress]]` that matched no finding, when the whole newsroom was
    checked with the rule in question.
Why
    The problem that it allowed is fixed or gone. If the entry stays, it hides the next problem of
    that kind.
Wrong
    suppress: {rule: number-mismatch, slug: muse-spark, reason: "the editor rounds", used: false}
    en: Meta released Muse Spark.
    ko: 메타가 뮤즈 스파크를 공개했다.
Right
    suppress: {rule: number-mismatch, slug: muse-spark, reason: "the editor rounds", used: true}
    en: Meta invested $14.3 billion.
    ko: 메타는 약 140억 달러를 투자했다.
Known limits
    Reports nothing when only some articles or rules are checked.
Fix
    Delete the entry from `bilingual.toml`.
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

UNUSED = N_("this suppression of {rule} suppresses nothing")


def check(subject: NewsroomSubject) -> Iterator[Violation]:
    """Yield a violation for each valid suppression that was not needed."""
    for each in subject.suppressions:
        if not each.used and not each.expired:
            yield Violation(Message(UNUSED, {"rule": each.rule}), line=each.line)
