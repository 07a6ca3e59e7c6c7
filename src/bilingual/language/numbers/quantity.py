"""Compare the quantities of a source and its target by value.

``en/quantity.py`` and ``ko/quantity.py`` read them into the types of ``amount.py``. A quantity has
several values where its notation is ambiguous (``5m`` is five million or five metres). Its notation
decides what a translation must keep: digits are required, words are not (``twice``, 두 배, 첫
번째), and a number in a name (Llama 4) only must not become another.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING

from bilingual.language.en.quantity import read as read_english
from bilingual.language.ko.quantity import read as read_korean
from bilingual.language.numbers.amount import CALENDAR, Notation, Quantity
from bilingual.language.numbers.unit import compatible, same_measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class QuantityKind(Enum):
    """What two quantities differ in."""

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


HINT = Notation.HINT
LOOSE = frozenset({"time of day", "quarter", "decade", "century", *CALENDAR})
"""Units that may be omitted in one language: ``2026`` is 2026년."""


def quantities(
    text: str, language: str, names: Sequence[tuple[int, int]] = (), *, words: bool = True
) -> tuple[Quantity, ...]:
    """Return the quantities in ``text``, in order; without ``words`` only those with digits.

    ``names`` are spans whose numbers are parts of names. The caller has masked code and addresses.
    Raises ``KeyError`` for a language that is neither ``en`` nor ``ko``.
    """
    found = {"en": read_english, "ko": read_korean}[language](text, words=words)
    return tuple(
        _as_name(each) if any(start <= each.start < end for start, end in names) else each
        for each in found
    )


def _as_name(quantity: Quantity) -> Quantity:
    return replace(quantity, unit="", written=Notation.NAME)


def differences(source: Sequence[Quantity], target: Sequence[Quantity]) -> Iterator[Difference]:
    """Yield the differences between the quantities of two texts.

    How often a quantity is repeated does not matter; only one that the other text lacks is a
    difference. Where each text has one that the other lacks, the two are yielded as a pair.
    """
    lost, new = _missing(source, target), _missing(target, source)
    yield from _changed_units(source, target)
    yield from _lost_signs(source, target)
    yield from _pairs(lost, new, source, target)


def _pairs(
    lost: list[Quantity],
    new: list[Quantity],
    source: Sequence[Quantity],
    target: Sequence[Quantity],
) -> Iterator[Difference]:
    """Yield what only one text has, as pairs where one probably became the other.

    Required quantities pair first. A number in a name may be dropped with the name, and so is
    yielded only where it became another.
    """
    lost = [each for each in lost if each.written in (Notation.DIGITS, Notation.NAME)]
    new = [each for each in new if each.written in (Notation.DIGITS, Notation.NAME)]
    for required in (_both_required, _one_required):
        for similar in (_same_unit, _both_or_no_date):
            for before in list(lost):
                after = next(
                    (each for each in new if required(before, each) and similar(before, each)),
                    None,
                )
                if after is not None:
                    lost.remove(before)
                    new.remove(after)
                    yield Difference(_kind(before, after), before, after)
    for each in lost:
        if _required(each) and not _placeholder_among(each, target):
            yield Difference(_kind(each, None), each, None)
    for each in new:
        same_name = [other for other in source if each.name and each.name == other.name]
        if same_name and each.written is Notation.NAME:
            yield Difference(_kind(same_name[0], each), same_name[0], each)
        elif _required(each) and not _placeholder_among(each, source):
            yield Difference(_kind(None, each), None, each)


def _lost_signs(source: Sequence[Quantity], target: Sequence[Quantity]) -> Iterator[Difference]:
    """Yield a lone 1 that was -1: without its sign it is not required and would go unnoticed."""
    for first, second, swapped in ((source, target, False), (target, source, True)):
        below = [each for each in first if each.value == -1 and each.written is Notation.DIGITS]
        kept = sum(each.value == -1 for each in second)
        ones = [each for each in second if each.value == 1 and each.lone]
        if len(below) > kept and ones and not any(_is_one(each) for each in first):
            pair = (ones[0], below[0]) if swapped else (below[0], ones[0])
            yield Difference(QuantityKind.NUMBER, *pair)


def _is_one(quantity: Quantity) -> bool:
    return quantity.value == 1 and quantity.written is Notation.DIGITS


def _both_required(first: Quantity, second: Quantity) -> bool:
    return _required(first) and _required(second)


def _one_required(first: Quantity, second: Quantity) -> bool:
    """Return True where at least one is required, or one is a number in a name."""
    return _required(first) or _required(second) or Notation.NAME in (first.written, second.written)


def _same_unit(first: Quantity, second: Quantity) -> bool:
    return bool(first.unit) and first.unit == second.unit


def _both_or_no_date(first: Quantity, second: Quantity) -> bool:
    return _is_date(first) == _is_date(second)


def _required(quantity: Quantity) -> bool:
    """Return True for what the other text must have: digits, except a lone 1 in Korean.

    English expresses that by an article or a singular (1위 is the top, 1인당 is per head).
    """
    return quantity.written is Notation.DIGITS and not quantity.lone


PLACEHOLDERS = {
    "any day": {"day", "day of month"},
    "any month": {"month of year"},
    "any year": {"calendar year"},
}
"""Units of which a word may be any value: Korean news writes 25일 for Saturday, 지난달 for June."""


def _placeholder_among(quantity: Quantity, others: Sequence[Quantity]) -> bool:
    """Return True when a word among ``others`` may stand for ``quantity``."""
    return any(quantity.unit in PLACEHOLDERS.get(other.unit, ()) for other in others)


def _missing(quantities: Sequence[Quantity], others: Sequence[Quantity]) -> list[Quantity]:
    """Return the quantities that equal none of ``others``; a shared value decides most at once."""
    plain = {value for other in others if other.written is not HINT for value in other.values}
    return [
        each
        for each in quantities
        if (each.written is HINT or plain.isdisjoint(each.values))
        and not any(_same(each, other) for other in others)
    ]


def _same(first: Quantity, second: Quantity) -> bool:
    for one, other in ((first, second), (second, first)):
        if one.written is Notation.HINT and (
            other.written is Notation.NAME or other.unit in {"quarter", *CALENDAR}
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
    return first.unit != second.unit and same_measure(
        float(first.value), first.unit, float(second.value), second.unit
    )


def _is_date(quantity: Quantity) -> bool:
    year = not quantity.unit and len(quantity.text) == 4 and 1900 <= quantity.value < 2100
    return year or quantity.unit in CALENDAR or (quantity.unit == "decade" and quantity.value > 100)


def _kind(first: Quantity | None, second: Quantity | None) -> QuantityKind:
    return (
        QuantityKind.DATE
        if any(each and _is_date(each) for each in (first, second))
        else QuantityKind.NUMBER
    )


def _changed_units(source: Sequence[Quantity], target: Sequence[Quantity]) -> Iterator[Difference]:
    """Yield quantities whose value the other text has only with units that do not fit."""
    given: set[tuple[int, int]] = set()
    for first, second, swapped in ((source, target, False), (target, source, True)):
        for each in first:
            if not each.unit or each.unit in LOOSE or not each.values or _in_unit(each, second):
                continue
            same = [other for other in second if _same(each, other)]
            if any(other.unit for other in same):
                # A word without a unit (both) does not count against one with a unit.
                same = [other for other in same if other.unit or other.written is not Notation.HINT]
            if not same or any(_fits(each, other) for other in same):
                continue
            wrong = [other for other in same if other.unit]
            digits = Notation.DIGITS
            other = next(
                (found for found in wrong if digits in (found.written, each.written)), None
            )
            if other is None:
                continue
            before, after = (other, each) if swapped else (each, other)
            if (before.start, after.start) not in given:
                given.add((before.start, after.start))
                money = "money" in (dimension(each.unit), dimension(other.unit))
                yield Difference(QuantityKind.MONEY if money else QuantityKind.UNIT, before, after)


def _in_unit(quantity: Quantity, others: Sequence[Quantity]) -> bool:
    """Return True where one of ``others`` has the same value and unit: most do."""
    unit, value = quantity.unit, quantity.values[0]
    return any(each.unit == unit and each.values and each.values[0] == value for each in others)


CONFUSABLE: tuple[set[str], ...] = ({"month", "month of year"}, {"hour", "time of day"})
"""Units that are easily confused: 4개월 and 4월, 3시간 and 3시."""


def _fits(first: Quantity, second: Quantity) -> bool:
    if {first.unit, second.unit} in CONFUSABLE:
        return False
    return (
        second.unit in LOOSE
        or compatible(first.unit, second.unit)
        or same_measure(float(first.value), first.unit, float(second.value), second.unit)
    )


def dimension(unit: str) -> str:
    """Return the dimension of ``unit`` (``money``, ``time``); empty when it has none."""
    from bilingual.language.numbers.unit import UNITS  # noqa: PLC0415

    found = UNITS.get(unit)
    return found.dimension if found else ""
