"""Units of measure, money and time: how both languages write them, and their sizes.

A unit has a dimension and a size in it, so that 18 months equal a year and a half, and a
translator may convert miles to kilometres. A word may name several units (파운드, 분).
"""

# ruff: noqa: E501 - a table reads best with one unit a line

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class UnitOfMeasure:
    """One unit, with its forms in both languages."""

    name: str
    dimension: str
    size: float
    """Its size in the dimension's base unit; 0 when it cannot be converted."""
    en: str
    """A regular expression for its English forms, without the number."""
    ko: str
    """The same for Korean. ``;`` marks the end of a Latin abbreviation, which a particle
    may follow (80GB를)."""


def _unit(name: str, dimension: str, size: float, en: str, ko: str) -> UnitOfMeasure:
    return UnitOfMeasure(name, dimension, size, en, ko)


_YEAR, _MONTH, _DAY = 31_557_600.0, 2_629_800.0, 86_400.0
_UNITS = (
    _unit("percentage point", "points", 1, r"percentage[ -]points?|pp\b|ppt\b", r"%\s?포인트|%\s?p;|퍼센트\s?포인트|%\s?P;"),
    _unit("percent", "percent", 1, r"%|％|per\s?cent\b|pct\b|pc\b", r"%|％|퍼센트|프로(?![가-힣])|percent;"),
    _unit("basis point", "points", 0.01, r"basis points?|bps?\b", r"bps?;|베이시스포인트"),
    _unit("year", "time", _YEAR, r"years?[- ]old|years?\b|yrs?\b|year-olds?", r"년(?!대)|해(?=\s|째|동안|를|가|에)|살|세(?!기|트|대|션|번|로|계|그|력|부|상|제|금|워|분화|포|가지|개|군데)|주년|돌(?=\s)"),
    _unit("month", "time", _MONTH, r"months?[- ]old|months?\b", r"개월|달(?!러|라|성|리|력|빛)"),
    _unit("week", "time", 7 * _DAY, r"weeks?[- ]old|weeks?\b", r"주일?(?!년|의|요|어|가지|장|소|제|식|류|로|기|차|민|택|권|인|전|된|도|변)"),
    _unit("day", "time", _DAY, r"days?[- ]old|days?\b", r"일(?!반|부|본|정|치|종|어|련|상|시)"),
    _unit("hour", "time", 3600, r"hours?\b|hrs?\b|h\b", r"시간|시(?!간|즌|리|작|도|스|킬|범|장|민|의회)"),
    _unit("minute", "time", 60, r"minutes?\b|mins?\b", r"분(?!의\s?(?:\d|[일이삼사]\b)|기|야|류|석|위|할|포|리|간)|분간"),
    _unit("second", "time", 1, r"seconds?\b|secs?\b|s\b(?!\w)", r"초(?!반|기|대|과|점|안|고|급)|s;"),
    _unit("millisecond", "time", 1e-3, r"milliseconds?\b|ms\b|msecs?\b", r"밀리초|ms;"),
    _unit("microsecond", "time", 1e-6, r"microseconds?\b|[µμ]s\b", r"마이크로초|[µμ]s;"),
    _unit("nanosecond", "time", 1e-9, r"nanoseconds?\b|ns\b", r"나노초|ns;"),
    _unit("KRW", "money", 0, r"won\b|KRW\b", r"원(?!소|칙|자|인|본|래|하|형|리|정|격|작|피스|문|활|고|어|장|시|점|가지|심|생|주|유|통|숭)|KRW;"),
    _unit("USD", "money", 0, r"(?:US |American |Australian |Canadian |Hong Kong |New Zealand )?dollars?\b|bucks?\b|USD\b", r"달러|불(?!법|가|능|안|만|교|과|구|행)|USD;"),
    _unit("cent", "money", 0, r"cents?\b", r"센트"),
    _unit("EUR", "money", 0, r"euros?\b|EUR\b", r"유로|EUR;"),
    _unit("GBP", "money", 0, r"pounds? sterling|GBP\b|quid\b", r"파운드|GBP;"),
    _unit("JPY", "money", 0, r"yen\b|JPY\b", r"엔(?!진|지|터|드|티|트|비)|JPY;"),
    _unit("CNY", "money", 0, r"yuan\b|renminbi\b|CNY\b|RMB\b", r"위안|CNY;"),
    _unit("INR", "money", 0, r"rupees?\b|INR\b", r"루피|INR;"),
    _unit("kilometre", "length", 1000, r"kilomet(?:re|er)s?\b|kms?\b", r"킬로미터|킬로(?![가-힣])|km;|㎞"),
    _unit("metre", "length", 1, r"met(?:re|er)s?\b|m\b", r"미터|m;(?![/²])|ｍ"),
    _unit("centimetre", "length", 0.01, r"centimet(?:re|er)s?\b|cms?\b", r"센티미터|센티|cm;|㎝"),
    _unit("millimetre", "length", 0.001, r"millimet(?:re|er)s?\b|mm\b", r"밀리미터|밀리(?!초)|mm;|㎜"),
    _unit("nanometre", "length", 1e-9, r"nanomet(?:re|er)s?\b|nm\b", r"나노미터|나노|nm;|㎚"),
    _unit("mile", "length", 1609.344, r"miles?\b|mi\b", r"마일|mi;"),
    _unit("yard", "length", 0.9144, r"yards?\b|yds?\b", r"야드|yd;"),
    _unit("foot", "length", 0.3048, r"feet\b|foot\b|ft\b|(?<=\d)[′']", r"피트|ft;"),
    _unit("inch", "length", 0.0254, r"inch(?:es)?\b|in\.(?=\s)|(?<=\d)[″\"](?=\s|$)", r"인치"),
    _unit("acre", "area", 4046.86, r"acres?\b", r"에이커"),
    _unit("hectare", "area", 10000, r"hectares?\b|ha\b", r"헥타르|ha;"),
    _unit("square kilometre", "area", 1e6, r"square kilomet(?:re|er)s?\b|km²|sq km\b", r"제곱킬로미터|㎢|km²"),
    _unit("square metre", "area", 1, r"square met(?:re|er)s?\b|m²|sqm\b", r"제곱미터|㎡|m²|평방미터"),
    _unit("square foot", "area", 0.092903, r"square f(?:ee|oo)t\b|sq\.? ?ft\b", r"제곱피트|평방피트"),
    _unit("kilogram", "mass", 1, r"kilograms?\b|kilos?\b|kgs?\b", r"킬로그램|kg;|㎏"),
    _unit("gram", "mass", 1e-3, r"grams?\b|g\b", r"그램|g;"),
    _unit("milligram", "mass", 1e-6, r"milligrams?\b|mg\b", r"밀리그램|mg;"),
    _unit("tonne", "mass", 1000, r"tons?\b|tonnes?\b", r"톤|t;"),
    _unit("pound", "mass", 0.45359, r"pounds?\b|lbs?\b", r"파운드|lb;"),
    _unit("ounce", "mass", 0.02835, r"ounces?\b|oz\b", r"온스"),
    _unit("stone", "mass", 6.35, r"stone\b", r"스톤"),
    _unit("litre", "volume", 1, r"lit(?:re|er)s?\b", r"리터|ℓ|L;"),
    _unit("millilitre", "volume", 1e-3, r"millilit(?:re|er)s?\b|ml\b", r"밀리리터|ml;|㎖"),
    _unit("gallon", "volume", 3.785, r"gallons?\b", r"갤런"),
    _unit("barrel", "volume", 158.99, r"barrels?\b", r"배럴"),
    _unit("degree Fahrenheit", "Fahrenheit", 0, r"(?:°|º|degrees?\s?)\s?(?:F\b|Fahrenheit)|℉", r"℉|°\s?F;"),
    _unit("degree Celsius", "Celsius", 0, r"(?:°|º|degrees?\s?)\s?(?:C\b|Celsius)|℃", r"℃|°\s?C;"),
    _unit("kilometre per hour", "speed", 1, r"km/h\b|kph\b|kmph\b|kilomet(?:re|er)s? (?:per|an) hour", r"km/h;|㎞/h"),
    _unit("mile per hour", "speed", 1.609344, r"mph\b|miles (?:per|an) hour", r"mph;"),
    _unit("bit", "data", 0.125, r"bits?\b", r"비트(?!코인)|bits?;"),
    _unit("byte", "data", 1, r"bytes?\b", r"바이트|bytes?;"),
    _unit("kilobyte", "data", 1e3, r"KB\b|kB\b|kilobytes?\b|KiB\b", r"KB;|kB;|킬로바이트|KiB;"),
    _unit("megabyte", "data", 1e6, r"MB\b|megabytes?\b|MiB\b", r"MB;|메가바이트|MiB;"),
    _unit("gigabyte", "data", 1e9, r"GB\b|gigabytes?\b|gigs?\b|GiB\b", r"GB;|기가바이트|기가(?![가-힣])|GiB;"),
    _unit("terabyte", "data", 1e12, r"TB\b|terabytes?\b|TiB\b", r"TB;|테라바이트|TiB;"),
    _unit("petabyte", "data", 1e15, r"PB\b|petabytes?\b", r"PB;|페타바이트"),
    _unit("gigabyte per second", "rate", 1, r"GB/s\b|gigabytes? (?:per|a) second", r"GB/s;"),
    _unit("terabyte per second", "rate", 1e3, r"TB/s\b|terabytes? (?:per|a) second", r"TB/s;"),
    _unit("watt", "power", 1, r"watts?\b|W\b", r"와트(?!시)|W;"),
    _unit("kilowatt", "power", 1e3, r"kilowatts?\b|kW\b", r"킬로와트(?!시)|kW;"),
    _unit("megawatt", "power", 1e6, r"megawatts?\b|MW\b", r"메가와트(?!시)|MW;"),
    _unit("gigawatt", "power", 1e9, r"gigawatts?\b|GW\b", r"기가와트(?!시)|GW;"),
    _unit("kilowatt-hour", "energy", 1, r"kilowatt[- ]hours?\b|kWh\b", r"킬로와트시|kWh;"),
    _unit("hertz", "frequency", 1, r"Hz\b|hertz\b", r"헤르츠|Hz;"),
    _unit("kilohertz", "frequency", 1e3, r"kHz\b|kilohertz\b", r"킬로헤르츠|kHz;"),
    _unit("megahertz", "frequency", 1e6, r"MHz\b|megahertz\b", r"메가헤르츠|MHz;"),
    _unit("gigahertz", "frequency", 1e9, r"GHz\b|gigahertz\b", r"기가헤르츠|GHz;"),
    _unit("fold", "multiple", 1, r"[x×](?![\w])|times\b|-?fold\b", r"배(?!경|포|열|터|송|치|우|당|달|급|제|분|려|격|낭|출|심)|x(?![A-Za-z0-9])|×(?!\s?\d)"),
)  # fmt: skip
UNITS: Mapping[str, UnitOfMeasure] = MappingProxyType({each.name: each for each in _UNITS})

