"""Read the quantities of an English text."""

from __future__ import annotations

import re
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from bilingual.language.en import words as english
from bilingual.language.numbers.amount import Notation, Quantity, exact, name_before, with_words
from bilingual.language.numbers.unit import SIGNS, unit_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MONTHS: Mapping[str, int] = MappingProxyType({
    name: number
    for number, names in enumerate((
        "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
        "august aug", "september sept sep", "october oct", "november nov", "december dec",
    ), 1)
    for name in names.split()
})  # fmt: skip
_MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SIGN = r"US\$|U\.S\.\$|AU\$|A\$|C\$|CA\$|NZ\$|HK\$|S\$|R\$|[$€£¥₩￦₹]"
_MAGNITUDE = (
    r"[\s-]?(?:hundred|thousand|million|billion|trillion)\b|"
    r"\s?(?:mn|bn|tn|[Mm]illion)\b|(?:[KkMmBbTt])(?![A-Za-z0-9])|(?<=\d)(?:MM)\b"
)
TOKEN = re.compile(
    rf"(?P<iso>(?<![\d.])(?P<y>[12]\d{{3}})[-/.](?P<m>0?[1-9]|1[0-2])[-/.](?P<d>[0-3]?\d)(?![\d]))"
    rf"|(?P<slashed>(?<![\d/.])(?P<s1>\d{{1,2}})/(?P<s2>\d{{1,2}})/(?P<s3>\d{{4}}|\d{{2}})(?![\d/]))"
    rf"|(?P<monthday>\b(?P<md_m>{_MONTH})\s+(?P<md_d>\d{{1,2}})(?:st|nd|rd|th)?\b"
    r"(?:\s?(?:[-–—]|to|and|through)\s?(?P<md_to>\d{1,2})(?:st|nd|rd|th)?\b(?!\s*[-:%]))?(?![:.]\d)"
    r"(?:,?\s+(?P<md_y>[12]\d{3})\b)?)"
    rf"|(?P<daymonth>\b(?P<dm_d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s?[-–]\s?(?P<dm_to>\d{{1,2}})(?:st|nd|rd|th)?)?"
    rf"(?:\s+of)?\s+(?P<dm_m>{_MONTH})(?![a-z])(?:,?\s+(?P<dm_y>[12]\d{{3}})\b)?)"
    rf"|(?P<month>\b(?P<mo_m>{_MONTH})(?![A-Za-z])(?:,?\s+(?:of\s+)?(?P<mo_y>[12]\d{{3}})\b)?)"
    r"|(?P<clock>(?<![\d:.])(?P<ck_h>[0-2]?\d)(?:[:.](?P<ck_m>[0-5]\d))?\s?(?P<ck_p>[ap]\.?m\b\.?|[AP]\.?M\b\.?|o[’']clock)"
    r"|(?<![\d:.])(?P<c2_h>[0-2]?\d):(?P<c2_m>[0-5]\d)(?![\d:]))"
    r"|(?P<quarter>\bQ(?P<q>[1-4])\b)"
    r"|(?P<century>\b(?P<ce>\d{1,2})(?:st|nd|rd|th)[- ]centur(?:y|ies))"
    r"|(?P<decade>(?<![\w,.])[’']?(?P<de>(?:[12]\d)?\d0)[’']?s\b)"
    rf"|(?P<fraction>(?<![\d/.,])(?:(?P<whole>\d+)\s)?(?P<over>\d{{1,3}})/(?P<under>[1-9]\d{{0,2}})(?![\d/]))"
    rf"|(?P<number>(?:(?P<currency>{_SIGN})\s?)?"
    r"(?P<minus>(?<![\w)\]])[-−–](?=[$€£¥\d.])|(?<!\d )(?:[Mm]inus|[Nn]egative)\s)?"
    rf"(?P<currency2>{_SIGN})?(?P<digits>{_DIGITS}|(?<![\d.\w])\.\d+)(?P<magnitude>{_MAGNITUDE})?)",
)  # fmt: skip
ANY = (
    (
        re.compile(
            r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|tomorrow|tonight)",
            re.IGNORECASE,
        ),
        "any day",
    ),
    (re.compile(r"\b(?:last|this|next|that|the) month", re.IGNORECASE), "any month"),
    (
        re.compile(r"\b(?:last|this|next|that|previous|following) year", re.IGNORECASE),
        "any year",
    ),
)
START = re.compile(
    r"\d|[$€£¥₩￦₹]|[A-Z]{1,3}\$|U\.S\.\$|[.’'\-−–](?=[\d$€£¥₩])|Q(?=[1-4]\b)|"
    r"(?<![\w-])(?:[Mm]inus|[Nn]egative)(?=\s[\d$€£])|"
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
)
"""Where a token can begin: trying ``TOKEN`` everywhere costs four times as much."""
MAGNITUDES: Mapping[str, int] = MappingProxyType({
    **english.MAGNITUDES, "k": 10**3, "m": 10**6, "mn": 10**6, "mm": 10**6, "b": 10**9, "bn": 10**9,
    "t": 10**12, "tn": 10**12,
})  # fmt: skip
VULGAR: Mapping[str, Fraction] = MappingProxyType({
    "½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4), "⅓": Fraction(1, 3),
    "⅔": Fraction(2, 3),
})  # fmt: skip
NAME = re.compile(r"(?<![\w.-])(?:[A-Z][A-Za-z+-]*|[a-z]+[A-Z][A-Za-z]*)\s$")
"""A capitalised word before a number may make a name of both: Llama 4, Windows 10."""
_FUNCTION_WORDS = """
    the a an in on at by for from of to with and or but about over under nearly almost around some
    only just than up until since after before between into least most more fewer less all these
    those its his her their our my your another other when while as if monday tuesday wednesday
    thursday friday saturday sunday it is are was were be been has have had within during once both
    also make use because even so then without against per through approximately roughly last next
    this that there now he she they we you i
"""
NO_NAME = frozenset(_FUNCTION_WORDS.split())
"""Words that may be capitalised before a number without making a name of both."""
_PARTS = """
    step steps unit part chapter task phase stage figure section lesson article page round day week
    option level note appendix table exercise question problem rule tip
"""
PARTS = frozenset(_PARTS.split())
"""Words for one of a numbered series: Step 1 is 1단계."""
_BEFORE_NAME = re.compile(r"[A-Za-zÀ-ɏ_]+[-‐‑.]?$")
_PREFIX_WORDS = (
    "mid pre post sub non early late under over top ages aged plus minus circa to the an"
)
_PREFIXES = frozenset(_PREFIX_WORDS.split())
_AFTER = re.compile(r"(?:st|nd|rd|th)\b|(?=[-–—]?(?:year|month|week|day|hour|minute|second)s?\b)")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")
_YEAR_BEFORE = re.compile(r"(?<!\d)(19|20)\d\d[-–/]$")
"""2018-19 is 2018-2019."""
_SHORT_YEAR = re.compile(r"(?<![\w])[’']$")
"""'18 is 2018, or 1918."""
_DURATION_BEFORE = re.compile(
    r"(?:\b(?:after|for|within|every|than|takes?|took|to|wait|about|is)|[<>=~≤≥]) ?\Z"
)
_BELOW = re.compile(r"(?:\sdegrees?)?(?:\s(?:Celsius|Fahrenheit|C|F))?\sbelow (?:zero|freezing)\b")
_TIMES = re.compile(r"\s?[x×]\s?\d")
_TIMES_BEFORE = re.compile(r"(?<![A-Za-z])\d\s?[x×]\s?$")
"""300x300 is two numbers, not a multiple."""


