"""A catalog that is checked: one of the newsroom, or any PO file from anywhere."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from bilingual.checks import registry
from bilingual.errors import ContentError, UsageError
from bilingual.model import msg
from bilingual.workflow.checking.location import Places, located

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from bilingual.checks.base import PairSubject
    from bilingual.checks.registry import Selection
    from bilingual.glossary.match import Matcher
    from bilingual.model import Article, Catalog, Finding
    from bilingual.newsroom import Newsroom

STDIN = "-"
"""What standard input is called."""


class CheckedCatalog:
    """A catalog with its text, from the newsroom or from anywhere; parsed when it is asked for."""

    def __init__(
        self, path: str, text: str, load: Callable[[], Catalog], source: Article | None = None
    ) -> None:
        self.path = path
        self.text = text
        self.slug = source.slug if source else ""
        self.article = source.path if source else ""
        self.both = f"{text}\0{source.text}" if source else text
        self._load = load

    @cached_property
    def catalog(self) -> Catalog:
        """Its entries."""
        return self._load()


class Given(NamedTuple):
    """What all catalogs are checked with."""

    newsroom: Newsroom | None
    matcher: Matcher
    selection: Selection


def found_in(each: CheckedCatalog, given: Given) -> tuple[list[Finding], int]:
    """Return what the rules find in one catalog, and how many units it has."""
    pair = pair_of(each, given.matcher)
    return list(placed(each, registry.run([pair], given.selection))), len(pair.units)


def pair_of(each: CheckedCatalog, matcher: Matcher) -> PairSubject:
    """Return the catalog's entries as rules look at them."""
    catalog = each.catalog
    both = (catalog.source_language, catalog.target_language)
    return registry.pair(each.slug, catalog.live, both, matcher)


def read(path: Path, name: str) -> str:
    """Return the text of the file at ``path`` (``-``: of standard input), called ``name``.

    Raises ``UsageError`` when it is absent, ``ContentError`` when it is no UTF-8.
    """
    from bilingual.newsroom import reading  # noqa: PLC0415

    if str(path) == STDIN:
        return reading.text(sys.stdin.buffer.read(), name)
    try:
        return reading.text(reading.read(path, name), name)
    except FileNotFoundError as error:
        raise UsageError(msg("no such file"), path=name) from error


def from_file(path: Path, name: str, languages: tuple[str, str]) -> CheckedCatalog:
    """Return the PO file at ``path``, called ``name``; raises as ``read`` and for its languages.

    ``languages`` are its source and target, where its header does not name them.
    """
    from bilingual.catalog import po  # noqa: PLC0415 - articles come without it

    text = read(path, name)
    catalog = po.parse(text, path=name)
    source, target = languages
    catalog = replace(
        catalog,
        source_language=_base(source or catalog.source_language),
        target_language=_base(target or catalog.target_language),
    )
    for language, option in (
        (catalog.source_language, "source"),
        (catalog.target_language, "target"),
    ):
        if language not in registry.LANGUAGES:
            problem = (
                msg("the language {language!r} is not supported", language=language)
                if language
                else msg("the header names no {option} language", option=option)
            )
            raise ContentError(
                problem,
                path=name,
                line=1,
                hint=msg("give it with `--{option} en` or `--{option} ko`", option=option),
            )
    return CheckedCatalog(name, text, partial(_given, catalog))


def _given(catalog: Catalog) -> Catalog:
    return catalog


def _base(language: str) -> str:
    """Return the language of a tag: ``ko`` of ``ko_KR`` and ``ko-Kore-KR``."""
    return language.replace("_", "-").partition("-")[0].lower()


def placed(each: CheckedCatalog, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield ``findings`` at their places in the catalog."""
    places: Places | None = None
    for finding in findings:
        if places is None:
            places = places_of(each)
        yield located(finding, each.path, places)


def places_of(each: CheckedCatalog) -> Places:
    """Return where in its file the entries of a catalog are."""
    from bilingual.catalog import po  # noqa: PLC0415

    return Places(each.text, po.lines(each.text) if each.text else {})
