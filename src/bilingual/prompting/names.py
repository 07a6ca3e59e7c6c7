"""People's names that the glossary does not have, spelled the same throughout the newsroom.

A spelling that people approved once (next to its original in a reviewed pair) overrides the rule:
the person may have chosen it. A Korean name without one is romanised by ``romanise``; a foreign
name without one is left to the model. Nothing is guessed from a model's drafts.

A person with a title anywhere in the newsroom's Korean texts, or approved by name, is
recognised without one everywhere: in a headline, and in another article.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from bilingual.glossary.name import glosses
from bilingual.language.ko.person import WORDS, byline, find_known, find_people, possible_names
from bilingual.language.ko.romanise import (
    FAMILIES,
    OTHER_SPELLINGS,
    find_spelling,
    latin_names,
    romanise,
)
from bilingual.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bilingual.model import Term
    from bilingual.prompting.request import Passage

BYLINES = ("author", "authors", "byline", "reporter")
"""Front-matter keys that hold nothing but a name."""
_PERSON = re.compile(
    r"[A-Z][\w'’-]+(?: (?:[A-Z]\.|[A-Z][\w'’-]+|(?:de|van|von|bin|al) [A-Z][\w'’-]+)){1,3}"
)
_WRITTEN = OTHER_SPELLINGS.union(FAMILIES.values())
RARELY = 20
"""A word that occurs more often than this for each time that it has a title is no name."""
LOOKED_AT = 20
"""Approved pairs with a word that are asked whether it is a name."""


class Names:
    """Knows how a newsroom spells people's names; made once a run of its approved pairs."""

    def __init__(self, pairs: Iterable[tuple[str, str]], texts: Iterable[str] = ()) -> None:
        """``pairs`` are approved texts, Korean and English, in an order that does not change.

        ``texts`` are the newsroom's Korean ones, that tell who is a person; they are read only
        when the first Korean text is asked about.
        """
        self._pairs = tuple(pairs)
        self._texts = texts
        self._people: frozenset[str] | None = None
        self._places: dict[str, list[int]] | None = None
        self._approved: dict[str, bool] = {}
        self._english: dict[str, str] = {}
        self._korean: dict[str, str] = {}
        self._beside: tuple[dict[str, str], dict[str, str]] | None = None

    def of(
        self,
        passages: Sequence[Passage],
        source_language: str,
        target_language: str,
        terms: Sequence[Term] = (),
    ) -> tuple[tuple[str, str], ...]:
        """Return the names in ``passages`` and how they are written in the target language.

        Those that ``terms`` have are left out: the glossary speaks for itself.
        """
        listed = [form for term in terms for form in term.forms.get(source_language, ())]
        read = self._from_korean if target_language == "en" else self._from_english
        found: dict[str, str] = {}
        for passage in passages:
            for name, written in read(passage):
                if written and not any(name in form or form in name for form in listed):
                    found.setdefault(name, written)
        return tuple(found.items())

    def _from_korean(self, passage: Passage) -> Iterator[tuple[str, str]]:
        if is_byline(passage):
            names = [name] if (name := byline(passage.text)) else []
        else:
            names = list(dict.fromkeys(self._known(passage.text)))
        for name in names:
            yield name, self._romanised(name)
        for name, written in self._glossed()[0].items():
            if name in passage.text and name not in names:
                yield name, written

    def _known(self, text: str) -> Iterator[str]:
        """Yield the people in the Korean ``text``: with a title, and without one who is known."""
        titled = [person.name for person in find_people(text)]
        yield from titled
        words = {
            name for name in possible_names(text) if name not in WORDS and self._is_approved(name)
        }
        yield from find_known(text, self._persons() | words)

    def _persons(self) -> frozenset[str]:
        """Return the names that have a title in the newsroom's Korean texts."""
        if self._people is None:
            texts = (*self._texts, *(korean for korean, _ in self._pairs))
            titled = Counter(person.name for text in texts for person in find_people(text))
            seen = Counter(name for text in texts for name in find_known(text, titled))
            self._people = frozenset(
                name for name, times in titled.items() if seen[name] <= RARELY * times
            )
        return self._people

    def _is_approved(self, name: str) -> bool:
        """Return True when most of the approved pairs that have ``name`` spell it in English."""
        if name not in self._approved:
            places = self._where().get(name, ())
            looked = [self._pairs[place] for place in islice(places, LOOKED_AT)]
            spelling = sum(bool(find_spelling(name, english)) for _, english in looked)
            self._approved[name] = spelling * 2 > len(looked)
        return self._approved[name]

    def _where(self) -> dict[str, list[int]]:
        """Return what may be a name in approved pairs, and the places of the pairs that have it."""
        if self._places is None:
            self._places = {}
            for place, (korean, _) in enumerate(self._pairs):
                for name in dict.fromkeys(possible_names(korean)):
                    self._places.setdefault(name, []).append(place)
        return self._places

    def _from_english(self, passage: Passage) -> Iterator[tuple[str, str]]:
        for form in latin_names(passage.text):
            words = form.split(" ")
            if not _WRITTEN.isdisjoint((words[0], words[-1])):
                yield form, self._hangul(form)
        for name, written in self._glossed()[1].items():
            if name in passage.text:
                yield name, written

    def _romanised(self, name: str) -> str:
        """Return the spelling that people approved most often, else the rule's."""
        if name not in self._english:
            found = Counter(
                form
                for korean, english in self._pairs
                if name in korean and (form := find_spelling(name, english))
            )
            self._english[name] = found.most_common(1)[0][0] if found else romanise(name)
        return self._english[name]

    def _hangul(self, form: str) -> str:
        """Return the Korean name that approved pairs have for ``form``, or nothing."""
        if form not in self._korean:
            found = Counter(
                name
                for korean, english in self._pairs
                if form in english
                for name in dict.fromkeys(possible_names(korean))
                if find_spelling(name, form) == form
            )
            self._korean[form] = found.most_common(1)[0][0] if found else ""
        return self._korean[form]

    def _glossed(self) -> tuple[dict[str, str], dict[str, str]]:
        """Return names that have their original in brackets: by Korean, by English."""
        if self._beside is None:
            found: dict[str, Counter[str]] = {}
            for korean, _ in self._pairs:
                for gloss in glosses(korean) if "(" in korean else ():
                    if _PERSON.fullmatch(gloss.original) and " " in gloss.korean:
                        found.setdefault(gloss.original, Counter())[gloss.korean] += 1
            usual = {name: forms.most_common(1)[0][0] for name, forms in found.items()}
            self._beside = ({form: name for name, form in usual.items()}, usual)
        return self._beside


def is_byline(passage: Passage) -> bool:
    """Return True for a field that holds a name and nothing else."""
    return passage.kind is Kind.FIELD and passage.key.split(".")[0] in BYLINES
