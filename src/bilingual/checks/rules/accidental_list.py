r"""The target starts like a list, a heading or a quotation.

What
    Finds targets that a Markdown parser does not read as a plain paragraph, as their source is,
    because of how a line starts: `52. …`, `2026. 4. 8. …`, `- …`, `# …`, `> …`.
Why
    "52. That's its score" becomes an ordered list that starts at 52.
Wrong
    en: Its score is 52.
    ko: 52. 이것이 점수다.

    en: Released on April 8, 2026.
    ko: 2026. 4. 8. 공개됐다.

    en: Minus five degrees.
    ko: - 5도다.
Right
    en: 52\. That's its score.
    ko: 52\. 이것이 점수다.

    en: Its score is 52.5.
    ko: 52.5점이 점수다.

    en: # of models
    ko: # 모델 수
    kind: cell
Known limits
    Titles, table cells and other text that is not a paragraph are not checked.
Fix
    Puts a backslash before the mark: `52\. …`.
Source
    CommonMark 0.31, sections 4.2, 5.1 and 5.2.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bilingual.checks.base import Confidence, Violation
from bilingual.model import N_, Fix, Kind, Message, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import Subject

SEVERITY = Severity.ERROR
CONFIDENCE = Confidence.CERTAIN

BECOMES = N_("{mark} at the start of a line begins a list, a heading or a quotation")
ESCAPE = N_("escape it: {mark}")
KINDS = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.FOOTNOTE, Kind.DEFINITION})
PLAIN = frozenset({"paragraph", "tight", "paragraph_close"})
MARK = re.compile(
    r"^ {0,3}(?P<mark>\d{1,9}[.)]|[-+*](?=[ \t])|#{1,6}(?=[ \t]|$)|>|[=-]+(?=[ \t]*$))",
    re.MULTILINE,
)


def check(subject: Subject) -> Iterator[Violation]:
    """Yield a violation for the line that makes another block of the target."""
    text = subject.target.text
    if subject.entry.kind not in KINDS:
        return
    if not (MARK.search(text) if "\n" in text else MARK.match(text)):
        return
    from bilingual.markdown.structure import skeleton  # noqa: PLC0415 - the parser loads slowly

    became = skeleton(text)
    if set(became) <= PLAIN or not set(skeleton(subject.source.text)) <= PLAIN:
        return
    for found in MARK.finditer(text):
        start, end = found.span("mark")
        written = found["mark"]
        place = end - 1 if written[0].isdigit() else start
        fixed = f"{text[:place]}\\{text[place:]}"
        shape = skeleton(fixed)
        if shape != became:
            fix = Fix(Message(ESCAPE, {"mark": fixed[start : end + 1]}), fixed)
            hints = fix if set(shape) <= PLAIN else None
            yield Violation(Message(BECOMES, {"mark": written}), (start, end), fix=hints)
