"""Where things stand in a newsroom, and which names may stand there."""

from __future__ import annotations

import re
import unicodedata

ARTICLES = "articles"
LOCALES = "locales"
WORK = ".bilingual"
GLOSSARY = "glossary.yaml"
GUIDES = "guides"

INDEX = re.compile(r"index\.([a-z]{2,3}(?:-[A-Za-z0-9]+)*)\.md")
"""An article's file; its group is the language."""
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?$")
"""Names that Windows keeps for devices: a newsroom must be cloned there, too."""


def slug_fault(slug: str) -> str:
    """Return what is wrong with ``slug`` as a folder's name, or nothing.

    A slug is one name: letters (Hangul, too), digits, ``-``, ``_`` and ``.``, so that it is the
    same in an address, in a PO reference and on every file system.
    """
    if not slug:
        return "is empty"
    if slug.startswith((".", "-")) or slug.endswith("."):
        return "begins or ends with a mark"
    wrong = sorted({each for each in slug if not (each.isalnum() or each in "-_." or _joins(each))})
    if wrong:
        shown = " ".join("a space" if each.isspace() else repr(each) for each in wrong)
        return f"holds {shown}"
    if RESERVED.match(slug):
        return "is a name that Windows keeps for itself"
    return ""


def _joins(character: str) -> bool:
    """Return True for a mark that combines with the letter before it (NFD file names)."""
    return unicodedata.category(character).startswith("M")


def catalog_path(slug: str, language: str) -> str:
    """Return where the catalog of ``slug`` into ``language`` stands, relative, with ``/``."""
    return f"{LOCALES}/{language}/articles/{slug}.po"


def guide_path(source_language: str, target_language: str) -> str:
    """Return where a newsroom's own style guide for a direction stands, if it has one."""
    return f"{GUIDES}/{source_language}-{target_language}.md"
