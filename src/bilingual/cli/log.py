"""``bilingual log``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from bilingual.cli.app.options import (
    json_option,
    open_newsroom,
    print_json,
    remark,
    report,
    slug_argument,
    terminal_columns,
    unit_argument,
)
from bilingual.cli.terminal.safe_text import one_line
from bilingual.cli.terminal.width import cut
from bilingual.i18n import tell
from bilingual.model import N_, State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.model import EarlierTarget
    from bilingual.workflow.log import UnitHistory


@click.command("log")
@slug_argument
@unit_argument
@json_option
def command(slug: str, unit: str, *, as_json: bool) -> int:
    """Show the history of one unit.

    Every translation that it had, who made it and when, and the difference from the one before. A
    text that was only approved is listed once; a unit keeps its last five texts, the last machine
    draft and the last text that a person wrote or approved. Older ones are in git.
    """
    from bilingual.workflow.log import log

    found = log(open_newsroom(), slug, unit)
    if as_json:
        print_json(fields(found))
        return 0
    for line in lines(found, terminal_columns() - 1):
        report(line)
    if not found.targets:
        remark(tell(N_("no translation yet")))
    return 0


def lines(log: UnitHistory, columns: int) -> Iterator[str]:
    """Give the lines that show ``log``, none wider than ``columns``."""
    from bilingual.cli.terminal.lines import change_lines, fact_lines, text_lines

    yield cut(f"{log.slug} {log.entry.id}", columns)
    yield from text_lines(log.entry.source, columns)
    before = ""
    for each in log.targets:
        yield ""
        yield from fact_lines(list(_facts(log, each)), columns, dim=True)
        if before:
            yield from change_lines(before, each.text, columns)
        else:
            yield from text_lines(each.text, columns)
        before = each.text
    for note in log.entry.notes:
        yield ""
        yield from text_lines(note, columns, dim=True)


def _facts(log: UnitHistory, target: EarlierTarget) -> Iterator[str]:
    yield target.made_at or tell(N_("time unknown"))
    yield one_line(target.origin) or tell(N_("origin unknown"))
    when = "" if target.made_at == target.time else f" {target.time}"
    if target.state is State.INITIAL:
        yield tell(N_("reverted by {name}"), name=one_line(target.reviewer)) + when
    elif target.reviewer:
        state, name = tell(str(target.state)), one_line(target.reviewer)
        yield tell(N_("{state} by {name}"), state=state, name=name) + when
    else:
        yield tell(str(target.state))
    if not log.fits(target):
        yield tell(N_("of another source"))


def fields(log: UnitHistory) -> dict[str, Any]:
    """Return what ``log --json`` prints; docs/json.md describes the fields."""
    last = len(log.targets) - 1
    return {
        "version": 1,
        "slug": log.slug,
        "language": log.language,
        "unit": log.entry.id,
        "source": log.entry.source,
        "notes": list(log.entry.notes),
        "targets": [
            {
                "text": each.text,
                "state": str(each.state),
                "origin": each.origin,
                "reviewer": each.reviewer,
                "time": each.time,
                "run": each.made_at,
                "fits": log.fits(each),
                "present": log.present and number == last,
            }
            for number, each in enumerate(log.targets)
        ],
    }
