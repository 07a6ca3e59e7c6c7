"""Entries that the glossary could have: names in the articles with their attested translations."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bilingual.glossary.match import Matcher
from bilingual.glossary.name import glosses, names
from bilingual.glossary.phrase import Companies
from bilingual.language.mask import BLANK, mask_code

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bilingual.glossary.name import Gloss
    from bilingual.model import Term

EXAMPLES = 3
"""How many places one suggestion shows."""
SMALL = re.compile(r"(?<![A-Za-z-])[a-z]+(?![A-Za-z])")
HANGUL = re.compile(r"[가-힣]")
PLAIN = re.compile(r"[A-Za-z가-힣][A-Za-z0-9가-힣 .+&/-]*[A-Za-z0-9가-힣+]")
WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "keep", "y", "n"})
"""What YAML (or the glossary) reads as something else."""


@dataclass(frozen=True, slots=True)
class UnitText:
    """A unit of an article, with its translation when a person approved that."""

    path: str
    line: int
    source: str
    target: str
    source_language: str
    running: bool = True
    """False for headings and fields, where capitals say nothing."""


@dataclass(frozen=True, slots=True)
class Attested:
    """A Korean form that stands for a name, how that is known, and how often."""

    form: str
    how: str
    """``brackets`` (뮤즈 스파크(Muse Spark)), ``kept`` (the Latin form), ``parts`` (what the
    glossary has of it, in its Korean forms) or ``company`` (a guess: it stands where the name does
    and seldom elsewhere)."""
    units: int


@dataclass(slots=True)
class Suggestion:
    """A name that the glossary lacks."""

    id: str
    en: str
    count: int = 0
    """Occurrences in source texts."""
    units: int = 0
    """How many approved units have it."""
    attested: list[Attested] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    """``file:line`` in the articles."""

    @property
    def ko(self) -> str:
        """The Korean form to propose; ``keep``, or empty when none is attested."""
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
    """Return what ``terms`` lack, names with their original in brackets first, then by count.

    A name counts that stands ``least`` times in source texts, or once with its original beside it
    in either language. Nothing is certain: a person decides.
    """
    sources = [mask_code(each.source) for each in passages]
    targets = [mask_code(each.target) for each in passages]
    common = {
        word
        for text, each in zip(sources, passages, strict=True)
        if each.source_language == "en"
        for word in SMALL.findall(text)
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
    company = _company(chosen, passages, targets, matcher)
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

    ``lexicon`` is the words that stand in lower case, and the glossary.
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
            if not _lists(gloss.korean, "ko", matcher)
        ]
    spans += names(text, korean=korean, common=common)
    for form, start, end in spans:
        if start in seen or _covered(start, end, text, known) or _lists(form, "en", matcher):
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
    """Return True when glossary terms are all the words between ``start`` and ``end``."""
    rest = list(text[start:end])
    for first, last in known:
        for place in range(max(first, start), min(last, end)):
            rest[place - start] = " "
    return not any(map(str.isalnum, rest))


def _lists(form: str, language: str, matcher: Matcher) -> bool:
    return any(hit.end - hit.start >= len(form) for hit in matcher.scan(form, language, mask=False))


def _attest(
    found: dict[str, _Candidate],
    passages: Sequence[UnitText],
    sources: Sequence[str],
    targets: Sequence[str],
) -> None:
    """Note for each candidate where its Korean form stands in brackets, and where it is kept."""
    glossed: dict[str, list[str]] = {}
    by_unit: dict[int, set[str]] = {}
    bare: dict[int, str] = {}
    for index, each in enumerate(passages):
        text = sources[index] if each.source_language == "ko" else targets[index]
        here = list(glosses(text))
        bare[index] = _compact(_without(text, here))
        for gloss in here:
            key = _key(gloss.original)
            if key in found:
                glossed.setdefault(key, []).append(gloss.korean)
                by_unit.setdefault(index, set()).add(key)
    for key, candidate in found.items():
        agreed = _agreed(glossed.get(key, ()))
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
    """Note where a name stands with the glossary's words for the parts that it knows."""
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
    """Return ``text`` as ``_key`` folds forms, words of Latin letters still apart from others."""
    return re.sub(r"(?<=[A-Za-z0-9])[ -](?=[A-Za-z0-9])", "", text).casefold()


def _without(text: str, found: Sequence[Gloss]) -> str:
    kept = list(text)
    for gloss in found:
        start, end = gloss.inner
        kept[start:end] = BLANK * (end - start)
    return "".join(kept)


def _agreed(forms: Sequence[str]) -> Counter[str]:
    """Return ``forms`` counted; where one ends another the shorter is what they agree on."""
    counted = Counter(forms)
    for form in sorted(counted, key=len):
        for longer in list(counted):
            if longer != form and longer.endswith(f" {form}"):
                counted[form] += counted.pop(longer)
    return counted


def _company(
    chosen: dict[str, _Candidate],
    passages: Sequence[UnitText],
    targets: Sequence[str],
    matcher: Matcher,
) -> dict[str, list[Attested]]:
    """Return guesses for the names of English sources that stand in no other way in the target."""
    indexes = [
        index for index, each in enumerate(passages) if each.source_language == "en" and each.target
    ]
    place = {index: number for number, index in enumerate(indexes)}
    wanted: dict[str, list[int]] = {}
    for key, candidate in chosen.items():
        open_units = [
            place[index]
            for index in candidate.units
            if index in place and index not in candidate.kept and index not in candidate.bracketed
        ]
        if len(open_units) > 1 and not candidate.brackets and not candidate.parts:
            wanted[key] = open_units
    if not wanted:
        return {}
    bare: list[str] = []
    for index in indexes:
        kept = list(targets[index])
        for hit in matcher.scan(targets[index], "ko", mask=False):
            kept[hit.start : hit.end] = BLANK * (hit.end - hit.start)
        bare.append("".join(kept))
    companies = Companies(bare)
    return {
        key: [
            Attested(each.form, "company", each.units)
            for each in companies.of(units)
            if HANGUL.search(each.form)
        ][:EXAMPLES]
        for key, units in wanted.items()
    }


def _suggestion(
    key: str, candidate: _Candidate, company: list[Attested], taken: set[str]
) -> Suggestion:
    form = candidate.forms.most_common(1)[0][0]
    name = re.sub(r"[^a-z0-9]+", "-", form.lower()).strip("-") or f"name-{len(key)}"
    while name in taken:
        name += "-2"
    taken.add(name)
    attested = [Attested(korean, "brackets", count) for korean, count in candidate.brackets.items()]
    attested += [Attested(korean, "parts", count) for korean, count in candidate.parts.items()]
    if candidate.kept:
        attested.append(Attested(form, "kept", len(candidate.kept)))
    attested += company
    attested.sort(key=lambda each: -each.units)  # a guess goes behind what is as frequent
    return Suggestion(
        name, form, candidate.count, len(candidate.units), attested, candidate.places[:EXAMPLES]
    )


def yaml(suggestions: Sequence[Suggestion]) -> Iterator[str]:
    """Yield the lines of ``suggestions`` as entries to paste; those without a form as comments."""
    for each in suggestions:
        said = ", ".join(f"{one.form} {one.units}× ({one.how})" for one in each.attested)
        yield f"# {each.en}: {each.count}×, {' '.join(each.places)}"
        yield f"#   {said or 'no translation attested'}"
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
    """Return ``text`` as YAML writes it: plain where that is safe, else quoted as in JSON."""
    if PLAIN.fullmatch(text) and text.lower() not in WORDS and "  " not in text:
        return text
    return json.dumps(text, ensure_ascii=False)
