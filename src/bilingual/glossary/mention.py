"""Where an article mentions a term first: there it has the form that the glossary wants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bilingual.glossary.match import Matcher

RUNNING = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.DEFINITION})
"""Titles, headings, cells and captions are short, and may come before the first mention."""


def first_mentions(
    units: Iterable[tuple[Kind, str]], matcher: Matcher, language: str
) -> dict[str, int]:
    """Return for each term with a first mention the index of the unit where it stands first.

    ``units`` are all of an article in its order, kind and text in ``language``.
    """
    found: dict[str, int] = {}
    for index, (kind, text) in enumerate(units):
        if kind in RUNNING:
            for hit in matcher.find(text, language):
                if hit.term.first_mention:
                    found.setdefault(hit.term.id, index)
    return found
