"""``bilingual edit``."""

from __future__ import annotations

import sys

import click

from bilingual.cli.app.options import (
    json_option,
    on_terminal,
    open_newsroom,
    remark,
    reviewer_option,
    seen_option,
    slug_argument,
    unit_argument,
)
from bilingual.cli.app.reviewer import decision
from bilingual.cli.output.decision import announce
from bilingual.cli.terminal.editor import write
from bilingual.i18n import tell
from bilingual.model import N_


@click.command("edit")
@slug_argument
@unit_argument
@click.option("--text", metavar="TEXT", help=N_("The translation, as Markdown."))
@reviewer_option
@seen_option
@json_option
def command(
    slug: str,
    unit: str,
    text: str | None,
    name: str | None,
    shown: str,
    *,
    as_json: bool,
) -> int:
    """Write the translation of one unit.

    Without `--text`, `$VISUAL` or `$EDITOR` opens with the source above the translation; without a
    terminal, the translation is read from standard input. It counts as reviewed.
    """
    from bilingual.workflow.queue import fingerprint
    from bilingual.workflow.review import edit, find, normalise

    newsroom = open_newsroom()
    if text is None and on_terminal():
        entry = find(newsroom, slug, unit)
        written = write(entry, newsroom.article(slug).language)
        if written is None or normalise(written) == entry.target.text:
            remark(tell(N_("nothing changed")))
            return 0
        text, unit, shown = written, entry.id, shown or fingerprint(entry)
    elif text is None:
        text = sys.stdin.read()
    entry = edit(newsroom, slug, unit, text, decision(name, shown))
    return announce(newsroom, slug, entry, as_json=as_json)
