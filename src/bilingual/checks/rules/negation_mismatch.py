"""One text denies what the other affirms.

What
    Finds targets without any negative word (않다, 못하다, 없다, 아니다, 불가 …; not, without, fail,
    un- …) whose source clearly denies something (did not, never, cannot; 하지 않았다, 할 수 없다),
    and the reverse.
Why
    A lost 않 reverses a story, and the sentence is still fluent.
Wrong
    en: Meta did not release the weights.
    ko: 메타는 가중치를 공개했다.

    en: Meta released the weights.
    ko: 메타는 가중치를 공개하지 않았다.

    ko: 메타는 가중치를 공개하지 않았다.
    en: Meta released the weights.
Right
    en: Meta did not release the weights.
    ko: 메타는 가중치를 비공개로 두었다.

    en: It is the only open model.
    ko: 공개된 모델은 이것밖에 없다.

    ko: 그 모델은 쓸 수 없다.
    en: The model is unusable.
Known limits
    Negations are not counted: a unit with two that loses one is not found, nor is a denial by a
    word that is in neither list. Rhetorical negation (아닐까?, isn't it?) can give false findings.
Fix
    A person has to decide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.checks.base import Confidence
from bilingual.checks.sense import violations
from bilingual.model import N_, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import Subject, Violation

SEVERITY = Severity.WARNING
CONFIDENCE = Confidence.HINT

LOST = N_("the source denies ({words}), the target does not")
NEW = N_("the target denies ({words}), the source does not")


def check(subject: Subject) -> Iterator[Violation]:
    """Yield a violation when only one text has a negation."""
    yield from violations(subject, "negation", LOST, NEW)
