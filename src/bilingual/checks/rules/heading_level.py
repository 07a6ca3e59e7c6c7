r"""A heading has another level in the target.

What
    Compares the levels of the headings of two whole documents (`check --pair`), in order.
Why
    The outline, the table of contents and the links to sections depend on the levels.
Wrong
    en: # Muse Spark\n\n## Price\n\n## Licence
    ko: # 뮤즈 스파크\n\n## 가격\n\n### 라이선스
Right
    en: # Muse Spark\n\n## Price
    ko: # 뮤즈 스파크\n\n가격\n----
Known limits
    A heading that only one document has is `untranslated` or `unit-added`. In a catalog a heading
    has no level of its own: it keeps that of the article.
Fix
    Give the heading the level of the source.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from bilingual.checks.base import Confidence, Violation
from bilingual.model import N_, Message, Scope, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import Outline, PairSubject

SEVERITY = Severity.ERROR
SCOPE = Scope.PAIR
CONFIDENCE = Confidence.LIKELY

CHANGED = N_("a heading of level {target}, in the source of level {source}")
LEVELS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def check(subject: PairSubject) -> Iterator[Violation]:
    """Yield a violation for each heading whose level changed."""
    source, target = map(_headings, subject.outlines)
    before, after = [name for name, _ in source], [name for name, _ in target]
    if before == after:
        return
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    if len(before) == len(after):
        # With the same number of headings on both sides, they correspond one by one.
        steps = [("replace", 0, len(before), 0, len(after))]
    for step, first, last, start, end in steps:
        if step == "replace" and last - first == end - start:
            for old, (new, line) in zip(before[first:last], target[start:end], strict=True):
                if old != new:
                    values = {"source": old[1:], "target": new[1:]}
                    yield Violation(Message(CHANGED, values), line=line + 1)


def _headings(outline: Outline) -> list[tuple[str, int]]:
    return [(name, line) for name, line in outline if name in LEVELS]
