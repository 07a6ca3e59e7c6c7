"""Suggest entries for the glossary: names in the articles with their attested translations."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bilingual.glossary.collocation import Collocations
from bilingual.glossary.match import Matcher
from bilingual.glossary.name import glosses, names
from bilingual.language.mask import mask_code, mask_spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bilingual.model import Term

EXAMPLES = 3
"""The number of places that a suggestion shows."""
LOWER_CASE = re.compile(r"(?<![A-Za-z-])[a-z]+(?![A-Za-z])")
HANGUL = re.compile(r"[가-힣]")
PLAIN = re.compile(r"[A-Za-z가-힣][A-Za-z0-9가-힣 .+&/-]*[A-Za-z0-9가-힣+]")
WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "keep", "y", "n"})
"""What YAML or the glossary does not read as text."""


@dataclass(frozen=True, slots=True)
class UnitText:
    """A unit of an article, with its target when it is approved."""

    path: str
    line: int
    source: str
    target: str
    source_language: str
    running: bool = True
    """False for headings and fields, where capitals do not mean a name."""


@dataclass(frozen=True, slots=True)
class AttestedForm:
    """A Korean form of a name, the kind of evidence, and how often."""

    form: str
    how: str
    """``brackets`` (뮤즈 스파크(Muse Spark)), ``kept`` (the Latin form), ``parts`` (the glossary's
    Korean forms of its parts) or ``company`` (a guess: a collocation of the name)."""
    units: int


@dataclass(slots=True)
class Suggestion:
    """A name that the glossary lacks."""

    id: str
    en: str
    count: int = 0
    """The number of occurrences in source texts."""
    units: int = 0
    """The number of approved units that have it."""
    attested: list[AttestedForm] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    """``file:line`` in the articles."""

    @property
    def ko(self) -> str:
        """The suggested Korean form; ``keep``, or empty when none is attested."""
        if not self.attested:
            return ""
        return "keep" if self.attested[0].how == "kept" else self.attested[0].form


@dataclass(slots=True)
class _Candidate:
    forms: Counter[str] = field(default_factory=Counter)
    count: int = 0
    places: list[str] = field(default_factory=list)
    units: list[int] = field(default_factory=list)
    brackets: Counter[str] = field(default_factory=Counter)
    bracketed: set[int] = field(default_factory=set)
    kept: set[int] = field(default_factory=set)
    parts: Counter[str] = field(default_factory=Counter)


def suggest(
    passages: Sequence[UnitText], terms: Sequence[Term], *, least: int = 2
) -> list[Suggestion]:
    """Return names that ``terms`` lack, those with their original in brackets first, then by count.

    A name needs ``least`` occurrences in source texts, or one with its original in brackets in
    either language. Nothing is certain: a person decides.
    """
    sources = [mask_code(each.source) for each in passages]
    targets = [mask_code(each.target) for each in passages]
    common = {
        word
        for text, each in zip(sources, passages, strict=True)
        if each.source_language == "en"
        for word in LOWER_CASE.findall(text)
    }
    matcher = Matcher(terms)
    found: dict[str, _Candidate] = {}
    for running in (True, False):
        for index, each in enumerate(passages):
            if each.running is running:
                _collect(found, index, each, sources[index], (common, matcher))
    _attest(found, passages, sources, targets)
    _compose(found, passages, targets, matcher)
    chosen = {
        key: each
        for key, each in found.items()
        if each.count and (each.count >= least or each.brackets)
    }
    company = _guess(chosen, passages, targets, matcher)
    taken = {term.id for term in terms}
    result = [_suggestion(key, each, company.get(key, []), taken) for key, each in chosen.items()]
    result.sort(key=lambda each: (not each.attested, -each.count, each.en.casefold()))
    return result


def _key(form: str) -> str:
    return re.sub(r"[\s-]", "", form).casefold()


def _collect(
    found: dict[str, _Candidate],
    index: int,
    passage: UnitText,
    text: str,
    lexicon: tuple[set[str], Matcher],
) -> None:
    """Add the names in the source ``text`` of the passage ``index`` to ``found``.

    ``lexicon`` is the words that occur in lower case, and the glossary.
    """
    common, matcher = lexicon
    korean = passage.source_language == "ko"
    known = [
        (hit.start, hit.end)
        for language in ("en", "ko")
        for hit in matcher.scan(text, language, mask=False)
    ]
    seen: set[int] = set()
    spans: list[tuple[str, int, int]] = []
    if korean:
        spans += [
            (gloss.original, *gloss.inner)
            for gloss in glosses(text)
            if not _is_listed(gloss.korean, "ko", matcher)
        ]
    spans += names(text, korean=korean, common=common)
    for form, start, end in spans:
        if start in seen or _covered(start, end, text, known) or _is_listed(form, "en", matcher):
            continue
        seen.add(start)
        key = _key(form)
        if key not in found and not passage.running:
            continue
        candidate = found.setdefault(key, _Candidate())
        candidate.forms[form] += 1
        candidate.count += 1
        place = f"{passage.path}:{passage.line + text.count(chr(10), 0, start)}"
        if place not in candidate.places:
            candidate.places.append(place)
        if not candidate.units or candidate.units[-1] != index:
            candidate.units.append(index)


def _covered(start: int, end: int, text: str, known: Sequence[tuple[int, int]]) -> bool:
    """Return True when glossary terms cover all words between ``start`` and ``end``."""
    rest = list(text[start:end])
    for first, last in known:
        for place in range(max(first, start), min(last, end)):
            rest[place - start] = " "
    return not any(map(str.isalnum, rest))


def _is_listed(form: str, language: str, matcher: Matcher) -> bool:
    return any(hit.end - hit.start >= len(form) for hit in matcher.scan(form, language, mask=False))


def _attest(
    found: dict[str, _Candidate],
    passages: Sequence[UnitText],
    sources: Sequence[str],
    targets: Sequence[str],
) -> None:
    """Count the Korean forms with each candidate's original in brackets, and where it is kept."""
    glossed: dict[str, list[str]] = {}
    by_unit: dict[int, set[str]] = {}
    bare: dict[int, str] = {}
    for index, each in enumerate(passages):
        text = sources[index] if each.source_language == "ko" else targets[index]
        here = list(glosses(text))
        bare[index] = _compact(mask_spans(text, (gloss.inner for gloss in here)))
        for gloss in here:
            key = _key(gloss.original)
            if key in found:
                glossed.setdefault(key, []).append(gloss.korean)
                by_unit.setdefault(index, set()).add(key)
    for key, candidate in found.items():
        agreed = _count_forms(glossed.get(key, ()))
        candidate.brackets = Counter(
            {
                form: max(count, sum(_compact(form) in bare[index] for index in candidate.units))
                for form, count in agreed.items()
            }
        )
        candidate.bracketed = {each for each in candidate.units if key in by_unit.get(each, ())}
        word = re.compile(rf"(?<![a-z0-9]){re.escape(key)}(?![a-z0-9.]*[a-z0-9])")
        for index in candidate.units:
            if word.search(bare[index]):
                candidate.kept.add(index)