def read(text: str, *, words: bool = True) -> list[Quantity]:
    """Return the quantities in the English ``text``, in order.

    Without ``words`` only quantities with digits, and months, are read.
    """
    found = list(_digits(text))
    return with_words(found, _words(text)) if words else found


def _digits(text: str) -> Iterator[Quantity]:
    done = 0
    for start in START.finditer(text):
        token = TOKEN.match(text, start.start()) if start.start() >= done else None
        if token is None:
            continue
        done = token.end()
        kind = next(name for name in _READERS if token[name])
        yield from _READERS[kind](token, text)


def _one(
    token: re.Match[str],
    group: str,
    unit: str = "",
    *,
    values: tuple[Fraction, ...] = (),
    written: Notation = Notation.DIGITS,
) -> Quantity:
    start, end = token.span(group)
    return Quantity(
        token.string[start:end],
        start,
        end,
        values or (exact(token[group]),),
        unit,
        written,
    )


def _iso(token: re.Match[str], _text: str) -> Iterator[Quantity]:
    yield _one(token, "y", "calendar year")
    yield _one(token, "m", "month of year")
    if int(token["d"]):
        yield _one(token, "d", "day of month")


def _slashed(token: re.Match[str], _text: str) -> Iterator[Quantity]:
    """Yield month and day, which may be in either order (9/29/2022, 29/9/2022), and the year."""
    first, second = int(token["s1"]), int(token["s2"])
    either = (Fraction(first), Fraction(second))
    yield _one(token, "s1", "month of year", values=either)
    yield _one(token, "s2", "day of month", values=either[::-1])
    year = int(token["s3"])
    values = (Fraction(year),) if year > 99 else (Fraction(2000 + year), Fraction(year))
    yield _one(token, "s3", "calendar year", values=values)


