"""``check --fix``: apply the fixes of findings to the newsroom's catalogs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from bilingual.workflow.check import check

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bilingual.model import Catalog, Finding
    from bilingual.newsroom import Newsroom

ROUNDS = 8
"""A fix replaces a complete target, so each round fixes one finding of a unit."""


def fix(
    newsroom: Newsroom,
    targets: Sequence[str] = (),
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    time: str,
) -> int:
    """Apply the fixes of ``check`` with the same arguments; return the number of fixed findings.

    A fixed target keeps its state, origin and reviewer: a fix is certain, was requested, and is
    visible in git. A target that was changed meanwhile is kept. ``time`` is UTC, ISO 8601 to the
    second. Raises what ``check`` raises.
    """
    fixed = 0
    for _ in range(ROUNDS):
        wanted: defaultdict[tuple[str, str], dict[str, Finding]] = defaultdict(dict)
        for finding in check(newsroom, targets, select=select, ignore=ignore).findings:
            if finding.fix and finding.slug and finding.unit:
                wanted[finding.slug, finding.language].setdefault(finding.unit, finding)
        if not wanted:
            break
        for (slug, language), findings in wanted.items():
            newsroom.change(newsroom.article(slug), language, partial(_apply, findings, time))
            fixed += len(findings)
    return fixed


def _apply(findings: Mapping[str, Finding], time: str, catalog: Catalog) -> Catalog:
    entries = []
    for entry in catalog.entries:
        found = findings.get(entry.id)
        if found and found.fix and not entry.obsolete and entry.target.text == found.target:
            target = replace(entry.target, text=found.fix.target, time=time)
            entries.append(replace(entry, target=target))
        else:
            entries.append(entry)
    return replace(catalog, entries=tuple(entries))
