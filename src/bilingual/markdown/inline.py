"""Find the inline constructs of a unit and their positions.

markdown-it-py's own inline rules decide what is a link, a code span or an emphasis, with
CommonMark's flanking rules (``**용어(Term)**는`` is not bold); the positions, which its tokens do
not have, are recorded while the rules run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline

from bilingual.markdown.parser import new_parser

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    Rule = Callable[[StateInline, bool], bool]

_FULL = re.compile(r"\]\[((?:[^\[\]\\]|\\.)+)\]", re.DOTALL)
_COLLAPSED = re.compile(r"\[((?:[^\[\]\\]|\\.)+)\]\[\]", re.DOTALL)
_BACKTICKS = re.compile(r"`+")
_OTHER = re.compile(
    r"\]\(|\]\[|\[\^|<|\\|\{[{%/]|~~|:(?=//)|\*[^*]*\*|\$|_(?<![^\W_]_)|_(?![^\W_])"
)
"""A substring of every escape and every construct other than code and plain links."""
_LINK = re.compile(
    r"\[(?<!!\[)(?!\^)(?P<words>[^\[\]]*)\]"
    r"\((?P<address>(?!(?i:javascript|vbscript|file|data):)[^\s\x00-\x1f\x7f()<>\\&`]*)\)"
)
"""A link that cannot be anything else once code is masked."""
_BARE = re.compile(r"(?<![\w@/.-])https?://[!-;=?-Z\[\]_a-z~]+")
_EMPHASES = frozenset({"emphasis", "strong", "strike"})
_CUTS = 8
_TRAILING = frozenset(".,:;!?*_~'\"")


@dataclass(frozen=True, slots=True)
class Inline:
    """One inline construct. Offsets count code points of the unit's text."""

    kind: str
    """``code``, ``link``, ``image``, ``autolink``, ``html``, ``footnote``, ``emphasis``,
    ``strong``, ``strike`` or ``math``. A shortcode or template is ``html``."""
    start: int
    end: int
    inner_start: int
    """Where the text within the construct begins: a link's text, an image's alternative text,
    the content of code; for raw HTML it is empty."""
    inner_end: int
    destination: str = ""
    """The address of a link or image, without escapes, not percent-encoded."""
    title: str = ""
    label: str = ""
    """The label of a reference link or of a footnote, as the author wrote it, normalised for
    links (letter case and white space do not count)."""


def inlines(text: str, references: Collection[str] = ()) -> tuple[Inline, ...]:
    """Return the inline constructs of a unit's ``text``, by their start, outer ones first.

    Link definitions are elsewhere in the article, so ``[words][label]`` and ``[words][]`` are
    links for any label, and ``[^1]`` is a footnote reference. A shortcut, ``[words]`` alone, is a
    link when its label is in ``references`` or used in full form in the same text. Bare
    ``http://…`` addresses are ``autolink``; they end before Hangul, so that a particle is not
    part of them.
    """
    # Most units have nothing but code and plain links, which need no parser.
    found = _codes(text) if "`" in text else []
    rest = _mask_code(text, found) if found else text
    if "](" in rest:
        links = [_plain_link(each) for each in _LINK.finditer(rest)]
        found = sorted(found + links, key=_order)
        rest = _LINK.sub(r"(\g<words>)", rest)
    shortcuts = "[" in rest and (references or "][" in text)
    if not shortcuts and not _OTHER.search(rest):
        return tuple(found)
    return parse_inlines(text, references)


def parse_inlines(text: str, references: Collection[str] = ()) -> tuple[Inline, ...]:
    """Return the same by running the parser, for any ``text``."""
    labels = [match[1] for match in _FULL.finditer(text)] if "][" in text else []
    if "[]" in text:
        labels.extend(match[1] for match in _COLLAPSED.finditer(text))
    known = {normalizeReference(label): _UNKNOWN for label in (*labels, *references)}
    md = _recording_parser()
    state = _Recorder(text, md, {"references": known}, [])
    md.inline.tokenize(state)
    for rule in md.inline.ruler2.getRules(""):
        rule(state)
    found = [*_constructs(state.tokens)]
    found.extend(_bare_addresses(text, found))
    found.sort(key=_order)
    return tuple(found)


