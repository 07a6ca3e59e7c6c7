"""What the readers of quantities read: a number with its unit, and how it was written."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import lru_cache


@lru_cache(4096)  # small numbers and years come again and again, and fractions are slow to make
def exact(digits: str) -> Fraction:
    """Return what ``digits`` say; commas may part their thousands."""
    return Fraction(digits.replace(",", ""))


CALENDAR = frozenset({"calendar year", "month of year", "day of month"})


class Written(Enum):
    """How a quantity is written."""

    DIGITS = "digits"
    WORDS = "words"
    """As a number word: nine, second, 아홉."""
    HINT = "hint"
    """As another word that may stand for a number: both, a, 절반, 매년."""
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
    lone: bool = False
    """True for a 1 that English would not write."""
    name: str = ""
    """The word before a number that makes a name with it, folded: ``react`` of React 18."""
    approximate: bool = False
    """True for 10여 명: ten and a few, which a dozen can be."""

    @property
    def value(self) -> Fraction:
        """The likeliest reading."""
        return self.values[0] if self.values else Fraction(0)
