"""``bilingual merge-driver``: called by git, as ``init`` sets up."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("merge-driver")
@click.argument("base", type=click.Path(path_type=Path))
@click.argument("ours", type=click.Path(path_type=Path))
@click.argument("theirs", type=click.Path(path_type=Path))
def command(base: Path, ours: Path, theirs: Path) -> int:
    """Merge two versions of a catalog for git.

    BASE, OURS and THEIRS are the files that git names %O, %A and %B; the result is written to OURS.
    A unit on which the two sides decided differently waits for review with both translations.
    """
    from bilingual.workflow.merge_driver import merge_driver

    merge_driver(base, ours, theirs)
    return 0
