"""Convert large numbers between the languages: 12만 8256 is 128,256, 14.3 billion is 143억.

Korean groups digits by four and English by three, so that a number must be converted, which small
models fail at. Numbers in words and vague ones (수백만) are left out.
"""

from __future__ import annotations

import re
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from bilingual.language.ko import numeral
from bilingual.language.numbers.amount import exact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from fractions import Fraction

MYRIAD = 10_000
"""Below it both languages write the same digits."""
THOUSANDS: Mapping[str, int] = MappingProxyType(
    {"trillion": 10**12, "billion": 10**9, "million": 10**6}
)
LARGE = re.compile(
    r"(?<![\w.,-])(?P<digits>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)"
    r"(?:[ -](?P<size>million|billion|trillion))?(?![\w,]*\d|\.\d|[A-Za-z-])",
)
DECIMALS = 10**4
"""Fractions of a million, a billion … up to this precision; other numbers are written in full."""


def conversions(text: str, source: str, target: str) -> list[tuple[str, str]]:
    """Return each large number of ``text`` once, with how the language ``target`` writes it."""
    if (source, target) == ("ko", "en"):
        return list(dict.fromkeys(_korean(text)))
    if (source, target) == ("en", "ko"):
        return list(dict.fromkeys(_english(text)))
    return []


def _korean(text: str) -> Iterator[tuple[str, str]]:
    for found in numeral.WRITTEN.finditer(text):
        if set(found[0]) & set(numeral.MYRIADS):
            yield found[0].strip(), format_english(numeral.value(found[0]))


def _english(text: str) -> Iterator[tuple[str, str]]:
    for found in LARGE.finditer(text):
        value = exact(found["digits"]) * THOUSANDS.get(found["size"] or "", 1)
        large = found["size"] or "," in found["digits"]  # 20000 may be a code
        if large and value >= MYRIAD and value.denominator == 1:
            yield found[0], format_korean(int(value))


def format_english(value: Fraction) -> str:
    """Return ``value`` as English news writes it: 128,256, 14.3 billion, 97.1467 trillion."""
    for name, size in THOUSANDS.items():
        share = value / size
        if share >= 1 and (share * DECIMALS).denominator == 1:
            return f"{float(share):.4f}".rstrip("0").rstrip(".") + f" {name}"
    return f"{int(value):,}"


def format_korean(value: int) -> str:
    """Return ``value`` as Korean news writes it: 12만 8256, 143억, 97조 1467억."""
    sizes = [(size, name) for name, size in sorted(numeral.MYRIADS.items(), key=lambda e: -e[1])]
    groups = [
        f"{value % above // size}{name}"
        for (above, _), (size, name) in pairwise([(MYRIAD**5, ""), *sizes, (1, "")])
        if value % above // size
    ]
    return " ".join(groups)
