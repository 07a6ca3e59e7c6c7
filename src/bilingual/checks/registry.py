"""All rules, found by their names, and the one way to run them.

A module with a function ``check(subject)`` is a rule: ``rules/number_mismatch.py`` is
``number-mismatch``; other packages provide theirs in the entry point group ``bilingual.checks``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING

from bilingual.checks.base import Confidence, NewsroomSubject, PairSubject, Rule, Side, Subject
from bilingual.checks.documentation import parse
from bilingual.model import Entry, Finding, Kind, Scope, Severity, Target
from bilingual.plugins import Plugins

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from bilingual.checks.base import Violation
    from bilingual.glossary.match import Matcher

RULES = Plugins("bilingual.checks.rules", "bilingual.checks", "check")
LANGUAGES = ("en", "ko")
_MILDNESS = tuple(Severity)
"""Severities, the worst first."""
NO_LEVELS: Mapping[str, str] = MappingProxyType({})


def rules() -> tuple[str, ...]:
    """Return the names of all rules, sorted; imports none of them."""
    return RULES.names()


@cache
def rule(name: str) -> Rule:
    """Return the rule ``name`` with what its module defines; raises ``KeyError`` for no rule."""
    module = RULES.load(name)
    return Rule(
        name=name,
        severity=getattr(module, "SEVERITY", Severity.ERROR),
        scope=getattr(module, "SCOPE", Scope.UNIT),
        confidence=getattr(module, "CONFIDENCE", Confidence.LIKELY),
        languages=getattr(module, "LANGUAGES", LANGUAGES),
        blank=getattr(module, "BLANK_TARGETS", False),
        documentation=parse(module.__doc__ or ""),
        check=module.check,
    )


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rules run, and how severe each is."""

    rules: tuple[tuple[Rule, Severity], ...]

    def of(self, scope: Scope) -> tuple[tuple[Rule, Severity], ...]:
        """Return those of ``scope``."""
        return tuple(each for each in self.rules if each[0].scope is scope)

    def __contains__(self, name: str) -> bool:
        """Return True when the rule ``name`` is selected."""
        return any(found.name == name for found, _ in self.rules)

    def only(self, *names: str) -> Selection:
        """Return this selection without all rules but ``names``."""
        return Selection(tuple(each for each in self.rules if each[0].name in names))


def select(
    chosen: Collection[str] = (),
    *,
    ignore: Collection[str] = (),
    levels: Mapping[str, str] = NO_LEVELS,
) -> Selection:
    """Return the rules ``chosen`` (all when empty) without those to ``ignore``.

    ``levels`` maps a rule to ``error``, ``warning``, ``info`` or ``off``; a rule that is chosen
    by name runs though its level is off. Raises ``KeyError`` for a name that is no rule's.
    """
    for name in (*chosen, *ignore):
        if name not in rules():
            raise KeyError(name)
    picked: list[tuple[Rule, Severity]] = []
    for name in rules():
        level = levels.get(name, "")
        if name in ignore or (chosen and name not in chosen) or (level == "off" and not chosen):
            continue
        found = rule(name)
        picked.append((found, Severity(level) if level and level != "off" else found.severity))
    return Selection(tuple(picked))


def subject(entry: Entry, languages: tuple[str, str], matcher: Matcher) -> Subject:
    """Return ``entry`` as rules look at it; ``languages`` are source and target."""
    return Subject(
        entry,
        Side(entry.source, languages[0], matcher),
        Side(entry.target.text, languages[1], matcher),
    )


def pair(
    slug: str, entries: Iterable[Entry], languages: tuple[str, str], matcher: Matcher
) -> PairSubject:
    """Return an article's ``entries``, in document order, as rules look at them."""
    units = tuple(subject(entry, languages, matcher) for entry in entries)
    return PairSubject(slug, *languages, units)


def run(
    subjects: Iterable[PairSubject | Subject | NewsroomSubject],
    selection: Selection | None = None,
) -> Iterator[Finding]:
    """Run the rules of ``selection`` (all when None) on ``subjects``; findings have no place yet.

    A pair is looked at by the rules of pair scope and its units by those of unit scope; a
    newsroom by the rules of newsroom scope alone. Findings come in the order of the subjects and
    their units.
    """
    chosen = selection or select()
    for each in subjects:
        if isinstance(each, Subject):
            yield from _units([each], chosen.of(Scope.UNIT))
        elif isinstance(each, PairSubject):
            yield from _units(each.units, chosen.of(Scope.UNIT), each.slug)
            for found, severity in chosen.of(Scope.PAIR):
                if each.target_language in found.languages:
                    for violation in found.check(each):
                        yield _finding(found, severity, violation, violation.unit, each.slug)
        else:
            for found, severity in chosen.of(Scope.NEWSROOM):
                for violation in found.check(each):
                    yield _finding(found, severity, violation, violation.unit, violation.slug)


def check_text(  # noqa: PLR0913 - a draft, and how it is looked at
    source: str,
    target: str,
    languages: tuple[str, str],
    matcher: Matcher,
    *,
    select: Selection,
    kind: Kind = Kind.PARAGRAPH,
) -> list[Finding]:
    """Return what the rules of ``select`` find in a draft that is in no catalog yet."""
    entry = Entry("", kind, source=source, target=Target(target))
    return list(run([subject(entry, languages, matcher)], select))


def _units(
    units: Sequence[Subject], selected: Sequence[tuple[Rule, Severity]], slug: str = ""
) -> Iterator[Finding]:
    """Yield what the rules find in ``units``, which are of one pair of languages, unit by unit.

    Each rule looks at all of them before the next one does: what it works with stays at hand in
    the processor, which saves a fifth of the time.
    """
    found: list[list[Finding]] = [[] for _ in units]
    every = list(zip(units, found, strict=True))
    filled = [(unit, findings) for unit, findings in every if unit.target.text.strip()]
    for rule_, severity in selected:
        if every and every[0][0].target.language not in rule_.languages:
            continue
        for unit, findings in every if rule_.blank else filled:
            for violation in rule_.check(unit):
                findings.append(_finding(rule_, severity, violation, unit, slug))
    yield from chain.from_iterable(found)


def _finding(
    found: Rule, severity: Severity, violation: Violation, unit: Subject | None, slug: str
) -> Finding:
    if violation.severity is not None:
        severity = max(severity, violation.severity, key=_MILDNESS.index)
    return Finding(
        rule=found.name,
        severity=severity,
        message=violation.message,
        slug=slug,
        line=violation.line or 1,
        unit=unit.entry.id if unit else "",
        language=unit.target.language if unit else "",
        source=unit.source.text if unit else "",
        target=unit.target.text if unit else "",
        fix=violation.fix,
        span=violation.span,
        source_span=violation.source_span,
    )
