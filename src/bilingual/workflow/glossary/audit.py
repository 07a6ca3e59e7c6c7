"""Compare the glossary with the approved translations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.glossary.audit import ApprovedUnit, TermUsage, audit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bilingual.newsroom import Newsroom

__all__ = ["TermUsage", "approved", "audit_glossary"]


def audit_glossary(newsroom: Newsroom, slugs: Sequence[str] = ()) -> tuple[list[TermUsage], int]:
    """Return the usage of each term, the worst first, and the number of counted units.

    Units approved for their current source are counted. Raises ``UsageError`` for an unknown
    article, ``ConfigurationError`` for an invalid glossary, ``ContentError`` for a catalog
    that cannot be read.
    """
    terms = newsroom.glossary().terms
    texts = list(approved(newsroom, slugs))
    return audit(terms, texts), len(texts)


def approved(newsroom: Newsroom, slugs: Sequence[str] = ()) -> Iterator[ApprovedUnit]:
    """Yield the approved units of the articles ``slugs``, or of all when it is empty."""
    for slug in dict.fromkeys(slugs or newsroom.slugs()):
        _, language = newsroom.source(slug)
        target = newsroom.other_language(language)
        for entry in newsroom.catalog(slug, target).live:
            if entry.target.approved and entry.target.text:
                yield ApprovedUnit(
                    slug, entry.id, entry.source, entry.target.text, language, target
                )
