"""Read the quantities of a Korean text."""

from __future__ import annotations

import re
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from bilingual.language.ko import numeral
from bilingual.language.numbers.amount import (
    CALENDAR,
    Notation,
    Quantity,
    exact,
    name_before,
    with_words,
)
from bilingual.language.numbers.unit import SIGNS, unit_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SIGN = r"US\$|A\$|C\$|NZ\$|HK\$|[$€£¥₩￦₹]"
_LATIN = r"[KkMBbT](?![A-Za-z0-9])|\s?(?:million|billion|trillion|thousand)\b|bn\b|mn\b"
TOKEN = re.compile(
    r"(?P<iso>(?<![\d.])(?P<y>[12]\d{3})(?P<sep>[-/.]|\.\s)(?P<m>0?[1-9]|1[0-2])(?P=sep)(?P<d>[0-3]?\d)(?!\d))"
    r"|(?P<slashed>(?<![\d/.])(?P<s1>\d{1,2})/(?P<s2>\d{1,2})/(?P<s3>\d{4}|\d{2})(?![\d/]))"
    r"|(?P<clock>(?<![\d:.])(?P<c2_h>[0-2]?\d):(?P<c2_m>[0-5]\d)(?![\d:])"
    r"|(?<=오[전후]\s)(?P<c3_h>\d{1,2})\.(?P<c3_m>[0-5]\d)(?![\d.]))"
    r"|(?P<quarter>\b(?P<q>[1-4])\s?(?:/\s?4\s?)?분기|\bQ(?P<q2>[1-4])\b)"
    r"|(?P<parts>(?P<under>\d+)\s?분의\s?(?P<over>\d+|일|이|삼|사))"
    r"|(?P<fraction>(?<![\d/.,])(?:(?P<whole>\d+)\s)?(?P<f_over>\d{1,3})/(?P<f_under>[1-9]\d{0,2})(?![\d/]))"
    rf"|(?P<amount>(?:(?P<currency>{_SIGN})\s?)?"
    r"(?P<minus>(?<![\w)\]~])[-−–](?=[$€£¥\d])|(?:영하|마이너스)\s?)?"
    rf"(?P<currency2>{_SIGN})?(?P<digits>{numeral.WRITTEN.pattern})(?P<magnitude>{_LATIN})?)",
)  # fmt: skip
START = re.compile(
    r"\d|[$€£¥₩￦₹]|[A-Z]{1,3}\$|[\-−–](?=[\d$€£¥₩])|(?:영하|마이너스)(?=\s?\d)|Q(?=[1-4]\b)"
)
"""Where a token can begin: trying ``TOKEN`` everywhere costs four times as much."""
MAGNITUDES: Mapping[str, int] = MappingProxyType({
    "k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12, "bn": 10**9, "mn": 10**6,
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
})  # fmt: skip
_CALENDAR = re.compile(
    r"\s?(?:(?P<decade>년대|대(?=\s?(?:초|중|후|소년|소녀|여성|남성|의|였|들|이|인|가|는|은|에|\s|[,.]|$)))"
    r"|(?P<century>세기)|(?P<month>월(?!드|요|등|급|세|경|가))|(?P<date>일(?=\s?(?:에|자|부터|까지|,|~|\())))"
)
_CALENDAR_UNITS = {
    "decade": "decade",
    "century": "century",
    "month": "month of year",
    "date": "day",
}
_MONTH_BEFORE = re.compile(r"\d\s?월\s?\d+\Z")
_FROM_JANUARY = re.compile(r"(?<!\d)1\s?월?\s?[-~∼–]\s?\d{1,2}\Z")
"""1~9월 is January to September, or the first nine months."""
_APPROXIMATE = re.compile(r"\s?(?:여(?!자|성|명의|행|전|러|기|름)|남짓)")
_HALF = re.compile(r"(?:년|시간|시|배|개월|달|퍼센트)\s?반(?![가-힣]*\d)(?=\s|[가-힣]?[\s,.]|$)")
_NAME = re.compile(r"(?<![\w.-])[A-Za-z][A-Za-z+-]*\s$", re.ASCII)
_YEAR_BEFORE = re.compile(r"(?<!\d)(19|20)\d\d[-–/~∼]$")
"""2018-19 is 2018-2019."""
_TIMES = re.compile(r"\s?[x×]\s?\d")
_TIMES_BEFORE = re.compile(r"(?<![A-Za-z])\d\s?[x×]\s?$")
"""300x300 is two numbers, not a multiple."""
_ATTACHED = re.compile(r"[A-Za-zÀ-ɏ_]+[-‐‑.]?$")
_WORDS = (
    (r"절반|반(?=\s|으로|값|반)|반쪽|반(?=\s?(?:시간|년|세기))", ("1/2", "50", "2", "30", "6")),
    (
        r"갑절|곱절|두\s?배|양(?=\s?(?:국|측|당|쪽|팀))|쌍|모두|둘|이중|양자(?!화|역|컴|택|암|통|점|적)|부부|짝",
        ("2",),
    ),
    (r"하루|매일|일일|당일", ("1", "24")),
    (r"이틀|이튿날", ("2",)),
    (r"사흘", ("3",)),
    (r"나흘", ("4",)),
    (r"닷새", ("5",)),
    (r"엿새", ("6",)),
    (r"이레|일주일|한\s?주", ("7", "1")),
    (r"여드레", ("8",)),
    (r"열흘", ("10",)),
    (r"보름", ("15",)),
    (r"정오", ("12",)),
    (r"자정", ("0", "12", "24")),
    (
        r"(?<![가-힣])(?:[첫한각매단](?=\s)|한[번쪽때]|매[일주월년초회])|(?<=[가-힣])당(?=\s)",
        ("1",),
    ),
    (r"처음|최초|초대|단일|유일|하나|선두|우승|최고|연간|연례|홀로|혼자|일주", ("1",)),
    (r"한\s?(?:시|달|해|주)", ("1",)),
    (r"제로|무득점|없|영봉|무료|무(?=\s)|노(?=\s)", ("0",)),
    (r"10대|청소년|십대|수십|틴", ("10",)),
    (r"준결승|4강|사강", ("4",)),
    (r"준준결승|8강", ("8",)),
    (r"세기", ("100",)),
    (r"다스|십여", ("12", "10")),
    (r"반세기", ("50",)),
    (r"수백", ("100",)),
    (r"수천", ("1000",)),
    (r"백만장자|수백만", ("1000000",)),
    (r"십억장자|억만장자|수십억", ("1000000000",)),
    (r"해트트릭|삼각|세쌍둥이|트리플", ("3",)),
    (r"더블|이원|재차|두|또\s?다른|다른|재(?=[가-힣])|차기|쌍둥이|커플", ("2",)),
    (r"쿼드|사방", ("4",)),
    (r"한밤", ("0", "12")),
    (r"분기", ("4", "1/4", "3")),
    (r"밀레니엄", ("1000",)),
    (r"다수|과반|대다수", ("50",)),
    (r"전부|전체|완전|온전", ("100",)),
    (r"석\s?달", ("3",)),
    (r"넉\s?달", ("4",)),
    (r"두어|두세|두서너", ("2", "3")),
    (r"서너", ("3", "4")),
    (r"네댓|너댓", ("4", "5")),
    (r"대여섯", ("5", "6")),
    (r"반나절", ("12", "6")),
    (r"몇", ("2", "3", "4")),
)
WORDS = tuple(
    (re.compile(pattern), tuple(Fraction(value) for value in values)) for pattern, values in _WORDS
)

