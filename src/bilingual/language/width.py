"""How many columns text takes on a terminal: a Hangul syllable two, a combining character none."""

from __future__ import annotations

from functools import cache


@cache
def columns(character: str) -> int:
    """Return how many columns ``character`` takes; a control character takes none."""
    from wcwidth import wcwidth  # noqa: PLC0415 - a third of the start-up time of `--help`

    return max(wcwidth(character), 0)


def width(text: str) -> int:
    """Return how many columns ``text`` takes."""
    return len(text) if text.isascii() and text.isprintable() else sum(map(columns, text))
