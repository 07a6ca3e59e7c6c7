"""English headlines in title case, as the Associated Press and most newsrooms write it."""

from __future__ import annotations

import re

_SMALL = (
    "a an the and but or nor for so yet as at by from in into of off on onto over per to up via "
    "vs with than"
)
SMALL = frozenset(_SMALL.split())
"""Articles, conjunctions and prepositions, which stay in lower case inside a headline."""
_WORD = re.compile(r"[^\W_]+(?:[’'.&][^\W_]+)*")


def title_case(text: str) -> str:
    """Return ``text`` with each word capitalised, except the words of ``SMALL`` inside it.

    Words that contain a capital (OpenAI, iPhone) or a digit are kept.
    """
    words = list(_WORD.finditer(text))

    def cased(found: re.Match[str]) -> str:
        word = found[0]
        if not word.islower() or any(map(str.isdigit, word)):
            return word
        edge = found.start() in (words[0].start(), words[-1].start())
        opens = text[: found.start()].rstrip()[-1:] in {":", "—", "“", '"', "?", "!", "."}
        if word in SMALL and not edge and not opens:
            return word
        return word[0].upper() + word[1:]

    return _WORD.sub(cased, text)
