"""Find phrases of one language that co-occur with a term of the other (collocations).

A phrase is one to four consecutive words, without the ending of the last (뮤즈 스파크는 → 뮤즈
스파크). Its score is the Dice coefficient over units: twice the number of units that have both,
divided by the sum of those that have the term and those that have the phrase. Source: L. R. Dice,
"Measures of the amount of ecologic association between species", Ecology 26 (1945); used on
translations since F. Smadja et al., "Translating collocations", Computational Linguistics 22
(1996).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MAX_WORDS = 4
"""Words in a phrase."""
MIN_SCORE = 0.5
"""The lowest score of a collocation."""
MIN_SIMILARITY = 0.6
"""How similar to a form of the term a phrase must be to count in a single unit."""
WORD = re.compile(r"[A-Za-z0-9À-ɏ가-힣][A-Za-z0-9À-ɏ가-힣.+&’'-]*")
BREAK = re.compile(r"[^\s*_~]")
"""What separates two words into different phrases; emphasis markers do not."""
HANGUL_END = re.compile(r"[가-힣]+$")
AFTER_VOWEL = ("는", "를", "가", "와", "로", "라는", "라고", "란", "였다", "다")
"""Particles after a vowel; ``로`` after ㄹ too."""
AFTER_CONSONANT = ("은", "을", "이", "과", "으로", "이라는", "이라고", "이란", "이었다", "이다")
"""Particles after a consonant."""
EITHER = (
    "에서는", "에서", "에게", "에는", "에도", "에", "의", "도", "만", "까지", "부터", "보다",
    "처럼",
    "들은", "들이", "들을", "들의", "들", "입니다", "인", "으로는", "로는", "한다", "했다", "하는",
    "하면", "하고", "해야", "된다", "됐다", "되는", "한", "된",
)  # fmt: skip
ENDINGS = sorted((*AFTER_VOWEL, *AFTER_CONSONANT, *EITHER), key=len, reverse=True)
_STOP = (
    "a an and are as at be been but by can for from had has have he her his how i if in "
    "into is it its more most much no not of on one only or other our out over she so "
    "some such than that the their them then there these they this those to two up was we "
    "were what when where which while who will with would you your"
)
STOP = frozenset(_STOP.split())
"""English words that neither begin nor end a term."""
_STOP_KO = (
    "이 그 저 것 수 등 및 더 또 또는 그리고 그러나 하지만 이는 있다 없다 한다 했다 된다 "
    "위해 대한 따르면 통해 있는 없는 가장 모두 모든 때 중 같은 이런 그런 어떤 다른 약 "
    "지난 이번 하나 이를 아니라 때문 때문이다 경우"
)
STOP_KO = frozenset(_STOP_KO.split())


@dataclass(frozen=True, slots=True)
class Collocation:
    """A phrase in the targets of units whose sources have a term."""

    form: str
    units: int
    """The number of units that have both."""
    score: float
    """0 to 1; 1 where neither occurs without the other."""


def stem(word: str) -> str:
    """Return ``word`` without the particle or ending on its Hangul, or without ``'s``.

    Only an ending that fits the sound before it is removed, if two syllables or more are left.
    """
    bare = re.sub(r"[’']s?$", "", word).rstrip(".-")
    hangul = HANGUL_END.search(bare)
    if hangul is None:
        return bare
    run = hangul[0]
    for ending in ENDINGS:
        if not run.endswith(ending):
            continue
        rest = run[: -len(ending)]
        if not rest and hangul.start():
            return bare[: hangul.start()]  # after Latin letters it is an ending
        if len(rest) >= 2 and _fits(rest[-1], ending):
            return bare[: hangul.start()] + rest
    return bare


def _fits(last: str, ending: str) -> bool:
    final = (ord(last) - 0xAC00) % 28
    if ending in AFTER_VOWEL:
        return final == 0 or (ending == "로" and final == 8)
    return final > 0 if ending in AFTER_CONSONANT else True


def phrases(text: str) -> set[str]:
    """Return the phrases of ``text``, in which code and addresses are masked."""
    found: set[str] = set()
    words = list(WORD.finditer(text))
    for first, word in enumerate(words):
        if _is_stop(word[0]):
            continue
        inner: list[str] = []
        for index in range(first, min(first + MAX_WORDS, len(words))):
            if index > first and BREAK.search(text, words[index - 1].end(), words[index].start()):
                break
            here = words[index][0]
            last = stem(here)
            if last and not _is_stop(here) and (inner or len(last) > 1):
                found.add(" ".join((*inner, last)))
            if here != last and not here.endswith("의"):
                break  # a particle ends a noun phrase
            inner.append(here)
    return {phrase for phrase in found if not phrase.replace(".", "").replace(",", "").isdigit()}


def _is_stop(word: str) -> bool:
    return word.lower() in STOP or word in STOP_KO


class Collocations:
    """The phrases of all targets, counted once."""

    def __init__(self, targets: Iterable[str]) -> None:
        self.phrases = [phrases(text) for text in targets]
        self._counts: Counter[str] = Counter()
        for each in self.phrases:
            self._counts.update(each)

    def associated(self, units: Sequence[int]) -> Iterator[Collocation]:
        """Yield the phrases of the targets ``units`` (indexes) that are rare elsewhere, best first.

        A phrase of a single unit is left out.
        """
        together: Counter[str] = Counter()
        for index in units:
            together.update(self.phrases[index])
        found = [
            Collocation(form, count, 2 * count / (len(units) + self._counts[form]))
            for form, count in together.items()
            if count > 1
        ]
        strong = [each for each in found if each.score >= MIN_SCORE]
        strong.sort(key=lambda each: (-each.score, -len(each.form.split()), each.form))
        return iter(strong)

    def most_similar(self, unit: int, forms: Iterable[str]) -> str:
        """Return the phrase of target ``unit`` most similar to one of ``forms``; empty for none."""
        best, most = "", MIN_SIMILARITY
        folded = [form.casefold() for form in forms]
        for phrase in sorted(self.phrases[unit]):
            for form in folded:
                ratio = SequenceMatcher(None, phrase.casefold(), form).ratio()
                if ratio > most:
                    best, most = phrase, ratio
        return best
