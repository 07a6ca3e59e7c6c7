"""Which script a text is written in, as far as Korean and English articles care.

Source: Unicode Standard Annex #24, script property; the blocks of those that engines mix up.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_RUNS = re.compile(
    r"(?P<kana>[ぁ-ゖァ-ヺｦ-ﾟ][ぁ-ゖァ-ヺーｦ-ﾟ一-鿿々]*|[一-鿿々]+[ぁ-ゖァ-ヺ][ぁ-ゖァ-ヺー一-鿿々]*)"
    r"|(?P<han>[㐀-䶿一-鿿豈-﫿々\U00020000-\U0003FFFF]+)"
    r"|(?P<hangul>[가-힣ㄱ-ㆎᄀ-ᇿ]+(?:[ ,·]+[가-힣ㄱ-ㆎᄀ-ᇿ]+)*)"
    r"|(?P<cyrillic>[Ѐ-ӿ]{2,})|(?P<arabic>[؀-ۿ]{2,})|(?P<thai>[฀-๿]{2,})"
    r"|(?P<hebrew>[֐-׿]{2,})|(?P<devanagari>[ऀ-ॿ]{2,})"
)


class Run(NamedTuple):
    """Characters of one script in a row."""

    script: str
    """``kana`` (with the Han characters of the same word), ``han``, ``hangul`` and others."""
    text: str
    start: int
    """Offset in the text, in code points."""
    end: int


def runs(text: str) -> Iterator[Run]:
    """Give the runs of ``text`` that are in another script than Latin, in their order."""
    for found in _RUNS.finditer(text):
        yield Run(found.lastgroup or "", found[0], *found.span())
