"""Numbers, dates, amounts and multiples by value, in both languages.

``en/quantity.py`` and ``ko/quantity.py`` read them, ``amount.py`` says what they read; this module
compares. A quantity may have several values where its writing allows several readings (``5m`` is
five million or five metres). How it is written decides what may be asked of a translation: digits
have to come back, words need not (``twice``, 두 배, 첫 번째), and a number in a name (Llama 4) only
must not become another.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING

from bilingual.language.en.quantity import read as read_english
from bilingual.language.ko.quantity import read as read_korean
from bilingual.language.numbers.amount import CALENDAR, Quantity, Written
from bilingual.language.numbers.unit import compatible, converted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class QuantityKind(Enum):
    """In what two quantities differ."""

    NUMBER = "number"
    UNIT = "unit"
    MONEY = "money"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Difference:
    """A quantity that only one text has, or that has another value or unit in the other."""

    kind: QuantityKind
    source: Quantity | None
    target: Quantity | None


HINT = Written.HINT
LOOSE = frozenset({"time of day", "quarter", "decade", "century", *CALENDAR})
"""Units that need not be named in both languages: ``2026`` is 2026년."""


def quantities(
    text: str, language: str, names: Sequence[tuple[int, int]] = (), *, words: bool = True
) -> tuple[Quantity, ...]:
    """Return the quantities in ``text``, in its order; without ``words`` those with digits only.

    ``names`` are spans whose numbers are parts of names. Code and addresses are blanked out by the
    caller. Raises ``KeyError`` for a language that is neither ``en`` nor ``ko``.
    """
    found = {"en": read_english, "ko": read_korean}[language](text, words=words)
    return tuple(
        _named(each) if any(start <= each.start < end for start, end in names) else each
        for each in found
    )


def _named(quantity: Quantity) -> Quantity:
    return replace(quantity, unit="", written=Written.NAME)


def differences(source: Sequence[Quantity], target: Sequence[Quantity]) -> Iterator[Difference]:
    """Give where the quantities of two texts differ, in the order of the source, then the target.

    How often a quantity is repeated is the translator's; only one that the other text does not
    have at all differs. Where both texts have one that the other lacks, they are given as a pair.
    """
    lost, new = _missing(source, target), _missing(target, source)
    yield from _units(source, target)
    yield from _signs(source, target)
    yield from _paired(lost, new, source, target)


def _paired(
    lost: list[Quantity],
    new: list[Quantity],
    source: Sequence[Quantity],
    target: Sequence[Quantity],
) -> Iterator[Difference]:
    """Give what only one text has, as pairs where one probably became the other.

    What is asked for pairs first; a number of a name may be left out with the name, and so says
    something only where it became another.
    """
    lost = [each for each in lost if each.written in (Written.DIGITS, Written.NAME)]
    new = [each for each in new if each.written in (Written.DIGITS, Written.NAME)]
    for asked in (_both_asked, _one_asked):
        for alike in (_alike, _whatever):
            for before in list(lost):
                after = next(
                    (each for each in new if asked(before, each) and alike(before, each)), None
                )
                if after is not None:
                    lost.remove(before)
                    new.remove(after)
                    yield Difference(_kind(before, after), before, after)
    for each in lost:
        if _asked(each) and not _any(each, target):
            yield Difference(_kind(each, None), each, None)
    for each in new:
        named = [other for other in source if each.name and each.name == other.name]
        if named and each.written is Written.NAME:
            yield Difference(_kind(named[0], each), named[0], each)
        elif _asked(each) and not _any(each, source):
            yield Difference(_kind(None, each), None, each)


def _signs(source: Sequence[Quantity], target: Sequence[Quantity]) -> Iterator[Difference]:
    """Give a lone 1 that was -1: without a sign it would not be asked for."""
    for first, second, turned in ((source, target, False), (target, source, True)):
        below = [each for each in first if each.value == -1 and each.written is Written.DIGITS]
        kept = sum(each.value == -1 for each in second)
        ones = [each for each in second if each.value == 1 and each.lone]
        if len(below) > kept and ones and not any(_is_one(each) for each in first):
            pair = (ones[0], below[0]) if turned else (below[0], ones[0])
            yield Difference(QuantityKind.NUMBER, *pair)


def _is_one(quantity: Quantity) -> bool:
    return quantity.value == 1 and quantity.written is Written.DIGITS


def _both_asked(first: Quantity, second: Quantity) -> bool:
    return _asked(first) and _asked(second)


def _one_asked(first: Quantity, second: Quantity) -> bool:
    """Return True where at least one is asked for, or both are numbers of names."""
    return _asked(first) or _asked(second) or Written.NAME in (first.written, second.written)


def _alike(first: Quantity, second: Quantity) -> bool:
    return bool(first.unit) and first.unit == second.unit


def _whatever(first: Quantity, second: Quantity) -> bool:
    return _calendar(first) == _calendar(second)


def _asked(quantity: Quantity) -> bool:
    """Return True for what the other text must have: digits, and in Korean not a lone 1.

    One is what English articles and singulars say too (1위 is the top, 1인당 is per head).
    """
    return quantity.written is Written.DIGITS and not quantity.lone


ANY = {
    "any day": {"day", "day of month"},
    "any month": {"month of year"},
    "any year": {"calendar year"},
}
"""Words that may stand for any: Korean news writes 25일 for Saturday, 지난달 for June."""


def _any(quantity: Quantity, others: Sequence[Quantity]) -> bool:
    """Return True when a word among ``others`` may stand for ``quantity``."""
    return any(quantity.unit in ANY.get(other.unit, ()) for other in others)


def _missing(quantities: Sequence[Quantity], others: Sequence[Quantity]) -> list[Quantity]:
    """Return those that are none of the ``others``; most are found by a value at once."""
    plain = {value for other in others if other.written is not HINT for value in other.values}
    return [
        each
        for each in quantities
        if (each.written is HINT or plain.isdisjoint(each.values))
        and not any(_same(each, other) for other in others)
    ]


def _same(first: Quantity, second: Quantity) -> bool:
    for one, other in ((first, second), (second, first)):
        if one.written is Written.HINT and (
            other.written is Written.NAME or other.unit in {"quarter", *CALENDAR}
        ):
            return not other.name and one.unit == other.unit and one.value == other.value
    if not set(first.values).isdisjoint(second.values):
        return True
    if not first.values or not second.values:
        return False
    small, large = sorted((first.value, second.value))
    if first.unit == second.unit == "decade" and small % 100 == large % 100:
        return small < 100
    if (first.approximate and small == first.value) or (
        second.approximate and small == second.value
    ):
        return small > 0 and large / small <= Fraction(5, 4)
    return first.unit != second.unit and converted(
        float(first.value), first.unit, float(second.value), second.unit
    )


def _calendar(quantity: Quantity) -> bool:
    year = not quantity.unit and len(quantity.text) == 4 and 1900 <= quantity.value < 2100
    return year or quantity.unit in CALENDAR or (quantity.unit == "decade" and quantity.value > 100)


def _kind(first: Quantity | None, second: Quantity | None) -> QuantityKind:
    return (
        QuantityKind.DATE
        if any(each and _calendar(each) for each in (first, second))
        else QuantityKind.NUMBER
    )


def _units(source: Sequence[Quantity], target: Sequence[Quantity]) -> Iterator[Difference]:
    """Give quantities whose value came back with another unit, and with none that fits."""
    given: set[tuple[int, int]] = set()
    for first, second, turned in ((source, target, False), (target, source, True)):
        for each in first:
            if not each.unit or each.unit in LOOSE or not each.values or _plain(each, second):
                continue
            same = [other for other in second if _same(each, other)]
            if any(other.unit for other in same):
                # A word that counts nothing in particular (both) is not the one with the unit.
                same = [other for other in same if other.unit or other.written is not Written.HINT]
            if not same or any(_fits(each, other) for other in same):
                continue
            wrong = [other for other in same if other.unit]
            digits = Written.DIGITS
            other = next(
                (found for found in wrong if digits in (found.written, each.written)), None
            )
            if other is None:
                continue
            before, after = (other, each) if turned else (each, other)
            if (before.start, after.start) not in given:
                given.add((before.start, after.start))
                money = "money" in (dimension(each.unit), dimension(other.unit))
                yield Difference(QuantityKind.MONEY if money else QuantityKind.UNIT, before, after)


def _plain(quantity: Quantity, others: Sequence[Quantity]) -> bool:
    """Return True where one of the ``others`` is the same to the unit: most are."""
    unit, value = quantity.unit, quantity.values[0]
    return any(each.unit == unit and each.values and each.values[0] == value for each in others)


MISTAKEN: tuple[set[str], ...] = ({"month", "month of year"}, {"hour", "time of day"})
"""Units that look alike and are not: 4개월 and 4월, 3시간 and 3시."""


def _fits(first: Quantity, second: Quantity) -> bool:
    if {first.unit, second.unit} in MISTAKEN:
        return False
    return (
        second.unit in LOOSE
        or compatible(first.unit, second.unit)
        or converted(float(first.value), first.unit, float(second.value), second.unit)
    )


def dimension(unit: str) -> str:
    """Return the dimension of the unit ``unit``: ``money``, ``time``; empty for none."""
    from bilingual.language.numbers.unit import UNITS  # noqa: PLC0415

    found = UNITS.get(unit)
    return found.dimension if found else ""
