"""How long a text takes to read."""

from __future__ import annotations

import re
from math import ceil

WORDS_A_MINUTE = 238
"""English non-fiction, silent reading (Brysbaert 2019, Journal of Memory and Language 109)."""
LETTERS_A_MINUTE = 500
"""Hangul syllables and Han characters; the rate that publishing platforms use for texts that
are counted in characters."""
LETTER = re.compile(r"[\u1100-\u11ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7a3]")
WORD = re.compile(r"[^\W_]+(?:[.,'’\-][^\W_]+)*")


def minutes(text: str) -> int:
    """Return the whole minutes, one at least, that a reader needs for the plain ``text``.

    Korean is counted in characters, Latin words and numbers in words, so that a mixed text counts
    each part once and no language has to be named.
    """
    letters = len(LETTER.findall(text))
    words = len(WORD.findall(LETTER.sub(" ", text)))
    return max(1, ceil(letters / LETTERS_A_MINUTE + words / WORDS_A_MINUTE))