ANY = (
    (re.compile(r"[월화수목금토일]요일|오늘|어제|내일|전날|이날|이튿날|다음\s?날"), "any day"),
    (re.compile(r"지난\s?달|이달|이번\s?달|다음\s?달|내달|같은\s?달"), "any month"),
    (re.compile(r"작년|지난해|올해|내년|이듬해|같은\s?해|금년|재작년"), "any year"),
)
KOREAN_ONLY = re.compile(
    r"\s?(?:차(?!원|량|선|로|례|이|별)|위(?!원|한|해|협|험|치|성)|등(?!급|장|록)|학년|자(?!리|루|동)|인(?!치|용|상)|군(?!데|사)|"
    r"루|선(?!수|거|박)|부(?!문|대|터|분)|강(?!당)|관왕|연패|연승|종|순위|편|막|장|급|번째|째)"
)
"""Counters of small numbers that English expresses in other words: 2차, 3자, 1위, 2학년."""


def read(text: str, *, words: bool = True) -> list[Quantity]:
    """Return the quantities in the Korean ``text``, in order.

    Without ``words`` only quantities with digits, and months, are read.
    """
    found = [quantity for token in _tokens(text) for quantity in _token(token, text)]
    return with_words(found, _words(text)) if words else found


def _tokens(text: str) -> Iterator[re.Match[str]]:
    done = 0
    for start in START.finditer(text):
        token = TOKEN.match(text, start.start()) if start.start() >= done else None
        if token is not None:
            done = token.end()
            yield token


