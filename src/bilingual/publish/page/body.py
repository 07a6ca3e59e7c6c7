"""Render an article's Markdown as HTML that is safe in a page for any text.

The project's parser reads it, this module renders it and nh3 sanitises the result, so that neither
raw HTML nor a mistake of the parser brings in script. The page's own words (a table's label, the
link back from a footnote) are in the page's language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import nh3
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from bilingual.markdown.anchors import split_anchor
from bilingual.markdown.lines import plain as plain_lines
from bilingual.markdown.parser import new_parser
from bilingual.model import N_
from bilingual.publish.page.callout import callouts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

TABLE = N_("Table")
NOTES = N_("Notes")
NOTE = N_("Note {number}")
BACK = N_("Back to the text")
MISSING = N_("Image not available: {text}")

REFERENCES = frozenset(
    {"references", "sources", "further reading"}
    | {"참고 자료", "참고자료", "참고 문헌", "참고문헌", "출처"}
)
"""Headings, in lower case, whose section is set in small type."""
DASHES = ("—", "―", "–", "- ")
"""How the attribution line of a block quote begins."""

TAGS = frozenset(
    # Elements of text, and none that load, run or submit anything.
    """a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em
    figcaption figure h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p pre q rp rt ruby s samp
    section small span strong sub summary sup table tbody td tfoot th thead time tr u ul var
    wbr""".split()  # noqa: SIM905 - a list of quotes would hide what is in it
)
ATTRIBUTES: Mapping[str, set[str]] = {
    "*": {"id", "lang", "dir", "class", "title"},
    "a": {"href", "hreflang", "aria-label", "role"},
    "img": {"src", "alt", "width", "height", "loading"},
    "input": {"checked"},
    "div": {"role", "tabindex", "aria-label"},
    "section": {"role", "aria-label"},
    "pre": {"tabindex"},
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "td": {"colspan", "rowspan", "headers", "align"},
    "th": {"colspan", "rowspan", "headers", "align", "scope"},
    "col": {"span"},
    "colgroup": {"span"},
    "time": {"datetime"},
    "details": {"open"},
}
CLASSES = re.compile(
    r"table|left|right|center|numbers|attribution|references|footnotes?(-[a-z]+)?|absent|task"
    r"|joined|admonition(-title)?|note|tip|warning|danger|important|math|inline|block|language-[\w+#.-]+"
)
NO_WRITING = {"script", "style", "iframe", "object", "embed", "template", "noscript", "textarea"}
"""Elements that are removed with their content."""
KOREAN = re.compile(r"[가-힣ㄱ-ㅣ]+(?:[ ·,.]+[가-힣ㄱ-ㅣ]+)*")
PARTICLE = re.compile(r"(?:[)\]”’」』》〉%]|&quot;)[가-힣]{1,4}")
"""Hangul directly after a bracket or a quote: ``keep-all`` still allows a line break between them,
and a line must not begin with a particle."""
IMAGE = re.compile(r'<img(?:\s+[a-z-]+="[^"]*")*\s*/?>')
"""An image as nh3 writes it: attribute values are in double quotes and contain none."""


@dataclass(frozen=True, slots=True)
class Body:
    """An article's text as HTML."""

    html: str
    title: str = ""
    """The plain text of the first-level heading at the start; it is not in ``html``."""
    text: str = ""
    """The text without markup, for counting words."""


def render(  # noqa: PLR0913 - options of a page, passed by name
    text: str,
    *,
    link: Callable[[str], str | None],
    image: Callable[[str], str | None],
    words: Callable[[str], str],
    language: str = "",
    anchors: Sequence[str] = (),
    untitled: bool = False,
) -> Body:
    """Return the Markdown document ``text`` as safe HTML.

    ``link`` and ``image`` return the page's address for one of the article, None when it may not
    be kept. Hangul in a text of another ``language`` is marked as Korean, for screen readers and
    fonts. ``anchors`` are the ids of the headings in order, so that they can be the same in both
    languages. ``untitled`` takes a first-level heading at the start as the article's title.
    """
    md = new_parser()
    env: dict[str, Any] = {}
    tokens = callouts(md.parse(text, env), plain_lines(text), md, words)
    _number_headings(tokens, anchors)
    title = _take_title(tokens) if untitled else ""
    _shift_headings(tokens)
    _mark_references(tokens)
    _mark_attributions(tokens)
    renderer = PageRenderer(md)
    plugins = cast("RendererHTML", md.renderer).rules
    renderer.adopt(
        plugins, words, image, marks_korean=language not in {"", "ko"}, joins=language == "ko"
    )
    rendered = renderer.render(tokens, md.options, env)
    return Body(_sanitise(rendered, link, image), title, plain(tokens))


