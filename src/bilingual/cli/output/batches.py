"""What ``bilingual translate`` says and takes about batches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bilingual.cli.app.options import counted, remark
from bilingual.errors import UsageError
from bilingual.i18n import tell
from bilingual.model import N_, msg

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bilingual.newsroom import Newsroom
    from bilingual.workflow.batches.results import Collected
    from bilingual.workflow.translate import Progress, TranslateResult
    from bilingual.workflow.translate_batch import BatchOptions, BatchResult

STATUS = {
    "completed": N_("completed"),
    "failed": N_("failed"),
    "expired": N_("expired"),
    "cancelled": N_("cancelled"),
}


def sensible(*, dry_run: bool, batch: bool, collect: bool, wait: bool) -> None:
    """Raise ``UsageError`` for options that make no sense together."""
    if wait and not (batch or collect):
        raise UsageError(msg("`--wait` needs a batch"), hint=msg("add `--batch` or `--collect`"))
    if dry_run and collect:
        raise UsageError(
            msg("`--dry-run` and `--collect` cannot be combined"), hint=msg("use one of the two")
        )


def told(*, batch: bool, collect: bool, wait: bool) -> BatchOptions:
    """Return the options as ``workflow.batch`` takes them."""
    from bilingual.workflow.translate_batch import BatchOptions

    return BatchOptions(submit=batch, collect=collect, wait=wait)


def forget(newsroom: Newsroom, keys: Sequence[str]) -> None:
    """Give up the batches ``keys``."""
    from bilingual.workflow.translate_batch import give_up

    freed = give_up(newsroom, keys)
    one = N_("{count} request may be sent again")
    remark(counted(freed, one, N_("{count} requests may be sent again")))


def run(
    newsroom: Newsroom,
    slugs: Sequence[str],
    what: BatchOptions,
    *,
    engine: str | None,
    redo: Sequence[str],
    max_cost: float | None,
    progress: Callable[[Progress], None],
    looked: Callable[[int, int], None],
) -> BatchResult:
    """Do it."""
    from bilingual.workflow.translate_batch import translate_in_batches

    return translate_in_batches(
        newsroom,
        slugs,
        what,
        engine=engine,
        redo=redo,
        max_cost=max_cost,
        progress=progress,
        looked=looked,
    )


def tell_of(done: BatchResult | None, result: TranslateResult) -> None:
    """Say what came, what went, and what still waits."""
    if done is None:
        if result.deferred:
            _waiting(result.deferred)
        return
    for came in done.collected:
        _came(came)
    for went in done.submitted:
        template = N_(
            "batch {key} submitted: {requests} requests for {units} units, at most {cost}"
        )
        cost = tell(N_("cost unknown")) if result.cost is None else f"${went.cost:.4f}"
        remark(tell(template, key=went.key, requests=went.requests, units=went.units, cost=cost))
    if done.unused:
        one = N_("{count} answer fits no unit any more: it stays in the journal")
        many = N_("{count} answers fit no unit any more: they stay in the journal")
        remark(counted(done.unused, one, many))
    if done.pending.units:
        _waiting(done.pending.units)
    if done.queued:
        one = N_("{count} unit is in no batch yet: run `bilingual translate --batch`")
        many = N_("{count} units are in no batch yet: run `bilingual translate --batch`")
        remark(counted(done.queued, one, many))
    for url in done.elsewhere:
        template = N_("the batches at {url} wait until the engine has that address again")
        remark(tell(template, url=url))


def fields(done: BatchResult | None) -> dict[str, Any]:
    """Return what ``translate --json`` prints of batches; nothing for a run without them."""
    if done is None:
        return {}
    flying = done.pending
    return {
        "batches": {
            "collected": [
                {
                    "key": each.key,
                    "id": each.id,
                    "status": each.status,
                    "answered": each.answered,
                    "failed": each.failed,
                    "refused": each.refused,
                    "unknown": each.unknown,
                    "missing": each.missing,
                    "said": each.said,
                    "cost": each.cost,
                }
                for each in done.collected
            ],
            "submitted": [
                {
                    "key": each.key,
                    "id": each.id,
                    "requests": each.requests,
                    "units": each.units,
                    "most": each.cost,
                }
                for each in done.submitted
            ],
            "flying": {
                "batches": flying.batches,
                "requests": flying.requests,
                "units": flying.units,
            },
            "wanted": done.queued,
            "unused": done.unused,
            "elsewhere": list(done.elsewhere),
        }
    }


def exit_code(done: BatchResult | None) -> int:
    """Return 3 when the server refused a whole batch, or keeps answers back: nothing is lost."""
    if done is None:
        return 0
    last = {each.key: each for each in done.collected}
    return 3 if any(each.status == "failed" or each.missing for each in last.values()) else 0


def _came(came: Collected) -> None:
    """Say what a batch brought, and what it did not."""
    if came.missing:
        template = N_(
            "batch {key} {status}: {answered} answers arrived, and the server counts "
            "{missing} more: it stays under way, so that nothing is billed twice — collect "
            "again later, or send the rest again with `bilingual translate --give-up {key}`"
        )
    else:
        template = N_(
            "batch {key} {status}: {answered} answers, {failed} to send again, {refused} refused"
        )
    words = tell(
        template,
        key=came.key,
        status=tell(STATUS.get(came.status, came.status)),
        answered=came.answered,
        failed=came.failed,
        refused=came.refused,
        missing=came.missing,
    )
    remark(f"{words}: {came.said}" if came.said else words)
    if came.unknown:
        one = N_("{count} line of its results belongs to no request")
        remark(counted(came.unknown, one, N_("{count} lines of its results belong to no request")))


def _waiting(units: int) -> None:
    one = N_("{count} unit waits for a batch: `bilingual translate --collect` fetches it")
    many = N_("{count} units wait for batches: `bilingual translate --collect` fetches them")
    remark(counted(units, one, many))
