"""``bilingual comment``."""

from __future__ import annotations

import click

from bilingual.cli.app.options import (
    json_option,
    open_newsroom,
    reviewer_option,
    slug_argument,
    unit_argument,
)
from bilingual.cli.app.reviewer import decision
from bilingual.cli.output.decision import announce


@click.command("comment")
@slug_argument
@unit_argument
@click.argument("text")
@reviewer_option
@json_option
def command(slug: str, unit: str, text: str, name: str | None, *, as_json: bool) -> int:
    """Leave a note on one unit.

    The note is in the catalog with your name, where every PO editor shows it; the translation and
    its state do not change.
    """
    from bilingual.workflow.review import comment

    newsroom = open_newsroom()
    entry = comment(newsroom, slug, unit, text, decision(name))
    return announce(newsroom, slug, entry, as_json=as_json)
