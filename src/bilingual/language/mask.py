"""Mask what is not prose in a Markdown text (code, addresses, tags), keeping all offsets."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

BLANK = "\ufffc"
"""OBJECT REPLACEMENT CHARACTER: neither a letter nor a space, so that no word spans a mask."""
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
"""A substring that each kind of opaque text contains, and its pattern."""
_DOMAIN = (
    r"(?<![\w@/.-])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|dev|gov|edu)\b(?:/[\w./%#?=&-]*)?"
)
_ENDING = re.compile(r"\.(?:com|org|net|dev|gov|edu)\b")


def mask_code(text: str) -> str:
    """Return ``text`` with code, addresses and tags replaced by ``BLANK``, of the same length.

    Works without a Markdown parser, and so for any text. A caller that has parsed the unit masks
    what the parser found instead, which is exact.
    """
    patterns = [pattern for substring, pattern in _OPAQUE if substring in text]
    if "." in text and _ENDING.search(text):
        patterns.append(_DOMAIN)
    if not patterns:
        return text
    return _any_of(tuple(patterns)).sub(lambda found: BLANK * len(found[0]), text)


def mask_spans(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return ``text`` with the characters of ``spans`` replaced by ``BLANK``."""
    characters = list(text)
    for start, end in spans:
        characters[start:end] = BLANK * (end - start)
    return "".join(characters)


@cache
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Return one pattern for all of ``patterns``: most texts need one or two, which is faster."""
    return re.compile("|".join(patterns), re.DOTALL)
