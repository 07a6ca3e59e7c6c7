"""Earlier wordings of reviewed pairs: each has one sentence that the pair itself has otherwise.

So the reviewed target is the reference of what an engine should make of the edit. Only units whose
sentences correspond one to one in both languages (``language/sentence_alignment.py``) are used.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

from month_of_edits import PROSE, Desk
from plants_korean import DIGIT_FINALS

from bilingual.language.sentence import segments
from bilingual.language.sentence_alignment import counterpart
from bilingual.workflow.drafting.revision import SentencePair

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from bilingual.glossary.match import Matcher
    from bilingual.model import Entry, Segment, Term

NUMBER = re.compile(r"(?<![\w.,/-])\d{1,3}(?!\d|[.,]\d|[A-Za-z-]|[월일])")
MARKED = re.compile(r"[`\[\]<>]|://")
"""Texts in which a number or a name may be part of something else."""
NAMES = frozenset({"model", "company", "benchmark", "product", "licence"})
"""Kinds of terms of which one can stand for another."""
TIMES = 2
"""How often a unit is taken, at the most."""


@dataclass(frozen=True, slots=True)
class Twin:
    """A reviewed unit whose sentences stand one beside one."""

    slug: str
    entry: Entry
    languages: tuple[str, str]
    ours: tuple[Segment, ...]
    theirs: tuple[Segment, ...]

    def with_other(self, place: int, sentences: tuple[str, str]) -> SentencePair:
        """Return the texts with other ``sentences`` at ``place``; empty ones leave no gap."""
        texts = (self.entry.source, self.entry.target.text)
        both = (self.ours, self.theirs)
        return SentencePair(
            *(
                _put(text, found, place, sentence)
                for text, found, sentence in zip(texts, both, sentences, strict=True)
            )
        )


@dataclass(frozen=True, slots=True)
class Case:
    """One edit: what a unit and its target were, and at which sentence they are otherwise now."""

    edit: str
    twin: Twin
    earlier: SentencePair
    place: int

    @property
    def untouched(self) -> list[str]:
        """The sentences of the target that the edit leaves alone."""
        found = enumerate(self.twin.theirs)
        return [each.text for place, each in found if place != self.place]


def twin(slug: str, entry: Entry, languages: tuple[str, str]) -> Twin | None:
    """Return ``entry`` taken apart; None where its sentences are one, or not one beside one."""
    ours = tuple(segments(entry.source, languages[0]))
    theirs = tuple(segments(entry.target.text, languages[1]))
    texts = [each.text for each in ours], [each.text for each in theirs]
    single = all(counterpart(*texts, (i, i + 1)) == (i, i + 1) for i in range(len(ours)))
    if len(ours) < 2 or len(ours) != len(theirs) or not single:
        return None
    return Twin(slug, entry, languages, ours, theirs)


class Author:
    """Whoever changed the twins to what they are."""

    def __init__(self, twins: Sequence[Twin], matcher: Matcher, seed: int) -> None:
        self._twins = twins
        self._matcher = matcher
        self._seed = seed
        self._random = random.Random(seed)  # noqa: S311 - the same each time

    def cases(self, limit: int, fits: Callable[[Case], bool]) -> list[Case]:
        """Return ``limit`` cases that ``fits``, as many of each kind as there are."""
        kinds = [self._all(name) for name in EDITS]
        used: Counter[str] = Counter()
        chosen: list[Case] = []
        for case in (each for row in zip_longest(*kinds) for each in row if each is not None):
            unit = case.twin.entry.id
            if len(chosen) < limit and used[unit] < TIMES and fits(case):
                used[unit] += 1
                chosen.append(case)
        return chosen

    def _all(self, name: str) -> Iterator[Case]:
        twins = list(self._twins)
        self._random.shuffle(twins)
        for each in twins:
            found = list(EDITS[name](self, each))
            if found:
                place, earlier = self._random.choice(found)
                yield Case(name, each, earlier, place)

    def typo(self, unit: Twin) -> Iterable[tuple[int, SentencePair]]:
        """Give an earlier source in which two letters were turned round; its target was right."""
        text = f"\n\n{unit.entry.source}\n\n"
        if not PROSE.search(text):
            return
        earlier = Desk(unit.languages[0], self._seed).typo(text)[2:-2]
        was = [each.text for each in segments(earlier, unit.languages[0])]
        now = [each.text for each in unit.ours]
        changed = [n for n, (one, other) in enumerate(zip(was, now, strict=False)) if one != other]
        if len(was) == len(now) and len(changed) == 1:
            yield changed[0], SentencePair(earlier, unit.entry.target.text)

    def number(self, unit: Twin) -> Iterable[tuple[int, SentencePair]]:
        """Give earlier texts in which a number of both was another, with the same last sound."""
        for place, both in _sentences(unit):
            same = set.intersection(*({each[0] for each in NUMBER.finditer(text)} for text in both))
            for digits in sorted(same):
                once = all(len(re.findall(rf"(?<!\d){digits}(?!\d)", text)) == 1 for text in both)
                other = self._other(digits)
                if once and other:
                    texts = (re.sub(rf"(?<!\d){digits}(?!\d)", other, text) for text in both)
                    yield place, unit.with_other(place, (next(texts), next(texts)))

    def term(self, unit: Twin) -> Iterable[tuple[int, SentencePair]]:
        """Give earlier texts in which a term of both was another of its kind."""
        for place, both in _sentences(unit):
            for term in _shared(both, unit.languages, self._matcher):
                others = [
                    each
                    for each in self._matcher.terms
                    if each.kind == term.kind and _alike(term, each) and not _stands(each, unit)
                ]
                if others:
                    other = self._random.choice(others)
                    texts = [
                        text.replace(term.preferred(language), other.preferred(language))
                        for text, language in zip(both, unit.languages, strict=True)
                    ]
                    yield place, unit.with_other(place, (texts[0], texts[1]))

    def new(self, unit: Twin) -> Iterable[tuple[int, SentencePair]]:
        """Give earlier texts without a sentence."""
        for place in range(len(unit.ours)):
            yield place, unit.with_other(place, ("", ""))

    def other(self, unit: Twin) -> Iterable[tuple[int, SentencePair]]:
        """Give earlier texts in which a sentence was quite another one, of the same article."""
        pool = [
            both
            for each in self._twins
            if each.slug == unit.slug and each is not unit
            for _, both in _sentences(each)
        ]
        for place, both in _sentences(unit):
            if pool:
                nearest = min(pool, key=lambda each: abs(len(each[0]) - len(both[0])))
                yield place, unit.with_other(place, nearest)

    def _other(self, digits: str) -> str:
        """Return another number with as many digits; empty where none will do."""
        first, rest = digits[0], digits[1:]
        able = [
            each
            for each in "23456789"
            if each != first and (rest or DIGIT_FINALS[each] == DIGIT_FINALS[first])
        ]
        return f"{self._random.choice(able)}{rest}" if able and digits != "1" else ""


EDITS: dict[str, Callable[[Author, Twin], Iterable[tuple[int, SentencePair]]]] = {
    name: getattr(Author, name) for name in ("typo", "number", "term", "new", "other")
}


def _put(text: str, sentences: Sequence[Segment], place: int, sentence: str) -> str:
    start, end = sentences[place].start, sentences[place].end
    if not sentence and place + 1 < len(sentences):
        end = sentences[place + 1].start
    elif not sentence:
        start = sentences[place - 1].end
    return text[:start] + sentence + text[end:]


def _sentences(unit: Twin) -> Iterator[tuple[int, tuple[str, str]]]:
    """Give the sentences of ``unit`` without marks, source and target."""
    for place, (one, other) in enumerate(zip(unit.ours, unit.theirs, strict=True)):
        if not MARKED.search(one.text + other.text):
            yield place, (one.text, other.text)


def _shared(both: tuple[str, str], languages: tuple[str, str], matcher: Matcher) -> Iterator[Term]:
    """Give the terms that stand once in each of ``both``, in their preferred forms."""
    hits = [
        {hit.term.id: hit for hit in matcher.find(text, language)}
        for text, language in zip(both, languages, strict=True)
    ]
    for name in sorted(hits[0].keys() & hits[1].keys()):
        term = hits[0][name].term
        article = re.compile(rf"\b[Aa]n? {re.escape(term.preferred('en'))}")
        forms = [term.preferred(language) for language in languages]
        once = all(
            text.count(form) == 1 and f"{form}(" not in text
            for text, form in zip(both, forms, strict=True)
        )
        if once and term.kind in NAMES and not any(map(article.search, both)):
            yield term


def _stands(term: Term, unit: Twin) -> bool:
    texts = (unit.entry.source, unit.entry.target.text)
    both = zip(texts, unit.languages, strict=True)
    return any(term.preferred(language) in text for text, language in both)


def _alike(term: Term, other: Term) -> bool:
    """Return True when ``other`` can take the place of ``term`` with particles and article."""
    able = other.id != term.id and other.forms.get("en") and other.forms.get("ko")
    return bool(able) and _sound(term) == _sound(other) != ""


def _sound(term: Term) -> str:
    """Return what a particle behind and an article before ``term`` go by; empty: not known."""
    read = term.reading or term.preferred("ko")
    if not "가" <= read[-1] <= "힣":
        return ""
    last = (ord(read[-1]) - ord("가")) % 28
    begin = term.preferred("en")[0].lower() in "aeiou"
    return f"{'none' if not last else 'l' if last == 8 else 'other'} {begin}"
