"""Compute the anchors of headings, which are the same in both languages.

An author sets one (``{#id}``, ``{: #id}``, ``[[id]]``, ``{/*id*/}``), or it is generated from the
heading's text in the source as GitHub does. The headings of a target article take the ids of its
source, so that links keep working.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from bilingual.markdown import blocks
from bilingual.markdown.lines import BLANK
from bilingual.markdown.parser import shared_parser

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

_EXPLICIT = re.compile(
    r"(?:\{/\*[ \t]*(?P<comment>[^*\n]*?)[ \t]*\*/\}|\[\[(?P<double>[^\[\]\n]+)\]\]"
    r"|\{[ \t]*:?[ \t]*(?:#(?P<id>[^\s{}]+))?[^{}\n]*\})\Z"
)
_ATTRIBUTES = re.compile(r"\{[ \t]*(?:[:#.]|[\w-]+=|/\*)")


def split_anchor(heading: str) -> tuple[str, str]:
    """Return the text and the explicit id (empty for none) of ``heading``, its Markdown.

    The id is at the end; blanks between text and id belong to neither.
    """
    start = heading.rfind("{") if heading.endswith("}") else -1
    if heading.endswith("]]"):
        start = heading.rfind("[[")
    if start < 0:
        return heading, ""
    match = _EXPLICIT.match(heading, start)
    if match is None or (heading[start] == "{" and not _ATTRIBUTES.match(heading, start)):
        return heading, ""
    found = match["id"] or match["double"] or match["comment"] or ""
    return heading[:start].rstrip(BLANK), found


def slug(words: str) -> str:
    """Return the anchor that GitHub generates from a heading's plain text.

    Lower case; letters (Hangul too), digits, marks, ``_`` and ``-`` are kept; a space becomes
    ``-``; the rest is removed. NFC, so that both forms of Hangul give the same anchor.
    """
    text = unicodedata.normalize("NFC", words).strip().lower()
    kept = (
        character
        for character in text
        if character in " -_" or unicodedata.category(character)[0] in "LNM"
    )
    return "".join(kept).replace(" ", "-")


def anchors(text: str) -> list[tuple[int, str]]:
    """Return each heading's line, from 1, and its id, in article order.

    Explicit ids are kept; generated ones that exist already get ``-1``, ``-2`` …
    """
    parsed = blocks.parse(text)
    source = parsed.lines.source
    md = shared_parser()
    found: list[tuple[int, str]] = []
    headings: list[tuple[int, str, str]] = []
    for index, token in enumerate(parsed.tokens):
        if token.type == "heading_open" and token.map:
            spans = blocks.spans(parsed.tokens[index + 1])
            words, explicit = split_anchor("\n".join(source[a:b] for a, b in spans))
            headings.append((token.map[0] + 1, words, explicit))
    taken = {explicit for _, _, explicit in headings if explicit}
    count: dict[str, int] = {}
    for line, words, explicit in headings:
        if explicit:
            found.append((line, explicit))
            continue
        made = base = slug(_plain(md.parseInline(words, {})[0].children or []))
        while made in taken or not made:
            count[base] = count.get(base, 0) + 1
            made = f"{base or 'section'}-{count[base]}"
        taken.add(made)
        found.append((line, made))
    return found


def _plain(tokens: Sequence[Token]) -> str:
    parts: list[str] = []
    for token in tokens:
        if token.type in {"text", "code_inline", "math_inline", "text_special"}:
            parts.append(token.content)
        elif token.type == "image":
            parts.append(_plain(token.children or []))
        elif token.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
    return "".join(parts)
