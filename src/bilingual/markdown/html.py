"""Find text and attributes in HTML blocks, without building a tree.

An HTML block of CommonMark is a run of lines, not a well-formed document: tags may close in
another block or never. So the block is split into pieces (tag, text, comment …) from left to
right, and a text run is what is between tags that are not inline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bilingual.markdown.lines import BLANK, SPACE

if TYPE_CHECKING:
    from collections.abc import Iterator

_INSIDE = (
    r"(?:[^<>\"'{}]|\"[^\"]*\"|'[^']*'"
    r"|\{(?:[^{}\"'`]|\"[^\"\n]*\"|'[^'\n]*'|`[^`]*`|\{(?:[^{}]|\{[^{}]*\})*+\})*+\})*+"
)
TAG = re.compile(rf"<(?P<close>/?)(?P<name>[A-Za-z][\w.:-]*)(?P<inside>{_INSIDE})>|</?>")
"""A tag of HTML or JSX with attributes; braces may nest three deep. ``<>`` is a JSX fragment."""
COMPONENT = re.compile(rf"</?[A-Z][\w.]*(?=[{BLANK}/>])|</?>")
"""The start of a JSX component's tag: its name has a capital letter."""
_PIECE = re.compile(
    r"<!--(?:>|->|.*?(?:-->|\Z))|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)|<![A-Za-z][^>]*(?:>|\Z)"
    rf"|{TAG.pattern}",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    rf"(?<=[{BLANK}\"'])(?:alt|title){SPACE}*={SPACE}*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'"
    rf"|(?P<bare>[^{BLANK}\"'=<>`{{}}]+))"
    r"|\"[^\"]*\"|'[^']*'",
    re.IGNORECASE,
)
INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "br",
        "button",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "mark",
        "meter",
        "output",
        "progress",
        "q",
        "rb",
        "rp",
        "rt",
        "rtc",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
"""Elements that may be within a sentence (HTML Living Standard, phrasing content)."""
_VOID = frozenset({"br", "img", "input", "wbr"})
_RAW = frozenset({"script", "style", "pre", "textarea", "svg", "math", "template", "iframe"})
"""Elements whose content is not text to translate."""
_NEVER = re.compile(rf"<(?=[!?]|/?(?:{'|'.join(sorted(_RAW))})\b)", re.IGNORECASE)
"""What a target may not begin: comments, declarations and raw elements."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A tag, a comment or a run of text."""

    kind: str
    """``tag``, ``text``, ``raw`` (an element with its content) or ``other``."""
    start: int
    end: int
    name: str = ""
    """The element's name in lower case; a component's unchanged."""
    close: bool = False


@dataclass(frozen=True, slots=True)
class TextRun:
    """A text or an attribute's value to translate, as offsets into the block."""

    start: int
    end: int
    quote: str | None = None
    """None for text; for an attribute the quotation mark around it, or empty."""


def pieces(text: str) -> Iterator[Piece]:
    """Yield the pieces of HTML ``text``, in order and without gaps."""
    position = 0
    while match := _PIECE.search(text, position):
        start, end = match.span()
        if start > position:
            yield Piece("text", position, start)
        name = match["name"]
        if name is None:
            kind = "tag" if match.group() in {"<>", "</>"} else "other"
            yield Piece(kind, start, end)
            position = end
            continue
        close = bool(match["close"])
        lowered = name.lower()
        if lowered in _RAW and not close and not match["inside"].endswith("/"):
            end = _raw_end(text, end, lowered)
            yield Piece("raw", start, end, lowered)
        else:
            yield Piece("tag", start, end, lowered if lowered in INLINE else name, close)
        position = end
    if position < len(text):
        yield Piece("text", position, len(text))


def _raw_end(text: str, position: int, name: str) -> int:
    match = re.compile(rf"</{name}(?=[{BLANK}/>])[^>]*>", re.IGNORECASE).search(text, position)
    return match.end() if match else len(text)


