"""Parse blocks that authors' tools add to Markdown: front matter, directives, templates, MDX.

None of them is text. Each rule takes whole lines only and reads no further than the next blank
line (front matter: its closing fence), so that the cost of a file is linear.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.common.utils import escapeHtml
from markdown_it.rules_block.html_block import HTML_SEQUENCES, html_block
from mdit_py_plugins.admon.index import admonition

from bilingual.markdown import front_matter, html
from bilingual.markdown.lines import BLANK, SPACE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

DIRECTIVE = re.compile(
    r":{3,}(?:[ \t]*(?P<name>[A-Za-z][\w-]*)"
    r"(?:\[(?P<label>(?:[^\[\]\\\n]|\\[^\n])*)\]|[ \t]+(?P<title>[^{\[\s](?:[^{\\\n]|\\[^\n])*?))?"
    r"[ \t]*(?:\{[^{}\n]*\})?)?[ \t]*\Z"
)
"""``:::note``, ``:::tip[제목]`` (Docusaurus), ``::: warning 제목`` (VitePress) and the closing
``:::``."""
CLOSERS = {"{{<": ">}}", "{{%": "%}}", "{%": "%}", "{{": "}}", "{/*": "*/}", "{:": "}", "{#": "}"}
"""Shortcodes (Hugo), tags (Liquid, Jinja), comments (MDX) and attribute lists (kramdown)."""
_OPENER = re.compile(r"\{\{[<%]|\{%|\{\{|\{/\*|\{:|\{#")
_INLINE_OPENER = re.compile(r"\{\{[<%]|\{%|\{\{|\{/\*")
ESM = re.compile(
    rf"import{SPACE}+(?:[\w*{{][^\n]*{SPACE}from{SPACE}+)?['\"]"
    rf"|import{SPACE}+\{{{SPACE}*\Z"
    rf"|export{SPACE}+(?:default|const|let|var|function|async|class)\b(?=[^\n]*[({{=;]|{SPACE}*\Z)"
    rf"|export{SPACE}+[{{*]"
)
"""The first line of an ``import`` or ``export`` of MDX, recognised by its punctuation."""
_HTML_OPENINGS = tuple(
    re.compile(opening.pattern, opening.flags & ~re.UNICODE | re.ASCII)
    for opening, _, _ in HTML_SEQUENCES
)


def extensions(md: MarkdownIt) -> None:
    """Add the rules of this module to a parser."""
    ends: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.at("admonition", _admonition, ends)
    md.block.ruler.at("html_block", _html_block, {"alt": ["paragraph", "reference", "blockquote"]})
    md.block.ruler.before("table", "front_matter", _front_matter)
    md.block.ruler.before("fence", "directive", _directive, ends)
    md.block.ruler.before("fence", "template", _template, ends)
    md.block.ruler.before("fence", "esm", _esm)
    md.block.ruler.after("html_block", "jsx", _jsx)
    md.inline.ruler.before("escape", "template", _inline_template)
    for name in ("front_matter", "esm", "definition", "directive"):
        md.add_render_rule(name, _nothing)
    md.add_render_rule("template", _escaped)


def _front_matter(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    if silent or start or state.level:
        return False
    found = front_matter.locate(state.src)
    if found is None:
        return False
    token = state.push("front_matter", "", 0)
    token.content = state.src[found.start : found.end]
    state.line = state.src.count("\n", 0, found.close) + 1
    token.map = [0, state.line]
    return True


def _admonition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    # The plug-in's rule reads a character of its line; a table calls it for empty lines too,
    # and the last one may be at the very end of the text.
    return not state.isEmpty(start) and admonition(state, start, end, silent)


def opens_html(line: str) -> bool:
    """Return True when ``line``, without its indentation, begins a block of HTML."""
    return any(opening.match(line) for opening in _HTML_OPENINGS)


def _html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    # The parser's own rule takes every space and line end of Unicode for white space: where a
    # tag's name ends, between its attributes, and after a tag alone on its line.
    return opens_html(_text(state, start)) and html_block(state, start, end, silent)


def _text(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _directive(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    begin = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith(":::", begin) or state.is_code_block(start):
        return False
    match = DIRECTIVE.match(_text(state, start))
    if match is None:
        return False
    if silent:
        return True
    state.line = start + 1
    token = state.push("directive", "", 0)
    token.map = [start, state.line]
    token.info = match["name"] or ""
    part = "label" if match["label"] else "title"
    if match[part]:
        token.meta["spans"] = [(begin + match.start(part), begin + match.end(part))]
        token.markup = part
    return True


def _template(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    begin = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("{", begin) or state.is_code_block(start):
        return False
    rest, closer = _after_templates(_text(state, start))
    line = start
    # Only a block's first line is searched further: a paragraph calls this for each of its lines.
    while closer and not silent:
        line += 1
        if line >= end or state.isEmpty(line) or state.sCount[line] < state.blkIndent:
            return False
        _, found, after = _text(state, line).partition(closer)
        if found:
            closer, rest = "", after.strip(BLANK)
    if closer or rest:
        return False
    if not silent:
        state.line = line + 1
        token = state.push("template", "", 0)
        token.map = [start, state.line]
        token.content = state.getLines(start, state.line, state.blkIndent, False)
    return True


def _after_templates(text: str) -> tuple[str, str]:
    """Return the text after the templates that begin ``text``, and the closer that is missing."""
    position = 0
    while opener := _OPENER.match(text, position):
        closer = CLOSERS[opener.group()]
        close = text.find(closer, opener.end())
        if close < 0:
            return "", closer
        position = close + len(closer)
        while position < len(text) and text[position] in " \t":
            position += 1
    return text[position:], ""


def _esm(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if silent or state.level or state.sCount[start] or not ESM.match(_text(state, start)):
        return False
    line = start + 1
    while line < end and not state.isEmpty(line):
        line += 1
    state.line = line
    token = state.push("esm", "", 0)
    token.map = [start, line]
    return True


def _jsx(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Match a component's tag that is not HTML to CommonMark: braces, several lines."""
    begin = state.bMarks[start] + state.tShift[start]
    if silent or state.is_code_block(start) or not html.COMPONENT.match(state.src, begin):
        return False
    last = start
    while last < end and not state.isEmpty(last) and state.sCount[last] >= state.blkIndent:
        last += 1
    text = "\n".join(_text(state, line) for line in range(start, last))
    tag = html.TAG.match(text)
    if tag is None or text[tag.end() :].split("\n", 1)[0].strip(BLANK):
        return False
    state.line = last
    token = state.push("html_block", "", 0)
    token.map = [start, last]
    token.content = state.getLines(start, last, state.blkIndent, True)
    return True


def _inline_template(state: StateInline, silent: bool) -> bool:
    opener = _INLINE_OPENER.match(state.src, state.pos)
    if opener is None:
        return False
    closer = CLOSERS[opener.group()]
    # Comparing with the last closer of the text keeps a run of unclosed openers linear.
    if state.html_terminator_last(closer) < opener.end():
        return False
    close = state.src.find(closer, opener.end(), state.posMax)
    if close < 0:
        return False
    end = close + len(closer)
    if not silent:
        token = state.push("template", "", 0)
        token.content = state.src[state.pos : end]
    state.pos = end
    return True


def _nothing(*_: object) -> str:
    return ""


def _escaped(_renderer: object, tokens: Sequence[Token], index: int, *_: object) -> str:
    return escapeHtml(tokens[index].content)
