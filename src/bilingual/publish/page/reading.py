"""Estimate the reading time of a text."""

from __future__ import annotations

import re
from math import ceil

WORDS_A_MINUTE = 238
"""English non-fiction, silent reading (Brysbaert 2019, Journal of Memory and Language 109)."""
LETTERS_A_MINUTE = 500
"""Hangul syllables and Han characters; the rate of publishing platforms for such texts."""
LETTER = re.compile(r"[\u1100-\u11ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7a3]")
WORD = re.compile(r"[^\W_]+(?:[.,'’\-][^\W_]+)*")


def minutes(text: str) -> int:
    """Return the reading time of the plain ``text`` in whole minutes, at least one.

    Korean is counted in characters, Latin words and numbers in words, so that each part of a mixed
    text counts once and no language has to be passed.
    """
    letters = len(LETTER.findall(text))
    words = len(WORD.findall(LETTER.sub(" ", text)))
    return max(1, ceil(letters / LETTERS_A_MINUTE + words / WORDS_A_MINUTE))
