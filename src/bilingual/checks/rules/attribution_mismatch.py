"""Only one of the texts says who the statement comes from.

What
    Finds targets without any sign of a speaker or source (말했다, 밝혔다, 알려졌다, 따르면, 라고;
    said, reported, according to, a quotation) whose source clearly has an attribution, and the
    reverse.
Why
    "The company said it was safe" is not "It was safe": a newsroom is responsible for what it
    states itself.
Wrong
    en: The model is safe, the company said.
    ko: 이 모델은 안전하다.

    en: Meta reportedly paid the researchers more.
    ko: 메타는 연구자들에게 더 많은 돈을 줬다.

    ko: 이 모델은 가장 빠른 것으로 알려졌다.
    en: The model is the fastest of all.
Right
    en: The model is safe, the company said.
    ko: 회사는 이 모델이 안전하다고 밝혔다.

    en: According to Meta, it is fast.
    ko: 메타에 따르면 이 모델은 빠르다.

    ko: 이 모델은 가장 빠른 것으로 알려졌다.
    en: The model is reportedly the fastest.
Known limits
    The rule does not compare who said it, or how strong the verb is (said, claimed). A quotation
    mark counts as an attribution.
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

LOST = N_("the source attributes ({words}), the target states it itself")
NEW = N_("the target attributes ({words}), the source does not")


def check(subject: Subject) -> Iterator[Violation]:
    """Yield a violation when only one text has an attribution."""
    yield from violations(subject, "attribution", LOST, NEW)
