"""One name has two Korean spellings across articles.

What
    Collects names that articles give with their original in brackets (알렉산더 왕(Alexandr Wang))
    and finds those with more than one spelling. Names in the glossary are left to the rules about
    terms.
Why
    Readers and search engines take two spellings for two people.
Wrong
    article: one
    en: Alexandr Wang leads it.
    ko: 알렉산더 왕(Alexandr Wang)이 이끈다.
    en: Alexandr Wang said so.
    ko: 알렉산더 왕(Alexandr Wang)이 말했다.
    article: two
    en: Alexandr Wang left.
    ko: 알렉산드르 왕(Alexandr Wang)이 떠났다.
Right
    article: one
    en: Alexandr Wang leads it.
    ko: 29세 알렉산더 왕(Alexandr Wang)이 이끈다.
    article: two
    en: Alexandr Wang left.
    ko: 이후 알렉산더 왕 (Alexandr Wang)이 떠났다.
Known limits
    Only names followed by their original are compared, and only in Korean targets. The more
    frequent spelling, or the first, is taken as the right one.
Fix
    Choose one spelling, and add the name to the glossary.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from bilingual.checks.base import Violation
from bilingual.model import N_, Message, Scope, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import NewsroomSubject, Subject

SEVERITY = Severity.WARNING
SCOPE = Scope.NEWSROOM

OTHERWISE = N_("{name} is {form} here and {usual} elsewhere")
GLOSS = re.compile(
    r"(?P<form>(?:[가-힣]+[ ·])*[가-힣]+)[\"'”’*]*\s?"
    r"\((?P<name>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3})\)"
)


class _Place(NamedTuple):
    form: str
    unit: Subject
    slug: str
    span: tuple[int, int]


def check(subject: NewsroomSubject) -> Iterator[Violation]:
    """Yield a violation for each name in another spelling than the usual one."""
    listed = {form.casefold() for term in subject.terms for form in term.forms.get("en", ())}
    places: dict[str, list[_Place]] = {}
    for pair in subject.pairs:
        if pair.target_language != "ko":
            continue
        for unit in pair.units:
            for found in GLOSS.finditer(unit.target.words):
                name = found["name"]
                if name.casefold() not in listed and not name.isupper():
                    form = _form(found["form"], name)
                    span = (found.end("form") - len(form), found.end("form"))
                    places.setdefault(name, []).append(_Place(form, unit, pair.slug, span))
    for name, given in places.items():
        usual = Counter(place.form.replace(" ", "") for place in given).most_common(1)[0][0]
        shown = next(place.form for place in given if place.form.replace(" ", "") == usual)
        for place in given:
            if place.form.replace(" ", "") != usual:
                values = {"name": name, "form": place.form, "usual": shown}
                yield Violation(
                    Message(OTHERWISE, values), place.span, unit=place.unit, slug=place.slug
                )


def _form(words: str, name: str) -> str:
    """Return the last ``words``, as many as ``name`` has."""
    return " ".join(re.split(r"[ ·]", words)[-len(name.split()) :])
