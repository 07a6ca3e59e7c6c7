"""A key in somebody's words, whole or in part: cut, spaced, reversed, in base64 or in hexadecimal.

Only letters and digits count, in either case: ``sk-ab…`` and ``s k a b …`` are the same.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HIDDEN = "…"
RUN = 8
"""Letters and digits in a row that are no chance any more."""


def without(text: str, secrets: Iterable[str]) -> str:
    """Return ``text`` without any run of ``RUN`` letters and digits of ``secrets``."""
    runs = {run for secret in secrets for form in _forms(secret) for run in _runs(form)}
    if not runs:
        return text
    places = [place for place, each in enumerate(text) if each.isascii() and each.isalnum()]
    squeezed = _squeezed(text)
    out: list[str] = []
    position, start, end = 0, -1, -1
    for first in range(len(squeezed) - RUN + 1):
        if squeezed[first : first + RUN] not in runs:
            continue
        if start < 0 or places[first] > end:
            if start >= 0:
                out += (text[position:start], HIDDEN)
                position = end
            start = places[first]
        end = places[first + RUN - 1] + 1
    if start >= 0:
        out += (text[position:start], HIDDEN)
        position = end
    return "".join((*out, text[position:]))


def _forms(secret: str) -> Iterator[str]:
    """Yield the forms of a secret that others may print; base64 depends on what precedes it."""
    raw = secret.encode()
    yield from (secret, secret[::-1], raw.hex())
    for before, strange in ((0, 0), (1, 2), (2, 3)):
        yield base64.b64encode(b" " * before + raw).decode().rstrip("=")[strange:]


def _runs(form: str) -> Iterator[str]:
    squeezed = _squeezed(form)
    return (squeezed[place : place + RUN] for place in range(len(squeezed) - RUN + 1))


def _squeezed(text: str) -> str:
    return "".join(each.lower() for each in text if each.isascii() and each.isalnum())
