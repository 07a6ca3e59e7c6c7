"""The target has a unit that matches nothing in the source.

What
    In two Markdown files without a catalog (`check --pair`), finds paragraphs, items, headings,
    cells and captions of the target that are aligned with nothing in the source.
Why
    Readers of the translation are told something that the source does not say; or the two files are
    not versions of each other.
Wrong
    en:
    ko: 편집자 주: 이 기사는 나중에 고쳤다.
Right
    en: Meta released Muse Spark.
    ko: 메타가 뮤즈 스파크를 공개했다.
Known limits
    The files are aligned by their structure, numbers, addresses and names; where they differ a lot,
    a unit may be aligned with the wrong one.
Fix
    Remove the unit, or add it to the source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.checks.base import Violation
from bilingual.model import N_, Message, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import Subject

SEVERITY = Severity.ERROR

ADDED = N_("nothing in the source matches this")


def check(subject: Subject) -> Iterator[Violation]:
    """Yield a violation when only the target has text."""
    if not subject.source.text.strip() and subject.target.text.strip():
        yield Violation(Message(ADDED), (0, len(subject.target.text)))
