"""Compare numbers in words: twice and 두 배, two-thirds and 3분의 2, 수만 명.

A number in words need not be in the target, for languages differ in where they write one. But
where each text has one of the same kind that the other lacks, one became the other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from bilingual.language.en import words as english
from bilingual.language.ko import numeral
from bilingual.language.numbers.amount import Notation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bilingual.language.numbers.amount import Quantity

HINT = Notation.HINT


@dataclass(frozen=True, slots=True)
class NumberPhrase:
    """A number in words, of one kind."""

    kind: str
    """``fold``, ``part``, ``order``, ``vague``, ``count`` or ``row``."""
    value: Fraction | str
    text: str
    start: int
    end: int


_FOLDS: Mapping[str, int] = MappingProxyType({
    "twice": 2, "doubl": 2, "twofold": 2, "thrice": 3, "tripl": 3, "treb": 3, "quadrupl": 4,
    "quintupl": 5, "sextupl": 6,
})  # fmt: skip
_CARDINALS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_ORDINALS = "second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
_UNDER = "third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
_SCALES: Mapping[str, int] = MappingProxyType({
    "ten": 1, "dozen": 1, "score": 1, "hundred": 2, "thousand": 3, "million": 6, "billion": 9,
    "trillion": 12,
})  # fmt: skip
_SCALE = "tens|dozens?|scores|hundreds?|thousands?|millions?|billions?|trillions?"
_ROW = r"(?P<row>(?<![A-Za-z0-9_\])])\((?!\d{1,3}(?:,\d{3})+\))\d+(?:, ?\d+)+\))"
"""Numbers in brackets, as of a shape or a point: (7,2,5)."""
ENGLISH = re.compile(
    rf"{_ROW}|\b(?:(?P<fold>(?P<f_word>twice|thrice|twofold)|(?P<f_times>{_CARDINALS})"
    rf"(?:[- ]?fold\b|\stimes (?=as\b|more\b|\w+er\b|the\b|that\b))"
    r"|(?P<f_verb>doubl|tripl|trebl|quadrupl|quintupl|sextupl)(?:es?|ed|ing)(?=[ ,.])"
    r"(?!\s?(?:click|quot|check|precision|decker|tap|curl|slash|spac|layer|line)))"
    rf"|(?P<part>(?P<p_half>half)(?!-|\s(?:an?\s)?(?:hour|dozen|day|year|time|way|life|hearted))"
    rf"|(?P<p_over>an?|one|{_CARDINALS})[- ](?P<p_under>{_UNDER})s?(?=\s(?:of|the|as)\b|[ ,.]))"
    rf"|(?P<vague>(?:several|a few|(?P<v_many>tens|dozens|hundreds) of)\s(?P<v_of>{_SCALE})\b"
    rf"|(?<!\d )(?<!\d-)(?P<v_plain>tens|dozens|hundreds|thousands|millions|billions|trillions)"
    rf"(?! of (?:{_SCALE})))"
    rf"|(?P<order>(?P<o_word>{_ORDINALS}) (?:time|place|round|year|day|week|month|quarter|"
    r"straight|consecutive|generation|edition|largest|biggest|most)\b)"
    r"|(?P<count>(?P<c_half>an? (?:hour|day|week|month|year) and a half)"
    rf"|(?P<c_word>{_CARDINALS})(?![- ](?:{_UNDER}|{_SCALE}|fold|times|and|to|or|way|"
    r"one|two|three|four|five|six|seven|eight|nine)\b)(?=[- ]\w)))",
    re.IGNORECASE,
)

_NATIVE = "두|세|네|다섯|여섯|일곱|여덟|아홉|열"
_SINO = "일|이|삼|사|오|육|칠|팔|구|십"
_COUNTER = (
    "번째|명|개|가지|건|차례|번|곳|대|종류|배|권|마리|사람|나라|국가|회사|기업|팀|단계|시간|달|해|"
    "문제|모델|도시|과제|분야|차원|조각|장|쌍|줄|편|차|분|연구원|주|부분|자녀|아이|살|층|지역|기관"
)
_DAYS: Mapping[str, int] = MappingProxyType({
    "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "여드레": 8, "열흘": 10,
})  # fmt: skip
KOREAN = re.compile(
    rf"{_ROW}|(?<![가-힣])(?:(?P<fold>(?P<f_word>{_NATIVE}) ?배(?![가-힣]*[경우터열])|갑절|곱절)"
    rf"|(?P<part>(?P<p_half>절반)|(?P<p_under>\d+|{_SINO}) ?분의 ?(?P<p_over>\d+|{_SINO}))"
    r"|(?P<vague>(?:수|몇 ?)(?P<v_small>십|백|천)?(?P<v_big>만|억|조)?"
    r"(?=\s?(?:명|개|건|대|번|년|달러|원|가지|배|곳|시간|일|주|차례|회|톤|편|권|장|마리|여|억|만|조)"
    r"|의\s|에\s|을\s|를\s|이\s|\s[가-힣]))"
    rf"|(?P<order>(?P<o_word>{_NATIVE}) ?번째)"
    r"|(?P<count>(?P<c_half>(?:하루|한 ?(?:시간|주|달|해)) ?반)(?:나절)?(?![가-힣])"
    rf"|(?P<c_days>{'|'.join(_DAYS)})(?=[ ,.에째만간]|이[ 나]|을)"
    rf"|(?P<c_word>{_NATIVE}) (?=(?:{_COUNTER})(?!째))))"
)
_PLAIN = "갑절|곱절|절반|분의|수십|수백|수천|수만|수억|수조|몇|하루|한 ?시간|한 ?주|한 ?달|한 ?해"
CLUE = re.compile(
    "|".join(
        [f"{word[-1]}{then}" for word in _NATIVE.split("|") for then in (" ", "배", "번")]
        + [*_PLAIN.split("|"), *_DAYS, r"\(\d"]
    )
)
"""A substring that every Korean number in words contains: most texts have none."""
_POWERS: Mapping[str, int] = MappingProxyType(
    {"십": 1, "백": 2, "천": 3, "만": 4, "억": 8, "조": 12}
)
_NUMBERS: Mapping[str, int] = MappingProxyType(
    {**numeral.NATIVE, **numeral.SINO, "열": 10, "십": 10}
)


def number_phrases(text: str, language: str) -> list[NumberPhrase]:
    """Return the numbers in words of ``text``, in order."""
    if language == "ko" and not CLUE.search(text):
        return []
    pattern, value = (ENGLISH, _english) if language == "en" else (KOREAN, _korean)
    found = []
    for each in pattern.finditer(text):
        if each["row"]:
            found.append(NumberPhrase("row", each[0].replace(" ", ""), each[0], *each.span()))
            continue
        kind = next(name for name in KINDS if each[name])
        if (number := value(kind, each)) is not None:
            found.append(NumberPhrase(kind, number, each[0].strip(), *each.span()))
    return found


KINDS = ("fold", "part", "vague", "order", "count", "row")


def _english(kind: str, found: re.Match[str]) -> Fraction | None:
    def small(name: str) -> int:
        return english.SMALL[found[name].lower()]

    if kind == "fold":
        if found["f_times"]:
            return Fraction(small("f_times"))
        return Fraction(_FOLDS[next(each for each in _FOLDS if found[0].lower().startswith(each))])
    if kind == "part":
        return Fraction(1, 2) if found["p_half"] else _part(found)
    if kind == "vague":
        scale = _scale(found["v_of"] or found["v_plain"])
        return Fraction(scale + (_scale(found["v_many"]) if found["v_many"] else 0))
    if kind == "order":
        return Fraction(english.ORDINALS[found["o_word"].lower()])
    return Fraction(3, 2) if found["c_half"] else Fraction(small("c_word"))


def _part(found: re.Match[str]) -> Fraction:
    return english.fraction(found["p_over"], found["p_under"])


def _scale(word: str) -> int:
    return _SCALES[word.lower().removesuffix("s")]


def _korean(kind: str, found: re.Match[str]) -> Fraction | None:
    if kind == "vague":
        return _vague(found)
    if kind == "part" and not found["p_half"]:
        over, under = (_number(found[name]) for name in ("p_over", "p_under"))
        return Fraction(over, under) if under else None
    if found["p_half"] or found["c_half"]:
        return Fraction(1, 2) if found["p_half"] else Fraction(3, 2)
    if found["c_days"]:
        return Fraction(_DAYS[found["c_days"]])
    return Fraction(_NUMBERS.get(found["f_word"] or found["o_word"] or found["c_word"], 2))


def _vague(found: re.Match[str]) -> Fraction | None:
    """Return the power of ten of 수백만; None for a bare 몇."""
    small, big = found["v_small"], found["v_big"]
    if not (small or big):
        return None
    return Fraction(_POWERS.get(small, 0) + _POWERS.get(big, 0))


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word]


def changed_phrases(
    source: Sequence[NumberPhrase],
    target: Sequence[NumberPhrase],
    others: tuple[Sequence[Quantity], Sequence[Quantity]],
) -> Iterator[tuple[NumberPhrase, NumberPhrase]]:
    """Yield each number of ``source`` that became another of the same kind in ``target``.

    ``others`` are all quantities of source and target: a number written another way is not lost.
    """
    for kind in KINDS:
        lost = [
            each for each in source if each.kind == kind and not _is_kept(each, target, others[1])
        ]
        new = [
            each for each in target if each.kind == kind and not _is_kept(each, source, others[0])
        ]
        yield from zip(lost, new, strict=False)


def _is_kept(
    each: NumberPhrase, words: Sequence[NumberPhrase], quantities: Sequence[Quantity]
) -> bool:
    if any(other.value == each.value for other in words):
        return True
    if each.kind in {"vague", "row"}:
        return False
    # A word that may stand for several numbers (half, another) is not a multiple.
    comparable = [other for other in quantities if each.kind != "fold" or other.written is not HINT]
    return any(each.value in other.values for other in comparable)
