"""How each direction is written: style guides as Markdown files that a newsroom may replace.

A guide is text for the model, in sections of any name but three. ``## In brief`` is all that a
small model is told. ``## For a revision`` is all that goes with an edit of what was translated
before. ``## Examples`` holds short pairs in the style wanted: lines ``en: …`` and ``ko: …``, one
pair from the next by an empty line, ``kind: heading`` above a headline or a heading.
``{headline_case}`` is replaced by the newsroom's setting for English headlines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

from bilingual.errors import ConfigurationError
from bilingual.language.en.headline import title_case
from bilingual.model import msg

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DIRECTIONS = (("en", "ko"), ("ko", "en"))
BRIEF, REVISION, EXAMPLES = "In brief", "For a revision", "Examples"
NOT_RULES = frozenset({BRIEF, REVISION, EXAMPLES})
"""Sections that are not for every full request."""
SENTENCE, TITLE = "sentence", "title"
CASES: Mapping[str, str] = MappingProxyType(
    {
        SENTENCE: "sentence case (capitals only for the first word and for names)",
        TITLE: "title case (capitals for all words but short ones such as of, the and in)",
    }
)
"""What ``{headline_case}`` becomes."""
_SECTION = re.compile(r"^##[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_LINE = re.compile(r"(?P<key>[a-z]+):[ \t]*(?P<value>\S.*)")
_KIND = "kind"


@dataclass(frozen=True, slots=True)
class Guide:
    """What a model is told about one direction."""

    rules: str
    """Who it is and how it writes; empty when the file says nothing of it."""
    brief: str
    """The same in as few tokens as do some good, with what to do with marks."""
    examples: tuple[tuple[str, str], ...]
    """Source and target of short pairs in the style wanted."""
    revision: str = ""
    """What goes with the little that an edit changed; of an own guide without it, all its rules."""


@cache
def text(source_language: str, target_language: str) -> str:
    """Return the built-in guide of a direction; raises ``KeyError`` when there is none."""
    if (source_language, target_language) not in DIRECTIONS:
        raise KeyError((source_language, target_language))
    file = files("bilingual.prompting") / "guides" / f"{source_language}-{target_language}.md"
    return file.read_text(encoding="utf-8")


def of(own: str, source_language: str, target_language: str) -> Guide:
    """Return the guide in the text ``own``, or the built-in one when that is empty."""
    content = own or cased(text(source_language, target_language))
    return parse(content, source_language, target_language)


@lru_cache(maxsize=16)
def parse(content: str, source_language: str, target_language: str, path: str = "") -> Guide:
    """Return the guide in the Markdown ``content``; what it leaves out is the built-in one's.

    Raises ``ConfigurationError`` at the line of ``path`` if an example is not one.
    """
    own = _read(content, source_language, target_language, path)
    usual = _read(
        cased(text(source_language, target_language)), source_language, target_language, ""
    )
    return Guide(
        own.rules or usual.rules,
        own.brief or usual.brief,
        own.examples or usual.examples,
        own.revision or own.rules or usual.revision,
    )


def cased(content: str, case: str = SENTENCE) -> str:
    """Return the guide ``content`` with English headlines in ``case``, in word and in example."""
    content = content.replace("{headline_case}", CASES[case])
    if case != TITLE:
        return content
    lines = content.split("\n")
    heading = False
    for place, line in enumerate(lines):
        if found := _LINE.fullmatch(line):
            heading = heading or found["key"] == _KIND
            if heading and found["key"] == "en":
                lines[place] = f"en: {title_case(found['value'])}"
        else:
            heading = False
    return "\n".join(lines)


def _read(content: str, source_language: str, target_language: str, path: str) -> Guide:
    """Return what ``content`` itself says."""
    sections = _sections(content)
    rules = "\n\n".join(
        words for name, (words, _) in sections.items() if name not in NOT_RULES and words
    )
    brief, _ = sections.get(BRIEF, ("", 0))
    revision, _ = sections.get(REVISION, ("", 0))
    examples = tuple(
        (pair[source_language], pair[target_language])
        for pair in _examples(*sections.get(EXAMPLES, ("", 0)), path)
    )
    return Guide(rules, brief, examples, revision)


def _sections(content: str) -> dict[str, tuple[str, int]]:
    """Return the sections of ``content`` by their headings, and how many lines are before each.

    A section that is for the model keeps its heading; the text above the first has no name.
    """
    headings = ((each.start(), each[1], each.end()) for each in _SECTION.finditer(content))
    begins = [(0, "", 0), *headings]
    ends = [*(start for start, _, _ in begins[1:]), len(content)]
    found: dict[str, tuple[str, int]] = {}
    for (start, name, after), end in zip(begins, ends, strict=True):
        special = name in NOT_RULES
        begin = after if special else start
        words = content[begin:end].lstrip("\n ")
        before = content.count("\n", 0, end - len(words))
        found[name] = (words.rstrip("\n "), before)
    return found


def _examples(words: str, before: int, path: str) -> Iterator[dict[str, str]]:
    """Yield the examples in ``words``, in front of which are ``before`` lines of the file."""
    pair: dict[str, str] = {}
    begun = 0
    for number, line in enumerate([*words.split("\n"), ""], before + 1):
        if line.strip():
            found = _LINE.fullmatch(line.strip())
            if not found or found["key"] in pair or found["key"] not in {"en", "ko", _KIND}:
                raise ConfigurationError(
                    msg("not a line of an example: {text}", text=line.strip()[:40]),
                    path=path,
                    line=number,
                    hint=msg(
                        "write `en: …` and below it `ko: …`, with an empty line after each pair"
                    ),
                )
            begun = begun if pair else number
            pair[found["key"]] = found["value"]
            continue
        if pair and not {"en", "ko"} <= set(pair):
            raise ConfigurationError(
                msg("the example has one language only"),
                path=path,
                line=begun,
                hint=msg("add its `en:` or `ko:`"),
            )
        if pair:
            yield pair
        pair = {}
