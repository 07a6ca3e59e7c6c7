"""Read Korean numerals: 143억, 1조 2천억, 삼십, 스물두."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from bilingual.language.numbers.amount import exact

if TYPE_CHECKING:
    from collections.abc import Mapping

SMALL: Mapping[str, int] = MappingProxyType({"십": 10, "백": 100, "천": 1000})
MYRIADS: Mapping[str, int] = MappingProxyType(
    {"만": 10**4, "억": 10**8, "조": 10**12, "경": 10**16}
)
"""Korean groups digits by four, not by three."""
SINO: Mapping[str, int] = MappingProxyType({
    "영": 0, "공": 0, "일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "륙": 6, "칠": 7,
    "팔": 8, "구": 9,
})  # fmt: skip
NATIVE: Mapping[str, int] = MappingProxyType({
    "하나": 1, "한": 1, "첫": 1, "둘": 2, "두": 2, "둘째": 2, "셋": 3, "세": 3, "서": 3, "석": 3,
    "넷": 4, "네": 4, "너": 4, "넉": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9,
})  # fmt: skip
NATIVE_TENS: Mapping[str, int] = MappingProxyType({
    "열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70,
    "여든": 80, "아흔": 90,
})  # fmt: skip

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SMALL = "[천백십]"
_PART = rf"(?:(?:{_DIGITS})(?:\s?{_SMALL}(?:\s?\d{_SMALL})*)?)"
_MYRIADS = {
    "경": r"경(?=\s|원|달러|$)",  # 6경기 is six matches
    "조": r"조(?!각|항|건|직|치|사|약|정|합|별|짜리|로|에 |기)",
    "억": "억(?!류|제|울|양|지)",
    "만": "만(?!큼)",
}


_COUNTER = "명|개|점|원|건|대|회|표|달러|유로|가구|권|채|척|톤|km|\\Z"
"""What may follow a last group of few digits after a space (1만 5명)."""


def _chain(myriads: str) -> str:
    """Return a pattern for groups of descending size: 조, then 억, then 만, then the rest."""
    small = rf"\s?\d+{_SMALL}(?:\d{_SMALL})*\d*"
    ones = rf"\d{{1,4}}|\s?\d,\d{{3}}|\s\d{{1,4}}(?=\s?(?:{_COUNTER}))|\s\d{{3,4}}(?=\s?[가-힣%])"
    rest = rf"(?:{small}|{ones})?(?![\d,.]*[만억조경])"
    for myriad in reversed(myriads):
        rest = rf"(?:\s?{_PART}\s?{_MYRIADS[myriad]}(?:{rest})?|{rest})"
    return rest


_MYRIAD = "|".join(
    rf"{_PART}\s?{_MYRIADS[myriad]}{_chain('경조억만'[index + 1 :])}"
    for index, myriad in enumerate("경조억만")
)
WRITTEN = re.compile(
    rf"(?:{_MYRIAD}|(?:{_DIGITS}){_SMALL}(?:\d{_SMALL})*\d?(?![가-힣]?\d)|{_DIGITS})"
)
"""A number that begins with a digit; spaces may separate its groups (1조 2천억)."""
_TOKEN = re.compile(rf"(?P<digits>{_DIGITS})|(?P<small>{_SMALL})|(?P<myriad>[만억조경])")

_COUNTED = (
    r"(?=\s|번|배|개|명|가지|달|시|살|곳|차례|건|대|주|해|째|사람|장|권|쌍|줄|마리|종|편|컵|채|척|돈|말|되|자|"
    r"나라|군데|쪽|팀|층|분|단|통|판|음|여섯|일곱|다섯|여덟|아홉|하나|둘|셋|넷|두|세|네|한|[,.)])"
)
"""What must follow a number word of one syllable, for many words begin with one (세션, 한국)."""
WORDS = re.compile(
    r"(?<![가-힣])(?:(?P<native>(?:(?:열|스물|서른|마흔|쉰|예순|일흔|여든|아흔)\s?)?"
    rf"(?:하나|다섯|여섯|일곱|여덟|아홉|둘|셋|넷|[한첫두세네]{_COUNTED}|[서석너넉](?=\s?(?:달|말|되|자\s|돈)))|열{_COUNTED}|스물|스무|서른|"
    r"마흔|쉰|예순|"
    r"일흔|여든|아흔)|(?P<sino>[일이삼사오육칠팔구]?[십백천만억조][일이삼사오육칠팔구십백천만억조]*|"
    r"[일이삼사오육칠팔구](?=\s?(?:월|년|일|분|초|층|번|호|등|위|차|주|개월|세기|퍼센트|배|분기|단계)))(?![큼]))"
)


@lru_cache(4096)
def value(written: str) -> Fraction:
    """Return the value of a number that begins with a digit: 1조 2천억, 3만 5천, 1,234."""
    total = group = Fraction(0)
    digits: Fraction | None = None
    for token in _TOKEN.finditer(written):
        if token["digits"]:
            digits = exact(token["digits"])
        elif token["small"]:
            group += (1 if digits is None else digits) * SMALL[token["small"]]
            digits = None
        else:
            group += digits or 0
            total += (group or Fraction(1)) * MYRIADS[token["myriad"]]
            group, digits = Fraction(0), None
    return total + group + (digits or 0)


def sino(word: str) -> Fraction:
    """Return the value of a Sino-Korean number word: 삼십이, 이백만."""
    total = group = Fraction(0)
    digit: int | None = None
    for syllable in word:
        if syllable in SINO:
            digit = SINO[syllable]
        elif syllable in SMALL:
            group += (1 if digit is None else digit) * SMALL[syllable]
            digit = None
        else:
            group += digit or 0
            total += (group or Fraction(1)) * MYRIADS[syllable]
            group, digit = Fraction(0), None
    return total + group + (digit or 0)


def native(word: str) -> Fraction:
    """Return the value of a native number word: 스물두, 열, 세."""
    bare = "".join(word.split())
    for tens, number in NATIVE_TENS.items():
        if bare.startswith(tens):
            return Fraction(number + NATIVE.get(bare[len(tens) :], 0))
    return Fraction(NATIVE[bare])
