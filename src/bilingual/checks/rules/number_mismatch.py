"""A number has another value in the target, is missing, or is not in the source.

What
    Reads the numbers of both texts and compares their values: `$14.3 billion` is 143억 달러, `400B`
    is 4000억, 10x is 10배, 29-year-old is 29세, two-thirds is 3분의 2.
Why
    Korean groups numbers by four digits, English by three: the magnitude is easily lost, and a
    wrong number is the worst error a news article can have.
Wrong
    en: Meta invested $14.3 billion in Scale AI.
    ko: 메타는 스케일 AI에 14억 3000만 달러를 투자했다.

    en: The model has 400B parameters.
    ko: 이 모델의 매개변수는 400억 개다.

    en: It scored 42.8 on the benchmark.
    ko: 벤치마크에서 48.2점을 받았다.

    ko: 매출은 3조 2천억 원이었다.
    en: Revenue was 3.2 billion won.
Right
    en: Meta invested $14.3 billion in Scale AI, run by the 29-year-old Wang.
    ko: 메타는 29세인 왕이 이끄는 스케일 AI에 143억 달러를 투자했다.

    en: The model has 400B parameters, takes 1M tokens and needs over 10x less compute.
    ko: 이 모델은 매개변수가 4000억 개, 컨텍스트가 100만 토큰이며 연산은 10배 이상 적게 든다.

    en: It came first twice in the ninth round, half a year later.
    ko: 9차전에서 2번 1위를 했고, 6개월 뒤였다.

    ko: 참가자는 3만 5천 명, 이 가운데 41%가 20대였다.
    en: Of the 35,000 participants, 41 percent were in their twenties.
Known limits
    A number in words is never required in the target, since languages differ in it (twice, 두 배,
    첫 번째): only digits are. A single 1 is never required. A number repeated in one text may occur
    once in the other. Numbers in names (Llama 4) may be left out with the name, and only must not
    change.
Fix
    Write the value of the source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.checks.differences import violations, worded_violations
from bilingual.language.numbers.quantity import QuantityKind
from bilingual.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import Subject, Violation

SEVERITY = Severity.ERROR


def check(subject: Subject) -> Iterator[Violation]:
    """Yield a violation for each number that differs."""
    yield from violations(subject, QuantityKind.NUMBER)
    yield from worded_violations(subject)
