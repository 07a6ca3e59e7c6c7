"""``bilingual.toml``: what a newsroom may set, with its defaults, and the faults in it by line."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from bilingual.errors import ConfigurationError
from bilingual.nearest import did_you_mean
from bilingual.newsroom import suppressions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from bilingual.model import Message, Suppression

FILE = "bilingual.toml"
LANGUAGES = ("en", "ko")
"""The languages the tool knows; a newsroom pairs two of them."""
LEVELS = ("error", "warning", "info", "off")
HEADLINE_CASES = ("sentence", "title")
ANCHORS = ("attribute", "html", "none")
NOTHING: Mapping[str, object] = MappingProxyType({})
DEFAULT_KEYS = (
    "title", "subtitle", "dek", "description", "summary", "category", "tags", "author",
    "source.name", "hero.alt", "hero.caption", "hero.credit",
)  # fmt: skip
"""Front-matter keys whose values are translated."""


@dataclass(frozen=True, slots=True)
class NewsroomSettings:
    """``[newsroom]``: who publishes, where, in which two languages."""

    name: str = "bilingual"
    url: str = ""
    """The site's address without a slash at its end; empty while it has none."""
    languages: tuple[str, ...] = LANGUAGES


@dataclass(frozen=True, slots=True)
class TranslateSettings:
    """``[translate]``: which engine drafts, and what that may cost."""

    engine: str = "local"
    headline_case: str = "sentence"
    """How English headlines are written: one of ``HEADLINE_CASES``."""
    max_cost: float | None = None
    """What one run may cost, in US dollars; None for any sum."""
    monthly_budget: float | None = None
    """What all runs of a month may cost together."""


@dataclass(frozen=True, slots=True)
class MarkdownSettings:
    """``[markdown]``: what in an article is text."""

    keys: tuple[str, ...] = DEFAULT_KEYS


@dataclass(frozen=True, slots=True)
class PublishSettings:
    """``[publish]``: what is made of a pair, and where it is written."""

    targets: tuple[str, ...] = ("markdown", "site")
    output: str = "public"
    """A folder inside the newsroom, with ``/``."""
    anchors: str = "attribute"
    """How the Markdown files of a pair say the anchors of headings: one of ``ANCHORS``."""


@dataclass(frozen=True, slots=True)
class Config:
    """A whole ``bilingual.toml``; every default holds where the file says nothing."""

    newsroom: NewsroomSettings = NewsroomSettings()
    translate: TranslateSettings = TranslateSettings()
    markdown: MarkdownSettings = MarkdownSettings()
    publish: PublishSettings = PublishSettings()
    engines: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """Engine name to its own settings, which the engine validates."""
    checks: Mapping[str, str] = field(default_factory=dict)
    """Rule name to ``error``, ``warning``, ``info`` or ``off``."""
    suppressions: tuple[Suppression, ...] = ()
    """``[[checks.suppress]]``: findings that are held back."""


class ConfigTable(dict[str, object]):
    """A table that others validate, with the lines that its keys stand on."""

    def __init__(self, values: Mapping[str, object], text: str) -> None:
        super().__init__(values)
        self._text = text

    def line(self, keys: tuple[str, ...]) -> int:
        """Return the line on which ``keys`` is set; see ``line_of``."""
        return line_of(self._text, keys)


@dataclass(frozen=True, slots=True)
class _Fault:
    line: int
    text: str
    hint: Message | str


def parse(text: str, *, path: str = FILE) -> Config:
    """Return the settings that the TOML ``text`` makes.

    Raises ``ConfigurationError`` at the line of the first fault; every further fault is named in
    the same error with its own line.
    """
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        fault, line = _toml_fault(str(error), text)
        raise ConfigurationError(
            f"not TOML: {fault}", path=path, line=line, hint="mend the line"
        ) from error
    faults = sorted(_faults(tree, text), key=lambda fault: fault.line)
    if faults:
        first, *others = faults
        more = "".join(f"; line {other.line}: {other.text}" for other in others)
        raise ConfigurationError(first.text + more, path=path, line=first.line, hint=first.hint)
    return _config(tree, text)


def line_of(text: str, keys: tuple[str, ...]) -> int:
    """Return the line of TOML ``text`` on which ``keys`` (table names, then the key) is set.

    Where the key is not written on a line of its own (inline tables), the nearest line above
    that holds its table; 1 when even that is not found.
    """
    table: tuple[str, ...] = ()
    best, depth = 1, 0
    for number, line in enumerate(text.split("\n"), 1):
        header = re.match(r"\s*\[+([^\]]+)\]", line)
        if header:
            table = _dotted(header[1])
            here = table
        else:
            key = re.match(r"\s*((?:[\w-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*[\w\"'-]+)*)\s*=", line)
            if not key:
                continue
            here = table + _dotted(key[1])
        if here == keys:
            return number
        if len(here) > depth and here == keys[: len(here)]:
            best, depth = number, len(here)
    return best


def _dotted(name: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in name.split("."))


def _toml_fault(said: str, text: str) -> tuple[str, int]:
    found = re.match(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)$", said)
    if not found:
        return said, 0
    return found[1], int(found[2]) if found[2] else text.count("\n") + 1


def _word(value: object) -> str:
    return "" if isinstance(value, str) else "is not a string"


def _dollars(value: object) -> str:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return "" if number and value >= 0 else "is not a sum in US dollars"  # type: ignore[operator]


def _words(value: object) -> str:
    good = isinstance(value, list) and all(isinstance(each, str) for each in value)
    return "" if good else "is not a list of strings"


