"""Find the first mention of each term in an article, which has a form of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bilingual.glossary.match import Matcher

RUNNING = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.DEFINITION})
"""Not titles, headings, cells and captions: they are short, and may precede the first mention."""


def first_mentions(
    units: Iterable[tuple[Kind, str]], matcher: Matcher, language: str
) -> dict[str, int]:
    """Return the index of the unit that mentions each term with a first-mention form first.

    ``units`` are all units of an article in order: their kind and their text in ``language``.
    """
    found: dict[str, int] = {}
    for index, (kind, text) in enumerate(units):
        if kind in RUNNING:
            for hit in matcher.find(text, language):
                if hit.term.first_mention:
                    found.setdefault(hit.term.id, index)
    return found
