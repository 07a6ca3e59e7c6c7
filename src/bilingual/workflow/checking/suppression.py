"""Holding back findings that the newsroom has decided to live with."""

from __future__ import annotations

from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bilingual.model import Finding, Suppression


def suppress(
    findings: Iterable[Finding], suppressions: Sequence[Suppression], today: str
) -> tuple[list[Finding], tuple[Suppression, ...]]:
    """Return the findings that stay, and ``suppressions`` with what became of each.

    ``today`` is an ISO 8601 date in UTC; one whose ``until`` lies before it holds back nothing.
    """
    expired = [bool(each.until) and each.until < today for each in suppressions]
    used = [False] * len(suppressions)
    kept: list[Finding] = []
    for finding in findings:
        held = False
        for index, each in enumerate(suppressions):
            if not expired[index] and _covers(each, finding):
                used[index] = held = True
        if not held:
            kept.append(finding)
    return kept, tuple(
        replace(each, used=was_used, expired=over)
        for each, was_used, over in zip(suppressions, used, expired, strict=True)
    )


def _covers(suppression: Suppression, finding: Finding) -> bool:
    return (
        suppression.rule == finding.rule
        and suppression.unit in {"", finding.unit}
        and suppression.slug in {"", finding.slug}
        and (not suppression.path or fnmatchcase(finding.path, suppression.path))
    )
