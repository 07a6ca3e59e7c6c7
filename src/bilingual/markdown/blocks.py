"""Parse blocks with markdown-it-py's rules, and record the position of their text.

markdown-it gives tokens a range of lines and a text without container prefixes, but not where on
its lines that text is. This module wraps the rules: while the state's marks (``bMarks``,
``tShift``) are still those of the rule's container, the wrapper stores in ``token.spans`` one
``(start, end)`` per line, as offsets of ``Lines.source``. Inline text is not parsed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any, cast

from markdown_it.ruler import Ruler

from bilingual.markdown import table
from bilingual.markdown.lines import BLANK, Lines
from bilingual.markdown.parser import new_parser
from bilingual.markdown.state import BlockState

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

    from bilingual.markdown.state import Token

    Rule = Callable[[StateBlock, int, int, bool], bool]

Span = tuple[int, int]
_REFERENCES_KEPT = {"inline_definitions": True}


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of a text."""

    lines: Lines
    tokens: list[Token]


def parse(text: str) -> Blocks:
    """Return the blocks of an article's text; any text is Markdown, so nothing is raised."""
    lines = Lines(text)
    md = _recording_parser()
    state = BlockState(lines, md)
    md.block.tokenize(state, 0, state.lineMax)
    return Blocks(lines, state.tokens)


def spans(token: Token) -> list[Span]:
    """Return the spans of the token's text, one a line; empty when it has none."""
    return token.spans


@cache
def _recording_parser() -> MarkdownIt:
    md = new_parser()
    md.options.update(_REFERENCES_KEPT)
    for name, record in (
        ("table", _record_table),
        ("reference", _record_lines),
        ("html_block", _record_lines),
        ("jsx", _record_lines),
        ("heading", _record_heading),
        ("deflist", _record_terms),
        ("admonition", _record_title),
        ("directive", _record_directive),
    ):
        _wrap(md, name, record)
    ruler = md.block.ruler
    ruler.disable("paragraph")
    deflist: Rule = next(rule.fn for rule in ruler.__rules__ if rule.name == "deflist")
    ruler.at("lheading", cast("Rule", partial(_prose, deflist, _RuleChain(ruler, "paragraph"))))
    md.block.ruler = _Ruler(ruler)
    return md


_BEGIN = {
    "front_matter": "-+",
    "math_block": "$",
    "admonition": "!?",
    "directive": ":",
    "template": "{",
    "esm": "ie",
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*+-0123456789",
    "footnote_def": "[",
    "reference": "[",
    "html_block": "<",
    "jsx": "<",
    "heading": "#",
    "deflist": ":~",  # where it ends a paragraph; elsewhere _prose calls it
}
"""The characters that blocks of a rule begin with; other rules are tried on every line."""
_CODE = 4
"""The indentation that makes a line code (CommonMark 0.31, section 4.4)."""
_DELIMITERS = frozenset("|-:")
"""The characters that the second line of a table begins with."""


class _RuleChain:
    """Rules by the first character of the lines that they may match.

    Each rule checks for its own marker first, so skipping those with another marker changes no
    result. Most lines begin with a letter, which hardly any rule matches.
    """

    def __init__(self, ruler: Ruler[Rule], alternative: str) -> None:
        names = {id(rule.fn): rule.name for rule in ruler.__rules__}
        rules = [(names[id(rule)], rule) for rule in ruler.getRules(alternative)]
        beginnings = {first for name, _ in rules for first in _BEGIN.get(name, "")}
        self._table = next((rule for name, rule in rules if name == "table"), None)
        self._by_first: dict[str, list[Rule]] = {}
        for first in ("", *beginnings):
            self._by_first[first] = [
                rule
                for name, rule in rules
                if name not in {"code", "table"}
                and (name not in _BEGIN or (first and first in _BEGIN[name]))
            ]
        self._others = self._by_first[""]

    def match(self, state: StateBlock, line: int, end: int, silent: bool) -> bool:
        """Return True when one of the rules matches ``line``, which is not indented code."""
        src, starts, shifts = state.src, state.bMarks, state.tShift
        if self._table is not None:
            below = starts[line + 1] + shifts[line + 1]
            if src[below : below + 1] in _DELIMITERS and self._table(state, line, end, silent):
                return True
        first = starts[line] + shifts[line]
        for rule in self._by_first.get(src[first : first + 1], self._others):
            if rule(state, line, end, silent):
                return True
        return False


class _Ruler(Ruler["Rule"]):
    """The rules of another ruler, selected by a line's first character where that is enough."""

    def __init__(self, ruler: Ruler[Rule]) -> None:
        super().__init__()
        self.__rules__ = ruler.__rules__
        alternatives = {name for rule in ruler.__rules__ for name in rule.alt}
        self._chains: dict[str, list[Rule]] = {
            name: [_RuleChain(ruler, name).match] for name in alternatives
        }
        every = _RuleChain(ruler, "")

        def by_first_character(state: StateBlock, start: int, end: int, silent: bool) -> bool:
            # Front matter, which may look like a table's head, comes before everything else.
            if start == 0 or state.sCount[start] - state.blkIndent >= _CODE:
                return False
            return every.match(state, start, end, silent)

        self._chains[""] = [by_first_character, *ruler.getRules("")]

    def getRules(self, chainName: str = "") -> list[Rule]:  # noqa: N802, N803 - the base's names
        """Return the rules to try, in order."""
        return self._chains[chainName]


