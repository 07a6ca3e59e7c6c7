"""How each entry of the glossary was really translated: counted over units with both texts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bilingual.glossary.match import Matcher, folded, holds, traces
from bilingual.glossary.phrase import Companies
from bilingual.language.mask import BLANK, mask_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bilingual.glossary.match import TermMatch
    from bilingual.model import Term

GUESSES = 3
"""How many guesses an entry gets."""


@dataclass(frozen=True, slots=True)
class ApprovedUnit:
    """A unit that a person approved, in both languages."""

    slug: str
    unit: str
    source: str
    target: str
    source_language: str
    target_language: str


@dataclass(frozen=True, slots=True)
class Guess:
    """What may stand for a term where none of its forms does: by the company it keeps."""

    form: str
    units: int


@dataclass(slots=True)
class TermUsage:
    """One entry and what became of it. Each unit with the term counts in one way."""

    term: Term
    occurrences: int = 0
    """In sources."""
    units: int = 0
    """How many units have the term in their source."""
    preferred: int = 0
    allowed: int = 0
    forbidden: int = 0
    """With a forbidden form, whatever stands beside it."""
    none: int = 0
    others: dict[str, int] = field(default_factory=dict)
    """Each form that was used and is not the preferred one, and in how many units."""
    instead: list[Guess] = field(default_factory=list)
    places: list[tuple[str, str]] = field(default_factory=list)
    """Slug and unit where a forbidden form stands, or none at all."""

    @property
    def wrong(self) -> int:
        """How many units are against the glossary."""
        return self.forbidden + self.none


def audit(terms: Sequence[Term], units: Iterable[ApprovedUnit]) -> list[TermUsage]:
    """Return the usage of every term over ``units``, the worst first, unused ones last."""
    texts = list(units)
    matcher = Matcher(terms)
    usages = {term.id: TermUsage(term) for term in terms}
    missing: dict[str, list[int]] = {}
    bare: list[str] = []
    for index, text in enumerate(texts):
        words = mask_code(text.target)
        hits = matcher.scan(words, text.target_language, mask=False)
        bare.append(_without(words, hits))
        by_term: dict[str, list[TermMatch]] = {}
        for hit in hits:
            by_term.setdefault(hit.term.id, []).append(hit)
        counted: dict[str, int] = {}
        for hit in matcher.find(text.source, text.source_language):
            counted[hit.term.id] = counted.get(hit.term.id, 0) + 1
        for name, count in counted.items():
            usage = usages[name]
            usage.occurrences += count
            usage.units += 1
            used = by_term.get(name, ())
            way = _way(usage.term, used, words, text.target_language)
            setattr(usage, way, getattr(usage, way) + 1)
            preferred = _keys(usage.term, text.target_language)
            for form in {hit.form for hit in used if folded(hit.form) not in preferred}:
                usage.others[form] = usage.others.get(form, 0) + 1
            if way in {"forbidden", "none"}:
                usage.places.append((text.slug, text.unit))
            if way == "none":
                missing.setdefault(name, []).append(index)
    if missing:
        _guess(usages, missing, texts, bare)
    return sorted(usages.values(), key=_worst)


def _worst(usage: TermUsage) -> tuple[bool, int, float, int, str]:
    share = usage.wrong / usage.units if usage.units else 0
    return (not usage.units, -usage.wrong, -share, -usage.allowed, usage.term.id)


def _way(term: Term, hits: Sequence[TermMatch], words: str, language: str) -> str:
    """Return the field of ``Usage`` that counts a target with ``hits`` of ``term``."""
    if any(hit.forbidden for hit in hits):
        return "forbidden"
    preferred = _keys(term, language)
    if any(folded(hit.form) in preferred for hit in hits):
        return "preferred"
    if hits:
        return "allowed"
    if holds(words, language, term):  # inside a compound: 초거대언어모델
        admitted = replace(term, forms={language: term.forms[language][:1]}, forbidden={})
        return "preferred" if holds(words, language, admitted) else "allowed"
    return "none"


def _keys(term: Term, language: str) -> frozenset[str]:
    """Return what the preferred form of ``term`` folds to, and an English one's plural."""
    keys = traces(replace(term, forms={language: term.forms[language][:1]}, forbidden={}))
    return keys | {f"{key}{end}" for key in keys for end in ("s", "es") if language == "en"}


def _without(words: str, hits: Iterable[TermMatch]) -> str:
    """Return ``words`` with what the glossary knows blanked out: it stands for its own terms."""
    kept = list(words)
    for hit in hits:
        kept[hit.start : hit.end] = BLANK * (hit.end - hit.start)
    return "".join(kept)


def _guess(
    usages: dict[str, TermUsage],
    missing: dict[str, list[int]],
    texts: Sequence[ApprovedUnit],
    bare: Sequence[str],
) -> None:
    """Say for each term what may stand in its place where it is missing."""
    by_language: dict[str, list[int]] = {}
    for index, text in enumerate(texts):
        by_language.setdefault(text.target_language, []).append(index)
    for language, indexes in by_language.items():
        companies = Companies(bare[index] for index in indexes)
        place = {index: number for number, index in enumerate(indexes)}
        for name, units in missing.items():
            here = [place[index] for index in units if index in place]
            usage = usages[name]
            found = [Guess(each.form, each.units) for each in companies.of(here)][:GUESSES]
            if not found:
                forms = usage.term.forms.get(language, ())
                likes = [companies.like(unit, forms) for unit in here[:GUESSES]]
                found = [Guess(each, likes.count(each)) for each in dict.fromkeys(likes) if each]
            usage.instead += found
