"""What an edit leaves to be translated: the sentences that changed; the others keep their words.

A unit that was translated before is split where it is certain which sentences of the target belong
to those that changed (``counterpart``). What is the same at both ends keeps its translation, word
for word; what lies between is asked for, with what it was translated to before the edit. Where
that is not certain, the whole unit is asked for, with its whole earlier pair.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from bilingual.language.injection.instruction import suspicious
from bilingual.language.sentence import segments
from bilingual.language.sentence_alignment import counterpart
from bilingual.memory import fuzzy
from bilingual.model import Match
from bilingual.prompting import marks
from bilingual.prompting.request import Neighbour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilingual.model import Segment

STRONG = 90
"""The least score at which another unit's pair shows all that a guide would say."""
ENDS = 12
"""Code points at either end by which a text that only lost sentences differs from most others."""
PAIRED = (("“", "”"), ("(", ")"), ("[", "]"), ("「", "」"), ("『", "』"))
DELIMITER = re.compile(r"\*+|~+|`+|\"")
"""What both opens and closes emphasis, code, a quotation."""


class SentencePair(NamedTuple):
    """A source and what it was translated to."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Revision:
    """What is to be translated of a unit's source, and where it goes in the target."""

    source: str
    """What is asked for; empty when sentences were only deleted."""
    unit: Match
    """The earlier wording of the whole unit, and its translation."""
    start: int = 0
    """The offset of ``source`` in the unit's source."""
    earlier: tuple[Match, ...] = ()
    """The earlier wording of it, and its translation; nothing for a sentence that is new."""
    kept_before: str = ""
    """The target before it, which is kept."""
    kept_after: str = ""
    """The target after it, which is kept."""
    before: tuple[Neighbour, ...] = ()
    after: tuple[Neighbour, ...] = ()
    """The sentences next to it, where the earlier wording is not similar."""


def revision(earlier: SentencePair, source: str, languages: tuple[str, str]) -> Revision | None:
    """Return what is to be translated of ``source``, whose ``earlier`` wording has a target.

    None when so much changed that the earlier target is little help, or when one of the texts
    addresses a model.
    """
    if any(map(suspicious, (*earlier, source))):
        return None
    score = fuzzy.ratio(earlier.source, source)
    if score < fuzzy.CUT and not lost(earlier.source, source, languages[0]):
        return None
    unit = _match(earlier, score)
    return _changed(unit, source, languages) or Revision(source, unit, earlier=(unit,))


def lost(earlier: str, source: str, language: str) -> bool:
    """Return True when ``source`` is ``earlier`` without some of its sentences."""
    ends = earlier.startswith(source[:ENDS]) or earlier.endswith(source[-ENDS:])
    if not ends or len(source) >= len(earlier):
        return False
    now = segments(source, language)
    return sum(_same(segments(earlier, language), now)) == len(now)


def _changed(earlier: Match, source: str, languages: tuple[str, str]) -> Revision | None:
    """Return the sentences of ``source`` that changed; None when that is not certain."""
    sources, targets = (
        segments(earlier.source, languages[0]),
        segments(earlier.target, languages[1]),
    )
    now = segments(source, languages[0])
    first, last = _same(sources, now)
    both = [each.text for each in sources], [each.text for each in targets]
    old, new = (first, len(sources) - last), (first, len(now) - last)
    place = counterpart(*both, old)
    if place is None:
        return None
    asked, was = _between(source, now, new), _between(earlier.source, sources, old)
    start, end = _place(now, new)
    target = earlier.target
    left, right = _place(targets, place)
    head, words, tail = target[:left], target[left:right], target[right:]
    if not (
        _whole((source[:start], asked, source[end:]))
        and _whole((head, words, tail))
        and all(map(_closed, (asked, was, words)))
    ):
        return None
    if not asked:
        tail = tail.lstrip() if last else tail
        return Revision(
            "", earlier, start, kept_before=head if last else head.rstrip(), kept_after=tail
        )
    if not was:  # A new sentence comes with its own space.
        head, tail = (f"{head} ", tail) if first else (head, f" {tail}")
    score = fuzzy.ratio(was, asked)
    alone = score >= fuzzy.CUT
    return Revision(
        asked,
        earlier,
        start,
        (_match(SentencePair(was, words), score),) if was else (),
        head,
        tail,
        () if alone or not first else (_neighbour(*both, first - 1),),
        () if alone or not last else (_neighbour(*both, old[1]),),
    )


def _neighbour(sources: Sequence[str], targets: Sequence[str], place: int) -> Neighbour:
    """Return a sentence with its translation, where that is known."""
    found = counterpart(sources, targets, (place, place + 1))
    return Neighbour(sources[place], " ".join(targets[slice(*found)]) if found else "")


def _match(pair: SentencePair, score: int) -> Match:
    # A match below the cut is not shown; the earlier words of this place always are.
    return Match(pair.source, pair.target, max(score, fuzzy.CUT))


def _same(before: Sequence[Segment], now: Sequence[Segment]) -> tuple[int, int]:
    """Return how many sentences both begin with, and how many they end with."""
    one, other = [each.text for each in before], [each.text for each in now]
    most = min(len(one), len(other))
    first = next((i for i in range(most) if one[i] != other[i]), most)
    rest = most - first
    last = next((i for i in range(rest) if one[-1 - i] != other[-1 - i]), rest)
    return first, last


def _place(sentences: Sequence[Segment], run: tuple[int, int]) -> tuple[int, int]:
    """Return the offsets of the sentences of ``run``; of an empty run, where it would be."""
    first, end = run
    if first < end:
        return sentences[first].start, sentences[end - 1].end
    place = sentences[first - 1].end if first else 0
    return place, place


def _between(text: str, sentences: Sequence[Segment], run: tuple[int, int]) -> str:
    start, end = _place(sentences, run)
    return text[start:end]


def _whole(parts: tuple[str, ...]) -> bool:
    """Return True when no mark of the text extends from one of its ``parts`` into another."""

    def of(text: str) -> Counter[tuple[str, str | None]]:
        return Counter((each.opening, each.closing) for each in marks.protect(text).marks)

    return of("".join(parts)) == sum(map(of, parts), Counter())


def _closed(text: str) -> bool:
    """Return True when quotation marks, brackets and emphasis that open in ``text`` close there."""
    found = Counter(each[0][0] for each in DELIMITER.finditer(text))
    even = all(count % 2 == 0 for count in found.values())
    return even and all(text.count(one) == text.count(other) for one, other in PAIRED)
