"""The target has no form of a glossary term of the source.

What
    For each term in the source, looks for one of its allowed forms in the target.
Why
    A term that is paraphrased, or translated by another word, is a different thing to a reader who
    knows the field.
Wrong
    glossary: {id: open-weights, en: open weights, ko: 공개 가중치}
    en: The open weights are on the hub.
    ko: 허브에 열린 무게가 있다.
Right
    glossary: {id: open-weights, en: open weights, ko: 공개 가중치}
    en: The open weights are on the hub. Open weights matter.
    ko: 공개 가중치는 허브에 있으며, 이것이 중요하다.

    glossary: {id: data-center, en: data center, ko: 데이터센터}
    en: Data centers need power.
    ko: 초거대데이터센터들에는 전력이 필요하다.
Known limits
    A pronoun or an ellipsis may replace all mentions but one: a term is missing only if the target
    has no form of it at all, or another name for one of its mentions. The words of an English form
    may be apart (open and closed weights, 32B parameters active), and a size in letters needs no
    word for what it counts (매개변수 4000억 개, 400B). Where a source term is also an ordinary
    word, the finding may be wrong; `case: true` helps for names.
Fix
    Use the preferred form, or allow the target's form under `ko_allowed` or `en_allowed`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bilingual.checks.base import Violation
from bilingual.checks.renaming import stranger
from bilingual.glossary.match import contains
from bilingual.model import N_, Message, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import Side, Subject
    from bilingual.glossary.match import TermMatch
    from bilingual.model import Term

SEVERITY = Severity.ERROR

SIZE = re.compile(r"(?<![\w.])\d[\d.,]*[KMBT](?![A-Za-z0-9])")
NUMBER_BESIDE = (  # before a term, and after it
    re.compile(r"[\d만억조][가-힣]{0,2}[ ,(]{0,2}\Z"),
    re.compile(r"[가-힣]{0,2} ?\(?약? ?\d"),
)
EU = 18 * 28
"""Position of the vowel ㅡ without a final consonant in a syllable's row of 588."""
ING = 2 * 28 + 21
"""From ㅡ to 잉 in that row: 크, 킹."""
MISSING = N_("{form} has no {preferred} in the target")
RENAMED = N_("{form} became {other}")


def check(subject: Subject) -> Iterator[Violation]:
    """Yield a violation for each term of the source of which the target has no form."""
    source, target = subject.source, subject.target
    there: set[str] | None = None
    asked: set[str] = set()
    for hit in source.hits:
        term = hit.term
        if hit.forbidden or term.id in asked or term.keep:
            continue
        asked.add(term.id)
        if there is None:
            there = {each.term.id for each in target.hits}
        if term.id in there or contains(target.words, target.language, term):
            if other := stranger(subject, term):
                values = {"form": hit.form, "other": other[0]}
                yield Violation(Message(RENAMED, values), other.span(), (hit.start, hit.end))
            continue
        if _apart(term, target) or _sized(source, hit, target) or _gerund(term, target):
            continue
        values = {"form": hit.form, "preferred": term.preferred(target.language)}
        yield Violation(Message(MISSING, values), source_span=(hit.start, hit.end))


def _gerund(term: Term, target: Side) -> bool:
    """Return True when the target borrows the English gerund of a Korean form: 벤치마킹."""
    if target.language != "ko":
        return False
    return any(
        f"{form[:-1]}{chr(ord(form[-1]) + ING)}" in target.words
        for form in term.forms.get("ko", ())
        if len(form) > 2 and "가" <= form[-1] <= "힣" and (ord(form[-1]) - 0xAC00) % 588 == EU
    )


def _apart(term: Term, target: Side) -> bool:
    """Return True when the target has all words of an English form, even apart."""
    if target.language != "en":
        return False
    words = target.words.casefold()
    return any(
        len(parts) > 1 and all(re.search(rf"\b{re.escape(part)}", words) for part in parts)
        for form in term.forms.get("en", ())
        for parts in [form.casefold().replace("-", " ").split()]
    )


def _sized(source: Side, hit: TermMatch, target: Side) -> bool:
    """Return True when what the term counts is written as a size: 4000억 매개변수, 400B."""
    if not SIZE.search(target.words) or SIZE.search(source.words):
        return False
    before, behind = NUMBER_BESIDE
    beside = before.search(source.words, 0, hit.start) or behind.match(source.words, hit.end)
    return source.language == "ko" and bool(beside)
