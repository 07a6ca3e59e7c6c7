"""People's names that the glossary does not have, spelled the same throughout the newsroom.

A spelling that people approved once (beside its original in a reviewed pair) goes before the rule:
the bearer may have chosen it. A Korean name without one is romanised by ``romanise``; a foreign
name without one is left to the model. Nothing is guessed from a model's drafts.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from bilingual.glossary.name import glosses
from bilingual.language.ko.person import byline, likely, people
from bilingual.language.ko.romanise import FAMILIES, forms, romanise, spelled
from bilingual.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bilingual.engines.base import Passage
    from bilingual.model import Term

BYLINES = ("author", "authors", "byline", "reporter")
"""Front-matter keys that hold nothing but a name."""
_PERSON = re.compile(
    r"[A-Z][\w'’-]+(?: (?:[A-Z]\.|[A-Z][\w'’-]+|(?:de|van|von|bin|al) [A-Z][\w'’-]+)){1,3}"
)
_WRITTEN = frozenset(FAMILIES.values())


class Names:
    """Knows how a newsroom spells people's names; made once a run of its approved pairs."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        """``pairs`` are approved texts, Korean and English, in an order that does not change."""
        self._pairs = tuple(pairs)
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
            names = [person.name for person in people(passage.text)]
        for name in names:
            yield name, self._romanised(name)
        for name, written in self._glossed()[0].items():
            if name in passage.text and name not in names:
                yield name, written

    def _from_english(self, passage: Passage) -> Iterator[tuple[str, str]]:
        for form in forms(passage.text):
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
                if name in korean and (form := spelled(name, english))
            )
            self._english[name] = found.most_common(1)[0][0] if found else romanise(name)
        return self._english[name]

    def _hangul(self, form: str) -> str:
        """Return the Korean name that stands beside ``form`` in approved pairs, or nothing."""
        if form not in self._korean:
            found = Counter(
                name
                for korean, english in self._pairs
                if form in english
                for name in dict.fromkeys(likely(korean))
                if spelled(name, form) == form
            )
            self._korean[form] = found.most_common(1)[0][0] if found else ""
        return self._korean[form]

    def _glossed(self) -> tuple[dict[str, str], dict[str, str]]:
        """Return names that stood beside their original in brackets: by Korean, by English."""
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