def _order(inline: Inline) -> tuple[int, int]:
    return inline.start, -inline.end


def _plain_link(found: re.Match[str]) -> Inline:
    return Inline("link", *found.span(), *found.span("words"), found["address"])


def _codes(text: str) -> list[Inline]:
    """Return the code spans of a text without escapes (CommonMark 0.31, section 6.1).

    A run of backticks is closed by the next one of its length; one pass from the end finds them
    all, so that the time is linear for any runs.
    """
    runs = [found.span() for found in _BACKTICKS.finditer(text)]
    closing: list[int] = []
    nearest: dict[int, int] = {}
    for number in reversed(range(len(runs))):
        start, end = runs[number]
        closing.append(nearest.get(end - start, 0))
        nearest[end - start] = number
    closing.reverse()
    found: list[Inline] = []
    number = 0
    while number < len(runs):
        start, inner = runs[number]
        if closing[number]:
            number = closing[number]
            stop, end = runs[number]
            found.append(Inline("code", start, end, inner, stop))
        number += 1
    return found


def _mask_code(text: str, codes: Sequence[Inline]) -> str:
    """Return ``text`` with each of ``codes`` replaced by backticks."""
    parts: list[str] = []
    position = 0
    for each in codes:
        parts += [text[position : each.start], "`" * (each.end - each.start)]
        position = each.end
    return "".join([*parts, text[position:]])


_UNKNOWN = {"href": "", "title": ""}


class _Recorder(StateInline):
    """An inline state that records the parser's position when it adds a token."""

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        token.meta = {"at": self.pos}
        return token


@cache
def _recording_parser() -> MarkdownIt:
    md = new_parser()
    md.options["store_labels"] = True
    md.normalizeLink = lambda url: url  # type: ignore[method-assign]
    for found in md.inline.ruler.__rules__:
        if found.name == "footnote_ref":
            found.fn = _footnote
        if found.name in {"strikethrough", "emphasis"}:
            md.inline.ruler.at(found.name, _delimiters(found.fn))
        elif found.name not in {"text", "newline"}:
            md.inline.ruler.at(found.name, _recorded(found.fn))
    return md


