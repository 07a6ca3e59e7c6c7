"""What a translation between Korean and English keeps: placeables, and about how long it is.

Placeables are code, addresses, numbers and words in Latin letters: what both texts have of them is
the same thing.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

KOREAN_FOR_ENGLISH = 0.52
"""Code points of Korean for one of English: the median of human translations."""
USUAL_RATIO: Mapping[tuple[str, str], float] = MappingProxyType(
    {("en", "ko"): KOREAN_FOR_ENGLISH, ("ko", "en"): 1 / KOREAN_FOR_ENGLISH}
)
"""Source and target language to the code points of target for one of source."""

LATIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9.+#-]*[A-Za-z0-9+#])?")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
PLACEABLE = re.compile(
    rf"`[^`]+`|\]\(\s*<?([^\s)>]+)|https?://[^\s)>\]]+|(?P<number>{NUMBER.pattern})"
    r"|[A-Za-z][A-Za-z0-9.+#-]*[A-Za-z0-9+#]"
)


def placeables(text: str) -> list[str]:
    """Return code, addresses, numbers and Latin words of two letters and more, case folded."""
    return [
        found["number"].replace(",", "") if found["number"] else (found[1] or found[0]).casefold()
        for found in PLACEABLE.finditer(text)
    ]


def latin_words(text: str) -> list[str]:
    """Return the words in Latin letters, case folded."""
    return [word.casefold() for word in LATIN.findall(text)]


def numbers(text: str) -> list[str]:
    """Return the numbers in digits, without the commas between thousands."""
    return [number.replace(",", "") for number in NUMBER.findall(text)]
