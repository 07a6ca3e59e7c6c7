"""Segment an article into units.

``blocks.parse`` finds the text; this module decides which of it is a unit, and of which kind.
``merge.merge`` is the inverse.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from bilingual.markdown import blocks, fields, front_matter, html, image, structure, table
from bilingual.markdown.anchors import split_anchor
from bilingual.markdown.document import Document, Layout, UnitLocation
from bilingual.markdown.lines import SPACE
from bilingual.markdown.translatable import is_translatable
from bilingual.model import Kind, Position, Unit

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bilingual.markdown.blocks import Span
    from bilingual.markdown.state import Token

DEFAULT_KEYS = (
    "title",
    "subtitle",
    "dek",
    "description",
    "summary",
    "category",
    "tags",
    "author",
    "source.name",
    "hero.alt",
    "hero.caption",
    "hero.credit",
)
"""Dotted front-matter keys whose text is translated; without positions in lists."""
DEKS = ("dek", "subtitle", "description", "summary")
"""Front-matter keys that may hold the sentence below the title; the first that exists counts."""
_DIRECTIVE = re.compile(
    rf"{SPACE}*<!--{SPACE}*bilingual:(?P<word>skip|end|note)\b(?P<rest>.*)-->{SPACE}*\Z", re.DOTALL
)
_TITLE = re.compile(r"[ \t]*(?P<title>\S.*)?\Z", re.DOTALL)


def segment(text: str, *, keys: Collection[str] = DEFAULT_KEYS) -> Document:
    """Return the article ``text`` with its units, in article order.

    ``text`` is the decoded file with its line endings and byte order mark. ``keys`` are the dotted
    front-matter keys to translate. Raises ``ContentError`` with the line when the front matter is
    invalid; any Markdown is accepted.
    """
    parsed = blocks.parse(text)
    walk = _Walk(parsed, frozenset(keys))
    walk.run()
    return Document(text, tuple(walk.units), tuple(walk.locations), parsed.lines.ending, parsed)


class _Walk:
    """One pass over the blocks, with the state of the containers around."""

    def __init__(self, parsed: blocks.Blocks, keys: frozenset[str]) -> None:
        self.lines = parsed.lines
        self.source = parsed.lines.source
        self.starts = parsed.lines.starts
        self.tokens = parsed.tokens
        self.keys = keys
        self.units: list[Unit] = []
        self.locations: list[UnitLocation] = []
        self.headings: list[tuple[int, str]] = []
        self.path: tuple[str, ...] = ()
        self.containers: list[str] = []
        self.fresh = False  # True before the container's first block
        self.skipping = False
        self.notes: tuple[str, ...] = ()

    def run(self) -> None:
        """Process all tokens."""
        before = None
        for token in self.tokens:
            kind = token.type
            if kind == "inline" and before is not None:
                self._inline(before, token)
                self.fresh = False
            elif kind in _CONTAINERS:
                self.containers.append(kind)
                self.fresh = True
            elif kind in _CLOSERS:
                self.containers.pop()
                self.fresh = False
            elif token.nesting == 0:
                self._leaf(token)
                self.fresh = False
            before = token

    def _leaf(self, token: Token) -> None:
        if token.type == "html_block":
            self._html(token)
        elif token.type == "front_matter":
            self._front_matter()
        elif self.skipping:
            return
        elif token.type == "definition":
            self._definition(token)
        elif token.type == "directive" and blocks.spans(token):
            quote = "]" if token.markup == "label" else "{"
            self._add(Kind.CAPTION, Layout.TITLE, blocks.spans(token), quote=quote)

    def _add(  # noqa: PLR0913 - the parts of a unit, passed by name
        self,
        kind: Kind,
        layout: Layout,
        spans: Sequence[Span],
        *,
        source: str | None = None,
        path: tuple[str, ...] | None = None,
        quote: str = "",
        field: fields.Field | None = None,
    ) -> None:
        if source is None:
            source = "\n".join([self.source[start:end] for start, end in spans])
        lines = self.lines
        start = spans[0][0]
        line = bisect_right(self.starts, start)
        places = tuple(lines.originals(spans))
        position = Position(line, start - self.starts[line - 1] + 1, places[0][0], places[-1][1])
        path = self.path if path is None else path
        unit = Unit(kind, source, path, is_translatable(source), self.notes, position)
        self.notes = ()
        self.units.append(unit)
        self.locations.append(UnitLocation(places, layout, quote, field))

    def _inline(self, opening: Token, token: Token) -> None:
        spans = blocks.spans(token)
        if self.skipping or not spans:
            return
        kind = opening.type
        if kind == "paragraph_open":
            self._paragraph(opening, spans)
        elif kind == "heading_open":
            self._heading(opening, spans)
        elif kind in {"th_open", "td_open"}:
            raw = self.source[slice(*spans[0])]
            self._add(Kind.CELL, Layout.CELL, spans, source=table.decode(raw))
        elif kind == "dt_open":
            self._add(Kind.DEFINITION, Layout.LINE, spans)
        else:
            self._add(Kind.CAPTION, Layout.LINE, spans)

    def _heading(self, opening: Token, spans: list[Span]) -> None:
        level = int(opening.tag[1])
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()
        self.path = tuple([words for _, words in self.headings])
        start, end = spans[-1]
        words, _ = split_anchor(self.source[start:end])
        spans = blocks.trim(self.source, [*spans[:-1], (start, start + len(words))])
        if not spans:
            return
        setext = opening.markup in {"=", "-"}
        self._add(Kind.HEADING, Layout.PROSE if setext else Layout.HEADING, spans)
        self.headings.append((level, self.units[-1].source))
        self.path = tuple([words for _, words in self.headings])

    def _paragraph(self, opening: Token, spans: list[Span]) -> None:
        if self.containers and self.containers[-1] == "blockquote_open" and self.fresh:
            spans = self._after_callout(spans)
            if not spans:
                return
        if self.source.startswith(("![", "[!["), spans[0][0]):
            images = image.standalone(self.source, spans)
            if images is not None:
                for part in images:
                    kind = Kind.ALT if part.alt else Kind.CAPTION
                    layout = Layout.ALT if part.alt else Layout.TITLE
                    self._add(kind, layout, part.spans, quote=part.quote)
                return
        self._add(self._kind(opening), Layout.PROSE, spans)

    def _kind(self, opening: Token) -> Kind:
        container = self.containers[-1] if self.containers else ""
        if container == "list_item_open":
            return Kind.ITEM if self.fresh or opening.hidden else Kind.PARAGRAPH
        if container == "footnote_reference_open":
            return Kind.FOOTNOTE
        return Kind.DEFINITION if container == "dd_open" else Kind.PARAGRAPH

    def _after_callout(self, spans: list[Span]) -> list[Span]:
        """Add the title of ``> [!NOTE] title`` as its own unit; return the spans after it."""
        start, end = spans[0]
        callout = structure.CALLOUT.match(self.source, start, end)
        if callout is None:
            return spans
        title = blocks.trim(self.source, [(callout.end(), end)])
        if title:
            self._add(Kind.CAPTION, Layout.LINE, title)
        return spans[1:]

    def _html(self, token: Token) -> None:
        spans = blocks.spans(token)
        text = structure.content(token, self.source)
        if "bilingual:" in text and (order := _DIRECTIVE.match(text)):
            if order["word"] == "note":
                self.notes = (*self.notes, " ".join(order["rest"].split()))
            else:
                self.skipping = order["word"] == "skip"
            return
        if self.skipping:
            return
        for run in html.text_runs(text):
            found = cut(spans, run.start, run.end)
            if run.quote is None:
                self._add(Kind.HTML, Layout.HTML, found)
            else:
                self._add(Kind.ATTRIBUTE, Layout.ATTRIBUTE, found, quote=run.quote)

    def _definition(self, token: Token) -> None:
        if not token.meta.get("title"):
            return
        spans = blocks.spans(token)
        text = structure.content(token, self.source)
        found = image.definition_title(text)
        if found is not None:
            self._add(Kind.CAPTION, Layout.TITLE, cut(spans, *found), quote=text[found[0] - 1])

    def _front_matter(self) -> None:
        fence = front_matter.locate(self.source)
        if fence is None:
            return
        for field in fields.translatable(self.source, fence, self.keys):
            self._add(
                Kind.FIELD,
                Layout.FIELD,
                [(field.start, field.end)],
                source=field.value,
                path=field.path,
                field=field,
            )


_CONTAINERS = frozenset(
    {"blockquote_open", "list_item_open", "footnote_reference_open", "dd_open", "admonition_open"}
)
_CLOSERS = frozenset(name.replace("_open", "_close") for name in _CONTAINERS)


def cut(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    r"""Return the part of a text's spans between two offsets of that text.

    The text is the spans' lines joined by ``\n``; ``start`` must not be after ``end``.
    """
    found: list[Span] = []
    offset = 0
    for first, last in spans:
        length = last - first
        if offset + length >= start and offset <= end:
            found.append((first + max(start - offset, 0), first + min(end - offset, length)))
        offset += length + 1
    return found
