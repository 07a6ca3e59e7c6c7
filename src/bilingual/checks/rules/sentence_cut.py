"""The target breaks off in the middle of its last sentence.

What
    Finds targets without a full stop, question mark or colon at the end, whose source ends with a
    sentence: those that end in a word that cannot be the last (생산을, 하며, *of the*), those that
    open a bracket and do not close it, and those that end in a noun and have no match for much of
    the source. Headings, cells, captions and front matter may be brief, and list items often end in
    a noun: of these only the clearest cuts are reported.
Why
    An engine that stops early, or an unfinished edit, leaves part of a sentence, and that part
    reads well.
Wrong
    en: Nvidia said on Monday that production of the new chip has begun.
    ko: 엔비디아는 27일 새 칩의 생산을

    ko: 엔비디아는 27일 새 칩의 생산을 시작했다고 밝혔다.
    en: Nvidia said on Monday that production of the

    en: The committee heard that companies want two more years. The minister said the date is fixed.
    ko: 위원회는 기업들이 2년을 더 원한다는 말을 들었다. 장관은

    en: The licence covers the weights (not the training data).
    ko: 라이선스는 가중치를 포함한다(학습 데이터
    kind: item
Right
    en: Nvidia said on Monday that production of the new chip has begun.
    ko: 엔비디아는 27일 새 칩의 생산을 시작했다고 밝혔다.

    ko: 방법은 다음과 같다.
    en: This is how it is done:

    en: The method containing the logic that runs it.
    ko: 그것을 실행하는 논리가 담긴 메서드
    kind: item

    en: OpenAI halves its prices.
    ko: 오픈AI, 가격 절반으로
    kind: heading
Known limits
    A cut right after a full stop is not found here, but `sentence-dropped` may report it. After a
    noun only the amount of lost text tells, so a cut of the last word or two is missed, and a
    target that leaves out its full stop and says less than the source is a false finding. A source
    without a full stop is not compared.
Fix
    Complete the sentence, or add the full stop.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bilingual.checks.base import Confidence, Violation
from bilingual.language.mask import BLANK
from bilingual.language.truncation import Break, stops, unfinished
from bilingual.model import N_, Message, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import Side, Subject

SEVERITY = Severity.WARNING
CONFIDENCE = Confidence.LIKELY

CUT = N_("the target breaks off in the middle of a sentence: … {words}")
SHOWN = 4
"""How many words of the end the message shows."""
RUN = re.compile(rf"{BLANK}+")


def check(subject: Subject) -> Iterator[Violation]:
    """Yield a violation when the target breaks off."""
    source, target = subject.source, subject.target
    text = target.text.rstrip()
    # Nearly all targets end with a full stop or the like: these need no parser.
    if stops(text):
        return
    ours, theirs = _bare(source), _bare(target)
    languages = (source.language, target.language)
    if unfinished(ours, theirs, languages, subject.entry.kind) is not Break.NONE:
        last = " ".join(theirs.replace(BLANK, " ").split()[-SHOWN:])
        start = max(text.rfind("\n"), text.rfind(" ")) + 1
        yield Violation(Message(CUT, {"words": last}), (start, len(text)))


def _bare(side: Side) -> str:
    """Return the words with one ``BLANK`` for each code, address and tag."""
    return RUN.sub(BLANK, side.words)
