"""The paths of files in a newsroom, and the rules for slugs."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from bilingual.model import msg

if TYPE_CHECKING:
    from bilingual.model import Message

ARTICLES = "articles"
LOCALES = "locales"
WORK = ".bilingual"
GLOSSARY = "glossary.yaml"
GUIDES = "guides"

INDEX = re.compile(r"index\.([a-z]{2,3}(?:-[A-Za-z0-9]+)*)\.md")
"""An article's file; its group is the language."""
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?$")
"""Names that Windows reserves for devices: a newsroom must be cloneable there too."""


def slug_problem(slug: str) -> Message | None:
    """Return what is wrong with ``slug`` as a folder's name, or None.

    A slug consists of letters (Hangul too), digits, ``-``, ``_`` and ``.``, so that it is the
    same in an address, in a PO reference and on every file system.
    """
    if not slug:
        return msg("is empty")
    if slug.startswith((".", "-")) or slug.endswith("."):
        return msg("begins or ends with a punctuation mark")
    wrong = sorted(
        {each for each in slug if not (each.isalnum() or each in "-_." or _is_combining(each))}
    )
    if wrong:
        return msg("contains {characters}", characters=" ".join(map(repr, wrong)))
    if RESERVED.match(slug):
        return msg("is a reserved name on Windows")
    return None


def _is_combining(character: str) -> bool:
    """Return True for a mark that combines with the letter before it (NFD file names)."""
    return unicodedata.category(character).startswith("M")


def catalog_path(slug: str, language: str) -> str:
    """Return the relative path of the catalog of ``slug`` into ``language``, with ``/``."""
    return f"{LOCALES}/{language}/articles/{slug}.po"


def guide_path(source_language: str, target_language: str) -> str:
    """Return the relative path of a newsroom's own style guide for a direction."""
    return f"{GUIDES}/{source_language}-{target_language}.md"