def _number_headings(tokens: Sequence[Token], anchors: Sequence[str]) -> None:
    """Set the id of every heading, and remove the id that an author wrote from its text."""
    headings = [index for index, token in enumerate(tokens) if token.type == "heading_open"]
    for number, index in enumerate(headings):
        if number < len(anchors):
            tokens[index].attrSet("id", anchors[number])
        inline = tokens[index + 1]
        shown, _ = split_anchor(inline.content)
        written = inline.content[len(shown) :].strip()
        last = inline.children[-1] if inline.children else None
        if written and last is not None and last.type == "text" and last.content.endswith(written):
            last.content = last.content.removesuffix(written).rstrip()


def plain(tokens: Sequence[Token]) -> str:
    """Return the text that ``tokens`` show."""
    shown: list[str] = []
    for token in tokens:
        if token.type == "inline":
            shown.append(plain(token.children or ()))
        elif token.type in {"text", "code_inline", "math_inline"}:
            shown.append(token.content)
        elif token.type in {"softbreak", "hardbreak"}:
            shown.append(" ")
        elif token.type.endswith("_close") and token.block:
            shown.append("\n")
    return "".join(shown)


def _take_title(tokens: list[Token]) -> str:
    start = next((at for at, token in enumerate(tokens) if not token.hidden), len(tokens))
    if start == len(tokens) or tokens[start].type != "heading_open" or tokens[start].tag != "h1":
        return ""
    title = plain([tokens[start + 1]])
    del tokens[start : start + 3]
    return title


def _shift_headings(tokens: Sequence[Token]) -> None:
    """Make the article's title the page's only first-level heading."""
    headings = [token for token in tokens if token.type in {"heading_open", "heading_close"}]
    if any(token.tag == "h1" for token in headings):
        for token in headings:
            token.tag = f"h{min(6, int(token.tag[1]) + 1)}"


def _mark_references(tokens: Sequence[Token]) -> None:
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            words = plain([tokens[index + 1]]).strip().lower()
            if words in REFERENCES:
                token.attrJoin("class", "references")


def _mark_attributions(tokens: Sequence[Token]) -> None:
    """Mark the attribution paragraph of a block quote."""
    depth = 0
    for index, token in enumerate(tokens):
        depth += token.nesting if token.type.startswith("blockquote") else 0
        if not depth or token.type != "inline" or not token.children:
            continue
        if token.content.startswith(DASHES) and tokens[index - 1].type == "paragraph_open":
            tokens[index - 1].attrJoin("class", "attribution")
            continue
        lines = [at for at, child in enumerate(token.children) if child.type == "softbreak"]
        last = lines[-1] + 1 if lines else len(token.children)
        if last < len(token.children) and token.children[last].content.startswith(DASHES):
            token.children[last - 1].type = "hardbreak"
            token.children.insert(last, _html('<span class="attribution">'))
            token.children.append(_html("</span>"))


def _html(content: str) -> Token:
    return Token("html_inline", "", 0, content=content)


