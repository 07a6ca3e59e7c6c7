"""Which rows of an answer hold another row's translation: swapped, or moved by one.

An answer may have every id once and still be wrong: a model splits a text, joins two, or swaps two,
and what follows is one id too far. Each text is compared with its own source and with those it may
have come from, by what a translation keeps: words that
mean or sound the same, Latin words, numbers, marks, quotation marks, brackets and emphasis, how
many sentences there are, how the last one ends, the length. A row is suspected only when another
source fits clearly better.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from bilingual.language.ko.sound import MIN_CONSONANTS, skeleton, subsequence_share
from bilingual.language.lexicon import means, senses
from bilingual.language.placeables import KOREAN_FOR_ENGLISH, latin_words, numbers
from bilingual.prompting import marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bilingual.prompting.request import Request

SWAPPED, MOVED = 3.0, 6.5
"""How much better two rows must fit when swapped, and rows when moved by one: high enough that no
human translation is refused, free ones included (benchmarks/quality/README.md)."""
MOST = 6.0
"""The most that one pair can count for or against itself."""
FAR = 8
"""The most rows between two that may have been swapped."""

# Weights are logarithms of odds: how much more often a text has this with its own source than with
# the source above or below, fitted (logistic regression) to every second document of the measure.
MEANT, UNMEANT = 0.9, -0.9
"""A known Korean word with its English one in the other text; one without."""
SOUNDS = 0.4
"""A Korean word that sounds like an English one."""
LATIN, NO_LATIN = 0.9, -1.4
"""A Latin word of the Korean text that the English one has; one that it lacks."""
NUMBER, NO_NUMBER = 1.4, -1.0
"""A number that both have; one that only one of them has."""
LENGTH = -1.6
"""Half the square of how many usual deviations the length is off."""
SENTENCES, ENDING, QUOTATION, QUESTION, BRACKETS = -0.8, -0.4, -1.6, -0.9, -0.9
EMPHASIS, MARKS = -3.0, -3.4
BASE = 1.7
"""The score of a pair before anything is compared."""

ALIKE = 0.77
"""The likeness from which two words sound alike."""
_HANGUL = re.compile(r"[가-힣]+")
_WORD = re.compile(r"[A-Za-z]+")
_CLOSING = r"[\"'”’)\]*_~`]*"
_STOP = re.compile(rf"[.!?…。:]+(?={_CLOSING}(?:\s|\Z))")
_END = re.compile(rf"([.!?…。:])?(?:{_CLOSING}|\s)*\Z")
_ENDINGS = {"…": ".", "。": ".", "!": "."}


@dataclass(frozen=True, slots=True)
class _Text:
    """What is compared of one text."""

    size: int
    marks: Counter[str]
    latin: frozenset[str]
    numbers: frozenset[str]
    sentences: int
    ending: str
    quotation: bool
    question: bool
    brackets: int
    emphasis: int
    stems: frozenset[str]
    """Of an English text: the stems of its words."""
    sounds: Mapping[str, tuple[str, ...]]
    """Consonants of its words, by the first of them."""
    senses: tuple[tuple[str, ...], ...]
    """Of a Korean text: what its words may be in English."""


class _Rows:
    """An answer's texts, and the sources that they may translate."""

    def __init__(self, request: Request, texts: Mapping[str, str]) -> None:
        self._into_korean = request.target_language == "ko"
        self.ids = [passage.id for passage in request.passages]
        self._sources = [passage.text for passage in request.passages]
        self._targets = {
            row: texts[each] for row, each in enumerate(self.ids) if texts.get(each, "").strip()
        }
        self._read: dict[tuple[bool, tuple[int, ...]], _Text] = {}
        self._known: dict[tuple[tuple[int, ...], tuple[int, ...]], float] = {}

    def swapped(self) -> tuple[float, frozenset[int]]:
        """Return the rows that were taken for each other, two by two, and how clearly so."""
        found: list[tuple[float, int, int]] = []
        for one, other in combinations(self._targets, 2):
            own = self._own(one) + self._own(other)
            if other - one < FAR and 2 * MOST - own > SWAPPED:
                crossed = self._fits((one,), (other,)) + self._fits((other,), (one,))
                if crossed - own > SWAPPED:
                    found.append((crossed - own, one, other))
        rows: set[int] = set()
        total = 0.0
        for gain, one, other in sorted(found, reverse=True):
            if rows.isdisjoint((one, other)):
                rows |= {one, other}
                total += gain
        return total, frozenset(rows)

    def moved(self) -> float:
        """Return how clearly some consecutive texts are one row too low, or too high."""
        if sum(MOST - self._own(row) for row in self._targets) <= MOVED:
            return 0.0
        return max(self._lowered(), self._raised())

    def _lowered(self) -> float:
        """Return how clearly texts are one row too low: after one that was split."""
        best = gain = 0.0
        for row in self._targets:
            if row and (row - 1) in self._targets:
                before = (row - 1,)
                gain = max(gain, 0.0) + self._fits(before, (row,)) - self._own(row)
                if (halves := self._fits(before, (row - 1, row))) > 0:
                    gain = max(gain, halves - self._own(row - 1) - self._own(row))
                best = max(best, gain)
        return best

    def _raised(self) -> float:
        """Return how clearly texts are one row too high: after two that were joined."""
        best = gain = 0.0
        for row in self._targets:
            if row + 1 < len(self._sources):
                gain = max(gain, 0.0) + self._fits((row + 1,), (row,)) - self._own(row)
                best = max(best, gain)
                if (both := self._fits((row, row + 1), (row,))) > 0:
                    gain = max(gain, both - self._own(row))
        return best

    def _own(self, row: int) -> float:
        return self._fits((row,), (row,))

    def _fits(self, sources: tuple[int, ...], rows: tuple[int, ...]) -> float:
        """Return how well the texts in ``rows`` fit the sources of the rows ``sources``."""
        place = (sources, rows)
        if place not in self._known:
            source, target = self._text(sources, source=True), self._text(rows, source=False)
            korean, english = (target, source) if self._into_korean else (source, target)
            self._known[place] = _fit(korean, english)
        return self._known[place]

    def _text(self, rows: tuple[int, ...], *, source: bool) -> _Text:
        """Return the texts of ``rows`` as one."""
        if (source, rows) not in self._read:
            text = " ".join((self._sources if source else self._targets)[row] for row in rows)
            self._read[source, rows] = _read(text, korean=source is not self._into_korean)
        return self._read[source, rows]


