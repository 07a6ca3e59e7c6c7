"""The target has a form that the glossary forbids.

What
    Finds the forms under `ko_forbidden` and `en_forbidden`, with any particles or endings attached
    to them, in targets of that language.
Why
    One name, one spelling: readers and search engines take two spellings for two things.
Wrong
    glossary: {id: muse-spark, en: Muse Spark, ko: 뮤즈 스파크, ko_forbidden: [뮤즈스파크]}
    en: Muse Spark is closed.
    ko: 뮤즈스파크는 비공개다.
Right
    glossary: {id: muse-spark, en: Muse Spark, ko: 뮤즈 스파크, ko_forbidden: [뮤즈스파크]}
    en: Muse Spark is closed.
    ko: 뮤즈 스파크는 비공개다.

    glossary: {id: token, en: token, ko: 토큰, ko_forbidden: [표시]}
    en: The sign shows a token.
    ko: 표시등이 토큰을 보여준다.
Known limits
    The rule does not know what a word means: if a forbidden form is also an ordinary word, leave it
    out of the glossary. A forbidden form inside an allowed one is not reported.
Fix
    Write the preferred form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.checks.base import Confidence, Violation
from bilingual.model import N_, Message, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import Subject

SEVERITY = Severity.ERROR
CONFIDENCE = Confidence.CERTAIN

FORBIDDEN = N_("write {preferred}, not {form}")


def check(subject: Subject) -> Iterator[Violation]:
    """Yield a violation for each forbidden form in the target."""
    language = subject.target.language
    for hit in subject.target.hits:
        if hit.forbidden:
            values = {"preferred": hit.term.preferred(language), "form": hit.form}
            yield Violation(Message(FORBIDDEN, values), (hit.start, hit.end))