def _compose(
    found: dict[str, _Candidate],
    passages: Sequence[UnitText],
    targets: Sequence[str],
    matcher: Matcher,
) -> None:
    """Count where a target has the name composed of the glossary's forms of its parts."""
    for candidate in found.values():
        form = candidate.forms.most_common(1)[0][0]
        composed, last = "", 0
        for hit in matcher.find(form, "en", mask=False):
            composed += form[last : hit.start] + hit.term.preferred("ko")
            last = hit.end
        composed += form[last:]
        if composed != form:
            for index in candidate.units:
                if passages[index].source_language == "en" and composed in targets[index]:
                    candidate.parts[composed] += 1


def _compact(text: str) -> str:
    """Return ``text`` folded as by ``_key``, but Latin words still separate from others."""
    return re.sub(r"(?<=[A-Za-z0-9])[ -](?=[A-Za-z0-9])", "", text).casefold()


def _count_forms(forms: Sequence[str]) -> Counter[str]:
    """Return ``forms`` counted; a longer form that ends in a shorter one counts as the shorter."""
    counted = Counter(forms)
    for form in sorted(counted, key=len):
        for longer in list(counted):
            if longer != form and longer.endswith(f" {form}"):
                counted[form] += counted.pop(longer)
    return counted


def _guess(
    chosen: dict[str, _Candidate],
    passages: Sequence[UnitText],
    targets: Sequence[str],
    matcher: Matcher,
) -> dict[str, list[AttestedForm]]:
    """Return guesses for the names of English sources whose Korean form is not attested."""
    indexes = [
        index for index, each in enumerate(passages) if each.source_language == "en" and each.target
    ]
    place = {index: number for number, index in enumerate(indexes)}
    untranslated: dict[str, list[int]] = {}
    for key, candidate in chosen.items():
        open_units = [
            place[index]
            for index in candidate.units
            if index in place and index not in candidate.kept and index not in candidate.bracketed
        ]
        if len(open_units) > 1 and not candidate.brackets and not candidate.parts:
            untranslated[key] = open_units
    if not untranslated:
        return {}
    terms = {index: matcher.scan(targets[index], "ko", mask=False) for index in indexes}
    collocations = Collocations(
        mask_spans(targets[index], ((hit.start, hit.end) for hit in hits))
        for index, hits in terms.items()
    )
    return {
        key: [
            AttestedForm(each.form, "company", each.units)
            for each in collocations.associated(units)
            if HANGUL.search(each.form)
        ][:EXAMPLES]
        for key, units in untranslated.items()
    }


