"""English number words: ``twenty-five``, ``half a million``, ``twice``, ``fifth``."""

from __future__ import annotations

import re
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SMALL: Mapping[str, int] = MappingProxyType({
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
})  # fmt: skip
MAGNITUDES: Mapping[str, int] = MappingProxyType({
    "hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
})  # fmt: skip
ORDINALS: Mapping[str, int] = MappingProxyType({
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13,
    "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18,
    "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50,
    "sixtieth": 60, "seventieth": 70, "eightieth": 80, "ninetieth": 90, "hundredth": 100,
    "thousandth": 1000,
})  # fmt: skip
_HINTS = """
    100: hundred
    1000: thousand
    1000000: million
    1000000000: billion
    1000000000000: trillion
    0: none no nil nothing love without never empty free zeros zeroes zeroed
    1: a an each every per single once sole only another other same any top best leading initial
        initially primary winner annual annually yearly daily weekly monthly hourly champion
        apiece unified individual week weekly fortnight yearlong day today tonight final hour
    2: another other twice double doubled doubles doubling doubly both couple pair pairs twin
        twins duo dual bilateral secondary runner-up twofold two-fold twosome either neither
        mutual biannual bi-annual biennial fortnight fortnightly halves half halve halved together
        binary brace
    1/2 50 3/2 30 6: half halves halved halving halfway mid
    3: triple tripled triples trio treble thrice triplets threefold three-fold tertiary trilateral
        hat-trick quarter quarterly
    1/3 20: third thirds
    1/4 4 15 25: quarter quarters quarterly
    4: quadruple quadrupled fourfold four-fold quartet semi-final semi-finals semifinal semifinals
        quad
    5: quintet fivefold five-fold quintuple quintupled
    6: sixfold six-fold sextet semester semesters
    7: sevenfold seven-fold week weeks weeklong week-long weekly
    14: fortnight
    8: octal eightfold eight-fold quarter-final quarter-finals quarterfinal quarterfinals
    16: hex hexadecimal
    10: decimal decimals tenfold ten-fold decade decades tens teen teens teenage teenager
        teenagers adolescent adolescents dozen
    12: dozen dozens
    20: dozens score scores twenties
    100: century centuries centenary hundredfold hundreds fully full whole all entire entirely
        total perfect
    1000: millennium millennia thousands grand
    1000000: millions
    1000000000: billions
    0 12: midnight noon midday
    24: midnight
    30: thirties
    40: forties
    50 1950: fifties
    60 1960: sixties
    70 1970: seventies
    80 1980: eighties
    90 1990: nineties
    50: majority
    2 3 4 5: several few
    60: hourly hour
"""
"""Numbers, each with the words that may stand for it."""


def _hints() -> Mapping[str, tuple[Fraction, ...]]:
    found: dict[str, list[Fraction]] = {}
    for line in re.sub(r"\n {8}", " ", _HINTS).strip().split("\n"):
        values, _, names = line.partition(":")
        for word in names.split():
            found.setdefault(word, []).extend(Fraction(value) for value in values.split())
    return MappingProxyType({word: tuple(values) for word, values in found.items()})


HINTS = _hints()
"""Words that may stand for a number in the other language, with those numbers."""

_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_UNITS = "one|two|three|four|five|six|seven|eight|nine"
_ANY = "|".join(sorted(SMALL, key=len, reverse=True))
_BIG = "|".join(MAGNITUDES)
_ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True))
_PART = rf"(?:(?:{_TENS})[- ](?:{_UNITS})\b|(?:{_ANY})\b|an?\b(?= (?:{_BIG})\b))"
CARDINAL = re.compile(
    rf"(?:half an? )?{_PART}(?:(?: (?:{_BIG})\b)+(?:(?:,? and |, | )?{_PART}(?: (?:{_BIG})\b)+)*"
    rf"(?:(?: and | )(?!an? ){_PART})?)?|half an? (?:{_BIG})\b",
    re.IGNORECASE,
)
SPAN = re.compile(
    rf"\b(?P<count>(?:{_PART}|\d+|an?|couple of|few|several))[- ]"
    r"(?P<span>dozen|decade|score|centur|fortnight)",
    re.IGNORECASE,
)
SPANS: Mapping[str, int] = MappingProxyType(
    {"dozen": 12, "decade": 10, "score": 20, "centur": 100, "fortnight": 14}
)
ORDINAL = re.compile(
    rf"(?:(?P<tens>{_TENS})[- ])?(?P<unit>{_ORDINAL})(?P<plural>s)?\b", re.IGNORECASE
)
FRACTION = re.compile(
    rf"(?P<over>{_UNITS}|an?)[- ](?P<under>half|third|quarter|fourth|fifth|sixth|seventh|eighth|"
    r"ninth|tenth|hundredth)s?\b",
    re.IGNORECASE,
)
AND_A_HALF = re.compile(
    rf"\b(?P<count>{_ANY}|an?)(?: (?P<unit>year|month|week|day|hour|minute)s?)? and a half"
    rf"(?: (?P<scale>{_BIG})\b)?",
    re.IGNORECASE,
)
CLUE = re.compile("|".join([*SMALL, *MAGNITUDES, *ORDINALS, "half", "quarter"]))
"""A substring that every fraction, cardinal and ordinal contains, in lower case."""
SPAN_CLUE = re.compile("|".join(SPANS))
WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")


def cardinal(words: str) -> Fraction | None:
    """Return the number that ``words`` name (``two hundred and five``), or None."""
    total, group = Fraction(0), Fraction(0)
    seen = False
    for word in re.split(
        r"[\s,-]+", words.lower().replace("half an ", "half ").replace("half a ", "half ")
    ):
        if word in SMALL:
            group += SMALL[word]
            seen = True
        elif word in {"a", "an"}:
            group += 1
        elif word == "half":
            group += Fraction(1, 2)
        elif word == "hundred":
            group = (group or Fraction(1)) * 100
            seen = True
        elif word in MAGNITUDES:
            total += (group or Fraction(1)) * MAGNITUDES[word]
            group = Fraction(0)
            seen = True
        elif word != "and":
            return None
    return total + group if seen else None


def fraction(over: str, under: str) -> Fraction:
    """Return the fraction of ``two`` and ``third``, 2/3; raises ``KeyError`` for other words."""
    parts = {**ORDINALS, "half": 2, "quarter": 4}
    return Fraction({"a": 1, "an": 1, **SMALL}[over.lower()], parts[under.lower()])
