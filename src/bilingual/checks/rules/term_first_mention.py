"""The first mention of a term in a Korean article lacks its `first_mention` form.

What
    For entries with `first_mention`, looks at the first place in the running text of an article
    where the term occurs: it must have that form (뮤즈 스파크(Muse Spark)).
Why
    Readers see the original spelling of a name once, and can look it up.
Wrong
    glossary: {id: moe, en: mixture of experts, ko: 전문가 혼합, first_mention: 전문가 혼합(MoE)}
    en: A mixture of experts is cheap.
    ko: 전문가 혼합은 값이 싸다.
    en: The mixture of experts leads.
    ko: 전문가 혼합(MoE)이 앞선다.
Right
    glossary: {id: moe, en: mixture of experts, ko: 전문가 혼합, first_mention: 전문가 혼합(MoE)}
    en: What a mixture of experts is
    ko: 전문가 혼합이란
    kind: heading
    en: A mixture of experts is cheap.
    ko: **전문가 혼합**(MoE)은 값이 싸다.
    en: The mixture of experts leads.
    ko: 전문가 혼합이 앞선다.
Known limits
    Titles, headings, table cells, captions, alternative texts and the words of links are skipped:
    they are short, and may come first.
Fix
    Write the `first_mention` form at the first mention.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.checks.base import Confidence, Violation
from bilingual.model import N_, Kind, Message, Scope, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import PairSubject, Subject

SEVERITY = Severity.WARNING
SCOPE = Scope.PAIR
CONFIDENCE = Confidence.LIKELY
LANGUAGES = ("ko",)

FIRST = N_("the first mention is {form}, not {wanted}")
RUNNING = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.DEFINITION})


def check(subject: PairSubject) -> Iterator[Violation]:
    """Yield a violation for each term whose first mention in running text has another form."""
    seen: set[str] = set()
    for unit in subject.units:
        if unit.entry.kind not in RUNNING:
            continue
        for hit in unit.target.hits:
            wanted = hit.term.first_mention
            if not wanted or hit.term.id in seen or hit.forbidden:
                continue
            stands = _stands(wanted, unit.target.text, hit.start)
            if not stands and _linked(unit, hit.start):
                continue
            seen.add(hit.term.id)
            if not stands:
                values = {"form": hit.form, "wanted": wanted}
                yield Violation(Message(FIRST, values), (hit.start, hit.end), unit=unit)


def _linked(unit: Subject, place: int) -> bool:
    """Return True inside the words of a link: the title of a source stays as it is."""
    return any(each.start <= place < each.end for each in unit.target.of_kind("link"))


def _stands(wanted: str, text: str, start: int) -> bool:
    """Return True when ``wanted`` starts at ``start``, ignoring emphasis and spaces."""
    bare = _bare(wanted)
    # A first mention may start before the form: Meta의 뮤즈 스파크, and with markup even earlier.
    return bare in _bare(text[max(0, start - len(wanted)) : start + 3 * len(wanted)])


def _bare(text: str) -> str:
    return "".join(character for character in text if character not in " *_\n[]\u00a0").casefold()
