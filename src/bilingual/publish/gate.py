"""Decide whether a pair may be published.

It may when every unit has a target that a person approved for the current source, no finding is an
error, and every target can be merged into the article. Everything else is an obstacle with its
location; the pair passes when there is none.
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
"""Code points of a unit's source that are shown to identify it."""

OWN_RULES = frozenset({"unreviewed", "stale", "catalog-outdated"})
"""Rules that the gate checks itself, at any severity that a newsroom configures."""

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
    """The entry's id; empty when it concerns the whole article."""
    line: int = 1
    """The line of the unit in the source article."""
    excerpt: str = ""
    """The beginning of the unit's source on one line."""


def excerpt(text: str) -> str:
    """Return the beginning of ``text`` on one line, with ``…`` where it is truncated."""
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else line[: EXCERPT - 1].rstrip() + "…"


def gate(  # noqa: PLR0913 - the conditions, passed by name
    entries: Sequence[Entry],
    findings: Iterable[Finding] = (),
    *,
    slug: str = "",
    current: bool = True,
    lines: Mapping[str, int] = NO_LINES,
    refusals: Mapping[str, Message] = NO_REFUSALS,
) -> tuple[Obstacle, ...]:
    """Return the obstacles to publishing one article in one target language.

    ``entries`` are in article order; obsolete ones are ignored, as are ``findings`` below the
    severity error. ``current`` is False when the catalog does not match the article. ``lines`` has
    the unit's line in the article and ``refusals`` why a target cannot be merged, both by entry
    id. The obstacles are in document order, those of the whole article first.
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
            obstacles += [Obstacle(_message(finding), unit, finding.line) for finding in unplaced]
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
        yield _message(finding)


def _message(finding: Finding) -> Message:
    return Message(FINDING, {"rule": finding.rule, "message": finding.message})