SIGNS: Mapping[str, str] = MappingProxyType(
    {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₩": "KRW", "￦": "KRW", "₹": "INR"}
)
"""Currency signs, which come before the number, in Korean sometimes after it."""


_END = "(?![A-Za-z0-9])"


@cache
def _pattern(language: str) -> re.Pattern[str]:
    names = [
        f"(?P<u{index}>{each.en if language == 'en' else each.ko.replace(';', _END)})"
        for index, each in enumerate(_UNITS)
    ]
    # Longer names first where one begins with another: square metre, percentage point.
    order = sorted(range(len(names)), key=lambda index: _priority(_UNITS[index]))
    gap = r"[\s-]?" if language == "en" else r"\s?"
    return re.compile(gap + "(?:" + "|".join(names[index] for index in order) + ")")


def _priority(unit: UnitOfMeasure) -> int:
    first = ("points", "area", "rate", "speed", "energy", "data", "Celsius", "Fahrenheit")
    return first.index(unit.dimension) if unit.dimension in first else len(first)


AMBIGUOUS = (
    {"GBP", "pound"},  # pounds and 파운드 are money and weight
    {"JPY", "CNY"},  # ¥ is both
    {"mile per hour", "mile"},  # 시속 85마일 names the hour before the number
    {"kilometre per hour", "kilometre"},
)
"""Units that share a word."""


def unit_at(text: str, offset: int, language: str) -> tuple[str, int]:
    """Return the name and the end of the unit at ``offset``; an empty name when there is none."""
    found = _pattern(language).match(text, offset)
    if found is None or found.lastgroup is None:
        return "", offset
    return _UNITS[int(found.lastgroup[1:])].name, found.end()


def compatible(first: str, second: str) -> bool:
    """Return True when both units may mean the same; an unknown unit is compatible with all."""
    if not first or not second or first == second:
        return True
    return any({first, second} <= each for each in AMBIGUOUS)


def same_measure(value: float, unit: str, other: float, other_unit: str) -> bool:
    """Return True when both measures are equal within 5 %, as news rounds them."""
    one, two = UNITS.get(unit), UNITS.get(other_unit)
    if one is None or two is None or one.dimension != two.dimension:
        return False
    if {one.name, two.name} == {"degree Fahrenheit", "degree Celsius"}:
        return False
    first, second = value * one.size, other * two.size
    return bool(first) and abs(first - second) <= 0.05 * abs(first)
