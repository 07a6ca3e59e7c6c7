"""A placeholder differs from the source.

What
    Compares what a program fills in (`{name}`, `{{ name }}`, `${name}`, `%(name)s`, `%s`): none is
    missing, none is added, and each is identical.
Why
    A translated placeholder is displayed as it is, or makes the program fail.
Wrong
    en: Hello {name}, you have %d messages.
    ko: {이름}님, 메시지가 %d개 있습니다.

    en: {{ count }} articles
    ko: 기사 여러 건
Right
    en: Hello {name}, you have %d messages.
    ko: {name}님, 메시지 %d개가 있습니다.

    en: 100% sure that 50% of {them} are fine
    ko: {them}의 50%가 괜찮다고 100% 확신한다
Known limits
    Placeholders in inline code are code. `%` after a digit is percent.
Fix
    Copy the placeholder from the source.
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

LOST = N_("the placeholder {name} is missing")
NEW = N_("the placeholder {name} is not in the source")
PLACEHOLDER = re.compile(
    r"\{\{[-%\s]*[\w.| ]+[-%\s]*\}\}|\$\{[\w.]+\}|"
    r"(?<![\w$\\{])\{[\w.]*(?:![rsa])?(?::[^{}\s]*)?\}(?!\})|"
    r"%\([\w.]+\)[sdifr]|(?<![\d\w%])%(?:\d+\$)?[sd@](?![A-Za-z])"
)
MATH = re.compile(r"\$[^$\n]+\$|\\\w+(?:\{[^{}]*\})+")


def check(subject: Subject) -> Iterator[Violation]:
    """Yield a violation for each placeholder that only one side has."""
    source, target = _placeholders(subject.source), _placeholders(subject.target)
    for name, span in source.items():
        if name not in target:
            yield Violation(Message(LOST, {"name": name}), source_span=span)
    for name, span in target.items():
        if name not in source:
            yield Violation(Message(NEW, {"name": name}), span)


def _placeholders(side: Side) -> dict[str, tuple[int, int]]:
    if "{" not in side.text and "%" not in side.text:
        return {}
    words = MATH.sub(lambda found: " " * len(found[0]), side.words)
    found = {each[0]: each.span() for each in PLACEHOLDER.finditer(words)}
    # The parser takes a template's {{ … }} out of the words, as it does with a tag.
    for each in side.of_kind("html"):
        text = side.text[each.start : each.end]
        if text.startswith("{{"):
            found["".join(text.split())] = (each.start, each.end)
    return found
