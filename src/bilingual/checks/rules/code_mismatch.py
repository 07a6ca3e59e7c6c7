"""Inline code differs from the source.

What
    Compares the code spans of source and target as a multiset: none is lost, none is new, each
    is the same to the letter.
Why
    A reader types what stands between backticks. Code is never translated.
Wrong
    en: Run `eval.py` first.
    ko: 먼저 `평가.py`를 실행한다.

    en: Run `eval.py` first.
    ko: 먼저 실행한다.
Right
    en: Set `temperature` before `top_p`.
    ko: `top_p`보다 먼저 `temperature`를 설정한다.

    en: `fetch` is slow; cache `fetch`.
    ko: `fetch`는 느리니 캐시한다.
Known limits
    Naming the same code once more, or once less, is a translator's freedom: only code that one
    side does not have at all is found. Words of the source may become code in the target. A
    comment inside code counts as code.
Fix
    Copy the code from the source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.checks.base import Fault
from bilingual.model import Message, Severity, mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import Side, Subject

SEVERITY = Severity.ERROR

LOST = mark("the code {code} is missing")
NEW = mark("the code {code} is not in the source")
CHANGED = mark("the code {source} became {target}")


def check(subject: Subject) -> Iterator[Fault]:
    """Give a fault for each code that only one side has."""
    if "`" not in subject.source.text and "`" not in subject.target.text:
        return
    source, target = _codes(subject.source), _codes(subject.target)
    lost = [code for code in source if code not in target]
    new = [code for code in target if code not in source and code not in subject.source.text]
    for before, after in zip(lost, new, strict=False):
        values = {"source": f"`{before}`", "target": f"`{after}`"}
        yield Fault(Message(CHANGED, values), target[after], source[before])
    for code in lost[len(new) :]:
        yield Fault(Message(LOST, {"code": f"`{code}`"}), source_span=source[code])
    for code in new[len(lost) :]:
        yield Fault(Message(NEW, {"code": f"`{code}`"}), target[code])


def _codes(side: Side) -> dict[str, tuple[int, int]]:
    """Return each code with its first place; white space in it counts as one space."""
    found: dict[str, tuple[int, int]] = {}
    for each in side.of_kind("code"):
        code = " ".join(side.text[each.inner_start : each.inner_end].split())
        found.setdefault(code, (each.start, each.end))
    return found
