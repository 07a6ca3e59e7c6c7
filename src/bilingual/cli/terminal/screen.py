"""What the review screen shows of one unit: plain lines, painted where colours are wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bilingual.cli.output.memory import facts
from bilingual.cli.terminal.lines import INDENT, change_lines, fact_lines, text_lines
from bilingual.cli.terminal.safe_text import one_line, visible
from bilingual.cli.terminal.width import cut, padded
from bilingual.i18n import sentence, tell
from bilingual.language.width import width
from bilingual.model import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bilingual.model import Finding
    from bilingual.workflow.queue import ReviewItem, SourceTerm

WIDEST = 100
"""Columns beyond which a line is hard to read."""
NARROWEST = 20
FORMS = 3
"""Allowed forms of a term that are shown; the preferred one is the first."""

KEYS = {
    "a": N_("approve"),
    "e": N_("edit"),
    "r": N_("reject"),
    "c": N_("comment"),
    "s": N_("skip"),
    "b": N_("back"),
    "q": N_("quit"),
    "?": N_("help"),
}
"""One key a decision, in the order of the foot line."""

COLORS = {"error": "red", "warning": "yellow", "info": "blue"}


def screen(item: ReviewItem, place: int, total: int, columns: int) -> Iterator[str]:
    """Give the lines that show ``item``, the ``place``-th (from 1) of ``total``.

    No line is wider than ``columns``; lines hold colours (SGR), which the printer may strip.
    """
    columns = max(min(columns, WIDEST), NARROWEST)
    yield from _head(item, place, total, columns)
    first = True
    for title, body in _sections(item, columns):
        if not first:
            yield ""
        first = False
        yield click.style(title, bold=True, fg="cyan")
        yield from body


def _sections(item: ReviewItem, columns: int) -> Iterator[tuple[str, Iterable[str]]]:
    """Give each section's title and its lines."""
    entry, target = item.entry, item.entry.target
    if target.previous is not None:
        changes = change_lines(target.previous, entry.source, columns)
        yield tell(N_("What changed in the source")), changes
    title = tell(N_("Source ({language})"), language=item.source_language)
    yield title, text_lines(entry.source, columns)
    title = tell(N_("Translation ({language})"), language=item.target_language)
    if target.text:
        yield title, text_lines(target.text, columns)
    else:
        yield title, text_lines(tell(N_("none yet")), columns, dim=True)
    if target.failure:
        yield tell(N_("Why the last draft was refused")), text_lines(target.failure, columns)
    if item.matches:
        yield tell(N_("Memory")), _matches(item, columns)
    if item.hints:
        yield tell(N_("Terms")), _each(map(_hint, item.hints), columns)
    if item.findings:
        yield tell(N_("Findings")), _findings(item.findings, columns)
    written = (line[2:] for line in entry.extra if line.startswith("# "))  # in a PO editor
    notes = (*entry.author_notes, *entry.notes, *written)
    if notes:
        yield tell(N_("Notes on the unit")), _each(notes, columns)
    if item.around:
        lines = [
            INDENT + cut(visible(one_line(line)), columns - len(INDENT)) for line in item.around
        ]
        yield tell(N_("Around it")), [click.style(line, dim=True) for line in lines]


def _matches(item: ReviewItem, columns: int) -> Iterator[str]:
    """Give each match: where it is from, how its source differs from the unit's, its target."""
    for match in item.matches:
        yield from fact_lines([f"{INDENT}{facts(match)}"], columns, dim=True)
        if match.segment:
            yield from text_lines(match.source, columns)
        elif match.source != item.entry.source:
            yield from change_lines(match.source, item.entry.source, columns)
        yield from text_lines(match.target, columns, fg="green")


def _each(texts: Iterable[str], columns: int) -> Iterator[str]:
    for text in texts:
        yield from text_lines(text, columns)


def _findings(findings: Iterable[Finding], columns: int) -> Iterator[str]:
    for finding in findings:
        severity = str(finding.severity)
        said = f"{tell(severity)}: {one_line(sentence(finding.message))} [{finding.rule}]"
        yield from text_lines(said, columns, fg=COLORS[severity])


def foot(columns: int) -> Iterator[str]:
    """Give the lines that name the keys."""
    columns = max(min(columns, WIDEST), NARROWEST)
    yield click.style("─" * columns, dim=True)
    yield from fact_lines([f"{key} {tell(word)}" for key, word in KEYS.items()], columns)


def _head(item: ReviewItem, place: int, total: int, columns: int) -> Iterator[str]:
    target = item.entry.target
    left = f"{item.slug}  {item.source_language} → {item.target_language}"
    right = f"{place}/{total}"
    left = cut(visible(left), columns - width(right) - 1)
    yield click.style(padded(left, columns - width(right)) + right, bold=True)
    where = " › ".join(one_line(name) for name in item.entry.path)
    kind = tell(str(item.entry.kind))
    yield cut(f"{kind}: {where}" if where else kind, columns)
    facts = [item.entry.id, tell(str(target.state))]
    if target.stale:
        facts.append(tell(N_("stale")))
    if target.origin:
        facts.append(one_line(target.origin))
    if item.risk:
        facts.append(tell(N_("risk {risk}"), risk=item.risk))
    yield from fact_lines(facts, columns, dim=True)
    if item.reasons:
        reasons = [sentence(reason) for reason in item.reasons]
        yield from fact_lines(reasons, columns, dim=True)
    yield click.style("─" * columns, dim=True)


def _hint(hint: SourceTerm) -> str:
    tick = "✓" if hint.present else "✗"
    more = " / …" if len(hint.targets) > FORMS else ""
    return f"{tick} {hint.form} → {' / '.join(hint.targets[:FORMS])}{more}"
