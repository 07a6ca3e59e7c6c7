"""Characters that a reader does not see: of no width, of direction, tags, fillers, controls.

They come from web pages by accident, or hide words on purpose: a model reads U+E0041 where a person
sees nothing. Characters that a script or an emoji needs do not count as hidden: the
joiner in 👨‍👩‍👧 and in Persian or Hindi, the selector after ❤️, the tags of 🏴󠁧󠁢󠁳󠁣󠁴󠁿.

Source: Unicode Standard, chapter 23 (special areas and format characters), UTS #51 (emoji
sequences), UTS #37 (ideographic variation).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ALIKE = dict(
    zip(
        "аеорсухіјѕһԁԛԝАВЕКМНОРСТУХІЈЅοΟΑΒΕΖΗΙΚΜΝΡΤΥΧ",
        "aeopcyxijshdqwABEKMHOPCTYXIJSoOABEZHIKMNPTYX",
        strict=True,
    )
)
"""Cyrillic and Greek letters that look like Latin ones."""
_MIXED = re.compile(
    rf"(?<![\w])(?=\w*[A-Za-z])(?=\w*[{''.join(ALIKE)}])[A-Za-z{''.join(ALIKE)}]{{3,}}(?![\w])"
)
_ALIKE = re.compile(f"[{''.join(ALIKE)}]")
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_TAGS = "\U000e0000-\U000e007f"
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u180b-\u180e"
    r"\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    rf"{_SELECTORS}{_TAGS}]+"
)
_EMOJI = "\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff"
_LEGITIMATE = re.compile(
    rf"(?<=[{_EMOJI}\d#*])[\ufe0e\ufe0f](?:(?=\u20e3)|\u200d(?=[{_EMOJI}])|(?!\u200d))"
    rf"|(?<=[{_EMOJI}\u20e3])\u200d(?=[{_EMOJI}])"
    r"|(?<=[\u0590-\u109f\u1780-\u17ff])[\u200c\u200d](?=[\u0590-\u109f\u1780-\u17ff])"
    r"|(?<=[\u3400-\u9fff\uf900-\ufaff])[\U000e0100-\U000e01ef\ufe00-\ufe02]"
    rf"|(?<=\U0001f3f4)[\U000e0061-\U000e007a\U000e0030-\U000e0039]{{2,6}}\U000e007f"
)


def hidden(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of each run of hidden characters in ``text``."""
    if text.isascii() and text.isprintable():
        return
    for found in _UNSEEN.finditer(text):
        start, end = found.span()
        while start < end:
            allowed = _LEGITIMATE.search(text, start, min(end + 1, len(text)))
            if allowed is None or allowed.start() >= end:
                yield start, end
                break
            if allowed.start() > start:
                yield start, allowed.start()
            start = allowed.end()


def visible(text: str) -> str:
    """Return ``text`` without its hidden characters: what a reader sees of it."""
    out: list[str] = []
    position = 0
    for start, end in hidden(text):
        out.append(text[position:start])
        position = end
    return "".join((*out, text[position:])) if position else text


def mixed(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of each word that mixes Latin letters with others that look the same."""
    if _ALIKE.search(text):
        for found in _MIXED.finditer(text):
            yield found.span()