def _part(
    token: re.Match[str], group: str, unit: str, values: tuple[Fraction, ...] = ()
) -> Quantity:
    start, end = token.span(group)
    found = token.string[start:end]
    return Quantity(found, start, end, values or (exact(found),), unit)


def _token(token: re.Match[str], text: str) -> Iterator[Quantity]:
    if token["iso"]:
        yield _part(token, "y", "calendar year")
        yield _part(token, "m", "month of year")
        if int(token["d"]):
            yield _part(token, "d", "day of month")
    elif token["slashed"]:
        either = (Fraction(token["s1"]), Fraction(token["s2"]))
        yield _part(token, "s1", "month of year", either)
        yield _part(token, "s2", "day of month", either[::-1])
        year = Fraction(token["s3"])
        yield _part(token, "s3", "calendar year", (year, year + 2000))
    elif token["clock"]:
        hour, minute = ("c2_h", "c2_m") if token["c2_h"] else ("c3_h", "c3_m")
        yield _part(token, hour, "time of day", _hours(int(token[hour])))
        if int(token[minute]):
            yield _part(token, minute, "time of day")
    elif token["quarter"]:
        yield _part(token, "q" if token["q"] else "q2", "quarter")
    elif token["parts"]:
        share = numeral.SINO.get(token["over"]) or int(token["over"])
        part = Fraction(share, max(int(token["under"]), 1))
        # A third may be worded as three times less.
        other = (Fraction(int(token["under"])),) if share == 1 else ()
        yield _part(token, "parts", "", (part, part * 100, *other))
    elif token["fraction"]:
        over, under = Fraction(token["f_over"]), Fraction(token["f_under"])
        start, end = token.span("fraction")
        value = Fraction(token["whole"] or 0) + over / under
        written = Notation.DIGITS if over < under <= 100 else Notation.NAME
        yield Quantity(token["fraction"], start, end, (value,), written=written)
    else:
        yield from _amount(token, text)


def _hours(hour: int) -> tuple[Fraction, Fraction]:
    return Fraction(hour), Fraction(hour + 12 if hour < 12 else hour - 12)


