"""Which known names a wrong one is close to: the hint “did you mean”."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.model import Message, msg

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST = 3
"""How many names are shown."""


def nearest(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the names in ``known`` that are closest to ``name``, best first; may be none."""
    import difflib  # noqa: PLC0415 - loaded for an error only

    return tuple(difflib.get_close_matches(name, list(known), MOST))


def did_you_mean(name: str, known: Iterable[str], otherwise: Message) -> Message:
    """Return the hint for the unknown ``name``; ``otherwise`` when no known name is close."""
    near = nearest(name, known)
    return msg("did you mean {names}?", names=", ".join(near)) if near else otherwise
