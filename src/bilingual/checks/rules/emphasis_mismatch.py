"""Emphasis is only in the source or only in the target.

What
    Compares how many passages are bold, in italics and struck through.
Why
    Emphasis carries meaning: what was new in the sentence, or what was taken back.
Wrong
    en: The weights are **not** open.
    ko: 가중치는 공개되지 않았다.

    en: It costs ~~$20~~ $15.
    ko: 가격은 20달러 15달러다.
Right
    en: The weights are **not** open, and *that* matters.
    ko: 가중치는 **공개되지 않았고**, *그것*이 중요하다.

    en: The weights are __not__ open.
    ko: 가중치는 **공개되지 않았다**.

    en: See *Attention is all you need*.
    ko: 『Attention is all you need』를 보라.
Known limits
    Italics are rare in Korean: their loss is reported only when no emphasis, quotation or bracket
    replaces them. Emphasis that is written but not rendered is `emphasis-unrendered`.
Fix
    Put the emphasis on the words that carry it in the target.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bilingual.checks.base import Confidence, Violation
from bilingual.checks.rules import emphasis_unrendered
from bilingual.model import N_, Message, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import Side, Subject

SEVERITY = Severity.WARNING
CONFIDENCE = Confidence.LIKELY

LOST = N_("{source} emphasised here, {target} in the target")
KINDS = ("strong", "emphasis", "strike")
MARK = re.compile("[*_~<]")
INSTEAD = "‘’“”\"'「」『』《》〈〉"


def check(subject: Subject) -> Iterator[Violation]:
    """Yield a violation when one text has emphasis that the other has not."""
    source, target = subject.source, subject.target
    if not (MARK.search(source.text) or MARK.search(target.text)):
        return
    before, after = _counts(source), _counts(target)
    if sum(before.values()) == sum(after.values()):
        return
    if before["strong"] == after["strong"] and before["strike"] == after["strike"]:
        # Only italics differ: Korean has quotation marks for titles and terms instead.
        if after["emphasis"] or not before["emphasis"] or _instead(source, target):
            return
    elif any(emphasis_unrendered.check(subject)):
        return
    values = {"source": sum(before.values()), "target": sum(after.values())}
    spans = source.of_kind(*KINDS)
    span = (spans[0].start, spans[0].end) if spans else (0, 0)
    yield Violation(Message(LOST, values), source_span=span)


def _counts(side: Side) -> dict[str, int]:
    counts = {kind: len(side.of_kind(kind)) for kind in KINDS}
    for each in side.of_kind("html"):
        tag = side.text[each.start : each.end].lower()
        counts["strong"] += tag.startswith(("<b>", "<strong"))
        counts["emphasis"] += tag.startswith(("<i>", "<em"))
        counts["strike"] += tag.startswith(("<s>", "<del"))
    return counts


def _instead(source: Side, target: Side) -> bool:
    return sum(target.text.count(each) for each in INSTEAD) > sum(
        source.text.count(each) for each in INSTEAD
    )
