"""The target lacks a tag of the source, or does not close one.

What
    Compares the names of HTML tags: the target has all tags of the source and closes each one it
    opens.
Why
    An open `<b>` makes the rest of the page bold; a lost `<br>` joins two lines.
Wrong
    en: Press <kbd>Ctrl</kbd> to go on.
    ko: 계속하려면 Ctrl을 누른다.

    en: Press <kbd>Ctrl</kbd> to go on.
    ko: 계속하려면 <kbd>Ctrl을 누른다.
Right
    en: Press <kbd>Ctrl</kbd>, <br> then go on.
    ko: <kbd>Ctrl</kbd>을 누르고 <br> 계속한다.

    en: The renderer is concurrent.
    ko: 렌더러는 동시성<sup>concurrency</sup>을 갖는다.
Known limits
    The target may add tags if it closes them. Attributes, and how often a tag occurs, are not
    compared.
Fix
    Copy the tags from the source.
Source
    HTML Living Standard, "Void elements", for tags that need no end tag.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from bilingual.checks.base import Violation
from bilingual.model import N_, Message, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import Side, Subject

SEVERITY = Severity.ERROR

LOST = N_("the tag {tag} is missing")
OPEN = N_("{tag} is opened and never closed, or closed and never opened")
TAG = re.compile(r"<(/?)([A-Za-z][\w.-]*)[^<>]*?(/?)>")
_VOID = "area base br col embed hr img input link meta source track wbr p li td th tr"
VOID = frozenset(_VOID.split())
"""Elements without an end tag."""


def check(subject: Subject) -> Iterator[Violation]:
    """Yield a violation for each tag that the target lost or left open."""
    if "<" not in subject.source.text and "<" not in subject.target.text:
        return
    source, target = _tags(subject.source), _tags(subject.target)
    names = {name for name, _, _ in target}
    lost = dict.fromkeys(name for name, _, _ in source if name not in names)
    for name in lost:
        span = next(span for each, _, span in source if each == name)
        yield Violation(Message(LOST, {"tag": f"<{name}>"}), source_span=span)
    before, after = _balance(source), _balance(target)
    for name, balance in after.items():
        if balance and name not in VOID and before[name] != balance:
            span = next(span for each, _, span in target if each == name)
            yield Violation(Message(OPEN, {"tag": f"<{name}>"}), span)


def _tags(side: Side) -> list[tuple[str, int, tuple[int, int]]]:
    """Return each tag's name, 1 for an opening, -1 for a closing one, and its place."""
    found: list[tuple[str, int, tuple[int, int]]] = []
    for each in side.of_kind("html"):
        tag = TAG.fullmatch(side.text[each.start : each.end])
        if tag:
            kind = 0 if tag[3] else -1 if tag[1] else 1
            found.append((tag[2].lower(), kind, (each.start, each.end)))
    return found


def _balance(tags: list[tuple[str, int, tuple[int, int]]]) -> Counter[str]:
    balance: Counter[str] = Counter()
    for name, kind, _ in tags:
        balance[name] += kind
    return balance
