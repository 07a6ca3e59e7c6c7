"""One Korean person has two spellings in English across articles.

What
    Collects the Korean names with a title in Korean sources, or in bylines, and how English targets
    spell them (by sound), and finds those with more than one spelling. Names in the glossary are
    left to the rules about terms.
Why
    Readers and search engines take Kim Min-su and Kim Minsoo for two people.
Wrong
    article: one
    ko: 김민수 대표가 말했다.
    en: CEO Kim Min-su said so.
    ko: 김민수 대표가 또 말했다.
    en: CEO Kim Min-su said so again.
    article: two
    ko: 김민수 대표는 떠났다.
    en: Kim Minsoo, the chief executive, has left.
Right
    article: one
    ko: 김민수 대표가 말했다.
    en: CEO Kim Min-su said so.
    article: two
    ko: 김민수 대표와 박지영 교수는 떠났다.
    en: Kim Min-su and Park Ji-young have left. Kim had said so.
Known limits
    Two people with one Korean name count as one. The more frequent spelling, or the first, is taken
    as the right one. Foreign names in Korean are left to `term-inconsistent`.
Fix
    Choose one spelling, and add the name to the glossary.
Source
    국어의 로마자 표기법 (문화체육관광부 고시 제2014-42호), 제3장 제4항 and 제7항.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from bilingual.checks.base import Violation
from bilingual.language.ko.person import byline, find_people
from bilingual.language.ko.romanise import find_spelling
from bilingual.model import N_, Kind, Message, Scope, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import NewsroomSubject, Subject

SEVERITY = Severity.WARNING
SCOPE = Scope.NEWSROOM
LANGUAGES = ("en",)

OTHERWISE = N_("{name} is {form} here and {usual} elsewhere")


class _Place(NamedTuple):
    form: str
    unit: Subject
    slug: str


def check(subject: NewsroomSubject) -> Iterator[Violation]:
    """Yield a violation for each name in another spelling than the usual one."""
    listed = {form for term in subject.terms for form in term.forms.get("ko", ())}
    places: dict[str, list[_Place]] = {}
    for pair in subject.pairs:
        if pair.target_language != "en":
            continue
        for unit in pair.units:
            for name in _names(unit):
                if name not in listed and (form := find_spelling(name, unit.target.words)):
                    places.setdefault(name, []).append(_Place(form, unit, pair.slug))
    for name, given in places.items():
        usual = Counter(place.form for place in given).most_common(1)[0][0]
        for place in given:
            if place.form != usual:
                values = {"name": name, "form": place.form, "usual": usual}
                start = place.unit.target.text.find(place.form)
                span = (start, start + len(place.form)) if start >= 0 else (0, 0)
                yield Violation(Message(OTHERWISE, values), span, unit=place.unit, slug=place.slug)


def _names(unit: Subject) -> dict[str, None]:
    if unit.entry.kind is Kind.FIELD and unit.entry.path[:1] == ("author",):
        return dict.fromkeys(filter(None, [byline(unit.source.text)]))
    return dict.fromkeys(person.name for person in find_people(unit.source.words))