def _recorded(rule: Rule) -> Rule:
    def recorded(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            # The text before the construct may have been pushed first; it has no position.
            for token in state.tokens[count : count + 2]:
                if "at" in token.meta:
                    token.meta["place"] = (start, state.pos)
                    break
        return True

    return recorded


def _delimiters(rule: Rule) -> Rule:
    def recorded(state: StateInline, silent: bool) -> bool:
        count = len(state.tokens)
        if not rule(state, silent):
            return False
        position = state.pos
        for token in reversed(state.tokens[count:]):
            if "at" not in token.meta:
                break
            position -= len(token.content)
            token.meta["at"] = position
        return True

    return recorded


def _footnote(state: StateInline, silent: bool) -> bool:
    match = re.compile(r"\[\^([^\]\s]+)\]").match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.push("footnote_ref", "", 0).meta["label"] = match[1]
    state.pos = match.end()
    return True


def _in_text_order(tokens: list[Token]) -> list[Token]:
    """Return the tokens with runs of closing ``~~`` in the order of their positions.

    With an odd number of tildes, markdown-it swaps the single one with the last closing token.
    In HTML closing tags are all the same; here each has its position.
    """
    closing: list[Token] = []
    for token in [*tokens, None]:
        if token is not None and token.type == "s_close":
            closing.append(token)
        elif closing:
            places = sorted(each.meta["at"] for each in closing)
            for each, place in zip(closing, places, strict=True):
                each.meta["at"] = place
            closing = []
    return tokens


def _constructs(tokens: list[Token]) -> Iterator[Inline]:
    open_tokens: list[Token] = []
    for token in _in_text_order(tokens):
        meta: dict[str, Any] = token.meta
        if token.type in {"em_open", "strong_open", "s_open", "link_open"}:
            open_tokens.append(token)
        elif token.type in {"em_close", "strong_close", "s_close"}:
            yield _pair(open_tokens.pop(), token)
        elif token.type == "link_close":
            yield _link(open_tokens.pop(), token)
        elif token.type == "image":
            start, end = meta["place"]
            yield Inline(
                "image", start, end, start + 2, start + 2 + len(token.content),
                str(token.attrs.get("src", "")), str(token.attrs.get("title", "")),
                meta.get("label", ""),
            )  # fmt: skip
        elif token.type in {"code_inline", "math_inline", "math_inline_double"}:
            start, end = meta["place"]
            width = len(token.markup)
            kind = "code" if token.type == "code_inline" else "math"
            yield Inline(kind, start, end, start + width, end - width)
        elif token.type in {"html_inline", "template"}:
            start, end = meta["place"]
            yield Inline("html", start, end, end, end)
        elif token.type == "footnote_ref":
            start, end = meta["place"]
            yield Inline("footnote", start, end, start + 2, end - 1, label=meta["label"])


_PAIRS = {"em_open": ("emphasis", 1), "strong_open": ("strong", 2), "s_open": ("strike", 2)}


def _pair(opening: Token, closing: Token) -> Inline:
    kind, width = _PAIRS[opening.type]
    # The token of a strong opening is its inner marker, that of a closing its first.
    inner = opening.meta["at"] + (width if kind == "strike" else 1)
    close = closing.meta["at"]
    return Inline(kind, inner - width, close + width, inner, close)


def _link(opening: Token, closing: Token) -> Inline:
    start, end = opening.meta["place"]
    href = str(opening.attrs.get("href", ""))
    if opening.markup == "autolink":
        return Inline("autolink", start, end, start + 1, end - 1, href)
    return Inline(
        "link", start, end, start + 1, closing.meta["at"], href,
        str(opening.attrs.get("title", "")), opening.meta.get("label", ""),
    )  # fmt: skip


def _bare_addresses(text: str, found: list[Inline]) -> Iterator[Inline]:
    if "://" not in text:
        return
    found = sorted(found, key=lambda item: (item.start, -item.end))
    position = taken = 0
    around: list[Inline] = []
    for match in _BARE.finditer(text):
        start, end = match.span()
        while position < len(found) and found[position].start <= start:
            item = found[position]
            position += 1
            if item.kind in _EMPHASES:
                around.append(item)
            else:
                taken = max(taken, item.end)
        while around and around[-1].inner_end <= start:
            around.pop()
        if start < taken:
            continue
        # Emphasis may close after the address, and only paired brackets are part of it.
        if around:
            end = min(end, around[-1].inner_end)
        address = _cut_address(text[start:end], start, found, position)
        if len(address) > len("https://"):
            end = start + len(address)
            yield Inline("autolink", start, end, start, end, address)


def _cut_address(address: str, start: int, found: list[Inline], position: int) -> str:
    """Return ``address`` without what belongs to the sentence or to constructs from ``position``.

    Each cut may make another one necessary; ``_CUTS`` of them are enough for a real address.
    """
    for _ in range(_CUTS):
        end = _before_crossing(found, position, start + len(address))
        shorter = _without_trailing(address[: end - start])
        if shorter == address:
            return address
        address = shorter
    return ""


def _before_crossing(found: list[Inline], position: int, end: int) -> int:
    """Return the end of an address that must not overlap constructs from ``position`` on."""
    while position < len(found) and found[position].start < end:
        if found[position].end > end:
            return found[position].start
        position += 1
    return end


def _without_trailing(address: str) -> str:
    """Return an address without the punctuation of its sentence."""
    end = len(address)
    surplus = {close: address.count(close) - address.count(open_) for open_, close in ("()", "[]")}
    while end:
        last = address[end - 1]
        if last in surplus and surplus[last] > 0:
            surplus[last] -= 1
        elif last not in _TRAILING:
            break
        end -= 1
    return address[:end]
