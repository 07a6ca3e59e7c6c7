"""``bilingual segment``."""

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
from bilingual.i18n import tell
from bilingual.model import N_

if TYPE_CHECKING:
    from bilingual.workflow.segment import SegmentResult

FATES = {
    "new": N_("new: {count}"),
    "kept": N_("kept: {count}"),
    "moved": N_("moved: {count}"),
    "stale": N_("stale: {count}"),
    "accepted": N_("accepted: {count}"),
    "gone": N_("gone: {count}"),
    "restored": N_("restored: {count}"),
}
"""What may become of a unit, in the order of the report."""


@click.command("segment")
@slugs_argument
@click.option(
    "--check", is_flag=True, help=N_("Write nothing; exit with 1 if a catalog is out of date.")
)
@click.option(
    "--trivial",
    is_flag=True,
    help=N_("Edits that change no meaning (typos) keep their translations approved."),
)
@json_option
def command(slugs: tuple[str, ...], *, check: bool, trivial: bool, as_json: bool) -> int:
    """Update catalogs from their articles.

    A unit keeps its id, its translation and its notes when text around it changes; when its own
    text changes, its translation is stale until somebody reviews it.
    """
    from bilingual.workflow.segment import segment

    done = segment(open_newsroom(), slugs, check=check, trivial=trivial)
    outdated = [each for each in done if not each.current]
    if as_json:
        print_json({"version": 1, "articles": [fields(each) for each in done]})
    else:
        for each in done:
            report(line(each))
        if check and outdated:
            names = " ".join(each.slug for each in outdated)
            remark(tell(N_("run `bilingual segment {slugs}`"), slugs=names))
    return 1 if check and outdated else 0


def line(done: SegmentResult) -> str:
    """Return one line: the article, how many units it has, and what became of them."""
    units = counted(done.units, N_("{count} unit"), N_("{count} units"))
    counts = {name: getattr(done, name) for name in FATES}
    said = [tell(FATES[name], count=count) for name, count in counts.items() if count]
    if done.renamed:
        said.append(tell(N_("was {slug}"), slug=done.renamed))
    fates = f"  ({', '.join(said)})" if said else ""
    return f"{done.slug} → {done.language}  {units}{fates}"


def fields(done: SegmentResult) -> dict[str, Any]:
    """Return what ``segment --json`` prints of ``done``; docs/json.md describes the fields."""
    return {
        "slug": done.slug,
        "path": done.path,
        "language": done.language,
        "units": done.units,
        **{name: getattr(done, name) for name in FATES},
        "current": done.current,
        "renamed": done.renamed,
    }