def _wrap(md: MarkdownIt, name: str, record: Callable[[BlockState, int, int], None]) -> None:
    found: Any = next(rule for rule in md.block.ruler.__rules__ if rule.name == name)
    rule: Rule = found.fn

    def recorded(state: BlockState, start: int, end: int, silent: bool) -> bool:
        if silent:
            return rule(state, start, end, True)
        count = len(state.tokens)
        if not rule(state, start, end, False):
            return False
        record(state, start, count)
        return True

    # Only states that this module creates reach the wrapped rules.
    md.block.ruler.at(name, cast("Rule", recorded), {"alt": found.alt})


def _record_lines(state: BlockState, _start: int, count: int) -> None:
    token = state.tokens[count]
    if token.map is not None:
        token.spans = [_line(state, line) for line in range(*token.map)]


def _line(state: BlockState, line: int) -> Span:
    start = state.bMarks[line] + state.tShift[line]
    return (start, max(start, state.eMarks[line]))


def trim(source: str, found: list[Span]) -> list[Span]:
    """Return the spans without blanks at the start of the first and the end of the last."""
    (start, stop), (begin, end) = found[0], found[-1]
    if start < stop and begin < end and source[start] not in BLANK and source[end - 1] not in BLANK:
        return found  # as nearly always
    first, last = 0, len(found)
    while first < last and not source[slice(*found[first])].strip(BLANK):
        first += 1
    while last > first and not source[slice(*found[last - 1])].strip(BLANK):
        last -= 1
    found = found[first:last]
    if found:
        start, end = found[0]
        while source[start] in BLANK:
            start += 1
        found[0] = (start, end)
        start, end = found[-1]
        while source[end - 1] in BLANK:
            end -= 1
        found[-1] = (start, end)
    return found


def _record_heading(state: BlockState, start: int, count: int) -> None:
    opening, inline = state.tokens[count : count + 2]
    if inline.content:
        begin = _line(state, start)[0] + len(opening.markup)
        begin = state.src.index(inline.content, begin)
        inline.spans = [(begin, begin + len(inline.content))]


def _record_terms(state: BlockState, _start: int, count: int) -> None:
    for index in range(count, len(state.tokens)):
        token = state.tokens[index]
        if token.type == "dt_open" and token.map and not (inline := state.tokens[index + 1]).spans:
            inline.spans = trim(state.src, [_line(state, token.map[0])])


def _record_title(state: BlockState, start: int, count: int) -> None:
    opening, title = state.tokens[count : count + 2]
    if title.type != "admonition_title_open" or len(opening.info.split()) < 2:
        return
    inline = state.tokens[count + 2]
    begin, end = _line(state, start)
    quoted = state.src.find(f'"{inline.content}"', begin, end)
    at = quoted + 1 if quoted >= 0 else state.src.rfind(inline.content, begin, end)
    if inline.content.strip() and at > begin:
        inline.spans = trim(state.src, [(at, at + len(inline.content))])


def _record_directive(state: BlockState, _start: int, count: int) -> None:
    token = state.tokens[count]
    token.spans = token.meta.get("spans", token.spans)


def _record_table(state: BlockState, _start: int, count: int) -> None:
    row: list[Span] = []
    column = 0
    for token in state.tokens[count:]:
        if token.type == "tr_open" and token.map:
            row = table.cells(state.src, *_line(state, token.map[0]))
            column = 0
        elif token.type == "inline":
            if column < len(row) and row[column][0] < row[column][1]:
                token.spans = [row[column]]
            column += 1


def _prose(  # noqa: PLR0913, PLR0917 - a rule's own arguments, and two rules it calls
    deflist: Rule, enders: _RuleChain, state: BlockState, start: int, end: int, silent: bool
) -> bool:
    """Match a setext heading, a definition list or a paragraph.

    markdown-it scans the same lines once for a heading and once for a paragraph; this scans them
    once. The tokens are the same, except for their content, which this package does not read.
    """
    if silent:
        return False
    parent, state.parentType = state.parentType, "paragraph"
    starts, shifts, stops, indents = state.bMarks, state.tShift, state.eMarks, state.sCount
    found = [(starts[start] + shifts[start], stops[start])]
    underline = ""
    line = start + 1
    while line < state.lineMax:
        first = starts[line] + shifts[line]
        if first >= stops[line]:
            break  # an empty line
        indent = indents[line]
        # Indented lines and lazy continuations of a quotation always continue the paragraph.
        if indent - state.blkIndent < _CODE:
            if line < end and indent >= state.blkIndent:
                underline = _underline(state.src, first, stops[line])
                if underline:
                    break
            if indent >= 0 and enders.match(state, line, end, True):
                break
        found.append((first, stops[line]))
        line += 1
    state.parentType = parent
    if not underline and _colon_below(state, start) and deflist(state, start, end, False):
        return True
    state.line = line + bool(underline)
    tag = {"": "p", "=": "h1", "-": "h2"}[underline]
    name = "heading" if underline else "paragraph"
    opening = state.push(f"{name}_open", tag, 1)
    inline = state.push("inline", "", 0)
    closing = state.push(f"{name}_close", tag, -1)
    opening.markup = closing.markup = underline
    opening.map, inline.map = [start, state.line], [start, line]
    inline.spans = trim(state.src, found)
    return True


def _colon_below(state: BlockState, line: int) -> bool:
    """Return True when what may be a definition follows ``line``, or one empty line after it."""
    below = line + 1
    if below < state.lineMax and state.isEmpty(below):
        below += 1
    first = state.bMarks[below] + state.tShift[below]
    return state.src[first : first + 1] in {":", "~"}


def _underline(source: str, begin: int, end: int) -> str:
    """Return the character of a setext underline; empty when the line is not one."""
    first = source[begin]
    if first in {"=", "-"} and not source[begin:end].rstrip(" \t").strip(first):
        return first
    return ""
