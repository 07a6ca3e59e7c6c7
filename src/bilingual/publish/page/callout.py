"""Render callouts (``> [!NOTE]``, ``!!! note`` and ``:::note``) as one kind of box.

Its title is the author's, or the kind's name in the page's language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.token import Token

from bilingual.markdown.structure import CALLOUT
from bilingual.model import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from markdown_it import MarkdownIt

KINDS: Mapping[str, tuple[str, str]] = {
    "note": ("note", N_("Note")),
    "info": ("note", N_("Information")),
    "tip": ("tip", N_("Tip")),
    "hint": ("tip", N_("Tip")),
    "success": ("tip", N_("Tip")),
    "important": ("important", N_("Important")),
    "warning": ("warning", N_("Warning")),
    "caution": ("warning", N_("Caution")),
    "attention": ("warning", N_("Caution")),
    "danger": ("danger", N_("Danger")),
    "error": ("danger", N_("Danger")),
}
"""The class and the title of a callout by its name."""
PLAIN = KINDS["note"]
"""For any other name."""


def callouts(
    tokens: list[Token], source: str, md: MarkdownIt, words: Callable[[str], str]
) -> list[Token]:
    """Return ``tokens``, those of ``source``, with every callout as a box.

    A directive with another name is replaced by its content.
    """
    return _directives(_quotes(tokens, words), source, md, words)


def _quotes(tokens: list[Token], words: Callable[[str], str]) -> list[Token]:
    """Return ``tokens`` with ``> [!NOTE]`` as boxes, and with titles on the boxes of ``!!!``."""
    shown: list[Token] = []
    boxed: list[bool] = []
    skipped = 0
    for at, token in enumerate(tokens):
        if at < skipped:
            continue
        if token.type == "blockquote_open":
            found = _callout_at(tokens, at + 1)
            boxed.append(found is not None)
            if found is None:
                shown.append(token)
                continue
            shown += _opening(*found, words)
            if not tokens[at + 2].children:
                skipped = at + 4  # the paragraph has only the title
        elif token.type == "blockquote_close" and boxed.pop():
            shown.append(_div(-1))
        else:
            if token.type == "admonition_open":
                _name_admonition(tokens, at, words)
            shown.append(token)
    return shown


def _directives(
    tokens: list[Token], source: str, md: MarkdownIt, words: Callable[[str], str]
) -> list[Token]:
    """Return ``tokens`` with ``:::note`` … ``:::`` as boxes."""
    closed = _closed_directives(tokens)
    shown: list[Token] = []
    waiting: list[tuple[int, bool]] = []
    for token in tokens:
        if token.type != "directive":
            shown.append(token)
        elif token.info:
            kind = token.info.lower()
            boxed = id(token) in closed and kind in KINDS
            waiting.append((token.level, boxed))
            if boxed:
                shown += _opening(kind, _label(token, source, md), words)
        elif waiting and waiting[-1][0] == token.level and waiting.pop()[1]:
            shown.append(_div(-1))
    return shown


def _closed_directives(tokens: list[Token]) -> set[int]:
    """Return the ids of the opening directives that are closed."""
    found: set[int] = set()
    waiting: list[Token] = []
    for token in tokens:
        if token.type != "directive":
            continue
        if token.info:
            waiting.append(token)
        elif waiting and waiting[-1].level == token.level:
            found.add(id(waiting.pop()))
    return found


def _callout_at(tokens: list[Token], at: int) -> tuple[str, list[Token]] | None:
    """Return name and title of the callout whose quotation's first token is at ``at``.

    Both are removed from its first paragraph. None for a plain quotation.
    """
    if tokens[at].type != "paragraph_open":
        return None
    inline = tokens[at + 1]
    children = inline.children or []
    found = CALLOUT.match(inline.content)
    if found is None or not children or not children[0].content.startswith(found[0]):
        return None
    children[0].content = children[0].content[found.end() :].lstrip()
    breaks = [n for n, each in enumerate(children) if each.type in {"softbreak", "hardbreak"}]
    end = breaks[0] if breaks else len(children)
    title = [each for each in children[:end] if each.content or each.type != "text"]
    inline.children = children[end + 1 :]
    inline.content = inline.content.partition("\n")[2]
    return found["name"].lower(), title


def _label(token: Token, source: str, md: MarkdownIt) -> list[Token]:
    """Return the title on a directive's own line."""
    text = " ".join(source[start:end] for start, end in token.meta.get("spans", ()))
    return md.parseInline(text, {})[0].children or [] if text.strip() else []


def _opening(kind: str, title: list[Token], words: Callable[[str], str]) -> list[Token]:
    style, name = KINDS.get(kind, PLAIN)
    inline = Token("inline", "", 0, block=True, children=title or [_text(words(name))])
    inline.content = "".join(each.content for each in inline.children or ())
    heading = Token("paragraph_open", "p", 1, attrs={"class": "admonition-title"}, block=True)
    return [
        Token("callout_open", "div", 1, attrs={"class": f"admonition {style}"}, block=True),
        heading,
        inline,
        Token("paragraph_close", "p", -1, block=True),
    ]


def _name_admonition(tokens: list[Token], at: int, words: Callable[[str], str]) -> None:
    """Set the class of the box of ``!!! note``, and its title where the author wrote none."""
    opening = tokens[at]
    style, name = KINDS.get(str(opening.meta.get("tag", "")).lower(), PLAIN)
    opening.attrSet("class", f"admonition {style}")
    if at + 2 < len(tokens) and tokens[at + 1].type == "admonition_title_open":
        inline = tokens[at + 2]
        if len(opening.info.split()) < 2:
            inline.children = [_text(words(name))]
            inline.content = words(name)


def _text(words: str) -> Token:
    return Token("text", "", 0, content=words)


def _div(nesting: int) -> Token:
    return Token("callout_close", "div", nesting, block=True)  # type: ignore[arg-type] # -1
