"""What in a Markdown text is no language: blanked out, every other character in its place."""

from __future__ import annotations

import re

BLANK = "\ufffc"
"""OBJECT REPLACEMENT CHARACTER: neither a letter nor a space, so that no word spans it."""
_OPAQUE = re.compile(
    r"(?P<code>(?P<fence>`+)(?!`).*?(?<!`)(?P=fence)(?!`))"
    r"|(?<=\])\((?:[^()\s\\]|\\.|\([^()\s]*\))*(?:\s+(?:\"[^\"]*\"|'[^']*'))?\)"
    r"|(?<=\])\[(?:[^\[\]\\]|\\.)*\]"
    r"|<[A-Za-z/!][^<>\n]*>"
    r"|https?://[!-;=?-Z\[\]_a-z~]+(?<![.,;:!?'\"])"
    r"|(?<![\w.])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w@/.-])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|dev|gov|edu)\b(?:/[\w./%#?=&-]*)?"
    r"|\[\^[^\]\s]+\]",
    re.DOTALL,
)
_CHEAP = re.compile(r"[`\]<@]|://|\w\.\w")


def masked(text: str) -> str:
    """Return ``text`` with code, addresses and tags replaced by ``BLANK``, of the same length.

    Works without a Markdown parser, and so for any text; who has parsed the unit blanks out what
    the parser found (``masked_spans``), which is exact.
    """
    if not _CHEAP.search(text):
        return text
    return _OPAQUE.sub(lambda found: BLANK * len(found[0]), text)
