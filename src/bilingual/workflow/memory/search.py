"""Searching the memory for a person: by words, or by a whole text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bilingual.errors import UsageError
from bilingual.model import msg
from bilingual.workflow.memory.memory import Memory

if TYPE_CHECKING:
    from bilingual.model import Match
    from bilingual.newsroom import Newsroom


@dataclass(frozen=True, slots=True)
class ConcordanceLine:
    """A match and its direction: the searched text is its source."""

    match: Match
    source_language: str
    language: str
    """Of its target."""


@dataclass(frozen=True, slots=True)
class Concordance:
    """What was found."""

    hits: tuple[ConcordanceLine, ...]
    count: int
    """How many there are beyond the limit, too."""


def search(
    newsroom: Newsroom, words: str, language: str, limit: int, *, fuzzy: bool = False
) -> Concordance:
    """Return at most ``limit`` pairs with ``words`` in them, or whose text is like ``words``.

    ``language`` is that of the words; both are looked through when it is empty. Raises
    ``UsageError`` for a language that the newsroom does not pair, or for no words.
    """
    languages = newsroom.config.newsroom.languages
    if language and language not in languages:
        pair = " and ".join(languages)
        raise UsageError(
            msg("the newsroom's languages are {pair}, not {language}", pair=pair, language=language)
        )
    if not words.strip():
        raise UsageError(msg("no words to search for"))
    hits: list[ConcordanceLine] = []
    count = 0
    with Memory.open(newsroom) as memory:
        for source in [language] if language else languages:
            target = newsroom.other_language(source)
            if fuzzy:
                found = memory.matches(words, source, target, limit=limit)
                count += len(found)
            else:
                found, there = memory.search(words, source, target, limit)
                count += there
            hits += (ConcordanceLine(match, source, target) for match in found)
    if fuzzy:
        hits.sort(key=lambda hit: -hit.match.score)
    return Concordance(tuple(hits[:limit]), count)
