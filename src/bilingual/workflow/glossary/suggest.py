"""Find names that the glossary lacks in the articles and their approved translations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.catalog.pairing import pair
from bilingual.glossary.suggest import Suggestion, UnitText, suggest, yaml
from bilingual.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bilingual.newsroom import Newsroom

__all__ = ["Suggestion", "suggest_terms", "yaml"]

CAPITALS = (Kind.FIELD, Kind.HEADING)
"""Kinds in which English capitalises words that are not names."""


def suggest_terms(
    newsroom: Newsroom, slugs: Sequence[str] = (), *, least: int = 2
) -> list[Suggestion]:
    """Return suggested entries for the glossary, with their translations so far.

    Writes nothing. Raises ``UsageError`` for an unknown article, ``ConfigurationError`` for a
    invalid glossary, ``ContentError`` for an article or a catalog that cannot be read.
    """
    passages = list(_passages(newsroom, slugs))
    return suggest(passages, newsroom.glossary().terms, least=least)


def _passages(newsroom: Newsroom, slugs: Sequence[str]) -> Iterator[UnitText]:
    for article in newsroom.articles(slugs):
        catalog = newsroom.catalog(article.slug, newsroom.target_language(article))
        for _, unit, entry in pair(catalog, newsroom.document(article).units).pairs():
            yield UnitText(
                article.path,
                unit.position.line,
                unit.source,
                entry.target.text if entry.target.approved else "",
                article.language,
                running=unit.kind not in CAPITALS,
            )
