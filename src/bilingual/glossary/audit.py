"""Count how each term of the glossary was translated in the approved units."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bilingual.glossary.collocation import Collocations
from bilingual.glossary.match import Matcher, contains, fold, required_keys
from bilingual.language.mask import mask_code, mask_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bilingual.glossary.match import TermMatch
    from bilingual.model import Term

GUESSES = 3
"""The number of guesses for an entry."""


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
    """What may be the translation of a term where none of its forms is: a collocation."""

    form: str
    units: int


@dataclass(slots=True)
class TermUsage:
    """How one term was translated. Each unit with the term counts once."""

    term: Term
    occurrences: int = 0
    """The number of occurrences in sources."""
    units: int = 0
    """How many units have the term in their source."""
    preferred: int = 0
    allowed: int = 0
    forbidden: int = 0
    """Units with a forbidden form, even next to another form."""
    none: int = 0
    others: dict[str, int] = field(default_factory=dict)
    """Each used form other than the preferred one, with its number of units."""
    instead: list[Guess] = field(default_factory=list)
    places: list[tuple[str, str]] = field(default_factory=list)
    """Slug and unit where a forbidden form is used, or no form."""

    @property
    def wrong(self) -> int:
        """The number of units that violate the glossary."""
        return self.forbidden + self.none


def audit(terms: Sequence[Term], units: Iterable[ApprovedUnit]) -> list[TermUsage]:
    """Return the usage of every term in ``units``, the worst first, unused ones last."""
    texts = list(units)
    matcher = Matcher(terms)
    usages = {term.id: TermUsage(term) for term in terms}
    missing: dict[str, list[int]] = {}
    other_text: list[str] = []
    for index, text in enumerate(texts):
        words = mask_code(text.target)
        hits = matcher.scan(words, text.target_language, mask=False)
        other_text.append(mask_spans(words, ((hit.start, hit.end) for hit in hits)))
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
            kind = _usage_kind(usage.term, used, words, text.target_language)
            setattr(usage, kind, getattr(usage, kind) + 1)
            preferred = _keys(usage.term, text.target_language)
            for form in {hit.form for hit in used if fold(hit.form) not in preferred}:
                usage.others[form] = usage.others.get(form, 0) + 1
            if kind in {"forbidden", "none"}:
                usage.places.append((text.slug, text.unit))
            if kind == "none":
                missing.setdefault(name, []).append(index)
    if missing:
        _add_guesses(usages, missing, texts, other_text)
    return sorted(usages.values(), key=_sort_key)


def _sort_key(usage: TermUsage) -> tuple[bool, int, float, int, str]:
    share = usage.wrong / usage.units if usage.units else 0
    return (not usage.units, -usage.wrong, -share, -usage.allowed, usage.term.id)


def _usage_kind(term: Term, hits: Sequence[TermMatch], words: str, language: str) -> str:
    """Return the field of ``TermUsage`` that counts a target with ``hits`` of ``term``."""
    if any(hit.forbidden for hit in hits):
        return "forbidden"
    preferred = _keys(term, language)
    if any(fold(hit.form) in preferred for hit in hits):
        return "preferred"
    if hits:
        return "allowed"
    if contains(words, language, term):  # inside a compound: 초거대언어모델
        admitted = replace(term, forms={language: term.forms[language][:1]}, forbidden={})
        return "preferred" if contains(words, language, admitted) else "allowed"
    return "none"


def _keys(term: Term, language: str) -> frozenset[str]:
    """Return the keys of the preferred form of ``term``, and of an English one's plural."""
    keys = required_keys(replace(term, forms={language: term.forms[language][:1]}, forbidden={}))
    return keys | {f"{key}{end}" for key in keys for end in ("s", "es") if language == "en"}


def _add_guesses(
    usages: dict[str, TermUsage],
    missing: dict[str, list[int]],
    texts: Sequence[ApprovedUnit],
    other_text: Sequence[str],
) -> None:
    """Add to each usage what may be the term's translation where it is missing."""
    by_language: dict[str, list[int]] = {}
    for index, text in enumerate(texts):
        by_language.setdefault(text.target_language, []).append(index)
    for language, indexes in by_language.items():
        collocations = Collocations(other_text[index] for index in indexes)
        place = {index: number for number, index in enumerate(indexes)}
        for name, units in missing.items():
            here = [place[index] for index in units if index in place]
            usage = usages[name]
            found = [Guess(each.form, each.units) for each in collocations.associated(here)][
                :GUESSES
            ]
            if not found:
                forms = usage.term.forms.get(language, ())
                similar = [collocations.most_similar(unit, forms) for unit in here[:GUESSES]]
                found = [
                    Guess(each, similar.count(each)) for each in dict.fromkeys(similar) if each
                ]
            usage.instead += found
