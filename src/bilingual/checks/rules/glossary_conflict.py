"""Two glossary entries contradict each other.

What
    Finds a form that two entries of the glossary translate differently, and a form that one entry
    allows and another forbids.
Why
    A translator who follows one entry breaks the other, and the checks cannot tell which is meant.
Wrong
    glossary: {id: agent, en: agent, ko: 에이전트}
    glossary: {id: ai-agent, en: Agent, ko: 대리인}
    en: Agents act.
    ko: 에이전트가 움직인다.

    glossary: {id: open-source, en: open source, ko: 오픈소스}
    glossary: {id: public-source, en: public source, ko: 공개 소스, ko_forbidden: [오픈소스]}
    en: It is open source.
    ko: 오픈소스다.
Right
    glossary: {id: meta, en: Meta, ko: 메타, case: true}
    glossary: {id: meta-data, en: meta, ko: 초월, case: true}
    en: Meta is here.
    ko: 메타가 있다.

    glossary: {id: model, en: model, ko: 모델}
    glossary: {id: language-model, en: language model, ko: 언어 모델}
    en: A language model is a model.
    ko: 언어 모델은 모델이다.
Known limits
    Two terms of one language that share a form in the other (token and sign, both 표시) are not a
    conflict as long as their own forms differ.
Fix
    Merge the entries, or remove the form from one of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.checks.base import Confidence, Violation
from bilingual.model import N_, Message, Scope, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import NewsroomSubject
    from bilingual.model import Term

SEVERITY = Severity.WARNING
SCOPE = Scope.NEWSROOM
CONFIDENCE = Confidence.CERTAIN

CLAIMED = N_("{form} is {first} in {other} (line {line}) and {second} here")
FORBIDDEN = N_("{form} is forbidden here and allowed by {other} (line {line})")


def check(subject: NewsroomSubject) -> Iterator[Violation]:
    """Yield a violation for each form that two entries contradict each other about."""
    for language, translated in (("en", "ko"), ("ko", "en")):
        claims: dict[str, list[Term]] = {}
        for term in subject.terms:
            for form in dict.fromkeys(map(_key, term.forms.get(language, ()))):
                claims.setdefault(form, []).append(term)
        for term in subject.terms:
            yield from _forbidden(term, language, claims)
        if language == "en":
            yield from _claimed(claims, translated)


def _key(form: str) -> str:
    return " ".join(form.casefold().replace("-", " ").split())


def _same(form: str, first: Term, second: Term, language: str) -> bool:
    """Return True if letter case does not distinguish the forms of the two terms."""
    if not (first.case and second.case):
        return True
    one = {each for each in first.forms[language] if _key(each) == form}
    return not one.isdisjoint(second.forms[language])


def _claimed(claims: dict[str, list[Term]], translated: str) -> Iterator[Violation]:
    for form, terms in claims.items():
        first, *others = terms
        for other in others:
            before, after = first.preferred(translated), other.preferred(translated)
            if before != after and _same(form, first, other, "en"):
                values = {
                    "form": form, "first": before, "second": after, "other": first.id,
                    "line": first.line,
                }  # fmt: skip
                yield Violation(Message(CLAIMED, values), line=other.line)


def _forbidden(term: Term, language: str, claims: dict[str, list[Term]]) -> Iterator[Violation]:
    for form in term.forbidden.get(language, ()):
        for other in claims.get(_key(form), ()):
            if other.id != term.id and form in other.forms[language]:
                values = {"form": form, "other": other.id, "line": other.line}
                yield Violation(Message(FORBIDDEN, values), line=term.line)
