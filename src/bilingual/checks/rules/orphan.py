"""A catalog has no article.

What
    Finds catalogs of articles that are not, or no longer, in the newsroom.
Why
    Their translations reach no reader, and work on them is lost.
Wrong
    orphan: muse-flame
    en: Muse Spark is closed.
    ko: 뮤즈 스파크는 비공개다.
Right
    en: Muse Spark is closed.
    ko: 뮤즈 스파크는 비공개다.
Known limits
    Units that left an article stay in its catalog as obsolete entries, so that they can come back;
    they are not orphans.
Fix
    Give the catalog the name of its article, and run `bilingual segment`; or delete it.
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

ALONE = N_("no article is called {slug}")


def check(subject: NewsroomSubject) -> Iterator[Violation]:
    """Yield a violation for each catalog without an article."""
    for slug in subject.orphans:
        yield Violation(Message(ALONE, {"slug": slug}), slug=slug)
