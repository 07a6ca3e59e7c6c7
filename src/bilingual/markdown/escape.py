"""Escape a target so that its lines do not become blocks.

A line of a paragraph may look like the start of a block: ``52. That's …`` of a list, ``# …`` of a
heading. A backslash before the deciding character makes it text (CommonMark 0.31, section 2.4).
Where that is not enough, ``escape_strictly`` joins the lines and escapes more, which is less
readable.
"""

from __future__ import annotations

import re

from bilingual.markdown import html
from bilingual.markdown.extensions import DIRECTIVE, ESM, opens_html
from bilingual.markdown.lines import BLANK

_START = re.compile(
    r"(?:#{1,6}(?=[ \t]|\Z)"  # heading
    r"|[-+*](?=[ \t]|\Z)"  # list
    r"|>"  # quotation
    r"|(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})\Z"  # thematic break
    r"|`{3,}[^`]*\Z|~{3,}"  # fence
    r"|\$\$|\+{3}[ \t]*\Z"  # math, front matter
    r"|(?:!!!|\?\?\?)"  # admonition
    r"|\{(?:\{|%|/\*|:|\#)"  # template
    r"|\[\^?[^\[\]]*\]:|\[\^\S*?\]:"  # definition of a link or a footnote
    r"|\[![\w-]+\]"  # callout
    r"|\[[ xX]\](?=[ \t]))"  # task
)
_BELOW = re.compile(r"(?:=+|-+)[ \t]*\Z|[|:-][|: \t-]*\Z")
"""What matters only after another line: a setext underline, the second line of a table."""
_DEFINITION = re.compile(r"[:~](?=[ \t])")
"""What matters in a paragraph's first two lines only: a definition's marker follows its term."""
_NUMBER = re.compile(r"[0-9]{1,9}(?=[.)](?:[ \t]|\Z))")
_SAFE = re.compile(r"(?!import\b|export\b)[^\W\d_][^|]*+\Z")
_PAIRS = {"(": "()", "]": "[]", "{": "{["}
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


def lines(target: str) -> list[str]:
    """Return the lines of a target without blank ones and indentation, as in a paragraph.

    Trailing spaces are kept, for two are a hard break, except on the last line.
    """
    text = target.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff").strip(BLANK)
    return [line.lstrip(" \t") for line in text.split("\n") if line.strip(BLANK)]


def is_safe(line: str) -> bool:
    """Return True for a line that cannot begin a block: it begins with a letter.

    Keywords of MDX and the pipe of a table's head are excluded.
    """
    return bool(_SAFE.match(line))


def escape_line(line: str, number: int = 0) -> str:
    """Return a paragraph's line with a backslash where it would begin a block.

    ``number`` counts the paragraph's lines from 0: some blocks begin only after a line.
    """
    digits = _NUMBER.match(line)
    if digits:
        return f"{line[: digits.end()]}\\{line[digits.end() :]}"
    if (number and _BELOW.match(line)) or (number < 2 and _DEFINITION.match(line)):
        return f"\\{line}"
    if _START.match(line) or (line.startswith(":::") and DIRECTIVE.match(line)):
        return f"\\{line}"
    if line.startswith("<") and (opens_html(line) or _is_component(line)):
        return f"\\{line}"
    return line


def _is_component(line: str) -> bool:
    """Return True for a line that is, or begins, a tag of MDX."""
    if not html.COMPONENT.match(line):
        return False
    tag = html.TAG.match(line)
    return tag is None or not line[tag.end() :].strip(BLANK)


def escape_strictly(target: list[str]) -> str:
    """Return a target as one line whose first character cannot begin a block."""
    line = " ".join(part.strip(BLANK).removesuffix("\\") for part in target).strip(BLANK)
    number = re.match(r"[0-9]+", line)
    if number:
        end = number.end()
        return f"{line[:end]}\\{line[end:]}" if line[end : end + 1] in {".", ")"} else line
    if line[:1] in _PUNCTUATION and line[:1] != "\\":
        return f"\\{line}"
    if ESM.match(line):
        return f"&#{ord(line[0])};{line[1:]}"
    return line


def heading(target: str) -> str:
    """Return a target as the text of a ``#`` heading: one line, without a closing ``#``."""
    line = " ".join(part.strip(BLANK) for part in lines(target))
    closing = re.search(r"(?:^|[ \t])(#+)\Z", line)
    if closing:
        return f"{line[: closing.start(1)]}\\{line[closing.start(1) :]}"
    return line


def title(target: str, quote: str) -> str:
    """Return a target as a title within ``quote``: one line, its quotation marks escaped.

    ``quote`` is ``]`` for a directive's label and ``{`` for its title, which attributes may follow.
    """
    line = " ".join(part.strip(BLANK) for part in lines(target))
    marks = _PAIRS.get(quote, quote)
    out = re.sub(rf"\\.|[{re.escape(marks)}]", _with_backslash, line)
    return _close_backslashes(out)


def alt(target: str, *, everything: bool = False) -> str:
    """Return a target as an image's alternative text; its brackets are escaped if unbalanced."""
    line = " ".join(part.strip(BLANK) for part in lines(target))
    if everything:
        return _close_backslashes(re.sub(r"\\.|[\[\]`<$&{!]", _with_backslash, line))
    depth = 0
    for bracket in re.findall(r"\\.|[\[\]]", line):
        depth += (bracket == "[") - (bracket == "]")
        if depth < 0:
            break
    if depth:
        line = re.sub(r"\\.|[\[\]]", _with_backslash, line)
    return _close_backslashes(line)


def _with_backslash(match: re.Match[str]) -> str:
    return match[0] if len(match[0]) > 1 else f"\\{match[0]}"


def _close_backslashes(line: str) -> str:
    """Return ``line`` with a backslash at its end escaped, which would escape what follows."""
    ends = len(line) - len(line.rstrip("\\"))
    return f"{line}\\" if ends % 2 else line
