"""Collect what people approved in all articles: it fills the same words elsewhere, and teaches."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bilingual.model import Catalog
    from bilingual.newsroom import Newsroom


class Approved(NamedTuple):
    """One unit that a person approved."""

    source_language: str
    target_language: str
    source: str
    target: str
    slug: str
    unit: str


def approved(newsroom: Newsroom, loaded: Iterable[Catalog] = ()) -> tuple[Approved, ...]:
    """Return every approved unit, by article and in its order.

    Catalogs that are ``loaded`` are not read again.
    """
    return tuple(_approved(newsroom, {(each.slug, each.target_language): each for each in loaded}))


def _approved(newsroom: Newsroom, loaded: Mapping[tuple[str, str], Catalog]) -> Iterator[Approved]:
    for slug in newsroom.slugs():
        language = newsroom.source(slug)[1]
        other = newsroom.other_language(language)
        catalog = loaded.get((slug, other))
        for entry in (catalog or newsroom.catalog(slug, other)).live:
            if entry.target.approved:
                yield Approved(language, other, entry.source, entry.target.text, slug, entry.id)


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
    """Yield the units' texts as Korean and English, whichever is the source."""
    for unit in units:
        both = {unit.source_language: unit.source, unit.target_language: unit.target}
        if both.keys() == {"ko", "en"}:
            yield both["ko"], both["en"]


def korean(newsroom: Newsroom) -> Iterator[str]:
    """Yield the text of every Korean article; each is read when it is needed."""
    for slug in newsroom.slugs():
        if newsroom.source(slug)[1] == "ko":
            yield newsroom.article(slug).text
