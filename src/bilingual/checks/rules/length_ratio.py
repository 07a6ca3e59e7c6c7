"""The target is far shorter or longer than its source.

What
    Compares the number of letters of both texts with the ratio in human translations: a Korean text
    has about half the letters of its English one.
Why
    A target of a fifth of the usual length has lost something; one of three times that length has
    gained something.
Wrong
    en: The company said the weights would stay closed until its review of the risks is done.
    ko: 비공개다.

    ko: 회사는 위험 검토가 끝날 때까지 이 모델의 가중치를 공개하지 않겠다고 밝혔다.
    en: It is closed.
Right
    en: The company said the weights would stay closed until its review of the risks is done.
    ko: 회사는 위험 검토가 끝날 때까지 가중치를 공개하지 않겠다고 밝혔다.

    en: Yes, of course.
    ko: 예.
Known limits
    The length of a short text means nothing: sources under 60 letters are skipped. Code and
    addresses are not counted.
Fix
    Compare the two texts, then add what is missing or remove what is extra.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.checks.base import Confidence, Violation
from bilingual.language.mask import BLANK
from bilingual.language.placeables import USUAL_RATIO
from bilingual.model import N_, Message, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import Side, Subject

SEVERITY = Severity.WARNING
CONFIDENCE = Confidence.HINT

SHORT = N_("{percent} percent of the usual length")
LEAST = 60
"""Below this number of letters in the source the ratio is chance."""
BOUNDS = (0.5, 2.0)
"""The normal range relative to the usual length: all but 1 of 300 human pairs."""


def check(subject: Subject) -> Iterator[Violation]:
    """Yield a violation when the target's length is unusual."""
    usual = USUAL_RATIO.get((subject.source.language, subject.target.language))
    if usual is None:
        return
    least = LEAST if usual < 1 else LEAST // 2
    if len(subject.source.text) < least or (source := _letters(subject.source)) < least:
        return
    share = _letters(subject.target) / (source * usual)
    if not BOUNDS[0] <= share <= BOUNDS[1]:
        values = {"percent": round(share * 100)}
        yield Violation(Message(SHORT, values), (0, len(subject.target.text)))


def _letters(side: Side) -> int:
    return len("".join(side.words.split())) - side.words.count(BLANK)
