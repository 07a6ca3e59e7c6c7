"""Tell whether a translation breaks off in the middle of its last sentence.

A server does not always report that an answer was cut at the token limit, a model may stop early,
and an editor may save half an edit. Where the source ends with a sentence and the target without
any sign, its last word tells most: 생산을, or *production of the*, goes on. After a noun it is a
list's short style as often as a cut, and the rest has to tell: the length, and words, numbers and
names without a counterpart in the target.
"""

from __future__ import annotations

import math
import re
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING

from bilingual.language.en import open_endings as en
from bilingual.language.ko import open_endings as ko
from bilingual.language.lexicon import LONG, SHORT, means, senses
from bilingual.language.placeables import USUAL_RATIO, latin_words, numbers
from bilingual.model import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping


class Break(Enum):
    """How clearly a target breaks off."""

    NONE = "none"
    LIKELY = "likely"
    """Human translators seldom end so; a person has to look."""
    SURE = "sure"
    """No sentence ends so."""


_CLOSING = r"[^\w,({\[/=+<–—-]*\Z"
_ENDED = re.compile(rf"[.!?…。]{_CLOSING}")
_STOPPED = re.compile(rf"[.!?…。:：;](?:\s*\([^()]*\))?{_CLOSING}")
"""A target may announce what follows with a colon, where its source has a full stop."""
_CLOSERS = "\"'”’»」』)]*_~` \t\n"
_OPEN = re.compile(r"[,(/“‘「『\-–—]\s*\Z")
_SENTENCE = re.compile(r"[가-힣a-z][.!?][\"'”’)]*\s")
_WORD = re.compile(r"[A-Za-z]+")
_NUMBER = re.compile(r"\d+")
_STEMS = frozenset(stem for words in (LONG, SHORT) for stems in words.values() for stem in stems)

DIRECTIONS = frozenset({("en", "ko"), ("ko", "en")})
WEIGHTS: Mapping[str, tuple[float, float, float, float, float, float]] = {
    "ko": (-3.1, -4.5, 0.5, 2.7, 2.0, 1.5),
    "en": (-3.2, -4.7, 0.8, 0.8, 1.8, 2.8),
}
"""Logarithms of odds by the target's language: to begin with; for the logarithm of the share of the
usual length; for a word, and a number or name, without a counterpart; for sentences before; for
a Korean topic, or an English clause without a verb. Fitted (logistic regression) to every second
document of the measure, to targets that end after a noun (benchmarks/quality/cut.py)."""
LIKELY, SURE = 0.5, 3.5
"""From which odds on a target breaks off that ends after a noun."""
ITEM = 2.2
"""The same of an item of a list, which may end in a noun."""
BRIEF = frozenset(Kind) - {Kind.PARAGRAPH, Kind.ITEM, Kind.FOOTNOTE, Kind.HTML}
"""Kinds of which a headline's style may be, also where the source has a full stop."""
TAIL = 200
"""Code points among which the end of a text is looked for."""
COMMA = 0.75
"""After a comma a target surely breaks off that has less than this share of the usual length."""


def unfinished(source: str, target: str, languages: tuple[str, str], kind: Kind) -> Break:
    """Return how clearly ``target`` breaks off, in both texts ``BLANK`` for what is no language."""
    target = target.rstrip()
    if languages not in DIRECTIONS or not target or stops(target) or not ends(source):
        return Break.NONE
    into, words = languages[1], target.rstrip(_CLOSERS)
    hangs = ko.is_unfinished if into == "ko" else en.is_unfinished
    if kind in BRIEF:
        return Break.SURE if hangs(words, brief=True) else Break.NONE
    if hangs(words) or _left_open(target) > max(0, _left_open(source)):
        return Break.SURE
    return _otherwise(source, target, into, kind)


def _otherwise(source: str, target: str, into: str, kind: Kind) -> Break:
    """Return the same for a ``target`` whose last word may be the last of a sentence."""
    if _OPEN.search(target):
        if _share(source, target, into) < COMMA:
            return Break.SURE
        return Break.NONE if kind is Kind.ITEM else Break.LIKELY
    if into == "ko" and ko.ends_in_predicate(target.rstrip(_CLOSERS)):
        return Break.NONE
    weighed = zip(WEIGHTS[into], features(source, target, into), strict=True)
    odds = sum(weight * value for weight, value in weighed)
    if odds >= SURE:
        return Break.SURE
    return Break.LIKELY if odds >= (ITEM if kind is Kind.ITEM else LIKELY) else Break.NONE


def ends(source: str) -> bool:
    """Return True when ``source`` ends with a sentence."""
    return _ENDED.search(source[-TAIL:]) is not None


def stops(target: str) -> bool:
    """Return True when ``target`` ends with a sign that may end a sentence."""
    return _STOPPED.search(target[-TAIL:]) is not None


def features(source: str, target: str, language: str) -> tuple[float, ...]:
    """Return what is weighed of a ``target`` in ``language`` that ends after a noun."""
    into_korean = language == "ko"
    korean, english = (target, source) if into_korean else (source, target)
    if into_korean:
        meant = frozenset(stem for stems in senses(korean) for stem in stems)
        known = [stems for word in _WORD.findall(english) if (stems := _stems(word.lower()))]
        lost = sum(meant.isdisjoint(stems) for stems in known)
        facts = len({*_NUMBER.findall(source)} - {*_NUMBER.findall(target)})
    else:
        there = frozenset().union(*(_stems(word.lower()) for word in _WORD.findall(english)))
        lost = sum(there.isdisjoint(stems) for stems in dict.fromkeys(senses(korean)))
        facts = len({*_kept(source)} - {*_kept(target)})
    return (
        1.0,
        math.log(_share(source, target, language)),
        float(min(lost, 8)),
        float(min(facts, 4)),
        float(_SENTENCE.search(target) is not None),
        float(ko.has_topic(target) if into_korean else en.has_open_clause(target)),
    )


def _share(source: str, target: str, language: str) -> float:
    """Return how much of the usual length the target has; short texts vary."""
    usual = USUAL_RATIO["en" if language == "ko" else "ko", language] * len(source)
    return (len(target) + 3) / (usual + 3)


def _left_open(text: str) -> int:
    """Return how many brackets are opened in ``text`` and not closed."""
    return text.count("(") - text.count(")")


def _kept(text: str) -> list[str]:
    return [*latin_words(text), *numbers(text)]


@lru_cache(maxsize=4096)
def _stems(word: str) -> frozenset[str]:
    """Return the stems by which the lexicon knows the English ``word``."""
    beginnings = (word[:length] for length in range(1, len(word) + 1))
    return frozenset(each for each in beginnings if each in _STEMS and means((each,), word))
