"""``bilingual revert``."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from bilingual.cli.app.options import (
    counted,
    json_option,
    open_newsroom,
    print_json,
    remark,
    report,
    reviewer_option,
    slugs_argument,
)
from bilingual.cli.app.reviewer import decision
from bilingual.cli.terminal.safe_text import one_line
from bilingual.cli.terminal.width import cut
from bilingual.i18n import tell
from bilingual.model import N_

if TYPE_CHECKING:
    from bilingual.workflow.revert import RevertedTarget, RevertResult


@click.command("revert")
@slugs_argument
@click.option(
    "--origin",
    default="",
    metavar="ORIGIN",
    help=N_(
        "Origin: `mt:openai`, `mt:openai/MODEL`, `mt:`, `import:FILE`, `tm:`, `tm:100`, or "
        "`unit:SLUG/UNIT` for what the memory took from that unit."
    ),
)
@click.option(
    "--run",
    default="",
    metavar="TIME",
    help=N_("Only what the run that began at this time added."),
)
@click.option(
    "--since", default="", metavar="TIME", help=N_("Only what was made at this time or later.")
)
@click.option(
    "--approved",
    is_flag=True,
    help=N_("Revert approved units too; by default they are only listed."),
)
@click.option("--dry-run", is_flag=True, help=N_("List what would be reverted; change nothing."))
@reviewer_option
@json_option
def command(
    slugs: tuple[str, ...],
    origin: str,
    run: str,
    since: str,
    name: str | None,
    *,
    approved: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Revert what one run, engine or import added.

    Each unit returns to its previous translation if that fits the current source; otherwise it has
    none, and the next `translate` drafts it again. Reverted texts stay in the unit's history. An
    imported memory is removed together with what it filled in. Look first with `--dry-run`.
    """
    from bilingual.workflow.revert import RevertSelection, parse_time, revert

    wanted = RevertSelection(
        origin, parse_time(run) if run else "", parse_time(since) if since else "", approved
    )
    result = revert(open_newsroom(), slugs, wanted, decision(name), dry_run=dry_run)
    if as_json:
        print_json(fields(result))
        return 0
    for each in (*result.taken, *result.left):
        report(line(each, kept=each in result.left))
    _tell(result, dry_run=dry_run)
    return 0


def line(each: RevertedTarget, *, kept: bool) -> str:
    """Return one line: slug, unit, run, origin, what becomes of it, and how its text begins."""
    target = each.entry.target
    if kept:
        fate = tell(N_("kept: approved by {name}"), name=one_line(target.reviewer))
    elif each.back.text:
        fate = tell(N_("back to {origin}"), origin=one_line(each.back.origin))
    else:
        fate = tell(N_("back to no translation"))
    text = cut(one_line(target.text), 40)
    return f"{each.slug} {each.entry.id}  {each.run}  {one_line(target.origin)}  {fate}  {text}"


def _tell(result: RevertResult, *, dry_run: bool) -> None:
    runs = Counter((each.run, each.group) for each in result.taken)
    for (run, origin), count in sorted(runs.items()):
        said = N_("run {run} of {origin}: {count}")
        remark(tell(said, run=run or "?", origin=one_line(origin) or "?", count=count))
    taken = len(result.taken)
    if dry_run:
        one, many = N_("{count} unit would be reverted"), N_("{count} units would be reverted")
    else:
        one, many = N_("{count} unit reverted"), N_("{count} units reverted")
    remark(counted(taken, one, many))
    for path in result.memories:
        said = N_("would be deleted: {path}") if dry_run else N_("deleted: {path}")
        remark(tell(said, path=path))
    if result.left:
        one = N_("{count} unit is kept, because a person approved it (`--approved` reverts it too)")
        many = N_(
            "{count} units are kept, because a person approved them (`--approved` reverts them too)"
        )
        remark(counted(len(result.left), one, many))


def fields(result: RevertResult) -> dict[str, Any]:
    """Return what ``revert --json`` prints; docs/json.md describes the fields."""
    return {
        "version": 1,
        "taken": [_fields(each) for each in result.taken],
        "left": [_fields(each) for each in result.left],
        "memories": list(result.memories),
    }


def _fields(each: RevertedTarget) -> dict[str, Any]:
    target = each.entry.target
    return {
        "slug": each.slug,
        "language": each.language,
        "unit": each.entry.id,
        "origin": target.origin,
        "run": each.run,
        "state": str(target.state),
        "target": target.text,
        "back": {
            "target": each.back.text,
            "state": str(each.back.state),
            "origin": each.back.origin,
        },
    }
