"""Text that is safe to print: what an article holds must not steer a terminal."""

from __future__ import annotations

import unicodedata

OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Bidirectional controls: they can make a line read otherwise than it is (CVE-2021-42574)."""


def visible(text: str) -> str:
    """Return ``text`` with control characters shown instead of sent; lines stay lines.

    ESC would let an article colour, move or retitle the terminal (ECMA-48), so C0 controls
    become their pictures (``␛``), and C1, bidirectional and lone surrogate code points their
    numbers. Newlines pass; a tab becomes a space.
    """
    return "".join(character if character == "\n" else _shown(character) for character in text)


def one_line(text: str) -> str:
    """Return ``text`` visible, in one line: white space in a row becomes one space."""
    return visible(" ".join(text.split()))


def _shown(character: str) -> str:
    if character == "\t":
        return " "
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if character in OVERRIDES or unicodedata.category(character) in ("Cc", "Cs"):
        return f"<U+{code:04X}>"
    return character
