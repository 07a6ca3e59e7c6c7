"""A sentence of the source is missing in the target.

What
    Aligns the sentences of both texts by their length and by what is written the same way in both
    (numbers, names, code), and reports the source sentences that are aligned with nothing.
Why
    Engines leave out sentences, and the fluent rest hides it.
Wrong
    en: The model is closed. Its weights stay with Meta for now. Open models caught up last year.
    ko: 이 모델은 비공개다. 공개 모델은 지난해 따라잡았다.

    en: It scored 52 on the index. GPT-5.4 leads with 57 points on the same test.
    ko: GPT-5.4는 같은 시험에서 57점으로 앞선다.
Right
    en: It scored 52 on the index. GPT-5.4 leads with 57 points on the same test.
    ko: 이 모델은 52점을 받아, 같은 시험에서 57점으로 앞선 GPT-5.4에 뒤졌다.

    en: Really? Yes.
    ko: 정말 그렇다.
Known limits
    Lengths are evidence, not proof: two sentences that a translator joined into a shorter one give
    a false finding. A short sentence among long ones is not noticed.
Fix
    Translate the sentence, or add what it says to the one next to it.
Source
    Gale and Church, A Program for Aligning Sentences in Bilingual Corpora (1993).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bilingual.checks.base import Confidence, Violation
from bilingual.language.sentence_alignment import unaligned
from bilingual.model import N_, Message, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import Subject

SEVERITY = Severity.WARNING
CONFIDENCE = Confidence.HINT

STOP = re.compile(r"[.!?…。]")
LOST = N_("nothing in the target corresponds to this sentence: {sentence}")


def check(subject: Subject) -> Iterator[Violation]:
    """Yield a violation for each sentence that seems to have been left out."""
    source, target = subject.source, subject.target
    if not STOP.search(source.text) or len(source.segments) < 2:
        return
    languages = (source.language, target.language)
    for sentence in unaligned(source.segments, target.segments, languages):
        yield Violation(
            Message(LOST, {"sentence": sentence.text}), source_span=(sentence.start, sentence.end)
        )
