"""What in a Markdown text is no language: blanked out, every other character in its place."""

from __future__ import annotations

import re
from functools import cache

BLANK = "\ufffc"
"""OBJECT REPLACEMENT CHARACTER: neither a letter nor a space, so that no word spans it."""
_OPAQUE = (
    ("`", r"(?P<code>(?P<fence>``*)(?!`).*?(?<!`)(?P=fence)(?!`))"),
    (
        "](",
        r"\((?<=\]\()(?:[^()\s\\]|\\.|\([^()\s]*\))*(?:\s+(?:\"[^\"]*\"|'[^']*'))?\)",
    ),
    ("][", r"\[(?<=\]\[)(?:[^\[\]\\]|\\.)*\]"),
    ("<", r"<[A-Za-z/!][^<>\n]*>"),
    ("://", r"https?://[!-;=?-Z\[\]_a-z~]+(?<![.,;:!?'\"])"),
    ("@", r"(?<![\w.])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    ("[^", r"\[\^[^\]\s]+\]"),
)
"""What is opaque, and what every such thing has in it."""
_DOMAIN = (
    r"(?<![\w@/.-])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|dev|gov|edu)\b(?:/[\w./%#?=&-]*)?"
)
_ENDING = re.compile(r"\.(?:com|org|net|dev|gov|edu)\b")


def masked(text: str) -> str:
    """Return ``text`` with code, addresses and tags replaced by ``BLANK``, of the same length.

    Works without a Markdown parser, and so for any text; who has parsed the unit blanks out what
    the parser found, which is exact.
    """
    there = [pattern for trace, pattern in _OPAQUE if trace in text]
    if "." in text and _ENDING.search(text):
        there.append(_DOMAIN)
    if not there:
        return text
    return _any(tuple(there)).sub(lambda found: BLANK * len(found[0]), text)


@cache
def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for any of ``patterns``: most texts need one or two, which is faster."""
    return re.compile("|".join(patterns), re.DOTALL)
