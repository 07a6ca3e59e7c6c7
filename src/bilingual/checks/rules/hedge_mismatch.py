"""One text is certain of what the other only supposes.

What
    Finds targets without any word of doubt (것으로 보인다, 수 있다, 듯하다, 아마, 전망; may, could,
    likely, expected …) whose source clearly hedges (may, might, probably, seems to), and the
    reverse.
Why
    "May cause" and "causes" are different news.
Wrong
    en: The model may leak data.
    ko: 이 모델은 데이터를 유출한다.

    en: The model leaks data.
    ko: 이 모델은 데이터를 유출하는 것으로 보인다.

    ko: 이 모델은 데이터를 유출할 가능성이 있다.
    en: The model leaks data.
Right
    en: The model may leak data.
    ko: 이 모델은 데이터를 유출할 수 있다.

    en: It was released in May and will probably grow.
    ko: 5월에 나왔고 앞으로 커질 전망이다.

    ko: 곧 나올 것으로 예상된다.
    en: It is expected soon.
Known limits
    The strength of the doubt is not compared (may, probably). One hedge anywhere in the unit is
    enough.
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

LOST = N_("the source hedges ({words}), the target is sure")
NEW = N_("the target hedges ({words}), the source is sure")


def check(subject: Subject) -> Iterator[Violation]:
    """Yield a violation when only one text has a hedge."""
    yield from violations(subject, "hedge", LOST, NEW)
