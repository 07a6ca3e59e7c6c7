"""What people approved, throughout the newsroom: it fills the same words elsewhere, and teaches."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bilingual.newsroom import Newsroom


class Approved(NamedTuple):
    """One unit that a person approved."""

    source_language: str
    target_language: str
    source: str
    target: str
    slug: str
    unit: str


def approved(newsroom: Newsroom) -> tuple[Approved, ...]:
    """Return every approved unit, by article and in its order."""
    return tuple(_approved(newsroom))


def _approved(newsroom: Newsroom) -> Iterator[Approved]:
    for article in newsroom.articles():
        language = newsroom.target_language(article)
        for entry in newsroom.catalog(article.slug, language).live:
            if entry.target.approved:
                text = entry.target.text
                yield Approved(
                    article.language, language, entry.source, text, article.slug, entry.id
                )


def targets(units: Sequence[Approved]) -> dict[tuple[str, str], Approved]:
    """Return target language and source to the first unit with the one target that it got.

    A source that was approved with two different targets is in doubt, and left out.
    """
    found: dict[tuple[str, str], Approved] = {}
    doubted: set[tuple[str, str]] = set()
    for unit in units:
        key = (unit.target_language, unit.source)
        if found.setdefault(key, unit).target != unit.target:
            doubted.add(key)
    return {key: unit for key, unit in found.items() if key not in doubted}


def korean_english(units: Sequence[Approved]) -> Iterator[tuple[str, str]]:
    """Give the units' texts as Korean and English, whatever they were translated from."""
    for unit in units:
        both = {unit.source_language: unit.source, unit.target_language: unit.target}
        if both.keys() == {"ko", "en"}:
            yield both["ko"], both["en"]


def korean(newsroom: Newsroom) -> Iterator[str]:
    """Give the text of every Korean article, once somebody asks."""
    for slug in newsroom.slugs():
        if newsroom.source(slug)[1] == "ko":
            yield newsroom.article(slug).text
