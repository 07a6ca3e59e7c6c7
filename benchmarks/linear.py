"""Time segmentation and merging of hostile texts of doubling size; print the growth of each shape.

    python benchmarks/linear.py [--sizes 8,16,32,64] [--only SHAPE]

Each shape is generated at each size (in kB), segmented, and merged twice: with its sources and with
other text for every unit. The exponent is the slope of seconds over characters, both logarithmic,
between the two largest sizes: 1 is linear, 2 quadratic. CPU seconds are the best of three with the
garbage collector off, so that other processes do not matter.
"""

from __future__ import annotations

import argparse
import gc
import math
import sys
import time
from typing import TYPE_CHECKING

from bilingual.errors import ContentError
from bilingual.markdown.inline import inlines
from bilingual.markdown.merge import merge
from bilingual.markdown.segment import segment

if TYPE_CHECKING:
    from collections.abc import Callable

WORST = 1.25
"""An exponent above this is reported by the exit code."""


def repeated(piece: str) -> Callable[[int], str]:
    """Return a shape: ``piece`` until the size is reached."""
    return lambda size: (piece * (size // len(piece) + 1))[:size]


def nested(opener: str, closer: str = "") -> Callable[[int], str]:
    """Return a shape: openers, a word, and as many closers."""

    def make(size: int) -> str:
        count = size // (len(opener) + len(closer))
        return f"{opener * count}x{closer * count}"

    return make


def table(size: int) -> str:
    """Return a table of eight columns and as many rows as fit."""
    head = "| a | b | c | d | e | f | g | h |\n|---|---|---|---|---|---|---|---|\n"
    return head + repeated("| 가나 | `x\\|y` | 1 | [l](u) | **b** | word | | z |\n")(size)


def wide(size: int) -> str:
    """Return a table of as many columns as fit, with three rows."""
    count = size // 20
    rows = "\n".join("|" + " ab |" * count for _ in range(3))
    return f"{rows.split(chr(10))[0]}\n|{'---|' * count}\n{rows}\n"


def footnotes(size: int) -> str:
    """Return references to footnotes, and their definitions."""
    count = size // 30
    used = " ".join(f"[^{number}]" for number in range(count))
    return f"{used}\n\n" + "\n\n".join(f"[^{number}]: Note {number}" for number in range(count))


def definitions(size: int) -> str:
    """Return link definitions, and links that use them."""
    count = size // 40
    links = "\n".join(f"[word][r{number}]" for number in range(count))
    return f"{links}\n\n" + "\n".join(f'[r{number}]: /u "title"' for number in range(count))


def ladder(size: int) -> str:
    """Return a list, each item a level deeper than the one before, in steps of twenty levels."""
    lines = [f"{'  ' * (number % 20)}- item {number}\n" for number in range(size // 30)]
    return "".join(lines)


def deepening(size: int) -> str:
    """Return a list, each item a level deeper than the one before, without end."""
    count = int(math.sqrt(size))
    return "".join(f"{'  ' * number}- a\n" for number in range(count))


def front_matter(size: int) -> str:
    """Return YAML with a long list of tags."""
    tags = "  - 값 tag\n" * (size // 10)
    return f"---\ntitle: x\ntags:\n{tags}---\n\nx\n"


def toml(size: int) -> str:
    """Return TOML with a long list of tags."""
    tags = '  "값 tag",\n' * (size // 12)
    return f"+++\ntitle = 'x'\ntags = [\n{tags}]\n+++\n\nx\n"


def aliases(size: int) -> str:
    """Return YAML whose aliases double at each line: a billion laughs."""
    lines = ["a0: &a0 [x, y]"]
    lines += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 24)]
    body = "\n".join(lines)
    return f"---\n{body}\n---\n\n{repeated('word ')(size)}"


SHAPES: dict[str, Callable[[int], str]] = {
    "paragraphs": repeated("A paragraph of **bold** words and `code`.\n\n"),
    "one paragraph": repeated("A line of words, and 한글 too.\n"),
    "one line": repeated("word 낱말 "),
    "nested quotes": nested("> "),
    "quotes, a line each": repeated("> quote\n"),
    "lazy lines": lambda size: "> " * 30 + repeated("lazy\n")(size),
    "nested list markers": nested("- "),
    "nested numbers": nested("1. "),
    "list of twenty levels": ladder,
    "ever deeper list": deepening,
    "list": repeated("- item\n"),
    "loose list": repeated("- item\n\n"),
    "quotes in lists": nested("- > "),
    "open brackets": repeated("["),
    "open images": repeated("!["),
    "nested links": nested("[", "](u)"),
    "brackets and parentheses": repeated("[a]("),
    "reference links": repeated("[a][b] "),
    "unclosed link titles": repeated('[a](b "'),
    "closed brackets": repeated("]"),
    "emphasis runs": repeated("*"),
    "spaced emphasis": repeated("*a **b _c __d "),
    "mixed emphasis": repeated("*_"),
    "nested emphasis": nested("*a **a ", " a** a*"),
    "tildes": repeated("~~a "),
    "backtick runs": lambda size: " ".join(
        "`" * number for number in range(int((2 * size) ** 0.5))
    ),
    "backticks": repeated("`a"),
    "dollars": repeated("$a "),
    "angle brackets": repeated("<"),
    "open tags": repeated("<a "),
    "inline comments": repeated("a <!-- "),
    "html tags": nested("<div>", "</div>"),
    "html attributes": lambda size: "<div " + repeated('a="b" ')(size) + ">x</div>\n",
    "html blocks": repeated("<p>text <b>bold</b></p>\n\n"),
    "html comments": repeated("<!-- x -->\n\n"),
    "jsx": repeated("<Tip a={{b: 1}}>\n\nword\n\n</Tip>\n\n"),
    "jsx braces": lambda size: "<A b={" + repeated("{")(size) + "\n",
    "jsx lines": repeated("<A b={\n"),
    "entities": repeated("&amp; "),
    "ampersands": repeated("&"),
    "backslashes": repeated("\\"),
    "rows": table,
    "columns": wide,
    "pipes": repeated("|"),
    "table heads": repeated("a | b\n"),
    "delimiter rows": repeated("|-\n"),
    "setext": repeated("a\n===\n\n"),
    "setext below a long paragraph": lambda size: repeated("a\n")(size) + "===\n",
    "definitions of links": definitions,
    "open definitions": repeated("[a]: <\n"),
    "footnotes": footnotes,
    "definition list": repeated("term\n: description\n\n"),
    "colons": repeated(": a\n"),
    "fences": repeated("```\ncode\n```\n\n"),
    "open fence": lambda size: "```\n" + repeated("code\n")(size),
    "headings": repeated("# heading\n\n"),
    "hash marks": repeated("#"),
    "shortcodes": repeated("{{< x "),
    "templates": repeated("{% a %} "),
    "braces": repeated("{"),
    "directives": repeated(":::note\n\nword\n\n:::\n\n"),
    "admonitions": repeated('!!! note "T"\n    body\n\n'),
    "addresses": repeated("https://a.b/c(d "),
    "long address": lambda size: "https://a.b/" + repeated("(")(size),
    "at signs": repeated("a@"),
    "long mail name": repeated("a."),
    "anchors": lambda size: "# " + repeated("{#a ")(size) + "\n",
    "skip marks": repeated("<!-- bilingual:skip -->\n\nx\n\n<!-- bilingual:end -->\n\n"),
    "note marks": repeated("<!-- bilingual:note x -->\n\n"),
    "blank lines": repeated("\n"),
    "blanks": repeated(" \t"),
    "carriage returns": repeated("a\r\n\r"),
    "yaml": front_matter,
    "toml": toml,
    "yaml aliases": aliases,
    "images alone": repeated("![a](b 'c')\n\n"),
    "callouts": repeated("> [!NOTE] a\n> b\n\n"),
}


def seconds(text: str) -> float:
    """Return the CPU time that one text takes; the best of three."""
    best = math.inf
    for _ in range(3):
        gc.collect()
        start = time.process_time()
        try:
            document = segment(text)
        except ContentError:
            document = None
        if document is not None:
            merge(document, {index: unit.source for index, unit in enumerate(document.units)})
            merge(document, dict.fromkeys(range(len(document.units)), "다른 말 *x*"))
            for unit in document.units:
                inlines(unit.source)
        best = min(best, time.process_time() - start)
    return best


def main() -> None:
    """Print the table; the exit code is 1 when a shape grows too fast."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--sizes", default="16,32,64,128", help="in kB")
    options.add_argument("--only", default="", help="shapes whose name holds this")
    chosen = options.parse_args()
    sizes = [int(size) * 1000 for size in chosen.sizes.split(",")]
    gc.disable()
    shapes = {name: make for name, make in SHAPES.items() if chosen.only in name}
    print(f"| shape | {' | '.join(f'{size // 1000} kB, ms' for size in sizes)} | exponent |")
    print(f"|---|{'---:|' * (len(sizes) + 1)}")
    steep = []
    for name, make in shapes.items():
        taken = [(len(make(size)), seconds(make(size))) for size in sizes]
        (one, before), (other, after) = taken[-2:]
        exponent = math.log(after / before) / math.log(other / one)
        if exponent > WORST:
            steep.append(name)
        cells = " | ".join(f"{value * 1000:.0f}" for _, value in taken)
        print(f"| {name} | {cells} | {exponent:.2f} |", flush=True)
    if steep:
        print(f"\nsteeper than {WORST}: {', '.join(steep)}")
        sys.exit(1)


if __name__ == "__main__":
    main()
