"""The article changed after its catalog was last updated.

What
    Finds catalogs whose units are not those of the current article.
Why
    All other findings refer to an earlier version of the article, and new text has no translation
    at all.
Wrong
    outdated: true
    en: Muse Spark is closed.
    ko: 뮤즈 스파크는 비공개다.
Right
    en: Muse Spark is closed.
    ko: 뮤즈 스파크는 비공개다.
Known limits
    An article without a catalog is not checked: its translation has not started. An article that
    grew and a catalog that lost its last entries look alike; only git can tell them apart.
Fix
    Run `bilingual segment`. If the catalog had more units before, they were lost in an interrupted
    copy or a merge: restore the catalog from git first, or these units start again without a
    translation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.checks.base import Confidence, Violation
from bilingual.model import N_, Message, Scope, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import PairSubject

SEVERITY = Severity.ERROR
SCOPE = Scope.PAIR
CONFIDENCE = Confidence.CERTAIN

OUTDATED = N_("the article changed since this catalog was made: run `bilingual segment {slug}`")
LACKING = N_(
    "the article has units that this catalog has not ({count}): run `bilingual segment {slug}`, or "
    "take the catalog back from git if it had them before"
)


def check(subject: PairSubject) -> Iterator[Violation]:
    """Yield a violation when the catalog is out of date."""
    if not subject.current:
        values = {"slug": subject.slug, "count": subject.lacking}
        yield Violation(Message(LACKING if subject.lacking else OUTDATED, values))
