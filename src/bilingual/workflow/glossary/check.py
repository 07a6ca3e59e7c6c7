"""Report warnings about a valid glossary: hidden characters, forms that address a model."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bilingual.glossary.warning import GlossaryWarning, find_warnings

if TYPE_CHECKING:
    from bilingual.newsroom import Newsroom

__all__ = ["CheckedGlossary", "GlossaryWarning", "check_glossary"]


class CheckedGlossary(NamedTuple):
    """A valid glossary, and the warnings about it."""

    path: str
    terms: int
    doubts: tuple[GlossaryWarning, ...]


def check_glossary(newsroom: Newsroom) -> CheckedGlossary:
    """Return the warnings about the glossary of ``newsroom``.

    Raises ``ConfigurationError`` with the errors of an invalid glossary.
    """
    glossary = newsroom.glossary()
    return CheckedGlossary(glossary.path, len(glossary.terms), tuple(find_warnings(glossary)))
