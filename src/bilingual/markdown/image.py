"""Find standalone images, and the titles of images and link definitions."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markdown_it.helpers import parseLinkDestination, parseLinkTitle

from bilingual.markdown.inline import inlines
from bilingual.markdown.lines import BLANK, SPACE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilingual.markdown.blocks import Span
    from bilingual.markdown.inline import Inline

_ATTRIBUTE_LIST = re.compile(rf"{SPACE}*(?:\{{[:#.][^{{}}\n]*\}}{SPACE}*)?\Z")
"""What may follow a standalone image: an attribute list."""
_LABEL = re.compile(r"\[(?:[^\[\]\\]|\\.)*\]:", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ImagePart:
    """The alternative text or the title of an image."""

    alt: bool
    spans: Sequence[Span]
    quote: str = ""
    """The character that closes the title."""


def standalone(source: str, spans: Sequence[Span]) -> list[ImagePart] | None:
    """Return the texts of the images a paragraph consists of; None when it has words too.

    An image may be within a link. None also for an alternative text that is a reference's label
    or has several lines: replacing it could break the image.
    """
    text = "\n".join(source[start:end] for start, end in spans)
    found = inlines(text)
    images = [item for item in found if item.kind == "image"]
    if not images or any(item.kind not in {"image", "link"} for item in found):
        return None
    if not _ATTRIBUTE_LIST.match(_text_outside(text, found)):
        return None
    parts: list[ImagePart] = []
    begins = [0, *(match.end() for match in re.finditer("\n", text))]
    for item in images:
        after = text[item.inner_end : item.end]
        if item.label and (after.endswith("[]") or not after.startswith("][")):
            return None
        if "\n" in text[item.start : item.end]:
            return None
        line = bisect_right(begins, item.start) - 1
        shift = spans[line][0] - begins[line]
        if text[item.inner_start : item.inner_end].strip(BLANK):
            parts.append(ImagePart(True, [(shift + item.inner_start, shift + item.inner_end)]))
        if item.title and after.startswith("]("):
            title = _title(text, item.inner_end + 2, item.end)
            if title is not None:
                parts.append(
                    ImagePart(False, [(shift + title[0], shift + title[1])], text[title[0] - 1])
                )
    return parts


def _text_outside(text: str, found: Sequence[Inline]) -> str:
    """Return ``text`` with images, and the brackets and addresses of links, blanked out."""
    rest = list(text)
    for item in found:
        end = item.end
        if item.kind == "link":
            rest[item.start] = " "
            rest[item.inner_end : end] = " " * (end - item.inner_end)
        else:
            rest[item.start : end] = " " * (end - item.start)
    return "".join(rest)


def _title(text: str, position: int, end: int) -> tuple[int, int] | None:
    """Return the span of a title's text, after the address that begins at ``position``."""
    position = _after_blanks(text, position, end)
    address = parseLinkDestination(text, position, end)
    if not address.ok:
        return None
    position = _after_blanks(text, address.pos, end)
    title = parseLinkTitle(text, position, end, None)
    if not title.ok or not text[position + 1 : title.pos - 1].strip(BLANK):
        return None
    return position + 1, title.pos - 1


def _after_blanks(text: str, position: int, end: int) -> int:
    while position < end and text[position] in " \t\n":
        position += 1
    return position


def definition_title(text: str) -> tuple[int, int] | None:
    """Return the span of the title's text in a link definition, ``[label]: address "title"``."""
    label = _LABEL.match(text)
    return _title(text, label.end(), len(text)) if label else None
