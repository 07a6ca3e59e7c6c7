"""A word or a particle is written twice.

What
    Finds the same word twice in a row in the target (the the, 데이터를 데이터를) and a particle
    after its other form (모델을 를, 모델은는), where the source repeats nothing.
Why
    It happens when a draft is edited, and a spelling checker sees two correct words.
Wrong
    ko: 모델이 문장을 읽는다.
    en: The model reads the the sentence.

    en: The model reads the data.
    ko: 모델이 데이터를 데이터를 읽는다.

    en: The model reads the data.
    ko: 모델이 데이터를 를 읽는다.
Right
    en: It grew bit by bit, very, very fast.
    ko: 조금 조금 커지더니 빨리 빨리 자랐다.

    ko: 그가 말한 것이 그것이라는 점은 10 10으로 남았다.
    en: He said that that had had a score of 10 10.

    en: He sang “Bang Bang” in Walla Walla.
    ko: 그는 왈라 왈라에서 뱅뱅 뱅뱅을 불렀다.
Known limits
    Korean repeats words for emphasis and number (하나 하나, 천천히 천천히): only words of three
    syllables or more are checked, except the few that are usually repeated.
Fix
    Keeps one of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bilingual.checks.base import Violation
from bilingual.model import N_, Fix, Message, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import Subject

SEVERITY = Severity.WARNING

TWICE = N_("{word} is written twice")
ONCE = N_("write it once")

_ENGLISH = re.compile(r"([A-Za-z](?<![\w'’.-].)[A-Za-z]*)(?P<again>\s+(?i:\1))(?![\w'’-])")
_FREE = frozenset(
    [
        "that",
        "had",
        "bye",
        "very",
        "so",
        "really",
        "no",
        "ha",
        "blah",
        "far",
        "many",
        "long",
        "much",
        "knock",
        "tick",
        "chop",
        "never",
        "again",
        "out",
        "there",
        "please",
        "yes",
        "now",
        "well",
        "in",
        "on",
        "is",
        "do",
        "who",
        "what",
        "how",
        "why",
        "pro",
        "go",
        "up",
        "down",
        "hot",
        "over",
    ]
)
"""English words that may occur twice in a row: had had, that that, very very, what it is is."""
_KOREAN = re.compile(r"([가-힣](?<![가-힣A-Za-z0-9].)[가-힣]+)(?P<again>\s+\1)(?![가-힣A-Za-z0-9])")
_EMPHATIC = frozenset(
    [
        "천천히",
        "가까이",
        "조금씩",
        "하나씩",
        "조용히",
        "차곡히",
        "열심히",
        "무조건",
        "안녕히",
        "아무리",
    ]
)
"""Longer words that Korean repeats on purpose."""
_PAIRS = re.compile(
    r"(?P<first>[을를은는])(?<=[가-힣A-Za-z0-9)`*].)"
    r"(?P<second>\s[을를은는]|(?<=을)를|(?<=를)을|(?<=은)는)(?=\s)"
)
_SAME = {"을": "을를", "를": "을를", "은": "은는", "는": "은는"}


def check(subject: Subject) -> Iterator[Violation]:
    """Yield a violation for each word that the target has twice in a row."""
    words, language = subject.target.words, subject.target.language
    for found in _ENGLISH.finditer(words):
        first = found[1]
        if first.lower() in _FREE or (first[0].isupper() and first.lower() not in {"the", "a"}):
            continue
        yield from _violation(subject, found, first)
    if language != "ko":
        return
    for found in _KOREAN.finditer(words):
        if len(found[1]) > 2 and found[1] not in _EMPHATIC:
            yield from _violation(subject, found, found[1])
    for found in _PAIRS.finditer(words):
        if found["second"].strip() in _SAME[found["first"]]:
            text = subject.target.text
            start, end = found.span("second")
            fixed = f"{text[:start]}{text[end:]}"
            yield Violation(
                Message(TWICE, {"word": found["first"]}),
                found.span(),
                fix=Fix(Message(ONCE), fixed),
            )


def _violation(subject: Subject, found: re.Match[str], word: str) -> Iterator[Violation]:
    source, text = subject.source.words, subject.target.text
    if _ENGLISH.search(source) or _KOREAN.search(source):
        return  # the source repeats it, too
    start, end = found.span("again")
    fixed = f"{text[:start]}{text[end:]}"
    yield Violation(Message(TWICE, {"word": word}), found.span(), fix=Fix(Message(ONCE), fixed))