def text_runs(text: str) -> Iterator[TextRun]:
    """Yield the texts to translate in an HTML block, in order.

    Inline tags are kept inside their text run; comments, scripts, styles and preformatted text
    are skipped.
    """
    run: list[Piece] = []
    for piece in pieces(text):
        if piece.kind == "text" or (piece.kind == "tag" and piece.name in INLINE):
            run.append(piece)
            continue
        if run:
            yield from _cut(text, run)
            run = []
        if piece.kind == "tag" and not piece.close:
            yield from _attributes(text, piece)
    yield from _cut(text, run)


def _cut(text: str, run: list[Piece]) -> Iterator[TextRun]:
    """Yield the run's text, and the attributes of the tags at its edges that are not part of it."""
    first, last = _core(text, run)
    core = run[first:last]
    if any(piece.kind == "text" and text[piece.start : piece.end].strip(BLANK) for piece in core):
        start, end = core[0].start, core[-1].end
        while text[start] in BLANK:
            start += 1
        while text[end - 1] in BLANK:
            end -= 1
        middle = [TextRun(start, end)]
    else:
        middle = [found for piece in core for found in _attributes(text, piece)]
    for piece in run[:first]:
        yield from _attributes(text, piece)
    yield from middle
    for piece in run[last:]:
        yield from _attributes(text, piece)


def _core(text: str, run: list[Piece]) -> tuple[int, int]:
    """Return the range of a run's pieces that is its sentence, without blanks and images around it.

    At the very start of a block, the tag that begins the block (CommonMark 4.6, kind 7) and its
    closing tag are left out too; text at the start there is a tag that never closed.
    """
    first, last = 0, len(run)
    while last > first and _outside(text, run[last - 1]):
        last -= 1
    if run and run[0].start == 0:
        if run[0].kind == "text":
            return 0, 0
        first = 1
        if last > 1 and run[last - 1].close and run[last - 1].name == run[0].name:
            last -= 1
    last = max(first, last)
    while last > first and _outside(text, run[last - 1]):
        last -= 1
    while first < last and _outside(text, run[first]):
        first += 1
    return first, last


def _outside(text: str, piece: Piece) -> bool:
    if piece.kind == "text":
        return not text[piece.start : piece.end].strip(BLANK)
    return piece.name in _VOID


def _attributes(text: str, piece: Piece) -> Iterator[TextRun]:
    if piece.kind != "tag" or piece.close:
        return
    # A value may contain what looks like an attribute; so one pass goes over all values.
    position = piece.start
    while match := _ATTRIBUTE.search(text, position, piece.end):
        position = match.end()
        for group, quote in (("double", '"'), ("single", "'"), ("bare", "")):
            if match[group] and match[group].strip(BLANK):
                start, end = match.span(group)
                yield TextRun(start, end, quote)


def outline(text: str) -> str:
    """Return the names of an HTML block's tags in order, without inline ones, which are text."""
    return " ".join(
        f"{'/' if piece.close else ''}{piece.name or piece.kind}"
        for piece in pieces(text)
        if piece.kind != "text" and not (piece.kind == "tag" and piece.name in INLINE)
    )


def text_only(target: str) -> str:
    """Return ``target`` as a text run, in which only inline tags act as tags.

    Any other ``<`` becomes ``&lt;``; blank lines, which would end the block, are removed.
    """
    text = _NEVER.sub("&lt;", target)
    parts: list[str] = []
    for piece in pieces(text):
        part = text[piece.start : piece.end]
        inline = piece.kind == "tag" and piece.name in INLINE
        parts.append(part if inline else part.replace("<", "&lt;"))
    return re.sub(r"\n[ \t]*(?=\n)", "", "".join(parts))


def attribute_only(target: str, quote: str) -> str:
    """Return ``target`` as an attribute's value within ``quote``, which is added when empty."""
    value = re.sub(rf"{SPACE}*\n{SPACE}*", " ", target).replace("<", "&lt;")
    if not quote:
        return f'"{value.replace(chr(34), "&quot;")}"'
    return value.replace(quote, "&quot;" if quote == '"' else "&#39;")