def _address(value: object) -> str:
    if _word(value):
        return _word(value)
    return "" if not value or re.match(r"https?://[^/\s]+", str(value)) else "is not a web address"


def _two_languages(value: object) -> str:
    if not isinstance(value, list) or len(value) != 2 or value[0] == value[1]:
        return "is not a list of two languages"
    unknown = [str(each) for each in value if each not in LANGUAGES]
    return f"names a language the tool does not know: {', '.join(unknown)}" if unknown else ""


def _inside(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        return "is not the name of a folder"
    parts = value.replace("\\", "/").split("/")
    away = value.startswith(("/", "~")) or ".." in parts or ":" in parts[0]
    kept = parts[0] in {"articles", "locales", ".git", ".bilingual", "memory"} or value in {
        ".",
        "./",
    }
    return "is not a folder of its own inside the newsroom" if away or kept else ""


def _anchors(value: object) -> str:
    return "" if value in ANCHORS else f"is none of {', '.join(ANCHORS)}"


def _headline_case(value: object) -> str:
    return "" if value in HEADLINE_CASES else f"is none of {', '.join(HEADLINE_CASES)}"


def _table(value: object) -> str:
    return "" if isinstance(value, dict) else "is not a table"


TABLES: Mapping[str, Mapping[str, tuple[Callable[[object], str], str]]] = {
    "newsroom": {
        "name": (_word, 'write name = "…"'),
        "url": (_address, 'write url = "https://news.example"'),
        "languages": (_two_languages, 'write languages = ["en", "ko"]'),
    },
    "translate": {
        "engine": (_word, 'write engine = "local"'),
        "headline_case": (_headline_case, 'write headline_case = "sentence"'),
        "max_cost": (_dollars, "write max_cost = 2.50"),
        "monthly_budget": (_dollars, "write monthly_budget = 50"),
    },
    "markdown": {"keys": (_words, 'write keys = ["title", "dek"]')},
    "publish": {
        "targets": (_words, 'write targets = ["markdown", "site"]'),
        "output": (_inside, 'write output = "public"'),
        "anchors": (_anchors, 'write anchors = "attribute"'),
    },
}
"""Table to key to (what is wrong with a value, or nothing; the mend)."""
FREE = ("engines", "checks")
"""Tables whose keys are names, not settings."""


def _faults(tree: Mapping[str, object], text: str) -> Iterator[_Fault]:
    for name, table in tree.items():
        if name not in TABLES and name not in FREE:
            yield _unknown(text, (name,), [*TABLES, *FREE])
        elif not isinstance(table, dict):
            hint = f"write [{name}] above its keys"
            yield _Fault(line_of(text, (name,)), f"{name} is not a table", hint)
        elif name == "engines":
            for engine, settings in table.items():
                if _table(settings):
                    line = line_of(text, (name, engine))
                    yield _Fault(
                        line, f"engines.{engine} is not a table", f"write [engines.{engine}]"
                    )
        elif name == "checks":
            yield from _check_faults(table, text)
        else:
            yield from _table_faults(name, table, text)


def _check_faults(table: Mapping[str, object], text: str) -> Iterator[_Fault]:
    for rule, level in table.items():
        if rule == suppressions.KEY:
            yield from (_Fault(*fault) for fault in suppressions.faults(level, text))
        elif level not in LEVELS:
            line = line_of(text, ("checks", rule))
            levels = ", ".join(f'"{each}"' for each in LEVELS)
            yield _Fault(line, f"checks.{rule} has no such level", f"use one of {levels}")


def _table_faults(name: str, table: Mapping[str, object], text: str) -> Iterator[_Fault]:
    keys = TABLES[name]
    for key, value in table.items():
        if key not in keys:
            yield _unknown(text, (name, key), list(keys))
            continue
        wrong, hint = keys[key]
        fault = wrong(value)
        if fault:
            yield _Fault(line_of(text, (name, key)), f"{name}.{key} {fault}", hint)


def _unknown(text: str, keys: tuple[str, ...], known: list[str]) -> _Fault:
    hint = did_you_mean(keys[-1], known, f"known here: {', '.join(known)}")
    return _Fault(line_of(text, keys), f"unknown key {'.'.join(keys)}", hint)


def _config(tree: Mapping[str, dict[str, object]], text: str) -> Config:
    def settings(name: str) -> dict[str, object]:
        return {
            key: tuple(value) if isinstance(value, list) else value
            for key, value in tree.get(name, {}).items()
        }

    newsroom = settings("newsroom")
    if "url" in newsroom:
        newsroom["url"] = str(newsroom["url"]).rstrip("/")
    publish = settings("publish")
    if "output" in publish:
        publish["output"] = str(publish["output"]).replace("\\", "/").rstrip("/")
    engines = {
        name: ConfigTable(table, text)
        for name, table in tree.get("engines", {}).items()
        if isinstance(table, dict)
    }
    checks = tree.get("checks", {})
    return Config(
        newsroom=NewsroomSettings(**newsroom),  # type: ignore[arg-type] # validated above
        translate=TranslateSettings(**settings("translate")),  # type: ignore[arg-type]
        markdown=MarkdownSettings(**settings("markdown")),  # type: ignore[arg-type]
        publish=PublishSettings(**publish),  # type: ignore[arg-type]
        engines=MappingProxyType(engines),
        checks=MappingProxyType(
            {rule: str(level) for rule, level in checks.items() if rule != suppressions.KEY}
        ),
        suppressions=suppressions.suppressions(checks.get(suppressions.KEY), text),
    )
