"""Words in a text that speak to a model instead of a reader, and what looks like its protocol.

Articles about AI quote prompts, so a match is only a suspicion: a person is warned, and the text is
sent to an engine alone, so that it can affect no other. It is searched as a model reads it
(``deobfuscation``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bilingual.language.injection.deobfuscation import readings
from bilingual.language.injection.phrases import ORDERS

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

_EDGE = " \n.!?:;,>\"“”'‘’("


class Instruction(NamedTuple):
    """A place of a text that speaks to a model."""

    start: int
    end: int
    words: str
    """What a model reads there."""


def instructions(text: str) -> Iterator[Instruction]:
    """Yield where ``text`` speaks to a model, in its order, none overlapping.

    Where the words are disguised it is the whole text.
    """
    disguised = next((match[0] for each in readings(text) for match in _matches(each)), None)
    if disguised is None:
        return
    spans = sorted((match.span() for match in _matches(text)), key=lambda span: (span[0], -span[1]))
    if not spans:
        yield Instruction(0, len(text), disguised.strip(_EDGE))
    done = 0
    for start, end in spans:
        if start >= done:
            done = end
            begin = end - len(text[start:end].lstrip(_EDGE))
            yield Instruction(begin, end, text[begin:end])


def suspicious(text: str) -> bool:
    """Return True when ``text`` speaks to a model anywhere."""
    return any(True for each in readings(text) for _ in _matches(each))


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Yield what in ``text`` is worded as an order, or imitates the protocol."""
    lower = " ".join(text.lower().split())
    for order in ORDERS:
        if any(map(lower.__contains__, order.traces)):
            yield from order.pattern.finditer(text)
