"""A table cell has a value on one side only.

What
    Finds cells that have no value on one side (nothing, a dash, N/A) and a value on the other.
Why
    A gap in a benchmark table is a statement: nobody measured it. A number in its place is made up,
    and a dash in the place of a number hides it.
Wrong
    en: –
    ko: 42.8
    kind: cell

    en: 42.8
    ko: -
    kind: cell
Right
    en: –
    ko: 해당 없음
    kind: cell

    en: n/a
    ko: -
    kind: cell

    en: 42.8
    ko: 42.8
    kind: cell
Known limits
    A cell without any text has no unit, and stays empty.
Fix
    Write what the source has.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bilingual.checks.base import Confidence, Violation
from bilingual.model import N_, Kind, Message, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import Subject

SEVERITY = Severity.ERROR
CONFIDENCE = Confidence.CERTAIN

FILLED = N_("the source's cell has no value")
EMPTIED = N_("the source's cell has a value: {value}")
NOTHING = re.compile(
    r"\s*(?:[-–—―‐·․…*]+|n\s*/\s*a\.?|none|unknown|not (?:applicable|available|disclosed|reported)|"
    r"undisclosed|tbd|해당\s?(?:사항\s?)?없음|없음|미공개|비공개|미상|미정|알 수 없음|"
    r"자료 없음)?\s*",
    re.IGNORECASE,
)
DASH = re.compile(r"\s*[-–—―‐·․…]*\s*")


def check(subject: Subject) -> Iterator[Violation]:
    """Yield a violation when exactly one side's cell has no value."""
    source, target = subject.source.text, subject.target.text
    if subject.entry.kind is not Kind.CELL:
        return
    nothing = NOTHING.fullmatch(source) is not None
    if nothing and not NOTHING.fullmatch(target):
        yield Violation(Message(FILLED), (0, len(target)), (0, len(source)))
    elif not nothing and DASH.fullmatch(target):
        yield Violation(Message(EMPTIED, {"value": source}), (0, len(target)), (0, len(source)))
