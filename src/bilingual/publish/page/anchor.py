"""Write anchors into the Markdown of a pair, so that every renderer uses the same ones.

A renderer generates an anchor from a heading's text, so that it differs between languages and
between renderers. Both files of a pair therefore have the source's anchors: as an attribute
(``## 점수 {#scores}``) or as HTML (``## <a id="scores"></a>점수``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bilingual.markdown import blocks
from bilingual.markdown.anchors import split_anchor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STYLES = ("attribute", "html", "none")
CLOSING = re.compile(r"[ \t]*(?:[ \t]#+)?[ \t]*(?=\n|\Z)")
"""What may follow the text of an ATX heading."""
HTML = '<a id="{}"></a>'


def add_anchors(text: str, ids: Sequence[str], style: str) -> str:
    """Return the Markdown ``text`` with ``ids`` on its headings, in order.

    ``style`` is one of ``STYLES``. A heading that has an id, or no text, is unchanged; so is a
    text whose number of headings differs from the number of ids.
    """
    headings = list(_headings(text))
    if style == "none" or len(headings) != len(ids):
        return text
    pieces: list[str] = []
    here = 0
    for found, name in zip(headings, ids, strict=True):
        if found is None or found.explicit or text.startswith(HTML.format(name), found.start):
            continue
        if style == "html":
            pieces += [text[here : found.start], HTML.format(name)]
            here = found.start
        elif found.attributes:
            pieces += [text[here : found.attributes], f"#{name} "]
            here = found.attributes
        else:
            pieces += [text[here : found.end], f" {{#{name}}}"]
            here = found.after
    return "".join(pieces) + text[here:]


def remove_anchors(text: str, ids: Sequence[str]) -> str:
    """Return ``text`` without the HTML that ``add_anchors`` wrote; the lines keep their numbers."""
    headings = list(_headings(text))
    if len(headings) != len(ids):
        return text
    for found, name in reversed(list(zip(headings, ids, strict=True))):
        added = HTML.format(name)
        if found is not None and text.startswith(added, found.start):
            text = text[: found.start] + text[found.start + len(added) :]
    return text


class _Heading:
    """The offsets of a heading's text."""

    __slots__ = ("after", "attributes", "end", "explicit", "start")

    def __init__(self, start: int, end: int, after: int, attributes: int, explicit: str) -> None:
        self.start = start
        self.end = end
        self.after = after
        """The offset after the markers that close the heading's line."""
        self.attributes = attributes
        """Where to insert an id in a list of attributes without one; 0 without a list."""
        self.explicit = explicit


def _headings(text: str) -> Iterator[_Heading | None]:
    """Yield every heading of ``text`` in order; None for one without text."""
    parsed = blocks.parse(text)
    source, original = parsed.lines.source, parsed.lines.original
    for index, token in enumerate(parsed.tokens):
        if token.type != "heading_open" or not token.map:
            continue
        spans = blocks.spans(parsed.tokens[index + 1])
        if not spans:
            yield None
            continue
        start, (last, end) = spans[0][0], spans[-1]
        words, explicit = split_anchor(source[last:end])
        attributes = 0
        if not explicit and len(words) < end - last:
            opening = re.compile(r"[ \t]*\{[ \t]*:?[ \t]*").match(source, last + len(words))
            attributes = original(opening.end()) if opening else 0
        closing = CLOSING.match(source, end)
        after = closing.end() if closing and token.markup.startswith("#") else end
        yield _Heading(original(start), original(end), original(after), attributes, explicit)
