"""``bilingual translate``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from bilingual.cli.meter import Meter
from bilingual.cli.options import (
    counted,
    json_option,
    open_newsroom,
    print_json,
    remark,
    slugs_argument,
)
from bilingual.cli.speech import sentence, tell
from bilingual.model import mark

if TYPE_CHECKING:
    from bilingual.workflow.translate import Progress, TranslateResult


@click.command("translate")
@slugs_argument
@click.option(
    "--engine", metavar="NAME", help=mark("Which engine drafts; else the configured one.")
)
@click.option(
    "--redo",
    metavar="UNIT",
    multiple=True,
    help=mark("Draft this stale unit anew although a person translated it; may be repeated."),
)
@json_option
def command(
    slugs: tuple[str, ...], engine: str | None, redo: tuple[str, ...], *, as_json: bool
) -> int:
    """Draft what has no translation yet, and what is stale.

    Every answer is saved as it arrives: an interrupted run goes on where it ended. A draft that
    loses a link, code or a table's shape is asked for once more and then refused; its unit keeps
    the reason. What a person wrote or approved is left to people.
    """
    from bilingual.workflow.translate import FAILED, translate

    with Meter() as meter:

        def show(progress: Progress) -> None:
            meter.show(progress.done, progress.total, progress.slug)

        result = translate(open_newsroom(), slugs, engine=engine, redo=redo, progress=show)
    if as_json:
        print_json(fields(result))
    else:
        _tell(result)
    broken = any(failure.reason.template == FAILED for failure in result.failures)
    return 3 if broken else 0


def _tell(result: TranslateResult) -> None:
    for failure in result.failures:
        reason = sentence(failure.reason)
        remark(f"{failure.slug} {failure.unit}: {reason}")
    for count, one, many in (
        (result.drafted, mark("{count} unit drafted"), mark("{count} units drafted")),
        (
            result.reused,
            mark("{count} unit filled without the engine"),
            mark("{count} units filled without the engine"),
        ),
        (
            len(result.failures),
            mark("{count} unit without a draft"),
            mark("{count} units without a draft"),
        ),
        (
            result.waiting,
            mark("{count} stale unit is left to a person"),
            mark("{count} stale units are left to a person"),
        ),
    ):
        if count:
            remark(counted(count, one, many))
    if not (result.drafted or result.reused or result.failures):
        remark(tell(mark("nothing to translate")))
    elif result.drafted:
        hint = mark("drafts by {origin}: every one waits for a person (bilingual review)")
        remark(tell(hint).format(origin=result.origin))


def fields(result: TranslateResult) -> dict[str, Any]:
    """Return what ``translate --json`` prints; docs/json.md says what each field is."""
    return {
        "version": 1,
        "drafted": result.drafted,
        "reused": result.reused,
        "waiting": result.waiting,
        "failures": [
            {"slug": each.slug, "unit": each.unit, "reason": str(each.reason)}
            for each in result.failures
        ],
        "origin": result.origin,
        "usage": {
            "prompt": result.usage.prompt,
            "cached": result.usage.cached,
            "completion": result.usage.completion,
            "requests": result.usage.requests,
        },
        "articles": dict(result.articles),
    }
