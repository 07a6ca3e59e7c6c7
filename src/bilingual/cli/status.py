"""``bilingual status``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from bilingual.cli.app.options import json_option, open_newsroom, print_json, report, slugs_argument
from bilingual.cli.terminal.width import aligned
from bilingual.i18n import tell
from bilingual.model import N_, State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilingual.workflow.status import ArticleStatus


@click.command("status")
@slugs_argument
@json_option
def command(slugs: tuple[str, ...], *, as_json: bool) -> int:
    """Show the state of every article.

    Counts the units of the catalogs by state; `bilingual segment --check` checks that the catalogs
    are up to date.
    """
    from bilingual.workflow.status import status

    standings = status(open_newsroom(), slugs)
    if as_json:
        print_json({"version": 1, "articles": [fields(each) for each in standings]})
        return 0
    for line in table(standings):
        report(line)
    return 0


def fields(standing: ArticleStatus) -> dict[str, Any]:
    """Return what ``status --json`` prints of ``standing``; docs/json.md describes the fields."""
    return {
        "slug": standing.slug,
        "path": standing.path,
        "source_language": standing.source_language,
        "language": standing.target_language,
        "segmented": standing.segmented,
        "units": standing.units,
        **{str(state): standing.states[state] for state in State},
        "stale": standing.stale,
        "failed": standing.failed,
        "approved": standing.approved,
        "ready": standing.ready,
    }


def table(standings: Sequence[ArticleStatus]) -> list[str]:
    """Return the lines of a table, columns as wide as their widest cell."""
    head = [N_("article"), N_("languages"), N_("units")]
    rows = [[tell(word) for word in head] + [tell(str(state)) for state in State]]
    rows[0] += [tell(N_("stale")), tell(N_("ready"))]
    for each in standings:
        ready = N_("yes") if each.ready else N_("no")
        if not each.segmented:
            ready = N_("not segmented")
        rows.append(
            [
                each.slug,
                f"{each.source_language} → {each.target_language}",
                str(each.units),
                *(str(each.states[state]) for state in State),
                str(each.stale),
                tell(ready),
            ]
        )
    return aligned(rows)
