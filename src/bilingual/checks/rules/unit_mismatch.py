"""A quantity has another unit in the target.

What
    Finds quantities whose value is the same and whose unit is not: months for years, percent for
    percentage points, kilometres for miles.
Why
    18년 is not 18개월. A change of two percentage points is not one of two percent.
Wrong
    en: The project took 18 months.
    ko: 이 프로젝트는 18년이 걸렸다.

    en: The share fell by 5 percentage points.
    ko: 점유율은 5% 하락했다.

    ko: 무게는 12킬로그램이다.
    en: It weighs 12 pounds.
Right
    en: The 18-month project used 80 GB for 30 minutes.
    ko: 18개월짜리 프로젝트는 80GB를 30분 동안 썼다.

    en: It is 10 miles long and lasts 24 months.
    ko: 길이는 16km이고 2년간 이어진다.
Known limits
    A unit that only one text has is not reported, nor is a measure that was converted with an error
    of at most one twentieth. Currencies are `money-mismatch`.
Fix
    Write the unit of the source.
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
    """Yield a violation for each quantity in another unit."""
    yield from violations(subject, QuantityKind.UNIT)