def _amount(token: re.Match[str], text: str) -> Iterator[Quantity]:
    start, end = token.start("digits"), token.end()
    digits = token["digits"]
    if digits.endswith("조") and text[:start].rstrip().endswith("제"):
        digits, end = digits[:-1], end - 1  # 제2조 is article 2, not two trillion
    number = numeral.value(digits)
    magnitude = (token["magnitude"] or "").strip().lower()
    if magnitude:
        number *= MAGNITUDES[magnitude]
    before = text[max(0, start - 24) : start]
    unit = SIGNS.get((token["currency"] or token["currency2"] or "")[-1:], "")
    values: tuple[Fraction, ...] = (-number if token["minus"] else number,)
    written = Notation.DIGITS if unit else _notation(before, text, end, start)
    about = None if unit else _APPROXIMATE.match(text, end)
    if not unit:
        unit, end, values = _unit(text, about.end() if about else end, values)
        about = about or _APPROXIMATE.match(text, end)
    if not unit and (sign := text[end : end + 1]) in SIGNS:
        unit, end = SIGNS[sign], end + 1
    century = _YEAR_BEFORE.search(before)
    if century and len(digits) == 2 and not unit:
        values = (*values, Fraction(f"{century[1]}{digits}"))
    if _HALF.match(text, token.end()):
        values = (values[0] + Fraction(1, 2), *values)
    named = written is Notation.NAME
    first = token.start("minus") if token["minus"] else start
    first = min(first, token.start("currency")) if token["currency"] else first
    yield Quantity(
        text[first:end],
        first,
        end,
        values,
        "" if named else unit,
        written,
        lone=digits == "1" and not token["minus"] and unit not in CALENDAR,
        name=name_before(before) if named else "",
        approximate=bool(about),
    )


def _unit(
    text: str, end: int, values: tuple[Fraction, ...]
) -> tuple[str, int, tuple[Fraction, ...]]:
    """Return the unit after a number, where it ends, and the values of the number with it."""
    calendar = _CALENDAR.match(text, end)
    if calendar and calendar["month"] and _FROM_JANUARY.search(text, 0, end):
        return "", calendar.end(), values
    if calendar and calendar.lastgroup:
        name, stop = _CALENDAR_UNITS[calendar.lastgroup], calendar.end()
    else:
        name, stop = unit_at(text, end, "ko")
    if name == "year" and text[end:stop].strip() == "년" and 1000 <= values[0] < 2200:
        name = "calendar year"
    if name == "day" and _MONTH_BEFORE.search(text, 0, end):
        name = "day of month"
    if name == "hour" and text[end:stop].strip() == "시" and values[0].denominator == 1:
        return "time of day", stop, _hours(int(values[0]))
    return name, stop, values


def _notation(before: str, text: str, end: int, start: int) -> Notation:
    if _TIMES.match(text, end) or _TIMES_BEFORE.search(before):
        return Notation.DIGITS
    attached = _ATTACHED.search(before)
    if attached:
        return Notation.NAME
    if re.match(r"[A-Za-z_]", text[end : end + 1]) and not unit_at(text, end, "ko")[0]:
        return Notation.NAME
    if re.match(r"\.\d", text[end : end + 2]) or (start > 1 and text[start - 1] == "."):
        return Notation.NAME
    if _NAME.search(before) and not unit_at(text, end, "ko")[0]:
        return Notation.NAME
    small = re.fullmatch(r"\d|10", text[start:end])
    ordinal = re.search(r"제\s?$", before) or KOREAN_ONLY.match(text, end)
    return Notation.WORDS if small and ordinal else Notation.DIGITS


def _words(text: str) -> Iterator[Quantity]:
    """Yield number words, which may match the other text's digits and are never required."""
    for found in numeral.WORDS.finditer(text):
        native = found["native"]
        number = numeral.native(native) if native else numeral.sino(found["sino"])
        unit, end = unit_at(text, found.end(), "ko")
        words = text[found.start() : end]
        yield Quantity(words, found.start(), end, (number,), unit, Notation.WORDS)
    for pattern, unit in ANY:
        for found in pattern.finditer(text):
            yield Quantity(found[0], found.start(), found.end(), (), unit, Notation.WORDS)
    for pattern, values in WORDS:
        for found in pattern.finditer(text):
            yield Quantity(found[0], found.start(), found.end(), values, written=Notation.HINT)
