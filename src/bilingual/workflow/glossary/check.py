"""What is odd in a glossary that can be used: hidden characters, forms that speak to a model."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bilingual.glossary.doubt import Doubt, doubts

if TYPE_CHECKING:
    from bilingual.newsroom import Newsroom

__all__ = ["CheckedGlossary", "Doubt", "check_glossary"]


class CheckedGlossary(NamedTuple):
    """A glossary that can be used, and what is odd in it."""

    path: str
    terms: int
    doubts: tuple[Doubt, ...]


def check_glossary(newsroom: Newsroom) -> CheckedGlossary:
    """Return what is odd in the glossary of ``newsroom``.

    Raises ``ConfigurationError`` listing the faults of one that cannot be used.
    """
    glossary = newsroom.glossary()
    return CheckedGlossary(glossary.path, len(glossary.terms), tuple(doubts(glossary)))
