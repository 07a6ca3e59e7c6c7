"""A quotation of the source is not one in the target, or does not close.

What
    Counts passages in quotation marks of any style. Finds sources with a quotation of four words or
    more whose target has none, and targets that open a quotation and do not close it.
Why
    Without the marks, the article itself states what somebody said.
Wrong
    en: Wang said, “We are just getting started with this.”
    ko: 왕은 이제 막 시작했다고 말했다.

    en: “It is a good start for us,” he said.
    ko: 그는 “우리에게 좋은 시작이라고 말했다.
Right
    en: Wang said, “We are just getting started with this.”
    ko: 왕은 "이제 막 시작했다"고 말했다.

    en: The so-called “scaling law” holds.
    ko: 이른바 스케일링 법칙이 성립한다.

    en: It's the '90s rock ’n’ roll era.
    ko: 90년대 로큰롤 시대다.
Known limits
    Short passages in quotation marks (“scaling law”) are terms as often as speech, and may lose
    their marks. The quoted words are not compared. A quotation that goes on in the next unit does
    not close, and is not reported if the source does not close it either.
Fix
    Restore the marks; or change the source if it is not a quotation.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bilingual.checks.base import Confidence, Violation
from bilingual.model import N_, Message, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import Side, Subject

SEVERITY = Severity.WARNING
CONFIDENCE = Confidence.LIKELY

LOST = N_("the quotation {words} is not one in the target")
OPEN = N_("a quotation is opened and not closed")
QUOTATION = re.compile(
    r"[\"“”„«](?P<words>[^\"“”„«»]{2,}?)[\"”“»]|[‘「『《](?P<single>[^’」』》]{2,}?)[’」』》]"
)
SINGLE = re.compile(r"(?<![\w])'(?P<words>[^'\n]{2,}?)'(?!\w{2})")
LONG = 4
"""Minimum words for a quotation to be speech rather than a term."""
PAIRS = (("「", "」"), ("『", "』"))
MARK = re.compile(r"[\"“”„«‘「」『』《]")
DOUBLE = re.compile(r"(?<!\d)\"|[“”]")


def check(subject: Subject) -> Iterator[Violation]:
    """Yield a violation for a quotation that was lost, and for one that does not close."""
    source, target = subject.source, subject.target
    if not (MARK.search(source.words) or MARK.search(target.words)):
        return
    if not any(found for found in (QUOTATION.search(target.words), SINGLE.search(target.words))):
        for found in QUOTATION.finditer(source.words):
            words = found["words"] or found["single"]
            if len(words.split()) >= LONG:
                yield Violation(Message(LOST, {"words": found[0]}), source_span=found.span())
                break
    # Typists mix straight and curly marks in one quotation; only their number tells.
    if len(_doubles(target)) % 2 and len(_doubles(source)) % 2 == 0:
        place = _doubles(target)[-1]
        yield Violation(Message(OPEN), (place, place + 1))
    for opening, closing in PAIRS:
        open_here = target.words.count(opening) > target.words.count(closing)
        if open_here and source.words.count(opening) <= source.words.count(closing):
            place = target.words.rfind(opening)
            yield Violation(Message(OPEN), (place, place + 1))


def _doubles(side: Side) -> list[int]:
    """Return the places of double quotation marks; 27" is a length."""
    return [found.start() for found in DOUBLE.finditer(side.words)]
