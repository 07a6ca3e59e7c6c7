"""Numbers, dates, amounts and multiples by value, in both languages.

``en/quantity.py`` and ``ko/quantity.py`` read them; this module holds what they read and compares
it. A quantity may have several values where its writing allows several readings (``5m`` is five
million or five metres). How it is written decides what may be asked of a translation: digits have
to come back, words need not (``twice``, 두 배, 첫 번째), and a number in a name (Llama 4) only
must not become another.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING

from bilingual.language.unit import compatible, converted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Written(Enum):
    """How a quantity is written."""

    DIGITS = "digits"
    WORDS = "words"
    NAME = "name"
    """A number that is part of a name, or may be."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of a text."""

    text: str
    start: int
    end: int
    values: tuple[Fraction, ...]
    """Its readings, the likeliest first; none for a word that stands for any (``Saturday``)."""
    unit: str = ""
    """A name of ``unit.UNITS``, or ``calendar year``, ``month of year``, ``day of month``,
    ``time of day``, ``quarter``, ``decade``, ``century``; empty when it counts anything else."""
    written: Written = Written.DIGITS
    approximate: bool = False
    """True for 10여 명, which a dozen can be."""

    @property
    def value(self) -> Fraction:
        """The likeliest reading."""
        return self.values[0] if self.values else Fraction(0)


class Kind(Enum):
    """In what two quantities differ."""

    NUMBER = "number"
    UNIT = "unit"
    MONEY = "money"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Difference:
    """A quantity that only one text has, or that has another value or unit in the other."""

    kind: Kind
    source: Quantity | None
    target: Quantity | None


CALENDAR = frozenset({"calendar year", "month of year", "day of month"})
LOOSE = frozenset({"time of day", "quarter", "decade", "century", *CALENDAR})
"""Units that need not be named in both languages: ``2026`` is 2026년."""


def quantities(
    text: str, language: str, names: Sequence[tuple[int, int]] = ()
) -> tuple[Quantity, ...]:
    """Return the quantities in ``text``, in its order.

    ``names`` are spans whose numbers are parts of names. Code and addresses are blanked out by the
    caller. Raises ``KeyError`` for a language that is neither ``en`` nor ``ko``.
    """
    from bilingual.language.en.quantity import read as read_english  # noqa: PLC0415 - they use us
    from bilingual.language.ko.quantity import read as read_korean  # noqa: PLC0415

    found = {"en": read_english, "ko": read_korean}[language](text)
    return tuple(
        _named(each) if any(start <= each.start < end for start, end in names) else each
        for each in found
    )


def _named(quantity: Quantity) -> Quantity:
    return Quantity(quantity.text, quantity.start, quantity.end, quantity.values, "", Written.NAME)


def differences(source: Sequence[Quantity], target: Sequence[Quantity]) -> Iterator[Difference]:
    """Give where the quantities of two texts differ, in the order of the source, then the target.

    How often a quantity is repeated is the translator's; only one that the other text does not
    have at all differs. Where both texts have one that the other lacks, they are given as a pair.
    """
    lost = [each for each in source if not _found(each, target)]
    new = [each for each in target if not _found(each, source)]
    yield from _units(source, target)
    hard_lost = [each for each in lost if _asked(each)]
    hard_new = [each for each in new if _asked(each)]
    for each in list(hard_lost):
        other = _partner(each, hard_new)
        if other is None and hard_new:
            continue
        hard_lost.remove(each)
        if other is not None:
            hard_new.remove(other)
        yield Difference(_kind(each, other), each, other)
    for before, after in zip(list(hard_lost), list(hard_new), strict=False):
        hard_lost.remove(before)
        hard_new.remove(after)
        yield Difference(_kind(before, after), before, after)
    for each in hard_lost:
        yield Difference(_kind(each, None), each, None)
    for each in hard_new:
        yield Difference(_kind(None, each), None, each)
    yield from _renamed(lost, new)


def _asked(quantity: Quantity) -> bool:
    """Return True for what the other text must have: digits, and not a lone 1.

    One is what articles and singulars say too (1위 is the top, 1인당 is per head).
    """
    return quantity.written is Written.DIGITS and 1 not in quantity.values


ANY = {
    "any day": {"day", "day of month"},
    "any month": {"month of year"},
    "any year": {"calendar year"},
}
"""Words that may stand for any: Korean news writes 25일 for Saturday, 지난달 for June."""


def _found(quantity: Quantity, others: Sequence[Quantity]) -> bool:
    return any(_same(quantity, other) for other in others)


def _same(first: Quantity, second: Quantity) -> bool:
    if not first.values or not second.values:
        return second.unit in ANY.get(first.unit, ()) or first.unit in ANY.get(second.unit, ())
    if not set(first.values).isdisjoint(second.values):
        return True
    if first.unit == second.unit == "decade" and first.value % 100 == second.value % 100:
        return True
    if "calendar year" in (first.unit, second.unit) or "" in (first.unit, second.unit):
        # 2018-19 and '18: a year by its last two digits.
        small, large = sorted((first.value, second.value))
        if small < 100 and 1000 <= large < 2100 and large % 100 == small:
            return True
    if first.approximate or second.approximate:
        small, large = sorted((first.value, second.value))
        if small > 0 and large / small <= Fraction(13, 10):
            return True
    return converted(float(first.value), first.unit, float(second.value), second.unit)


def _partner(quantity: Quantity, others: Sequence[Quantity]) -> Quantity | None:
    """Return the quantity that ``quantity`` most likely became: one with the same unit."""
    for other in others:
        if other.unit == quantity.unit and (other.unit or len(others) == 1):
            return other
    return None


def _kind(first: Quantity | None, second: Quantity | None) -> Kind:
    units = {each.unit for each in (first, second) if each is not None}
    return Kind.DATE if units & CALENDAR else Kind.NUMBER


def _units(source: Sequence[Quantity], target: Sequence[Quantity]) -> Iterator[Difference]:
    """Give quantities whose value came back with another unit, and with none that fits."""
    for each in source:
        if each.written is not Written.DIGITS or not each.unit or each.unit in LOOSE:
            continue
        same = [other for other in target if _same(each, other)]
        if same and not any(_fits(each, other) for other in same):
            other = next((each for each in same if each.written is Written.DIGITS), None)
            if other is None:
                continue
            money = "money" in (dimension(each.unit), dimension(other.unit))
            yield Difference(Kind.MONEY if money else Kind.UNIT, each, other)


def _fits(first: Quantity, second: Quantity) -> bool:
    if {first.unit, second.unit} == {"month", "month of year"}:
        return False
    return (
        second.unit in LOOSE
        or compatible(first.unit, second.unit)
        or converted(float(first.value), first.unit, float(second.value), second.unit)
    )


def dimension(unit: str) -> str:
    """Return the dimension of the unit ``unit``: ``money``, ``time``; empty for none."""
    from bilingual.language.unit import UNITS  # noqa: PLC0415

    found = UNITS.get(unit)
    return found.dimension if found else ""


def _renamed(lost: Sequence[Quantity], new: Sequence[Quantity]) -> Iterator[Difference]:
    """Give numbers of names that became others: one only the source has, one only the target."""
    before = [each for each in lost if each.written is Written.NAME]
    after = [each for each in new if each.written is Written.NAME]
    for one, other in zip(before, after, strict=False):
        yield Difference(Kind.NUMBER, one, other)
