"""A year, month or day differs from the source.

What
    Compares the parts of dates in any notation: April 8, 2026 equals 2026년 4월 8일 and 2026-04-08.
Why
    A wrong date makes true news false.
Wrong
    en: Meta released it on April 8, 2026.
    ko: 메타는 2026년 4월 9일 공개했다.

    en: It was founded in October 2018.
    ko: 2018년 11월에 설립됐다.

    ko: 2025년 3월 4일 발표했다.
    en: It was announced on March 4, 2024.
Right
    en: Meta released it on April 8, 2026; the next is due in June.
    ko: 메타는 2026년 4월 8일 공개했으며 다음 모델은 6월에 나온다.

    en: The 2018-19 season began on 9/29/2018.
    ko: 2018-2019 시즌은 2018년 9월 29일에 시작했다.

    ko: 2026. 4. 8. 공개
    en: Released 2026-04-08
Known limits
    A month that English names without a year or day (in May) is not required in the target: May and
    March are other words too. Weekdays are not compared.
Fix
    Write the date of the source.
Source
    ISO 8601 for the numeric form; Korean numeric dates have a full stop after each part (2026. 4.
    8., 국립국어원).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.checks.differences import violations
from bilingual.language.numbers.quantity import QuantityKind
from bilingual.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import Subject, Violation

SEVERITY = Severity.ERROR


def check(subject: Subject) -> Iterator[Violation]:
    """Yield a violation for each part of a date that differs."""
    yield from violations(subject, QuantityKind.DATE)
