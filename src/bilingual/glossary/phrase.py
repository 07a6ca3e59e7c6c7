"""Which words of one language keep company with a term of the other: counted, never known.

A phrase is one to four words in a row, without what grammar attaches to the last (뮤즈 스파크는 →
뮤즈 스파크). How strongly it belongs to a term is the Dice coefficient over units: twice the units
that have both, over the units that have the one and those that have the other. Source: L. R. Dice,
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
    from collections.abc import Collection, Iterable, Iterator, Sequence

LONGEST = 4
"""Words in a phrase."""
LEAST = 0.5
"""The weakest association that is worth saying."""
ALIKE = 0.6
"""How like a form of the term a word must be to stand for it in a single unit."""
WORD = re.compile(r"[A-Za-z0-9À-ɏ가-힣][A-Za-z0-9À-ɏ가-힣.+&’'-]*")
BREAK = re.compile(r"[^\s*_~]")
"""What between two words parts them; marks of emphasis do not."""
HANGUL_END = re.compile(r"[가-힣]+$")
OPEN = ("는", "를", "가", "와", "로", "라는", "라고", "란", "였다", "다")
"""Particles behind a vowel; ``로`` behind ㄹ, too."""
CLOSED = ("은", "을", "이", "과", "으로", "이라는", "이라고", "이란", "이었다", "이다")
"""Particles behind a consonant."""
EITHER = (
    "에서는", "에서", "에게", "에는", "에도", "에", "의", "도", "만", "까지", "부터", "보다",
    "처럼",
    "들은", "들이", "들을", "들의", "들", "입니다", "인", "으로는", "로는", "한다", "했다", "하는",
    "하면", "하고", "해야", "된다", "됐다", "되는", "한", "된",
)  # fmt: skip
ENDINGS = sorted((*OPEN, *CLOSED, *EITHER), key=len, reverse=True)
_STOP = (
    "a an and are as at be been but by can for from had has have he her his how i if in "
    "into is it its more most much no not of on one only or other our out over she so "
    "some such than that the their them then there these they this those to two up was we "
    "were what when where which while who will with would you your"
)
STOP = frozenset(_STOP.split())
"""English words that begin or end no term."""
_STOP_KO = (
    "이 그 저 것 수 등 및 더 또 또는 그리고 그러나 하지만 이는 있다 없다 한다 했다 된다 "
    "위해 대한 따르면 통해 있는 없는 가장 모두 모든 때 중 같은 이런 그런 어떤 다른 약 "
    "지난 이번 하나 이를 아니라 때문 때문이다 경우"
)
STOP_KO = frozenset(_STOP_KO.split())


@dataclass(frozen=True, slots=True)
class Company:
    """A phrase that stands in the targets of units whose sources have a term."""

    form: str
    units: int
    """How many units have both."""
    score: float
    """0 to 1; 1 where neither stands without the other."""


def stem(word: str) -> str:
    """Return ``word`` without the particle or ending on its Hangul, or without ``'s``.

    Only an ending that fits the sound before it goes, and never one that leaves one syllable.
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
            return bare[: hangul.start()]  # behind Latin letters everything is grammar
        if len(rest) >= 2 and _fits(rest[-1], ending):
            return bare[: hangul.start()] + rest
    return bare


def _fits(last: str, ending: str) -> bool:
    final = (ord(last) - 0xAC00) % 28
    if ending in OPEN:
        return final == 0 or (ending == "로" and final == 8)
    return final > 0 if ending in CLOSED else True


def phrases(text: str) -> set[str]:
    """Return the phrases of ``text``, in which what is no language is blanked out."""
    found: set[str] = set()
    words = list(WORD.finditer(text))
    for first, word in enumerate(words):
        if _is_stop(word[0]):
            continue
        inner: list[str] = []
        for index in range(first, min(first + LONGEST, len(words))):
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


class Companies:
    """The phrases of all targets, counted once, to be asked about any of them."""

    def __init__(self, targets: Iterable[str]) -> None:
        self.phrases = [phrases(text) for text in targets]
        self._counts: Counter[str] = Counter()
        for each in self.phrases:
            self._counts.update(each)

    def of(self, units: Sequence[int], without: Collection[str] = ()) -> Iterator[Company]:
        """Yield what stands in the targets ``units`` (by index) and seldom elsewhere, best first.

        Phrases in ``without`` are none, and neither is one that stands in a single unit.
        """
        together: Counter[str] = Counter()
        for index in units:
            together.update(self.phrases[index])
        found = [
            Company(form, count, 2 * count / (len(units) + self._counts[form]))
            for form, count in together.items()
            if count > 1 and form not in without
        ]
        strong = [each for each in found if each.score >= LEAST]
        strong.sort(key=lambda each: (-each.score, -len(each.form.split()), each.form))
        return iter(strong)

    def like(self, unit: int, forms: Iterable[str]) -> str:
        """Return the phrase of one target that is most like one of ``forms``; empty for none."""
        best, most = "", ALIKE
        wanted = [form.casefold() for form in forms]
        for phrase in sorted(self.phrases[unit]):
            for form in wanted:
                ratio = SequenceMatcher(None, phrase.casefold(), form).ratio()
                if ratio > most:
                    best, most = phrase, ratio
        return best
