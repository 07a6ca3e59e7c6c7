"""``bilingual translate``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from bilingual.cli.app.options import (
    Dollars,
    counted,
    json_option,
    open_newsroom,
    print_json,
    remark,
    report,
    slugs_argument,
)
from bilingual.cli.terminal.progress import ProgressLine
from bilingual.i18n import sentence, tell
from bilingual.model import N_

if TYPE_CHECKING:
    from bilingual.workflow.translate import Progress, TranslateResult
    from bilingual.workflow.translate_plan import Once, Plan, PlannedArticle


@click.command("translate")
@slugs_argument
@click.option(
    "--engine", metavar="NAME", help=N_("Engine that drafts; by default the configured one.")
)
@click.option(
    "--redo",
    metavar="WORD",
    multiple=True,
    help=N_(
        "Draft again what has a translation: a unit, what a rule reports, or an origin "
        "(`mt:openai`); may be repeated."
    ),
)
@click.option(
    "--dry-run", is_flag=True, help=N_("Print units, tokens and cost; send and write nothing.")
)
@click.option(
    "--max-cost",
    type=Dollars(),
    metavar="DOLLARS",
    help=N_("Stop before this run could cost more."),
)
@click.option(
    "--batch",
    is_flag=True,
    help=N_(
        "Send the requests as a batch, which costs less and takes up to a day; "
        "`--collect` fetches the answers."
    ),
)
@click.option("--collect", is_flag=True, help=N_("Fetch the finished batches and continue."))
@click.option(
    "--wait",
    is_flag=True,
    help=N_("With `--batch` or `--collect`: check every minute until no batch is under way."),
)
@click.option(
    "--give-up",
    metavar="BATCH",
    multiple=True,
    help=N_("Give up a batch that is under way: its requests may be sent, and billed, again."),
)
@json_option
def command(
    slugs: tuple[str, ...],
    engine: str | None,
    redo: tuple[str, ...],
    max_cost: float | None,
    give_up: tuple[str, ...],
    *,
    dry_run: bool,
    batch: bool,
    collect: bool,
    wait: bool,
    as_json: bool,
) -> int:
    """Draft units without a translation, and stale ones.

    Every answer is saved as it arrives: an interrupted run continues where it ended. Each draft is
    checked; what the checks find is requested again, and a draft that loses a link, code or the
    shape of a table is refused: its unit keeps the reason. What a person wrote or approved is left
    to people.
    """
    from bilingual.cli.output import batches
    from bilingual.workflow.translate import translate
    from bilingual.workflow.translate_plan import plan

    batches.sensible(dry_run=dry_run, batch=batch, collect=collect, wait=wait)
    newsroom = open_newsroom()
    if give_up:
        batches.forget(newsroom, give_up)
        if not (batch or collect):
            return 0
    if dry_run:
        planned = plan(newsroom, slugs, engine=engine, redo=redo, batch=batch)
        if as_json:
            print_json(plan_fields(planned))
        else:
            _tell_plan(planned)
        return 0
    with ProgressLine() as meter:

        def show(progress: Progress) -> None:
            meter.show(progress.done, progress.total, f"{progress.slug} {_bill(progress)}")

        if batch or collect:
            done = batches.run(
                newsroom,
                slugs,
                batches.told(batch=batch, collect=collect, wait=wait),
                engine=engine,
                redo=redo,
                max_cost=max_cost,
                progress=show,
                looked=lambda done, total: meter.show(done, total, tell(N_("in batches"))),
            )
            result = done.translated
        else:
            done = None
            result = translate(
                newsroom, slugs, engine=engine, redo=redo, max_cost=max_cost, progress=show
            )
    if as_json:
        print_json({**fields(result), **batches.fields(done)})
    else:
        _tell(result)
        batches.tell_of(done, result)
    return _exit_code(result) or batches.exit_code(done)


def _exit_code(result: TranslateResult) -> int:
    from bilingual.workflow.translate import FAILED

    if any(failure.reason.template == FAILED for failure in result.failures):
        return 3
    return 1 if result.stopped or result.failures else 0


def _bill(progress: Progress) -> str:
    """Return the tokens and the cost so far; nothing while there are none."""
    whole = progress.usage.prompt + progress.usage.completion
    if not whole:
        return ""
    tokens = tell(N_("{count} tokens"), count=f"{whole:,}")
    return tokens if not progress.cost else f"{tokens} ${progress.cost:.4f}"


def _tell(result: TranslateResult) -> None:
    for failure in result.failures:
        reason = sentence(failure.reason)
        remark(f"{failure.slug} {failure.unit}: {reason}")
    for count, one, many in (
        (result.drafted, N_("{count} unit drafted"), N_("{count} units drafted")),
        (
            result.reused,
            N_("{count} unit filled without the engine"),
            N_("{count} units filled without the engine"),
        ),
        (
            len(result.failures),
            N_("{count} unit without a draft"),
            N_("{count} units without a draft"),
        ),
        (
            result.waiting,
            N_("{count} stale unit is left to a person"),
            N_("{count} stale units are left to a person"),
        ),
    ):
        if count:
            remark(counted(count, one, many))
    if result.repair.found:
        asked = N_("asking again removed {removed} of {found} problems in {units} drafts")
        repair = result.repair
        removed = max(repair.found - repair.left, 0)
        remark(tell(asked, removed=removed, found=repair.found, units=repair.units))
    if result.usage.requests:
        remark(_used(result))
    if result.stopped:
        remark(sentence(result.stopped))
        left = counted(result.left, N_("{count} unit is left"), N_("{count} units are left"))
        remark(left)
    settled = result.drafted or result.reused or result.failures
    if not (settled or result.stopped or result.deferred):
        remark(tell(N_("nothing to translate")))
    elif result.drafted:
        hint = N_("drafts by {origin}: all wait for review (`bilingual review`)")
        remark(tell(hint, origin=result.origin))
        back = N_("this run is {run}: `bilingual revert --run {run}` reverts it")
        remark(tell(back, run=result.run))


def _used(run: TranslateResult | Plan | Once) -> str:
    usage = run.usage
    template = N_("{requests}, {prompt} tokens in ({cached} cached), {completion} out")
    line = tell(
        template,
        requests=_requests(usage.requests),
        prompt=f"{usage.prompt:,}",
        cached=f"{usage.cached:,}",
        completion=f"{usage.completion:,}",
    )
    return f"{line}, {_dollars(run.cost)}"


def _requests(count: int) -> str:
    return counted(count, N_("{count:,} request"), N_("{count:,} requests"))


def _dollars(cost: float | None) -> str:
    return tell(N_("cost unknown")) if cost is None else f"${cost:.4f}"


def _tell_plan(planned: Plan) -> None:
    for slug, each in planned.articles.items():
        if not each.units:
            continue
        template = N_(
            "{slug}: {units}, {reused} without the engine, {journalled} paid for already, "
            "{requests}, {prompt} tokens in, {completion} out, {cost}"
        )
        line = tell(
            template,
            slug=slug,
            units=counted(each.units, N_("{count:,} unit"), N_("{count:,} units")),
            reused=each.reused,
            journalled=each.journalled,
            requests=_requests(each.usage.requests),
            prompt=f"{each.usage.prompt:,}",
            completion=f"{each.usage.completion:,}",
            cost=_dollars(each.cost),
        )
        report(line)
    flying = sum(each.pending for each in planned.articles.values())
    if flying:
        one = N_("{count} unit comes with a batch under way")
        report(counted(flying, one, N_("{count} units come with batches under way")))
    if not planned.usage.requests:
        report(tell(N_("nothing to send")))
        return
    _tell_whole(planned)
    cached = N_("{share} of the tokens in can come from the provider's cache")
    report(tell(cached, share=f"{planned.cacheable:.0%}"))
    if planned.cost is None:
        hint = N_("no price is known for {origin}: set `price` in the engine's table")
        remark(tell(hint, origin=planned.origin))


def _tell_whole(planned: Plan) -> None:
    """Say what all of it takes: asked once, and with what is usually asked again."""
    once = N_("{used}: if every unit is requested once")
    report(tell(once, used=_used(planned.once)))
    if planned.learned is None:
        unknown = N_(
            "drafts that the checks refuse are requested again, which is not included: too "
            "few answers of {origin} are known yet"
        )
        report(tell(unknown, origin=planned.origin))
    elif planned.learned:
        whole = N_("{used}: with the usual repeats (from the last {units} units)")
        used = _used(planned)
        report(tell(whole, used=used, units=planned.learned))


def plan_fields(planned: Plan) -> dict[str, Any]:
    """Return what ``translate --dry-run --json`` prints; docs/json.md describes the fields."""
    return {
        "version": 1,
        "origin": planned.origin,
        "usage": usage_fields(planned),
        "cost": planned.cost,
        "once": {"usage": usage_fields(planned.once), "cost": planned.once.cost},
        "again": None if planned.learned is None else {"units": planned.learned},
        "cacheable": round(planned.cacheable, 4),
        "articles": [
            {
                "slug": slug,
                "units": each.units,
                "reused": each.reused,
                "journalled": each.journalled,
                "flying": each.pending,
                "usage": usage_fields(each),
                "cost": each.cost,
            }
            for slug, each in planned.articles.items()
        ],
    }


def fields(result: TranslateResult) -> dict[str, Any]:
    """Return what ``translate --json`` prints; docs/json.md describes the fields."""
    return {
        "version": 1,
        "run": result.run,
        "drafted": result.drafted,
        "reused": result.reused,
        "waiting": result.waiting,
        "left": result.left,
        "deferred": result.deferred,
        "stopped": str(result.stopped or ""),
        "failures": [
            {"slug": each.slug, "unit": each.unit, "reason": str(each.reason)}
            for each in result.failures
        ],
        "repair": {
            "units": result.repair.units,
            "found": result.repair.found,
            "left": result.repair.left,
        },
        "origin": result.origin,
        "usage": usage_fields(result),
        "cost": result.cost,
        "articles": dict(result.articles),
    }


def usage_fields(run: TranslateResult | Plan | PlannedArticle | Once) -> dict[str, int]:
    """Return the tokens and requests of ``run`` by name."""
    usage = run.usage
    return {
        "prompt": usage.prompt,
        "cached": usage.cached,
        "completion": usage.completion,
        "requests": usage.requests,
    }
