"""A term that must stay as it is was translated or changed.

What
    For each term of the source that the glossary keeps (`ko: keep`), looks for the form, or another
    allowed one, in the target.
Why
    Readers cannot search for a model whose name is in Hangul, or has another version.
Wrong
    glossary: {id: gpt-5-4, en: GPT-5.4, ko: keep, kind: model}
    en: It trails GPT-5.4 by five points.
    ko: 지피티 5.4보다 5점 낮다.

    glossary: {id: gpt-5-4, en: GPT-5.4, ko: keep, kind: model}
    en: It trails GPT-5.4 by five points.
    ko: GPT-5보다 5점 낮다.
Right
    glossary: {id: gpt-5-4, en: GPT-5.4, ko: keep, kind: model}
    en: It trails GPT-5.4 by five points.
    ko: GPT-5.4보다 5점 낮다.
Known limits
    Once is enough: a pronoun or an ellipsis may replace the other mentions, unless the target has a
    name for one of them that the source does not have. A kept word that is also an ordinary one
    needs `case: true`.
Fix
    Write the form as in the source, or allow the target's form under `ko_allowed`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.checks.base import Violation
from bilingual.checks.renaming import stranger
from bilingual.glossary.match import contains
from bilingual.model import N_, Message, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import Subject

SEVERITY = Severity.ERROR

CHANGED = N_("{form} stays as it is; the target does not have it")
RENAMED = N_("{form} became {other}")


def check(subject: Subject) -> Iterator[Violation]:
    """Yield a violation for each kept term of the source that the target lacks."""
    source, target = subject.source, subject.target
    asked: set[str] = set()
    for hit in source.hits:
        term = hit.term
        if hit.forbidden or term.id in asked or not term.keep:
            continue
        asked.add(term.id)
        if any(each.term.id == term.id for each in target.hits):
            if other := stranger(subject, term):
                values = {"form": hit.form, "other": other[0]}
                yield Violation(Message(RENAMED, values), other.span(), (hit.start, hit.end))
            continue
        if not any(character.isdigit() for character in hit.form) and contains(
            target.words, target.language, term
        ):
            continue
        yield Violation(Message(CHANGED, {"form": hit.form}), source_span=(hit.start, hit.end))
