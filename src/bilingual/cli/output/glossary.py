"""What ``bilingual glossary`` prints: tables for people, fields for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bilingual.cli.app.options import counted
from bilingual.cli.terminal.width import cut, padded
from bilingual.i18n import sentence, tell
from bilingual.language.width import width
from bilingual.model import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bilingual.workflow.glossary.audit import TermUsage
    from bilingual.workflow.glossary.check import GlossaryWarning
    from bilingual.workflow.glossary.impact import AffectedUnit, Impact, TermChange
    from bilingual.workflow.glossary.suggest import Suggestion

OTHERS = 3
"""How many forms a row of the audit names."""
EXCERPT = 60
"""Columns of a unit's text."""
AGAIN = N_("waits for review again")
WHAT = {"added": N_("added"), "removed": N_("removed"), "changed": N_("changed")}


def doubt(each: GlossaryWarning) -> dict[str, Any]:
    """Return what ``glossary check --json`` prints of one oddity."""
    message = sentence(each.message)
    return {
        "rule": each.rule, "line": each.line, "id": each.id, "field": each.field,
        "message": message,
    }  # fmt: skip


def doubt_line(each: GlossaryWarning, path: str) -> str:
    """Return what ``glossary check`` prints of one oddity."""
    return f"{path}:{each.line}: {sentence(each.message)} [{each.rule}]"


def suggestion(each: Suggestion) -> dict[str, Any]:
    """Return what ``glossary suggest --json`` prints of one; docs/json.md describes the fields."""
    return {
        "id": each.id,
        "en": each.en,
        "ko": each.ko,
        "count": each.count,
        "units": each.units,
        "attested": [
            {"form": one.form, "how": one.how, "units": one.units} for one in each.attested
        ],
        "places": each.places,
    }


def impact(found: Impact) -> dict[str, Any]:
    """Return what ``glossary impact --json`` prints, but its version."""
    return {
        "since": found.since,
        "changes": [
            {
                "id": each.id,
                "what": each.what,
                "line": each.line,
                "fields": [one._asdict() for one in each.fields],
            }
            for each in found.changes
        ],
        "units": [_touched(each) for each in found.units],
        "published": list(found.published),
    }


def _touched(each: AffectedUnit) -> dict[str, Any]:
    return {
        "slug": each.slug,
        "unit": each.unit,
        "language": each.language,
        "path": each.path,
        "line": each.line,
        "state": str(each.state),
        "terms": list(each.terms),
        "source": each.source,
        "target": each.target,
        "findings": [
            {"rule": one.rule, "severity": str(one.severity), "message": str(one.message)}
            for one in each.breaks
        ],
        "marked": each.waits,
    }


def impact_lines(found: Impact) -> Iterator[str]:
    """Give what ``glossary impact`` prints for people: entries, units, pairs, counts."""
    if not found.changes:
        yield tell(N_("the glossary has not changed since {since}"), since=found.since)
        return
    for change in found.changes:
        yield from _change(change)
    if found.units:
        yield ""
    for each in found.units:
        text = each.target or each.source
        excerpt = cut(" ".join(text.split()), EXCERPT)
        terms = ", ".join(each.terms)
        yield f"{each.path}:{each.line}  {each.unit}  {tell(str(each.state))}  {terms}  {excerpt}"
        for one in each.breaks:
            yield f"    {tell(str(one.severity))} {one.rule}: {sentence(one.message)}"
        if each.waits:
            yield f"    {tell(AGAIN)}"
    yield ""
    if found.published:
        slugs = ", ".join(found.published)
        yield tell(N_("published pairs affected: {slugs}"), slugs=slugs)
    touched = counted(len(found.units), N_("{count} unit affected"), N_("{count} units affected"))
    broken = counted(
        len(found.broken),
        N_("{count} breaks the glossary now"),
        N_("{count} break the glossary now"),
    )
    marked = counted(
        sum(each.waits for each in found.units),
        N_("{count} waits for review again"),
        N_("{count} wait for review again"),
    )
    yield f"{touched}; {broken}; {marked}"


def _change(change: TermChange) -> Iterator[str]:
    place = f"glossary.yaml:{change.line}  " if change.line else ""
    yield f"{place}{change.id}  {tell(WHAT[change.what])}"
    for field in change.fields:
        yield f"    {field.name}: {field.before or '—'} → {field.after or '—'}"


def usage(each: TermUsage) -> dict[str, Any]:
    """Return what ``glossary audit --json`` prints of one entry."""
    return {
        "id": each.term.id,
        "line": each.term.line,
        "occurrences": each.occurrences,
        "units": each.units,
        "preferred": each.preferred,
        "allowed": each.allowed,
        "forbidden": each.forbidden,
        "none": each.none,
        "others": [{"form": form, "units": count} for form, count in _most(each.others)],
        "guesses": [{"form": one.form, "units": one.units} for one in each.instead],
        "places": [{"slug": slug, "unit": unit} for slug, unit in each.places],
    }


def _most(counts: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))


def audit_lines(usages: Sequence[TermUsage]) -> Iterator[str]:
    """Give the table of the entries that are used, and the names of those that are not."""
    head = [
        tell(word)
        for word in (
            N_("term"), N_("occurrences"), N_("units"), N_("preferred"), N_("allowed"),
            N_("forbidden"), N_("none"), N_("instead"),
        )
    ]  # fmt: skip
    rows = [head, *(_row(each) for each in usages if each.units)]
    if len(rows) > 1:
        widths = [max(width(row[column]) for row in rows) for column in range(len(head))]
        for row in rows:
            yield "  ".join(map(padded, row, widths)).rstrip()
    unused = [each.term.id for each in usages if not each.units]
    if unused:
        text = counted(
            len(unused),
            N_("{count} entry is in no approved source:"),
            N_("{count} entries are in no approved source:"),
        )
        yield f"{text} {', '.join(unused)}"


def _row(each: TermUsage) -> list[str]:
    counts = (each.occurrences, each.units, each.preferred, each.allowed, each.forbidden, each.none)
    others = [f"{form} {count}×" for form, count in _most(each.others)[:OTHERS]]
    guess = N_("perhaps {form} ({count} of {none})")
    guesses = [tell(guess, form=one.form, count=one.units, none=each.none) for one in each.instead]
    places = " ".join(f"{slug}/{unit}" for slug, unit in each.places[:OTHERS])
    return [each.term.id, *map(str, counts), "; ".join(filter(None, [*others, *guesses, places]))]
