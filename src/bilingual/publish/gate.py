"""What stands between a pair and its readers.

A pair publishes when every unit has a target that a person approved for the source as it stands
today, no finding of level error is open, and every target fits its place in the article.
Everything that contradicts this is an obstacle with a place; an empty answer opens the gate.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from bilingual.model import N_, Message, Severity, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bilingual.model import Entry, Finding

EXCERPT = 60
"""Code points of a unit's source that are shown to find it by."""

OWN_RULES = frozenset({"unreviewed", "stale", "catalog-outdated"})
"""Rules whose faults the gate sees itself, whatever level a newsroom gives them."""

OUTDATED = N_("the article changed since its catalog was made; run `bilingual segment {slug}`")
INITIAL = N_("not translated")
UNREVIEWED = N_("not reviewed")
STALE = N_("the source changed after the translation")
FINDING = N_("{rule}: {message}")

NO_LINES: Mapping[str, int] = MappingProxyType({})
NO_REFUSALS: Mapping[str, Message] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One reason why a pair may not be published."""

    reason: Message
    unit: str = ""
    """The entry's id; empty when it is a matter of the whole article."""
    line: int = 1
    """Line of the unit in the source article."""
    excerpt: str = ""
    """The beginning of the unit's source on one line."""


def excerpt(text: str) -> str:
    """Return the beginning of ``text`` on one line, with ``…`` where it was cut."""
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else line[: EXCERPT - 1].rstrip() + "…"


def gate(  # noqa: PLR0913 - the facts, each by its name
    entries: Sequence[Entry],
    findings: Iterable[Finding] = (),
    *,
    slug: str = "",
    current: bool = True,
    lines: Mapping[str, int] = NO_LINES,
    refusals: Mapping[str, Message] = NO_REFUSALS,
) -> tuple[Obstacle, ...]:
    """Return what stands in the way of publishing one article in one target language.

    ``entries`` are those whose units stand in the article today, in its order; an obsolete one
    never stands in the way. ``findings`` may hold those of other levels. ``current`` is false
    when the catalog does not match the article. ``lines`` gives the unit's line in the article
    and ``refusals`` why a target cannot be merged, both by entry id. The answer is in document
    order, what concerns the whole article first.
    """
    findings_of: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.severity is Severity.ERROR and finding.rule not in OWN_RULES:
            findings_of.setdefault(finding.unit, []).append(finding)
    live = [entry for entry in entries if not entry.obsolete]
    known = {entry.id for entry in live}

    obstacles: list[Obstacle] = []
    if not current:
        obstacles.append(Obstacle(Message(OUTDATED, {"slug": slug})))
    for unit, unplaced in findings_of.items():
        if unit not in known:
            obstacles += [Obstacle(_said(finding), unit, finding.line) for finding in unplaced]
    for entry in live:
        for reason in _reasons(entry, findings_of.get(entry.id, ()), refusals.get(entry.id)):
            line = lines.get(entry.id, 1)
            obstacles.append(Obstacle(reason, entry.id, line, excerpt(entry.source)))
    return tuple(obstacles)


def _reasons(
    entry: Entry, findings: Iterable[Finding], refusal: Message | None
) -> Iterator[Message]:
    if entry.target.state is State.INITIAL:
        yield Message(INITIAL)
        return
    if entry.target.stale:
        yield Message(STALE)
    elif not entry.target.approved:
        yield Message(UNREVIEWED)
    if refusal is not None:
        yield refusal
    for finding in findings:
        yield _said(finding)


def _said(finding: Finding) -> Message:
    return Message(FINDING, {"rule": finding.rule, "message": finding.message})
