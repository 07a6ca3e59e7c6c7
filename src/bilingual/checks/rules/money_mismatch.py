"""An amount of money has another currency in the target.

What
    Finds amounts whose value is the same and whose currency is not.
Why
    143억 원 is a thousandth of 143억 달러.
Wrong
    en: Meta invested $14.3 billion.
    ko: 메타는 143억 원을 투자했다.

    ko: 3000억 원 규모의 계약이다.
    en: The contract is worth $300 billion.
Right
    en: Meta invested $14.3 billion, or €12 billion.
    ko: 메타는 143억 달러(120억 유로)를 투자했다.

    ko: 3000억 원 규모의 계약이다.
    en: The contract is worth 300 billion won.
Known limits
    A wrong value is `number-mismatch`. American, Australian and other dollars are one currency
    here. An amount without its currency (143억에 샀다) is not reported.
Fix
    Write the currency of the source.
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
    """Yield a violation for each amount in another currency."""
    yield from violations(subject, QuantityKind.MONEY)
