"""Find the strings of a TOML document with their positions, and write one (TOML 1.0).

The standard library reads TOML without positions. This scanner finds strings and their keys; its
caller compares each with the standard library's value, so that a disagreement loses a unit but
never merges wrongly.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bilingual.markdown.front_matter import toml_string

if TYPE_CHECKING:
    from collections.abc import Iterator

QUOTES = ('"""', "'''", 'toml"', "toml'")
"""The delimiters; those of one line have ``toml`` before them to differ from YAML's styles."""
_TOKEN = re.compile(
    r"(?P<blank>[ \t]+|\#[^\n]*)|(?P<break>\n)"
    r"|(?P<long>\"\"\"(?:[^\\\"]|\\.|\"{1,2}(?!\"))*+\"{3,5}|'''(?:[^']|'{1,2}(?!'))*+'{3,5})"
    r"|(?P<short>\"(?:[^\\\"\n]|\\.)*+\"|'[^'\n]*')"
    r"|(?P<mark>[\[\]{}=,.])|(?P<word>[^\s\[\]{}=,.\"'\#]+)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class String:
    """A string value of a TOML document."""

    path: tuple[str, ...]
    value: str
    start: int
    """The offset of its opening quotation mark."""
    end: int
    quote: str


@dataclass(slots=True)
class _Frame:
    """An open list or inline table."""

    path: tuple[str, ...]
    table: bool
    count: int = 0


def strings(source: str, start: int, end: int) -> Iterator[String]:
    """Yield the string values of ``source`` between two offsets, with their keys."""
    scanner = _Scanner()
    for match in _TOKEN.finditer(source, start, end):
        kind = match.lastgroup or ""
        if found := scanner.take(kind, match):
            yield found


class _Scanner:
    """Tracks the current key through a document, one token at a time."""

    def __init__(self) -> None:
        self.table: tuple[str, ...] = ()
        self.counts: dict[tuple[str, ...], int] = {}
        self.key: list[str] = []
        self.value = False
        self.header = 0
        self.frames: list[_Frame] = []

    def take(self, kind: str, match: re.Match[str]) -> String | None:
        """Process a token; return it as a string value, if it is one."""
        text = match.group()
        if kind == "break":
            if not self.frames:
                self._end_of_line()
        elif kind == "mark":
            self._mark(text)
        elif kind == "word":
            if not self.value:
                self.key.append(text)
        elif kind in {"short", "long"}:
            if self.value:
                return String(self._path(), _value(text), *match.span(), _quote(text))
            self.key.append(_value(text))
        return None

    def _end_of_line(self) -> None:
        if self.header:
            path = tuple(self.key)
            if self.header == 2:
                self.counts[path] = self.counts.get(path, -1) + 1
                path = (*path, str(self.counts[path]))
            self.table = path
        self.key, self.value, self.header = [], False, 0

    def _base(self) -> tuple[str, ...]:
        return self.frames[-1].path if self.frames else self.table

    def _path(self) -> tuple[str, ...]:
        if self.frames and not self.frames[-1].table:
            return (*self.frames[-1].path, str(self.frames[-1].count))
        return (*self._base(), *self.key)

    def _mark(self, text: str) -> None:
        if text in "[{" and self.value:
            self.frames.append(_Frame(self._path(), text == "{"))
            if text == "{":
                self.key, self.value = [], False
        elif text == "[":
            self.header += 1
        elif text in "]}" and self.frames:
            self.frames.pop()
            self.value = True
        elif text == "=":
            self.value = True
        elif text == "," and self.frames:
            if self.frames[-1].table:
                self.key, self.value = [], False
            else:
                self.frames[-1].count += 1


def _value(text: str) -> str:
    try:
        return str(tomllib.loads(f"v = {text}")["v"])
    except tomllib.TOMLDecodeError:
        return ""


def _quote(text: str) -> str:
    return text[:3] if text.startswith(('"""', "'''")) else f"toml{text[0]}"


def write_string(target: str, quote: str) -> str:
    """Return ``target`` as a TOML string within ``quote`` if possible, else as a basic string."""
    candidates = {
        "toml'": f"'{target}'",
        "'''": f"'''\n{target}'''",
        '"""': '"""\n' + target.replace("\\", "\\\\").replace('"', '\\"') + '"""',
    }
    candidate = candidates.get(quote)
    if candidate is not None and _value(candidate) == target:
        return candidate
    return toml_string(target)
