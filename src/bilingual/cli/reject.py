"""``bilingual reject``."""

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


@click.command("reject")
@slug_argument
@unit_argument
@click.option("--reason", metavar="TEXT", default="", help=N_("Reason; kept as a note."))
@reviewer_option
@seen_option
@json_option
def command(
    slug: str,
    unit: str,
    reason: str,
    name: str | None,
    shown: str,
    *,
    as_json: bool,
) -> int:
    """Reject the draft of one unit, with a reason.

    The unit then has no translation, and the next `translate` drafts it again.
    """
    from bilingual.workflow.review import reject

    newsroom = open_newsroom()
    entry = reject(newsroom, slug, unit, reason, decision(name, shown))
    return announce(newsroom, slug, entry, as_json=as_json)
