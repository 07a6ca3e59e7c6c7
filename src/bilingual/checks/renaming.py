"""Find a name that a Korean text has instead of one of a term's mentions.

Once is enough for a term: a pronoun may replace the other mentions. But where a term is less often
than in the source, and another Latin name is there that the source does not have, the one
probably became the other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bilingual.glossary.match import NAMES

if TYPE_CHECKING:
    from bilingual.checks.base import Subject
    from bilingual.model import Term

NAME = re.compile(
    r"(?<![A-Za-z0-9_./@#-])[A-Z][A-Za-z]*[a-z][A-Za-z]*(?![A-Za-z0-9_/@-]|\.[A-Za-z0-9])"
)
GLOSS = re.compile(r"[가-힣]\s?[(\[]\s?\Z")


def stranger(subject: Subject, term: Term) -> re.Match[str] | None:
    """Return the Latin name that replaces a mention of ``term`` in the target, None for none."""
    source, target = subject.source, subject.target
    if target.language != "ko" or not (term.kind in NAMES or term.case):
        return None
    asked = sum(hit.term.id == term.id for hit in source.hits)
    there = sum(hit.term.id == term.id for hit in target.hits)
    if there >= asked:
        return None
    known = source.text.casefold()
    taken = [(hit.start, hit.end) for hit in target.hits]
    return next(
        (
            found
            for found in NAME.finditer(target.words)
            if found[0].casefold() not in known
            and not any(start <= found.start() < end for start, end in taken)
            and not GLOSS.search(target.words, 0, found.start())
        ),
        None,
    )
