"""Configure the one Markdown parser of the project.

CommonMark 0.31 with tables, strikethrough and task lists (GFM), footnotes, definition lists,
``$`` math, ``!!!`` admonitions, and the blocks of ``extensions.py``. Raw HTML is parsed as HTML;
rendering a page sanitises it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from bilingual.markdown.extensions import extensions
from bilingual.markdown.lines import BOM

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore

NESTING = 40
"""How deep blocks, and links in brackets, may nest. What is deeper is kept and not translated.
The limit also bounds the parser's recursion on hostile text."""


def new_parser() -> MarkdownIt:
    """Return a new parser with the project's configuration.

    A footnote needs a definition, ``[^1]: …``; the form ``^[…]`` is plain text, since nothing
    bounds its recursion. Prices such as ``$5 and $10`` are not math: the closing sign may not
    follow a space or precede a digit (Pandoc's rule).
    """
    options = {"html": True, "tasklists": True, "maxNesting": NESTING}
    md = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    md.use(footnote_plugin, inline=False)
    md.use(deflist_plugin)
    md.use(
        dollarmath_plugin,
        allow_space=False,
        allow_digits=False,
        allow_blank_lines=False,
        double_inline=True,
    )
    md.use(admon_plugin)
    md.use(extensions)
    md.core.ruler.before("normalize", "byte_order_mark", _drop_byte_order_mark)
    return md


@cache
def shared_parser() -> MarkdownIt:
    """Return the parser that this package shares; callers must not change it."""
    return new_parser()


def _drop_byte_order_mark(state: StateCore) -> None:
    state.src = state.src.removeprefix(BOM)
