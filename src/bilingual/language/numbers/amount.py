"""A quantity in a text: a number with its unit, and how it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@lru_cache(4096)  # small numbers and years repeat, and fractions are slow to construct
def exact(digits: str) -> Fraction:
    """Return the value of ``digits``, which may have commas between thousands."""
    return Fraction(digits.replace(",", ""))


CALENDAR = frozenset({"calendar year", "month of year", "day of month"})


class Notation(Enum):
    """How a quantity is written."""

    DIGITS = "digits"
    WORDS = "words"
    """A number word: nine, second, 아홉."""
    HINT = "hint"
    """Another word that may stand for a number: both, a, 절반, 매년."""
    NAME = "name"
    """Digits that are, or may be, part of a name."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number in a text, with its unit."""

    text: str
    start: int
    end: int
    values: tuple[Fraction, ...]
    """Its possible values, the likeliest first; none for a word that may be any (``Saturday``)."""
    unit: str = ""
    """A name of ``unit.UNITS``, or ``calendar year``, ``month of year``, ``day of month``,
    ``time of day``, ``quarter``, ``decade``, ``century``; empty when it counts anything else."""
    written: Notation = Notation.DIGITS
    lone: bool = False
    """True for a 1 that English would not write."""
    name: str = ""
    """The word that makes a name with the number, case-folded: ``react`` of React 18."""
    approximate: bool = False
    """True for 10여 명: ten and a few, which may be a dozen."""

    @property
    def value(self) -> Fraction:
        """The likeliest value."""
        return self.values[0] if self.values else Fraction(0)


def with_words(found: list[Quantity], words: Iterable[Quantity]) -> list[Quantity]:
    """Return ``found``, the quantities with digits, and the ``words`` that overlap none, in order.

    A number word with a unit takes precedence over the other words that it overlaps.
    """
    phrases = list(words)
    taken = [(each.start, each.end) for each in found]
    taken += [
        (each.start, each.end)
        for each in phrases
        if each.unit and each.values and each.written is Notation.WORDS
    ]
    found.extend(
        each
        for each in phrases
        if (each.start, each.end) in taken
        or not any(start < each.end and each.start < end for start, end in taken)
    )
    return sorted(found, key=lambda each: each.start)


def name_before(text: str) -> str:
    """Return the last word of ``text``, the text before a number, case-folded; else empty."""
    found = re.search(r"[^\W\d_]+[\s-]?$", text)
    return found[0].strip(" -\n").casefold() if found else ""
