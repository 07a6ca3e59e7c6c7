"""Words in a text that speak to a model instead of a reader, and what looks like its protocol.

Articles about AI quote prompts, so this is a suspicion and never a verdict: who finds it warns a
person, and asks for that text alone, so that nothing beside it can be concerned.

The text is read as a model reads it: hidden characters are passed over, letters that only look
Latin (Cyrillic о, full-width ｉ, bold 𝐢) count as what they look like, and long base64 is decoded.
"""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from typing import TYPE_CHECKING

from bilingual.language.hidden import ALIKE, hidden
from bilingual.language.orders import LATIN, ORDERS, TRACES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_STRANGE = re.compile(r"[^\t\n\x20-\x7e\uac00-\ud7a3\u2010-\u2026\u3000-\u303f·×]")
_LONG = re.compile(r"[A-Za-z0-9+/]{32}")
_CODED = re.compile(r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/]{32,}={0,2}(?![A-Za-z0-9+/_-])")
_WRAP = re.compile(r"(?<=[^\n.!?:])\n(?=[^\n])")

_EDGE = " \n.!?:;>\"“”'‘’("


def instructions(text: str) -> Iterator[tuple[int, int]]:
    """Give where ``text`` speaks to a model: offsets, in its order, none overlapping."""
    read, places = _read(text)
    spans = list(_orders(read))
    if _WRAP.search(read):  # a line that an author's editor broke is one sentence all the same
        spans += _orders(_WRAP.sub(" ", read))
    if _LONG.search(read):
        for found in _CODED.finditer(read):
            said = _decoded(found[0])
            if said and any(True for _ in _orders(said)):
                spans.append(found.span())
    done = 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        begin = end - len(read[start:end].lstrip(_EDGE))
        if begin < end and begin >= done:
            done = end
            yield places[begin], places[end - 1] + 1


def _orders(text: str) -> Iterator[tuple[int, int]]:
    lower = text.lower()
    traces = LATIN if lower.isascii() else TRACES
    for number in sorted({each for trace, kinds in traces if trace in lower for each in kinds}):
        for found in ORDERS[number].pattern.finditer(text):
            yield found.span()


def suspicious(text: str) -> bool:
    """Return True when ``text`` speaks to a model anywhere."""
    return any(True for _ in instructions(text))


def _read(text: str) -> tuple[str, Sequence[int]]:
    """Return ``text`` as a model reads it, and the offset of each of its characters."""
    if not _STRANGE.search(text):
        return text, range(len(text))
    places: list[int] = []
    position = 0
    for start, end in hidden(text):
        places.extend(range(position, start))
        position = end
    places.extend(range(position, len(text)))
    return "".join(_folded(text[place]) for place in places), places


def _folded(character: str) -> str:
    if character < "\x80" or "가" <= character <= "힣":
        return character
    plain = unicodedata.normalize("NFKC", character)
    return ALIKE.get(character, plain if len(plain) == 1 else character)


def _decoded(run: str) -> str:
    """Return what base64 ``run`` says, or nothing when it is no text."""
    try:
        return base64.b64decode(run + "=" * (-len(run) % 4), validate=True).decode()
    except (binascii.Error, ValueError):
        return ""
