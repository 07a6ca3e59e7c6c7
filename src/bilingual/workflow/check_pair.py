"""Checking two Markdown files that never saw a catalog."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from bilingual.checks import registry
from bilingual.checks.alignment import align
from bilingual.checks.rules import unit_added
from bilingual.errors import ContentError, UsageError
from bilingual.glossary.match import Matcher
from bilingual.glossary.schema import Glossary
from bilingual.markdown import blocks
from bilingual.markdown.document import Layout
from bilingual.markdown.segment import DEFAULT_KEYS, segment
from bilingual.markdown.structure import outline
from bilingual.model import Entry, State, Target, msg
from bilingual.workflow.check import CheckResult, known, ordered, result
from bilingual.workflow.checking.location import located

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from bilingual.checks.alignment import Aligned
    from bilingual.checks.base import Outline
    from bilingual.markdown.document import Document
    from bilingual.model import Finding

NAMED = re.compile(r"(?<![A-Za-z])(en|ko)(?:[-_][A-Za-z]{2,4})?(?![A-Za-z])", re.IGNORECASE)
HANGUL, LATIN = re.compile(r"[가-힣]"), re.compile(r"[A-Za-z]")
ADDED = unit_added.__name__.rpartition(".")[2].replace("_", "-")


@dataclass(frozen=True, slots=True)
class PairFile:
    """A Markdown file: how messages call it, and its text."""

    name: str
    text: str


def check_pair(  # noqa: PLR0913 - what a newsroom would say, where there is none
    source: PairFile,
    target: PairFile,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    languages: tuple[str, str] = ("", ""),
    glossary: Glossary | None = None,
    levels: Mapping[str, str] | None = None,
    keys: Collection[str] = DEFAULT_KEYS,
) -> CheckResult:
    """Run the rules on ``source`` and its translation ``target``; findings are in ``target``.

    ``languages`` are those of the two, where neither their names (``index.en.md``, ``ko/``) nor
    their letters say them. A unit of the source that has no partner is not translated; one of the
    target that has none is a finding of ``unit-added``. Raises ``ContentError`` when front matter
    is broken or a language cannot be told, ``UsageError`` for an unknown rule.
    """
    selection = known(select, ignore, levels or {})
    matcher = Matcher((glossary or Glossary()).terms)
    both = _languages(source, target, languages)
    ours, theirs = (_document(each, keys) for each in (source, target))
    aligned = align(ours.units, theirs.units)
    places = _TargetPlaces(theirs)
    entries: list[Entry] = []
    added: list[Entry] = []
    number = count(1)
    before = 0
    for each in aligned:
        entry = _entry(f"#{next(number)}", each, ours, theirs)
        places.stand(entry.id, each.target, before)
        before = each.target[-1] + 1 if each.target else before
        if not each.source:
            added.append(entry)
        elif any(ours.units[index].translatable for index in each.source):
            entries.append(entry)
    pair = replace(
        registry.pair("", entries, both, matcher),
        outlines=(_outline(source.text), _outline(target.text)),
    )
    only_theirs = registry.pair("", added, both, matcher)
    findings: list[Finding] = [
        *registry.run([pair], selection),
        *registry.run([only_theirs], selection.only(ADDED)),
    ]
    found = ordered(
        located(finding, target.name, places)
        if finding.unit
        else replace(finding, path=target.name)
        for finding in findings
    )
    return result(found, len(entries), selection)


def _outline(text: str) -> Outline:
    return tuple(outline(blocks.parse(text)))


def _document(file: PairFile, keys: Collection[str]) -> Document:
    try:
        return segment(file.text, keys=keys)
    except ContentError as error:
        raise ContentError(
            error.problem, path=file.name, line=error.line, hint=error.hint
        ) from error


def _entry(name: str, aligned: Aligned, ours: Document, theirs: Document) -> Entry:
    source = "\n".join(ours.units[index].source for index in aligned.source)
    text = "\n".join(theirs.units[index].source for index in aligned.target)
    unit = ours.units[aligned.source[0]] if aligned.source else theirs.units[aligned.target[0]]
    return Entry(name, unit.kind, source, unit.path, Target(text, State.REVIEWED))


class _TargetPlaces:
    """The positions of the aligned units in the target's file."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.starts = [0]
        self.starts += [found.end() for found in re.finditer(r"\r\n|\r|\n", document.text)]
        self.units: dict[str, tuple[tuple[int, ...], int]] = {}

    def stand(self, name: str, indices: tuple[int, ...], before: int) -> None:
        """Remember the units of an entry, or after how many units it would be."""
        self.units[name] = indices, before

    def of(self, unit: str, *, offset: int = 0) -> tuple[int, int]:
        """Return line and column of the character ``offset`` of an entry's target."""
        indices, before = self.units[unit]
        if not indices:
            places = self.document.locations
            return self._place(places[before - 1].end if before else 0)
        for index in indices:
            place = self.document.locations[index]
            size = len(self.document.units[index].source)
            if offset > size and index != indices[-1]:
                offset -= size + 1
                continue
            if place.layout is Layout.FIELD:
                start = place.start + self.document.text[place.start : place.end].startswith(
                    ('"', "'")
                )
                return self._place(min(start + offset, place.end))
            for start, end in place.spans:
                if offset <= end - start:
                    return self._place(start + offset)
                offset -= end - start + 1
            return self._place(place.end)
        return 1, 1

    def written(self, text: str) -> str | None:
        """Return how the file writes ``text``; None where that depends on what is around it."""
        return None if "\n" in text else text

    def _place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1


def _languages(source: PairFile, target: PairFile, said: tuple[str, str]) -> tuple[str, str]:
    found = []
    for file, language, option in ((source, said[0], "source"), (target, said[1], "target")):
        tag = language.replace("_", "-").partition("-")[0].lower()
        tag = tag or _named(file.name) or _lettered(file.text)
        if tag not in registry.LANGUAGES:
            problem = (
                msg("the language {language!r} is not supported", language=tag)
                if tag
                else msg("the language is not known")
            )
            raise ContentError(
                problem,
                path=file.name,
                hint=msg("give it with `--{option} en` or `--{option} ko`", option=option),
            )
        found.append(tag)
    if found[0] == found[1]:
        # A name may say the site's language: letters decide.
        letters = [_lettered(file.text) for file in (source, target)]
        if any(said) or not all(letters) or letters[0] == letters[1]:
            raise UsageError(
                msg("both files are in {language!r}", language=found[0]),
                path=target.name,
                hint=msg("give their languages with `--source` and `--target`"),
            )
        return letters[0], letters[1]
    return found[0], found[1]


def _named(name: str) -> str:
    """Return the language that the file's name or folders say, the last one; empty when none."""
    if name == "-":
        return ""
    found = [match[1].lower() for part in Path(name).parts[-3:] for match in NAMED.finditer(part)]
    return found[-1] if found else ""


def _lettered(text: str) -> str:
    """Return ``ko`` for a text with much Hangul, ``en`` for one of Latin letters without."""
    hangul, latin = len(HANGUL.findall(text)), len(LATIN.findall(text))
    if hangul > 0.15 * (hangul + latin):
        return "ko"
    return "en" if latin > 20 * hangul and latin else ""
