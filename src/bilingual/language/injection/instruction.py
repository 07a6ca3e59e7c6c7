"""Words in a text that speak to a model instead of a reader, and what looks like its protocol.

Articles about AI quote prompts, so this is a suspicion and never a verdict: who finds it warns a
person, and asks for that text alone, so that nothing beside it can be concerned.

The text is read as a model reads it (``disguise``): hidden characters are passed over, letters that
only look Latin (Cyrillic о, full-width ｉ, bold 𝐢) count as what they look like, entities, escapes,
spaced letters, digits in words, base64 and hexadecimal numbers as what they say.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bilingual.language.injection import deobfuscation
from bilingual.language.injection.foreign_phrases import FAR
from bilingual.language.injection.phrases import COMPACT, LATIN, ORDERS, TRACES

if TYPE_CHECKING:
    from collections.abc import Iterator

_WRAP = re.compile(r"(?<=[^\n.!?:])\n(?=[^\n])")
_FAR = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")

_EDGE = " \n.!?:;>\"“”'‘’("


def instructions(text: str) -> Iterator[tuple[int, int]]:
    """Give where ``text`` speaks to a model: offsets, in its order, none overlapping."""
    reading = deobfuscation.read(text)
    tidy = deobfuscation.tidied(reading)
    spans = list(_placed(tidy))
    if spaced := deobfuscation.together(reading):
        spans += _placed(spaced)
        spans += (spaced.place(*found.span()) for found in COMPACT.finditer(spaced.text))
    if lettered := deobfuscation.spelled(tidy):
        spans += _placed(lettered)
    for start, end, said in deobfuscation.coded(reading.text):
        if suspicious(said):
            spans.append(reading.place(start, end))
    done = 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= done:
            done = end
            yield start, end


def suspicious(text: str) -> bool:
    """Return True when ``text`` speaks to a model anywhere."""
    return any(True for _ in instructions(text))


def _placed(reading: deobfuscation.Decoding) -> Iterator[tuple[int, int]]:
    """Give where orders stand in the text as written, without what only stands before them."""
    spans = list(_orders(reading.text))
    if _WRAP.search(
        reading.text
    ):  # a line that an author's editor broke is one sentence all the same
        spans += _orders(_WRAP.sub(" ", reading.text))
    for start, end in spans:
        begin = end - len(reading.text[start:end].lstrip(_EDGE))
        if begin < end:
            yield reading.place(begin, end)


def _orders(text: str) -> Iterator[tuple[int, int]]:
    lower = text.lower()
    traces = LATIN if lower.isascii() else TRACES
    for number in sorted({each for trace, kinds in traces if trace in lower for each in kinds}):
        for found in ORDERS[number].pattern.finditer(text):
            yield found.span()
    if _FAR.search(text):
        for pattern in FAR:
            for found in pattern.finditer(text):
                yield found.span()
