"""``bilingual approve``."""

from __future__ import annotations

import click

from bilingual.cli.app.options import (
    json_option,
    open_newsroom,
    reviewer_option,
    seen_option,
    slug_argument,
    unit_argument,
)
from bilingual.cli.app.reviewer import decision
from bilingual.cli.output.decision import announce
from bilingual.model import N_


@click.command("approve")
@slug_argument
@unit_argument
@reviewer_option
@seen_option
@click.option("--final", is_flag=True, help=N_("Sign it off: the state becomes final."))
@json_option
def command(
    slug: str,
    unit: str,
    name: str | None,
    shown: str,
    *,
    final: bool,
    as_json: bool,
) -> int:
    """Approve the draft of one unit.

    UNIT is the unit's id as `queue` prints it, or a unique beginning of it. Approving a stale unit
    says that its translation fits the current source too.
    """
    from bilingual.workflow.review import approve

    newsroom = open_newsroom()
    entry = approve(newsroom, slug, unit, decision(name, shown), final=final)
    return announce(newsroom, slug, entry, as_json=as_json)