def _month(token: re.Match[str], group: str, written: Notation = Notation.WORDS) -> Quantity:
    number = MONTHS[token[group].lower().rstrip(".")]
    return _one(token, group, "month of year", values=(Fraction(number),), written=written)


def _month_and_day(prefix: str, token: re.Match[str]) -> Iterator[Quantity]:
    yield _month(token, f"{prefix}_m", Notation.DIGITS)
    yield _one(token, f"{prefix}_d", "day of month")
    if token[f"{prefix}_to"]:
        yield _one(token, f"{prefix}_to", "day of month")
    if token[f"{prefix}_y"]:
        yield _one(token, f"{prefix}_y", "calendar year")


def _monthday(token: re.Match[str], _text: str) -> Iterator[Quantity]:
    yield from _month_and_day("md", token)


def _daymonth(token: re.Match[str], _text: str) -> Iterator[Quantity]:
    yield from _month_and_day("dm", token)


def _only_month(token: re.Match[str], _text: str) -> Iterator[Quantity]:
    """Yield a month; alone it is not required in the target, for May and March are words too."""
    with_year = bool(token["mo_y"])
    yield _month(token, "mo_m", Notation.DIGITS if with_year else Notation.WORDS)
    if with_year:
        yield _one(token, "mo_y", "calendar year")


def _clock(token: re.Match[str], _text: str) -> Iterator[Quantity]:
    group = "ck_h" if token["ck_h"] else "c2_h"
    hour = int(token[group])
    other = hour + 12 if hour < 12 else hour - 12
    yield _one(token, group, "time of day", values=(Fraction(hour), Fraction(other)))
    minute = "ck_m" if token["ck_h"] else "c2_m"
    if token[minute] and int(token[minute]):
        yield _one(token, minute, "time of day")


def _quarter(token: re.Match[str], _text: str) -> Iterator[Quantity]:
    yield _one(token, "q", "quarter")


def _century(token: re.Match[str], _text: str) -> Iterator[Quantity]:
    yield _one(token, "ce", "century")


def _decade(token: re.Match[str], text: str) -> Iterator[Quantity]:
    """Yield a decade (``the 60s``) or a number of seconds (``after 60s``)."""
    seconds = token[0] == f"{token['de']}s" and _DURATION_BEFORE.search(text, 0, token.start())
    yield _one(token, "de", "second" if seconds else "decade")


