"""``bilingual absorb``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from bilingual.cli.app.options import (
    counted,
    json_option,
    open_newsroom,
    print_json,
    remark,
    reviewer_option,
    slug_argument,
)
from bilingual.cli.app.reviewer import decision
from bilingual.errors import UsageError
from bilingual.model import N_, msg


@click.command("absorb")
@slug_argument
@click.argument(
    "file", metavar="[FILE]", required=False, type=click.Path(path_type=Path, allow_dash=True)
)
@reviewer_option
@json_option
def command(slug: str, file: Path | None, name: str | None, *, as_json: bool) -> int:
    """Take an edited translation back into its catalog.

    FILE (default: the published one; `-` is standard input) is the whole target article, as `merge`
    prints it or `publish` writes it, with edits. Each changed unit becomes reviewed, by you. A file
    whose structure differs from the source is refused.
    """
    from bilingual.newsroom import reading
    from bilingual.workflow.absorb import absorb
    from bilingual.workflow.publishing import published_edits

    newsroom = open_newsroom()
    path = "" if file is None else str(file)
    if path == "-":
        content = sys.stdin.buffer.read()
    else:
        if not path:
            language = newsroom.target_language(newsroom.article(slug))
            place = newsroom.root / published_edits.published_path(newsroom, slug, language)
            path = os.path.relpath(place)
        try:
            content = reading.read(Path(path), path)
        except FileNotFoundError as error:
            raise UsageError(
                msg("no such file to absorb")
                if file
                else msg("not published yet: there is no file to absorb"),
                path=path,
                hint=msg("name the edited file: `bilingual absorb {slug} FILE`", slug=slug),
            ) from error
    by = decision(name)
    done = absorb(newsroom, slug, reading.text(content, path), by.by, by.time, path=path)
    if as_json:
        print_json(
            {
                "version": 1,
                "slug": done.slug,
                "language": done.language,
                "changed": list(done.changed),
                "unchanged": list(done.unchanged),
                "missing": list(done.missing),
            }
        )
        return 0
    for count, one, many in (
        (len(done.changed), N_("{count} unit changed"), N_("{count} units changed")),
        (len(done.unchanged), N_("{count} unit as before"), N_("{count} units as before")),
        (
            len(done.missing),
            N_("{count} unit without translation"),
            N_("{count} units without translation"),
        ),
    ):
        remark(counted(count, one, many))
    return 0