def _suggestion(
    key: str, candidate: _Candidate, company: list[AttestedForm], taken: set[str]
) -> Suggestion:
    form = candidate.forms.most_common(1)[0][0]
    name = re.sub(r"[^a-z0-9]+", "-", form.lower()).strip("-") or f"name-{len(key)}"
    while name in taken:
        name += "-2"
    taken.add(name)
    attested = [
        AttestedForm(korean, "brackets", count) for korean, count in candidate.brackets.items()
    ]
    attested += [AttestedForm(korean, "parts", count) for korean, count in candidate.parts.items()]
    if candidate.kept:
        attested.append(AttestedForm(form, "kept", len(candidate.kept)))
    attested += company
    attested.sort(key=lambda each: -each.units)  # a guess follows what is equally frequent
    return Suggestion(
        name, form, candidate.count, len(candidate.units), attested, candidate.places[:EXAMPLES]
    )


def yaml(suggestions: Sequence[Suggestion]) -> Iterator[str]:
    """Yield the lines of ``suggestions`` as YAML entries to paste, as comments without a form."""
    for each in suggestions:
        evidence = ", ".join(f"{one.form} {one.units}× ({one.how})" for one in each.attested)
        yield f"# {each.en}: {each.count}×, {' '.join(each.places)}"
        yield f"#   {evidence or 'no translation attested'}"
        comment = "" if each.ko else "# "
        yield f"{comment}- id: {each.id}"
        yield f"{comment}  en: {scalar(each.en)}"
        yield f"{comment}  ko: {scalar(each.ko) if each.ko != 'keep' else 'keep'}"
        allowed = [
            one.form for one in each.attested if one.form != each.ko and one.how != "company"
        ]
        if each.ko == "keep":
            allowed = [form for form in allowed if form != each.en]
        if each.ko and allowed:
            yield f"  ko_allowed: [{', '.join(map(scalar, allowed))}]"
        if any(one.how == "brackets" and one.form == each.ko for one in each.attested):
            yield f"  first_mention: {scalar(f'{each.ko}({each.en})')}"
        if any(map(str.isupper, each.en)):
            yield f"{comment}  case: true"


def scalar(text: str) -> str:
    """Return ``text`` as a YAML scalar: plain where that is safe, else quoted as in JSON."""
    if PLAIN.fullmatch(text) and text.lower() not in WORDS and "  " not in text:
        return text
    return json.dumps(text, ensure_ascii=False)