def _fraction(token: re.Match[str], _text: str) -> Iterator[Quantity]:
    """Yield a fraction, which Korean writes as 1/2 too; 24/7 and 9/11 are names."""
    over, under = Fraction(token["over"]), Fraction(token["under"])
    whole = Fraction(token["whole"] or 0)
    yield Quantity(
        token[0], token.start(), token.end(), (whole + over / under,),
        written=Notation.DIGITS if over < under <= 100 else Notation.NAME,
    )  # fmt: skip


def _number(token: re.Match[str], text: str) -> Iterator[Quantity]:
    start, end = token.start("digits"), token.end()
    before = text[max(0, start - 24) : start]
    digits = exact(token["digits"])
    currency = SIGNS.get((token["currency"] or token["currency2"] or "")[-1:], "")
    written = Notation.DIGITS if currency else _notation(text, before, start, token.end("digits"))
    values, magnified = _values(digits, token["magnitude"] or "")
    if written is Notation.NAME and not token["magnitude"]:
        name = name_before(before)
        yield Quantity(text[start:end], start, end, values, "", written, name=name)
        return
    if token["minus"]:
        values = tuple(-value for value in values)
        start = token.start("minus")
    ordinal = _ORDINAL.match(text, end)
    unit, stop = (currency, end)
    if not currency:
        unit, stop = unit_at(text, ordinal.end() if ordinal else end, "en")
    if unit and not currency:
        end = stop
    elif magnified and not unit:
        # 5m is five million, or five metres.
        measured, stop = unit_at(text, token.end("digits"), "en")
        if measured and stop >= end:
            unit, end = "", stop
            values = (*values, digits)
    if not unit:
        values = (*values, *_years(token["digits"], before))
    if _BELOW.match(text, end):
        values = (-values[0], *values)
    if VULGAR.get(text[token.end("digits") : token.end("digits") + 1]):
        values = tuple(value + VULGAR[text[token.end("digits")]] for value in values)
    first = token.start("currency") if token["currency"] else start
    yield Quantity(text[first:end], first, end, values, unit, written)


def _years(digits: str, before: str) -> tuple[Fraction, ...]:
    """Return the years that two ``digits`` may mean: 19 in 2018-19, ’18."""
    if len(digits) != 2 or not digits.isdigit():
        return ()
    century = _YEAR_BEFORE.search(before)
    if century:
        return (Fraction(f"{century[1]}{digits}"),)
    if _SHORT_YEAR.search(before):
        return Fraction(f"19{digits}"), Fraction(f"20{digits}")
    return ()


def _values(digits: Fraction, magnitude: str) -> tuple[tuple[Fraction, ...], bool]:
    word = magnitude.strip(" -\u00a0").lower()
    if not word:
        return (digits,), False
    return (digits * MAGNITUDES[word],), len(word) == 1


def _notation(  # noqa: PLR0911 - one return for each reason
    text: str, before: str, start: int, end: int
) -> Notation:
    """Return ``NAME`` for digits attached to letters or after a name, else ``DIGITS``."""
    if _TIMES.match(text, end) or _TIMES_BEFORE.search(before):
        return Notation.DIGITS
    attached = _BEFORE_NAME.search(before)
    if attached:
        prefix = attached[0].rstrip("-‐‑.").lower()
        if attached[0][-1] not in "-‐‑." or (prefix not in _PREFIXES and attached[0] != prefix):
            return Notation.NAME
    following = text[end : end + 12]
    if re.match(r"[A-Za-z_]", following) and not _AFTER.match(following):
        name, _ = unit_at(text, end, "en")
        magnitude = re.match(_MAGNITUDE, following)
        if not name and not magnitude:
            return Notation.NAME
    if re.match(r"\.\d", following) or (text[start - 1 : start] == "." and start > 1):
        return Notation.NAME
    if unit_at(text, end, "en")[0]:
        return Notation.DIGITS
    if text[end : end + 1] == ")" and before.rfind("(") <= before.rfind(")"):
        return Notation.NAME  # a list marker: 1) this and 2) that
    named = NAME.search(before)
    word = named[0].strip().lower().rstrip(".") if named else ""
    if word and word not in NO_NAME and word not in PARTS:
        return Notation.NAME
    return Notation.DIGITS


