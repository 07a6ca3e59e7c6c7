"""Find, read and extend the front matter of an article.

YAML is between ``---`` lines (the last may be ``...``), TOML between ``+++`` lines. A first
``---`` is a thematic break unless something like ``key:`` follows, so that Markdown which begins
with a rule is not taken for invalid front matter. Texts may have any line ending and a byte order
mark.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from bilingual.errors import ContentError
from bilingual.markdown.lines import BOM, Lines, plain
from bilingual.model import msg

if TYPE_CHECKING:
    from collections.abc import Mapping

    class Loader(yaml.SafeLoader):
        """The loader in use, for type checkers."""

else:
    Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_YAML_START = re.compile(
    r"---[ \t]*\n(?:[ \t]*(?:#[^\n]*)?\n)*"
    r"(?=(?:[\w.-][^\n:]*|\"[^\"\n]*\"|'[^'\n]*'):(?:[ \t\n]|\Z)|---[ \t]*(?:\n|\Z))"
)
_YAML_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_TOML_START = re.compile(r"\+\+\+[ \t]*\n")
_TOML_END = re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE)
_TOML_LINE = re.compile(r"at line (\d+)")
_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Fence:
    """The position of front matter in ``Lines.source``."""

    syntax: str
    """``yaml`` or ``toml``."""
    start: int
    """Where its content begins, after the first fence."""
    end: int
    """Where its content ends, before the closing fence's line."""
    close: int
    """Where the closing fence's line ends."""


def locate(source: str) -> Fence | None:
    r"""Return the position of the front matter of ``source``, or None when it has none.

    ``source`` has ``\n`` line endings and no byte order mark.
    """
    if source.startswith("---") and _YAML_START.match(source):
        syntax, end = "yaml", _YAML_END
    elif source.startswith("+++") and _TOML_START.match(source):
        syntax, end = "toml", _TOML_END
    else:
        return None
    start = source.index("\n") + 1
    close = end.search(source, start)
    return Fence(syntax, start, close.start(), close.end()) if close else None


def fields(text: str) -> Mapping[str, object]:
    """Return the decoded front matter of an article; empty when it has none.

    Dates are ``datetime.date`` or ``datetime.datetime``, lists ``list``, tables ``dict``. Raises
    ``ContentError`` with the line when it is invalid.
    """
    source = plain(text.removeprefix(BOM))
    fence = locate(source)
    return {} if fence is None else decode(source, fence)


def decode(source: str, fence: Fence) -> dict[str, Any]:
    """Return the values between the fences of ``source``; raises ``ContentError``."""
    content = source[fence.start : fence.end]
    if fence.syntax == "toml":
        try:
            return tomllib.loads(content)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            line = _TOML_LINE.search(str(error))
            raise _broken("TOML", error, int(line[1]) if line else 0) from error
    try:
        values = yaml.load(content, Loader)  # noqa: S506 - Loader is one of the safe loaders
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise yaml_error(error) from error
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise _broken("YAML", msg("not a list of keys and values"), 1)
    return {str(key): value for key, value in values.items()}


def yaml_error(error: Exception) -> ContentError:
    """Return the error of PyYAML with the article's line number."""
    place = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    reason = getattr(error, "problem", None) or str(error).splitlines()[0]
    return _broken("YAML", reason, place.line + 1 if place else 0)


def _broken(syntax: str, reason: object, line: int) -> ContentError:
    return ContentError(
        msg("the front matter is not valid {syntax}: {reason}", syntax=syntax, reason=reason),
        line=line + 1,  # after the opening fence
        hint=msg("correct it between its fences; put text with `: ` or `#` in quotation marks"),
    )


def insert(text: str, values: Mapping[str, object]) -> str:
    """Return ``text`` with ``values`` added at the end of its front matter.

    Everything else is kept; an article without front matter gets one in YAML. The caller makes
    sure with ``fields`` that no key exists already. In TOML the keys go before the first table,
    where they are top-level keys.
    """
    if not values:
        return text
    lines = Lines(text)
    fence = locate(lines.source)
    if fence is None:
        added = f"---\n{_yaml(values)}---\n\n".replace("\n", lines.ending)
        return text[: lines.shift] + added + text[lines.shift :]
    if fence.syntax == "yaml":
        place, added = fence.end, _yaml(values)
    else:
        table = _TABLE.search(lines.source, fence.start, fence.end)
        place = _before_tables(lines.source, fence) if table else fence.end
        added = "".join(f"{toml_key(key)} = {toml_value(value)}\n" for key, value in values.items())
    at = lines.original(place)
    return text[:at] + added.replace("\n", lines.ending) + text[at:]


def _before_tables(source: str, fence: Fence) -> int:
    """Return the offset of the first table header of TOML; a line of an array may look like one."""
    for match in _TABLE.finditer(source, fence.start, fence.end):
        try:
            tomllib.loads(source[fence.start : match.start()])
        except tomllib.TOMLDecodeError:
            continue
        return match.start()
    return fence.end


def _yaml(values: Mapping[str, object]) -> str:
    return yaml.safe_dump(dict(values), allow_unicode=True, sort_keys=False, width=10**9)


def toml_key(key: str) -> str:
    """Return ``key`` as TOML writes it."""
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else toml_string(key)


def toml_string(text: str) -> str:
    """Return ``text`` as a basic string of TOML 1.0."""
    short = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return (
        '"'
        + re.sub(r"[\\\"\x00-\x1f\x7f]", lambda m: short.get(m[0], f"\\u{ord(m[0]):04x}"), text)
        + '"'
    )


def toml_value(value: object) -> str:
    """Return a value as TOML writes it: text, numbers, booleans, dates, lists and tables."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return toml_string(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(toml_value(item) for item in value)}]"
    if isinstance(value, dict):
        pairs = ", ".join(f"{toml_key(str(k))} = {toml_value(v)}" for k, v in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    return str(value)
