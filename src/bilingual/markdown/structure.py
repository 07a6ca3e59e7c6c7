"""Describe the block structure of a text, which is the same when only words change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bilingual.errors import ContentError
from bilingual.markdown import blocks, front_matter, html
from bilingual.markdown.lines import BLANK, SPACE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bilingual.markdown.state import Token

CALLOUT = re.compile(rf"\[!(?P<name>[\w-]+)\](?P<fold>[+-]?)(?={SPACE}|\Z)")
"""``[!NOTE]`` at the start of a quotation (GitHub, Obsidian)."""


def skeleton(text: str) -> tuple[str, ...]:
    """Return the blocks of ``text`` in order, one name each; equal when only words differ.

    A name contains the block's shape: a heading's level, a list's kind and first number, the
    columns of a table, a fence's language, the block tags of HTML, the keys of front matter.
    It does not contain words, addresses or the content of code.
    """
    return tuple(name for name, _ in outline(blocks.parse(text)))


def outline(parsed: blocks.Blocks) -> Iterator[tuple[str, int]]:
    """Yield each block's name and the line, from 0, at which it begins."""
    source = parsed.lines.source
    line = 0
    quoted = False
    for token in parsed.tokens:
        if token.map:
            line = token.map[0]
        kind = token.type
        if kind == "inline":
            if quoted and (found := blocks.spans(token)):
                callout = CALLOUT.match(source, *found[0])
                if callout:
                    yield f"callout {callout['name']}", line
            quoted = False
            continue
        quoted = kind == "blockquote_open" or (quoted and kind == "paragraph_open")
        shape = _SHAPES.get(kind)
        yield (shape(token, source) if shape else kind), line


_SHAPES: dict[str, Callable[[Token, str], str]] = {
    "admonition_open": lambda token, _: f"admonition {token.meta['tag']}",
    "directive": lambda token, _: f"directive {token.info}",
    "fence": lambda token, _: f"fence {token.info.strip(BLANK).split(' ')[0]}",
    "footnote_reference_open": lambda token, _: f"footnote {token.meta['label']}",
    "front_matter": lambda _, source: f"front matter {_keys(source)}",
    "heading_open": lambda token, _: token.tag,
    "html_block": lambda token, source: f"html {html.outline(content(token, source))}",
    "list_item_open": lambda token, _: "task" if "checked" in token.meta else "item",
    "ordered_list_open": lambda token, _: f"list {token.attrs.get('start', 1)}{token.markup}",
    "paragraph_open": lambda token, _: "tight" if token.hidden else "paragraph",
}
"""The part of a block's shape that is not in its kind."""


def content(token: Token, source: str) -> str:
    """Return the token's lines without container prefixes and indentation."""
    return "\n".join(source[start:end] for start, end in blocks.spans(token))


def _keys(source: str) -> str:
    fence = front_matter.locate(source)
    if fence is None:
        return ""
    try:
        values = front_matter.decode(source, fence)
    except ContentError:
        return "unreadable"
    return " ".join(_paths(values, ""))


def _paths(value: object, path: str) -> Iterator[str]:
    # Deep enough for any real article; this also ends an alias that contains itself.
    if path.count(".") > 8:
        return
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _paths(item, f"{path}.{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _paths(item, f"{path}.{index}")
    else:
        yield path