_READERS = {
    "iso": _iso, "slashed": _slashed, "monthday": _monthday, "daymonth": _daymonth,
    "month": _only_month, "clock": _clock, "quarter": _quarter, "century": _century,
    "decade": _decade, "fraction": _fraction, "number": _number,
}  # fmt: skip


def _words(text: str) -> Iterator[Quantity]:
    """Yield number words, which may match the other text's digits and are never required."""
    lower = text.lower()
    if english.CLUE.search(lower):
        yield from _numerals(text)
    if english.SPAN_CLUE.search(lower):
        yield from _spans(text)
    yield from _hints(text)


def _numerals(text: str) -> Iterator[Quantity]:
    """Yield fractions, cardinals and ordinals."""
    parts: set[int] = set()
    for found in english.FRACTION.finditer(text):
        part = english.fraction(found["over"], found["under"])
        parts |= {found.start(), found.start("under")}
        yield _word_quantity(found, (part, part * 100))
    for found in english.CARDINAL.finditer(text):
        value = english.cardinal(found[0])
        if value is not None and found.start() not in parts:
            unit, end = unit_at(text, found.end(), "en")
            start = found.start()
            yield Quantity(text[start:end], start, end, (value,), unit, Notation.WORDS)
    for found in english.AND_A_HALF.finditer(text):
        yield from _and_a_half(found)
    for found in english.ORDINAL.finditer(text):
        tens = english.SMALL.get((found["tens"] or "").lower(), 0)
        quarter = text.startswith((" quarter", "-quarter"), found.end())
        value = Fraction(tens + english.ORDINALS[found["unit"].lower()])
        if found.start() not in parts:
            yield _word_quantity(found, (value,), "quarter" if quarter and value < 5 else "")


def _spans(text: str) -> Iterator[Quantity]:
    """Yield dozens, decades and other words for a fixed number."""
    for found in english.SPAN.finditer(text):
        digits = found["count"].isdigit()
        count = Fraction(found["count"]) if digits else english.cardinal(found["count"])
        size = english.SPANS[found["span"].lower()]
        yield _word_quantity(found, ((count or Fraction(2)) * size,))


def _and_a_half(found: re.Match[str]) -> Iterator[Quantity]:
    """Yield ``one and a half million`` as 1,500,000 and ``a day and a half`` as 1.5 days."""
    count = english.cardinal(found["count"]) or Fraction(1)
    value = count + Fraction(1, 2)
    if found["scale"]:
        value *= english.MAGNITUDES[found["scale"].lower()]
    unit, end = "", found.end()
    start = found.start()
    if found["unit"]:
        unit, _ = unit_at(found["unit"], 0, "en")
    else:
        unit, end = unit_at(found.string, end, "en")
    yield Quantity(found.string[start:end], start, end, (value,), unit, Notation.WORDS)


def _hints(text: str) -> Iterator[Quantity]:
    """Yield words that may stand for certain numbers, and those that may stand for any."""
    for found in english.WORD.finditer(text):
        lower = found[0].lower()
        values = english.HINTS.get(lower) or (
            english.HINTS.get(lower.partition("-")[0]) if "-" in lower else None
        )
        if values:
            unit, end = "", found.end()
            if lower in {"a", "an", "half"}:
                unit, end = unit_at(text, found.end(), "en")
            start = found.start()
            yield Quantity(text[start:end], start, end, values, unit, Notation.HINT)
    for pattern, unit in ANY:
        for found in pattern.finditer(text):
            yield _word_quantity(found, (), unit)


def _word_quantity(found: re.Match[str], values: tuple[Fraction, ...], unit: str = "") -> Quantity:
    return Quantity(found[0], found.start(), found.end(), values, unit, Notation.WORDS)
