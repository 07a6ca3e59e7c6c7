"""The article changed since its catalog was made.

What
    Finds catalogs that do not hold the units of their article as it stands.
Why
    Every other finding is about an earlier article, and what is new has no translation at all.
Wrong
    outdated: true
    en: Muse Spark is closed.
    ko: 뮤즈 스파크는 비공개다.
Right
    en: Muse Spark is closed.
    ko: 뮤즈 스파크는 비공개다.
Known limits
    An article without any catalog is not looked at: nobody has begun to translate it. An article
    that grew and a catalog that lost its last entries look alike; only git knows.
Fix
    Run `bilingual segment`. If the catalog had more units before, an interrupted copy or a merge
    lost them: take it back from git first, or they begin anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.checks.base import Confidence, Violation
from bilingual.model import Message, Scope, Severity, mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import PairSubject

SEVERITY = Severity.ERROR
SCOPE = Scope.PAIR
CONFIDENCE = Confidence.CERTAIN

OUTDATED = mark("the article changed since this catalog was made: run `bilingual segment {slug}`")
LACKING = mark(
    "the article has units that this catalog has not ({count}): run `bilingual segment {slug}`, or "
    "take the catalog back from git if it had them before"
)


def check(subject: PairSubject) -> Iterator[Violation]:
    """Give a fault when the catalog is behind its article."""
    if not subject.current:
        values = {"slug": subject.slug, "count": subject.lacking}
        yield Violation(Message(LACKING if subject.lacking else OUTDATED, values))
