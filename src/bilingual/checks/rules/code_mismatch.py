"""Inline code differs from the source.

What
    Compares the code spans of source and target: none is missing, none is added, and each is
    identical.
Why
    Readers type what is between the backticks. Code is never translated.
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
    A translator may repeat a piece of code more or less often: only code that one side does not
    have at all is reported. Words of the source may become code in the target. A comment inside
    code counts as code. The finding is a warning instead of an error for code that only the target
    has, a translated label of a screen (`File`, 파일), a gloss inside the code, code that differs
    only in spacing (`f(a, b)`, `f(a,b)`), and a shorter form of the same name (`<Card>`, `Card`).
Fix
    Copy the code from the source.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bilingual.checks.base import Violation
from bilingual.model import N_, Message, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import Side, Subject

SEVERITY = Severity.ERROR

LOST = N_("the code {code} is missing")
NEW = N_("the code {code} is not in the source")
CHANGED = N_("the code {source} became {target}")
LABEL = re.compile(r"[A-Z][a-z]+|[A-Za-z]+(?:[ -][A-Za-z-]+)+[.!?]?(?: [A-Z][^.]*[.!?])?")
"""Words of a menu or a message, which a screen in the target's language translates."""
GLOSS = re.compile(r" ?\([가-힣 ]+\)")
HANGUL = re.compile("[가-힣]")
EDGE = re.compile(r"\A\W+|\W+\Z")
LEAST = 4
"""Minimum letters for a part of a longer code to be its name."""
SET = re.compile(r"\s+|\(\)\Z|(?<= )/(?=>)")


def check(subject: Subject) -> Iterator[Violation]:
    """Yield a violation for each code that only one side has."""
    if "`" not in subject.source.text and "`" not in subject.target.text:
        return
    source, target = _codes(subject.source), _codes(subject.target)
    lost = [code for code in source if code not in target]
    new = [code for code in target if code not in source and code not in subject.source.text]
    for before, after in zip(lost, new, strict=False):
        values = {"source": f"`{before}`", "target": f"`{after}`"}
        milder = Severity.WARNING if _chosen(before, after) else None
        yield Violation(Message(CHANGED, values), target[after], source[before], severity=milder)
    for code in lost[len(new) :]:
        milder = Severity.WARNING if any(_named(code, other) for other in target) else None
        values = {"code": f"`{code}`"}
        yield Violation(Message(LOST, values), source_span=source[code], severity=milder)
    for code in new[len(lost) :]:
        values = {"code": f"`{code}`"}
        yield Violation(Message(NEW, values), target[code], severity=Severity.WARNING)


def _chosen(source: str, target: str) -> bool:
    """Return True if the change may be intended: a translated label, or a gloss."""
    label = LABEL.fullmatch(source) and HANGUL.search(target)
    gloss = target.startswith(source) and GLOSS.fullmatch(target, len(source))
    return bool(label or gloss) or _folded(source) == _folded(target) or _named(source, target)


def _named(source: str, target: str) -> bool:
    """Return True if the target has the same name, or a shorter one: <Card>, Card."""
    if not (bare := EDGE.sub("", target)):
        return False
    if EDGE.sub("", source) == bare or (source[0].isupper() and source == f"{target}s"):
        return True
    end = rf"(?:(?<=[\s.:]){re.escape(target)}\Z|\A{re.escape(target)}(?=[\s(.]))"
    return len(target) >= LEAST and re.search(end, source) is not None


def _folded(code: str) -> str:
    """Return ``code`` without optional parts: white space, quotes, ``()``."""
    return SET.sub("", re.sub("[“”‘’'\"]", "'", code)).casefold()


def _codes(side: Side) -> dict[str, tuple[int, int]]:
    """Return each code with its first place; white space in it counts as one space."""
    found: dict[str, tuple[int, int]] = {}
    for each in side.of_kind("code"):
        code = " ".join(side.text[each.inner_start : each.inner_end].split())
        found.setdefault(code, (each.start, each.end))
    return found
