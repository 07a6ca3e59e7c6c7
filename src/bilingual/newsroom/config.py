"""``bilingual.toml``: the settings of a newsroom, their defaults, and problems with their lines."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from bilingual.errors import ConfigurationError, Problem, configuration_error
from bilingual.model import Message, msg
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
    """How the Markdown files of a pair write the anchors of headings: one of ``ANCHORS``."""


@dataclass(frozen=True, slots=True)
class Config:
    """A whole ``bilingual.toml``; what the file leaves out has its default."""

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
    """A table that others validate, with the lines of its keys."""

    def __init__(self, values: Mapping[str, object], text: str) -> None:
        super().__init__(values)
        self._text = text

    def line(self, keys: tuple[str, ...]) -> int:
        """Return the line on which ``keys`` is set; see ``line_of``."""
        return line_of(self._text, keys)


def parse(text: str, *, path: str = FILE) -> Config:
    """Return the settings that the TOML ``text`` makes.

    Raises ``ConfigurationError`` at the line of the first problem; every other one is named in
    the same error with its own line.
    """
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problem, line = _toml_problem(str(error), text)
        raise ConfigurationError(
            msg("not TOML: {reason}", reason=problem),
            path=path,
            line=line,
            hint=msg("correct this line"),
        ) from error
    if problems := list(_problems(tree, text)):
        raise configuration_error(problems, path)
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


def _toml_problem(reason: str, text: str) -> tuple[str, int]:
    found = re.match(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)$", reason)
    if not found:
        return reason, 0
    return found[1], int(found[2]) if found[2] else text.count("\n") + 1


def _word(value: object) -> Message | None:
    return None if isinstance(value, str) else msg("is not a string")


def _dollars(value: object) -> Message | None:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    good = number and value >= 0  # type: ignore[operator]
    return None if good else msg("is not a sum in US dollars")


def _words(value: object) -> Message | None:
    good = isinstance(value, list) and all(isinstance(each, str) for each in value)
    return None if good else msg("is not a list of strings")


def _address(value: object) -> Message | None:
    if wrong := _word(value):
        return wrong
    good = not value or re.match(r"https?://[^/\s]+", str(value))
    return None if good else msg("is not a web address")


def _two_languages(value: object) -> Message | None:
    if not isinstance(value, list) or len(value) != 2 or value[0] == value[1]:
        return msg("is not a list of two languages")
    unknown = [str(each) for each in value if each not in LANGUAGES]
    return msg("has an unknown language: {names}", names=", ".join(unknown)) if unknown else None


def _inside(value: object) -> Message | None:
    if not isinstance(value, str) or not value.strip():
        return msg("is not the name of a folder")
    parts = value.replace("\\", "/").split("/")
    away = value.startswith(("/", "~")) or ".." in parts or ":" in parts[0]
    kept = parts[0] in {"articles", "locales", ".git", ".bilingual", "memory"} or value in {
        ".",
        "./",
    }
    return msg("is not a separate folder inside the newsroom") if away or kept else None


def _anchors(value: object) -> Message | None:
    return None if value in ANCHORS else msg("is not one of {names}", names=", ".join(ANCHORS))


def _headline_case(value: object) -> Message | None:
    names = ", ".join(HEADLINE_CASES)
    return None if value in HEADLINE_CASES else msg("is not one of {names}", names=names)


TABLES: Mapping[str, Mapping[str, tuple[Callable[[object], Message | None], str]]] = {
    "newsroom": {
        "name": (_word, 'name = "…"'),
        "url": (_address, 'url = "https://news.example"'),
        "languages": (_two_languages, 'languages = ["en", "ko"]'),
    },
    "translate": {
        "engine": (_word, 'engine = "local"'),
        "headline_case": (_headline_case, 'headline_case = "sentence"'),
        "max_cost": (_dollars, "max_cost = 2.50"),
        "monthly_budget": (_dollars, "monthly_budget = 50"),
    },
    "markdown": {"keys": (_words, 'keys = ["title", "dek"]')},
    "publish": {
        "targets": (_words, 'targets = ["markdown", "site"]'),
        "output": (_inside, 'output = "public"'),
        "anchors": (_anchors, 'anchors = "attribute"'),
    },
}
"""Table to key to (what is wrong with a value, or None; an example)."""
FREE = ("engines", "checks")
"""Tables whose keys are names, not settings."""


def _problems(tree: Mapping[str, object], text: str) -> Iterator[Problem]:
    for name, table in tree.items():
        if name not in TABLES and name not in FREE:
            yield _unknown(text, (name,), [*TABLES, *FREE])
        elif not isinstance(table, dict):
            hint = msg("write `[{name}]` above its keys", name=name)
            yield Problem(line_of(text, (name,)), msg("{name} is not a table", name=name), hint)
        elif name == "engines":
            for engine, settings in table.items():
                if not isinstance(settings, dict):
                    line = line_of(text, (name, engine))
                    yield Problem(
                        line,
                        msg("{name} is not a table", name=f"engines.{engine}"),
                        msg("write `[engines.{engine}]`", engine=engine),
                    )
        elif name == "checks":
            yield from _check_problems(table, text)
        else:
            yield from _table_problems(name, table, text)


def _check_problems(table: Mapping[str, object], text: str) -> Iterator[Problem]:
    for rule, level in table.items():
        if rule == suppressions.KEY:
            yield from suppressions.problems(level, text)
        elif level not in LEVELS:
            line = line_of(text, ("checks", rule))
            levels = ", ".join(f'"{each}"' for each in LEVELS)
            yield Problem(
                line,
                msg("checks.{rule} is not a level", rule=rule),
                msg("use one of {levels}", levels=levels),
            )


def _table_problems(name: str, table: Mapping[str, object], text: str) -> Iterator[Problem]:
    keys = TABLES[name]
    for key, value in table.items():
        if key not in keys:
            yield _unknown(text, (name, key), list(keys))
            continue
        wrong, example = keys[key]
        if problem := wrong(value):
            yield Problem(
                line_of(text, (name, key)),
                msg("{key} {reason}", key=f"{name}.{key}", reason=problem),
                msg("write `{example}`", example=example),
            )


def _unknown(text: str, keys: tuple[str, ...], known: list[str]) -> Problem:
    hint = did_you_mean(keys[-1], known, msg("use one of {names}", names=", ".join(known)))
    return Problem(line_of(text, keys), msg("unknown key {key}", key=".".join(keys)), hint)


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
