"""``bilingual queue``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from bilingual.cli.app.options import (
    counted,
    json_option,
    open_newsroom,
    print_json,
    remark,
    report,
    slugs_argument,
)
from bilingual.cli.output.memory import fields as match_fields
from bilingual.cli.terminal.safe_text import one_line
from bilingual.cli.terminal.width import cut
from bilingual.i18n import sentence, tell
from bilingual.model import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilingual.newsroom import Newsroom
    from bilingual.workflow.queue import ReviewItem


@click.command("queue")
@slugs_argument
@click.option(
    "--order",
    type=click.Choice(["risk", "document"]),
    default="risk",
    show_default=True,
    help=N_("Riskiest first, or in article order."),
)
@click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(min=1),
    help=N_("List the first N only; the count is of all."),
)
@json_option
def command(slugs: tuple[str, ...], order: str, limit: int | None, *, as_json: bool) -> int:
    """List the units that wait for review, riskiest first.

    A unit waits when it has no translation, a draft, or a translation whose source has changed
    since. Each line has what `approve`, `edit`, `reject` and `comment` need: the slug and the
    unit's id.
    """
    from bilingual.workflow.queue import queue

    newsroom = open_newsroom()
    items = queue(newsroom, slugs, order=order)
    if as_json:
        shown = [fields(item) for item in with_matches(newsroom, items[:limit])]
        print_json({"version": 1, "items": shown, "waiting": len(items)})
        return 0
    for item in items[:limit]:
        report(line(item))
    remark(counted(len(items), N_("{count} unit waits"), N_("{count} units wait")))
    return 0


def with_matches(newsroom: Newsroom, items: Sequence[ReviewItem]) -> Sequence[ReviewItem]:
    """Return ``items`` with what the memory knows that is like them."""
    from bilingual.workflow.memory.memory import Memory
    from bilingual.workflow.queue import with_matches

    if not items:
        return items
    with Memory.open(newsroom) as memory:
        return [with_matches(item, memory) for item in items]


def line(item: ReviewItem) -> str:
    """Return one line: risk, slug, unit, state, why, and the beginning of the source."""
    state = tell(N_("stale")) if item.entry.target.stale else tell(str(item.entry.target.state))
    reasons = ", ".join(sentence(reason) for reason in item.reasons)
    source = cut(one_line(item.entry.source), 48)
    return f"{item.risk:4d}  {item.slug} {item.entry.id}  {state}  {source}  ({reasons})"


def fields(item: ReviewItem) -> dict[str, Any]:
    """Return what ``queue --json`` prints of ``item``; docs/json.md describes the fields."""
    entry, target = item.entry, item.entry.target
    return {
        "slug": item.slug,
        "unit": entry.id,
        "path": item.article,
        "kind": str(entry.kind),
        "headings": list(entry.path),
        "source_language": item.source_language,
        "language": item.target_language,
        "state": str(target.state),
        "stale": target.stale,
        "origin": target.origin,
        "source": entry.source,
        "previous": target.previous,
        "target": target.text,
        "failure": target.failure,
        "notes": list(entry.notes),
        "risk": item.risk,
        "reasons": [str(reason) for reason in item.reasons],
        "terms": [
            {"form": hint.form, "targets": list(hint.targets), "present": hint.present}
            for hint in item.hints
        ],
        "matches": [
            match_fields(match, item.source_language, item.target_language)
            for match in item.matches
        ],
        "findings": [
            {"rule": each.rule, "severity": str(each.severity), "message": str(each.message)}
            for each in item.findings
        ],
        "seen": item.fingerprint,
    }
