"""Find links of a target whose words belong to another link of its source.

A link's words may be translated, transliterated or kept; its address often names in English what it
leads to. Each of these is evidence, and so is the order of the links, which most sentences keep.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING
from urllib.parse import unquote

from bilingual.language.ko.sound import similarity as sounds
from bilingual.language.lexicon import means, senses
from bilingual.language.placeables import placeables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bilingual.checks.base import Side, Subject
    from bilingual.markdown.inline import Inline

SAME, FACTS, TERM, WORDS, PATH = 7.0, 2.0, 2.0, 2.0, 1.0
"""What it is worth that two links have the same words, the same Latin words and numbers, the same
term, words that mean or sound the same, and words that the address has; the same words are worth
all the others together."""
ALIKE = 0.77
"""From which likeness on a Korean and an English word are taken to sound alike."""
KEPT_ORDER, NEW_ORDER = 0.6, -0.25
"""How much more evidence a swap needs than the links as they are: where they are in the
source's order, and where a swap would bring them into it. Translators turn the order of two links
around in one of sixteen pairs, and then what the words share shows it."""
HANGUL = re.compile(r"[가-힣]+")
LATIN = re.compile(r"[a-z]{2,}")
_NO_WORDS = """
    a an the of to in on at for by with from and or is are be as it its this that your our how you
    we i if html htm md php www com org net io en ko docs http https
"""
NO_WORDS = frozenset(_NO_WORDS.split())
"""Words that do not tell what a link leads to."""


class _Link:
    """A link and its words, as they are compared."""

    def __init__(self, side: Side, link: Inline) -> None:
        self.link = link
        self._side = side
        self.words = side.text[link.inner_start : link.inner_end].strip("*_` ").casefold()

    @cached_property
    def facts(self) -> frozenset[str]:
        return frozenset(placeables(self.words))

    @cached_property
    def terms(self) -> frozenset[str]:
        start, end = self.link.start, self.link.end
        return frozenset(hit.term.id for hit in self._side.hits if start <= hit.start < end)

    @cached_property
    def english(self) -> tuple[str, ...]:
        """The content words, when they are English."""
        return _content(self.words)

    @cached_property
    def path(self) -> tuple[str, ...]:
        """The words of the address."""
        return _content(unquote(self.link.destination or self.link.label).casefold())


def _content(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for each in LATIN.findall(text) if each not in NO_WORDS))


def swapped(
    subject: Subject,
    source: Sequence[Inline],
    target: Sequence[Inline],
    name: Callable[[Inline], str],
) -> Iterator[tuple[Inline, Inline]]:
    """Yield links of the target that are on each other's words, each with the one it should be.

    ``name`` is what makes two links one.
    """
    first = {name(link): _Link(subject.source, link) for link in reversed(source)}
    places = {each: place for place, each in enumerate(dict.fromkeys(map(name, source)))}
    counts = Counter(map(name, (*source, *target)))
    links = [(name(link), _Link(subject.target, link)) for link in target]
    korean = subject.target.language == "ko"
    known: dict[tuple[int, str], float] = {}

    def likeness(at: int, key: str) -> float:
        if (at, key) not in known:
            known[at, key] = _likeness(links[at][1], first[key], korean=korean)
        return known[at, key]

    done: set[str] = set()
    for one, other in combinations(range(len(links)), 2):
        here, there = links[one][0], links[other][0]
        if here == there or {here, there} & done or not {here, there} <= first.keys():
            continue
        likely = likeness(one, there) + likeness(other, here)
        given = likeness(one, here) + likeness(other, there)
        once = counts[here] == counts[there] == 2
        needed = NEW_ORDER if once and places[here] > places[there] else KEPT_ORDER
        if likely - given >= needed:
            done |= {here, there}
            yield links[one][1].link, first[there].link
            yield links[other][1].link, first[here].link


def _likeness(target: _Link, source: _Link, *, korean: bool) -> float:
    """Return the evidence that ``target`` is the translation of ``source``: 0 and up."""
    if target.words == source.words:
        return SAME
    shared = len(target.facts & source.facts) / max(len(target.facts | source.facts), 1)
    worth = FACTS * shared + TERM * bool(target.terms & source.terms)
    native, foreign = (target, source) if korean else (source, target)
    worth += WORDS * _alike(native.words, foreign.english)
    return worth + PATH * _alike(native.words, source.path, everything=False)


def _alike(korean: str, english: Sequence[str], *, everything: bool = True) -> float:
    """Return how much of two texts means or sounds the same: 0 to 1.

    Without ``everything`` what else the English has does not count, as in an address.
    """
    if not english or not korean:
        return 0.0
    left = list(english)
    known = senses(korean)
    matched = 0
    for stems in known:
        word = next((each for each in left if means(stems, each)), None)
        if word is not None:
            left.remove(word)
            matched += 1
    latin = [each for each in LATIN.findall(korean) if each in left]
    for word in latin:
        if word in left:
            left.remove(word)
            matched += 1
    runs = HANGUL.findall(korean)
    for run in runs:
        word = next((each for each in left if sounds(run, each) >= ALIKE), None)
        if word is not None:
            left.remove(word)
            matched += 1
    size = max(len(known), len(runs)) + len(LATIN.findall(korean))
    other = len(english) if everything else min(size, len(english))
    return min(1.0, 2 * matched / max(size + other, 1))