def misplaced(request: Request, texts: Mapping[str, str]) -> frozenset[str]:
    """Return the ids of those ``texts``, by id, that seem to be another unit's.

    Of a swap it is both; where texts moved by one, it is all of the answer, since nothing shows
    where that began.
    """
    if len(texts) < 2 or {request.source_language, request.target_language} != {"ko", "en"}:
        return frozenset()
    rows = _Rows(request, texts)
    gain, swapped = rows.swapped()
    if rows.moved() > max(gain, MOVED):
        return frozenset(texts)
    return frozenset(rows.ids[row] for row in swapped)


def _read(text: str, *, korean: bool) -> _Text:
    words = marks.MARK.sub(" ", text).strip()
    ending = _END.search(words)
    last = (ending and ending[1]) or ""
    spoken = _HANGUL.findall(words) if korean else _WORD.findall(words)
    return _Text(
        size=len(words),
        marks=Counter(found[0] for found in marks.MARK.finditer(text)),
        latin=frozenset(latin_words(words)),
        numbers=frozenset(numbers(words)),
        sentences=max(1, len(_STOP.findall(words))),
        ending=_ENDINGS.get(last, last),
        quotation=any(sign in words for sign in '"“”'),
        question="?" in words,
        brackets=words.count("("),
        emphasis=words.count("**") // 2,
        stems=frozenset() if korean else frozenset().union(*map(_stems, set(spoken))),
        sounds=_by_first({skeleton(word) for word in spoken}),
        senses=tuple(dict.fromkeys(senses(words))) if korean else (),
    )


@lru_cache(maxsize=4096)
def _stems(word: str) -> frozenset[str]:
    """Return the stems by which ``lexicon`` knows the English ``word``."""
    word = word.lower()
    beginnings = (word[:length] for length in range(1, len(word) + 1))
    return frozenset(each for each in beginnings if means((each,), word))


def _fit(korean: _Text, english: _Text) -> float:
    """Return the logarithm of the odds that the two are a pair."""
    meant = sum(not english.stems.isdisjoint(sense) for sense in korean.senses)
    alike = sum(
        any(subsequence_share(one, other) >= ALIKE for other in english.sounds.get(first, ()))
        for first, words in korean.sounds.items()
        for one in words
    )
    latin, numbers = len(korean.latin & english.latin), len(korean.numbers & english.numbers)
    score = (
        BASE
        + MEANT * meant
        + UNMEANT * (len(korean.senses) - meant)
        + SOUNDS * alike
        + LATIN * latin
        + NO_LATIN * (len(korean.latin) - latin)
        + NUMBER * numbers
        + NO_NUMBER * len(korean.numbers ^ english.numbers)
        + LENGTH * _off(korean.size, english.size)
        + SENTENCES * min(abs(korean.sentences - english.sentences), 4)
        + ENDING * (korean.ending != english.ending)
        + QUOTATION * (korean.quotation != english.quotation)
        + QUESTION * (korean.question != english.question)
        + BRACKETS * min(abs(korean.brackets - english.brackets), 3)
        + EMPHASIS * min(abs(korean.emphasis - english.emphasis), 3)
        + MARKS * (korean.marks != english.marks)
    )
    return max(-MOST, min(MOST, score))


def _by_first(sounds: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for each in sounds:
        if len(each) >= MIN_CONSONANTS:
            found[each[0]] = (*found.get(each[0], ()), each)
    return found


def _off(korean: int, english: int) -> float:
    """Return half the squared deviation of the length, in usual ones; short texts vary more."""
    ratio = math.log((korean + 3) / (KOREAN_FOR_ENGLISH * english + 3))
    usual = 0.18 + 1.2 / math.sqrt(english + 1)
    return min((ratio / usual) ** 2 / 2, 10.0)