class PageRenderer(RendererHTML):
    """Renders tokens for a page; every method is the rule of one token."""

    def adopt(
        self,
        rules: Mapping[str, Any],
        words: Callable[[str], str],
        image: Callable[[str], str | None],
        *,
        marks_korean: bool,
        joins: bool,
    ) -> None:
        """Set the rules of the parser's plugins, and the page's words and images."""
        own = {name for name in vars(type(self)) if not name.startswith("_") and name != "adopt"}
        self.rules = {name: rule for name, rule in self.rules.items() if name != "adopt"}
        self.rules |= {name: rule for name, rule in rules.items() if name not in own}
        self._words = words
        self._image = image
        self._marks_korean = marks_korean
        self._joins = joins

    def text(self, tokens: Sequence[Token], at: int, *_: Any) -> str:
        """Render text; Korean in a text of another language is marked (WCAG 2.2, 3.1.2)."""
        shown = escapeHtml(tokens[at].content)
        if self._joins:
            return PARTICLE.sub(lambda found: f'<span class="joined">{found[0]}</span>', shown)
        if not self._marks_korean:
            return shown
        return KOREAN.sub(lambda found: f'<span lang="ko">{found[0]}</span>', shown)

    def paragraph_open(self, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
        """Render a paragraph that is one image as a figure."""
        return "<figure>" if _lone_image(tokens, at) else self.renderToken(tokens, at, options, env)

    def paragraph_close(self, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
        """Close the paragraph or figure, with the image's title as the caption."""
        picture = _lone_image(tokens, at - 2)
        if picture is None:
            return self.renderToken(tokens, at, options, env)
        caption = str(picture.attrGet("title") or "")
        shown = f"<figcaption>{escapeHtml(caption)}</figcaption>" if caption else ""
        return f"{shown}</figure>\n"

    def image(self, tokens: Sequence[Token], at: int, *_: Any) -> str:
        """Render an image, or its text when the page may not show it."""
        token = tokens[at]
        alt = escapeHtml(plain(token.children or ()))
        address = str(token.attrGet("src") or "")
        if self._image(address) is None:
            said = escapeHtml(self._words(MISSING)).format(text=alt)
            return f'<span class="absent">{said}</span>'
        title = str(token.attrGet("title") or "")
        shown = f' title="{escapeHtml(title)}"' if title and not token.meta.get("figure") else ""
        return f'<img src="{escapeHtml(address)}" alt="{alt}" loading="lazy"{shown}>'

    def table_open(self, *_: Any) -> str:
        """Open a table in a scrollable region, which the keyboard can reach too."""
        label = escapeHtml(self._words(TABLE))
        return f'<div class="table" role="region" tabindex="0" aria-label="{label}"><table>\n'

    def table_close(self, *_: Any) -> str:
        """Close the table and its region."""
        return "</table></div>\n"

    def th_open(self, tokens: Sequence[Token], at: int, *_: Any) -> str:
        """Render the column's alignment as a class, so that the page's style decides."""
        return f'<th scope="col"{_alignment(tokens[at])}>'

    def td_open(self, tokens: Sequence[Token], at: int, *_: Any) -> str:
        """Render the cell's alignment as a class."""
        return f"<td{_alignment(tokens[at])}>"

    def footnote_ref(self, tokens: Sequence[Token], at: int, *_: Any) -> str:
        """Render the reference to a note by its number."""
        note, again = tokens[at].meta["id"] + 1, tokens[at].meta.get("subId", 0)
        label = escapeHtml(self._words(NOTE)).format(number=note)
        return (
            f'<sup class="footnote-ref"><a href="#fn{note}" id="{_reference(note, again)}" '
            f'aria-label="{label}">{note}</a></sup>'
        )

    def footnote_block_open(self, *_: Any) -> str:
        """Open the list of notes."""
        return (
            f'<section class="footnotes" aria-label="{escapeHtml(self._words(NOTES))}">\n'
            '<ol class="footnotes-list">\n'
        )

    def footnote_open(self, tokens: Sequence[Token], at: int, *_: Any) -> str:
        """Open one note."""
        return f'<li id="fn{tokens[at].meta["id"] + 1}" class="footnote-item">'

    def footnote_anchor(self, tokens: Sequence[Token], at: int, *_: Any) -> str:
        """Render the link back to the reference."""
        note, again = tokens[at].meta["id"] + 1, tokens[at].meta.get("subId", 0)
        label = escapeHtml(self._words(BACK))
        # U+FE0E keeps the arrow from being shown as an emoji.
        return (
            f' <a href="#{_reference(note, again)}" class="footnote-backref" '
            f'aria-label="{label}">↩\ufe0e</a>'
        )


def _reference(note: int, again: int) -> str:
    return f"fnref{note}-{again + 1}" if again else f"fnref{note}"


def _lone_image(tokens: Sequence[Token], at: int) -> Token | None:
    """Return the only content of the paragraph opened at ``at`` when that is an image."""
    if at < 0 or tokens[at].type != "paragraph_open" or tokens[at].hidden:
        return None
    children = tokens[at + 1].children or []
    if len(children) != 1 or children[0].type != "image":
        return None
    children[0].meta["figure"] = True
    return children[0]


def _alignment(token: Token) -> str:
    style = str(token.attrGet("style") or "")
    found = re.fullmatch(r"text-align:(left|right|center)", style)
    return f' class="{found[1]}"' if found else ""


def _sanitise(
    html: str, link: Callable[[str], str | None], image: Callable[[str], str | None]
) -> str:
    def keep(_tag: str, attribute: str, value: str) -> str | None:
        if attribute == "href":
            return link(value)
        if attribute == "src":
            return image(value)
        if attribute == "class":
            return " ".join(each for each in value.split() if CLASSES.fullmatch(each)) or None
        return value

    clean = nh3.clean(
        html,
        tags=set(TAGS),
        clean_content_tags=NO_WRITING,
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        # A task's checkbox is the only control an article may show; it is disabled.
        set_tag_attribute_values={"input": {"type": "checkbox", "disabled": ""}},
        attribute_filter=keep,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        strip_comments=True,
    )
    return IMAGE.sub(lambda found: found[0] if ' src="' in found[0] else "", clean)
