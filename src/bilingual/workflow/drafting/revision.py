"""What an edit leaves to be translated: the sentences that changed, the others keep their words.

A unit that was translated before is taken apart, where it is certain which sentences of the target
belong to those that changed (``counterpart``). What is the same at both ends stays as it was
translated, to the letter; what lies between is asked for, with what it was translated to before the
edit. Where that cannot be told apart for certain, the whole unit is asked for, with its whole
earlier pair.
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
"""The least score at which another unit's pair says all that a guide would."""
ENDS = 12
"""Code points at either end that tell a text which only lost sentences from most others."""
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
    """What is asked for; empty when sentences only went."""
    whole: Match
    """What the whole unit was, and its translation."""
    start: int = 0
    """Where it stands in the unit's source."""
    earlier: tuple[Match, ...] = ()
    """What stood there before, and its translation; nothing for a sentence that is new."""
    ahead: str = ""
    """The target in front of it, which stays."""
    behind: str = ""
    """The target behind it, which stays."""
    before: tuple[Neighbour, ...] = ()
    after: tuple[Neighbour, ...] = ()
    """The sentences beside it, where what stood there before is not like it."""


def revision(earlier: SentencePair, source: str, languages: tuple[str, str]) -> Revision | None:
    """Return what is to be translated of ``source``, whose ``earlier`` wording has a target.

    None when so much changed that the earlier one says little of how to translate it, or when one
    of the texts speaks to a model.
    """
    if any(map(suspicious, (*earlier, source))):
        return None
    score = fuzzy.ratio(earlier.source, source)
    if score < fuzzy.CUT and not lost(earlier.source, source, languages[0]):
        return None
    whole = _match(earlier, score)
    return _apart(whole, source, languages) or Revision(source, whole, earlier=(whole,))


def lost(earlier: str, source: str, language: str) -> bool:
    """Return True when ``source`` is ``earlier`` without some of its sentences: nothing is new."""
    ends = earlier.startswith(source[:ENDS]) or earlier.endswith(source[-ENDS:])
    if not ends or len(source) >= len(earlier):
        return False
    now = segments(source, language)
    return sum(_same(segments(earlier, language), now)) == len(now)


def _apart(earlier: Match, source: str, languages: tuple[str, str]) -> Revision | None:
    """Return the sentences of ``source`` that changed; None when they cannot be told apart."""
    ours, theirs = segments(earlier.source, languages[0]), segments(earlier.target, languages[1])
    now = segments(source, languages[0])
    first, last = _same(ours, now)
    both = [each.text for each in ours], [each.text for each in theirs]
    old, new = (first, len(ours) - last), (first, len(now) - last)
    place = counterpart(*both, old)
    if place is None:
        return None
    asked, was = _between(source, now, new), _between(earlier.source, ours, old)
    start, end = _place(now, new)
    target = earlier.target
    left, right = _place(theirs, place)
    ahead, words, behind = target[:left], target[left:right], target[right:]
    if not (
        _whole((source[:start], asked, source[end:]))
        and _whole((ahead, words, behind))
        and all(map(_closed, (asked, was, words)))
    ):
        return None
    if not asked:
        gone = behind.lstrip() if last else behind
        return Revision("", earlier, start, ahead=ahead if last else ahead.rstrip(), behind=gone)
    if not was:  # A new sentence comes with a blank of its own.
        ahead, behind = (f"{ahead} ", behind) if first else (ahead, f" {behind}")
    score = fuzzy.ratio(was, asked)
    alone = score >= fuzzy.CUT
    return Revision(
        asked,
        earlier,
        start,
        (_match(SentencePair(was, words), score),) if was else (),
        ahead,
        behind,
        () if alone or not first else (_neighbour(*both, first - 1),),
        () if alone or not last else (_neighbour(*both, old[1]),),
    )


def _neighbour(ours: Sequence[str], theirs: Sequence[str], place: int) -> Neighbour:
    """Return a sentence with its translation, where that is known."""
    found = counterpart(ours, theirs, (place, place + 1))
    return Neighbour(ours[place], " ".join(theirs[slice(*found)]) if found else "")


def _match(pair: SentencePair, score: int) -> Match:
    # A match below the cut is shown to nobody; the words that stood in this place always are.
    return Match(pair.source, pair.target, max(score, fuzzy.CUT))


def _same(ours: Sequence[Segment], now: Sequence[Segment]) -> tuple[int, int]:
    """Return how many sentences both begin with, and how many they end with."""
    one, other = [each.text for each in ours], [each.text for each in now]
    most = min(len(one), len(other))
    first = next((i for i in range(most) if one[i] != other[i]), most)
    rest = most - first
    last = next((i for i in range(rest) if one[-1 - i] != other[-1 - i]), rest)
    return first, last


def _place(sentences: Sequence[Segment], run: tuple[int, int]) -> tuple[int, int]:
    """Return where the sentences of ``run`` stand; of none, where they would."""
    first, end = run
    if first < end:
        return sentences[first].start, sentences[end - 1].end
    place = sentences[first - 1].end if first else 0
    return place, place


def _between(text: str, sentences: Sequence[Segment], run: tuple[int, int]) -> str:
    start, end = _place(sentences, run)
    return text[start:end]


def _whole(parts: tuple[str, ...]) -> bool:
    """Return True when no mark of the text reaches from one of its ``parts`` into another."""

    def of(text: str) -> Counter[tuple[str, str | None]]:
        return Counter((each.opening, each.closing) for each in marks.protect(text).marks)

    return of("".join(parts)) == sum(map(of, parts), Counter())


def _closed(text: str) -> bool:
    """Return True when quotation marks, brackets and emphasis that open in ``text`` close there."""
    found = Counter(each[0][0] for each in DELIMITER.finditer(text))
    even = all(count % 2 == 0 for count in found.values())
    return even and all(text.count(one) == text.count(other) for one, other in PAIRED)
