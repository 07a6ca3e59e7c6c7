"""``bilingual stats``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from bilingual.cli.app.options import (
    json_option,
    open_newsroom,
    print_json,
    remark,
    report,
    slugs_argument,
)
from bilingual.cli.terminal.safe_text import one_line
from bilingual.cli.terminal.width import aligned
from bilingual.clock import timestamp
from bilingual.i18n import tell
from bilingual.model import N_

if TYPE_CHECKING:
    from bilingual.workflow.stats import ArticleStats, DraftingCost, Drafts, OriginStats, Stats

UNKNOWN = "?"
NONE = "-"


@click.command("stats")
@slugs_argument
@json_option
def command(slugs: tuple[str, ...], *, as_json: bool) -> int:
    """Show what drafts cost and how much reviewers changed them.

    By article, and by engine and model: units, words, what was decided about the drafts, the share
    of their text that was changed before approval, hours from draft to approval (or waiting so
    far), tokens and cost. An engine's cost per 1,000 words counts all its drafts, including those
    that were replaced.
    """
    from bilingual.workflow.stats import stats

    found = stats(open_newsroom(), slugs, now=timestamp())
    if as_json:
        print_json(fields(found))
        return 0
    for line in aligned([_head(N_("article")), *map(_article, found.articles)]):
        report(line)
    if found.origins:
        report("")
        for line in aligned([_head(N_("origin")), *map(_origin, found.origins)]):
            report(line)
    if found.evaluation.usage.requests:
        said = N_("evaluations: {requests} requests, {cost}")
        requests, cost = found.evaluation.usage.requests, _money(found.evaluation.cost)
        remark(tell(said, requests=requests, cost=cost))
    bills = [*(each.bill for each in found.articles), *(each.bill for each in found.origins)]
    if any(bill.cost is None for bill in bills):
        unknown = N_(
            "{mark}: not known; an answer is missing in the journal, or a model has no price"
        )
        remark(tell(unknown, mark=UNKNOWN))
    return 0


def _head(first: str) -> list[str]:
    words = (
        N_("units"), N_("words"), N_("waiting"), N_("as drafted"), N_("edited"),
        N_("rejected"), N_("reverted"), N_("changed"), N_("hours"), N_("tokens"),
        N_("cost"), N_("1,000 words"),
    )  # fmt: skip
    return [tell(first), *map(tell, words)]


def _article(each: ArticleStats) -> list[str]:
    counts = [str(each.units), str(each.words)]
    return [each.slug, *counts, *_fates(each.drafts), *_cost(each.bill, each.drafts.words)]


def _origin(each: OriginStats) -> list[str]:
    counts = [str(each.drafts.units), str(each.drafts.words)]
    cost = _cost(each.bill, each.drafted)
    return [one_line(each.origin), *counts, *_fates(each.drafts), *cost]


def _fates(drafts: Drafts) -> list[str]:
    counts = (drafts.waiting, drafts.unchanged, drafts.edited, drafts.rejected, drafts.reverted)
    change = NONE if drafts.change is None else f"{drafts.change:.0%}"
    hours = drafts.age if drafts.hours is None else drafts.hours
    return [*map(str, counts), change, NONE if hours is None else f"{hours:.1f}"]


def _cost(bill: DraftingCost, words: int) -> list[str]:
    tokens = bill.usage.prompt + bill.usage.completion
    if bill.cost is None:
        return [str(tokens), UNKNOWN, UNKNOWN]
    return [str(tokens), _money(bill.cost), _money(bill.per_thousand(words))]


def _money(cost: float | None) -> str:
    return UNKNOWN if cost is None else f"${cost:.4f}"


def fields(stats: Stats) -> dict[str, Any]:
    """Return what ``stats --json`` prints; docs/json.md describes the fields."""
    return {
        "version": 1,
        "articles": [
            {
                "slug": each.slug,
                "path": each.path,
                "source_language": each.source_language,
                "language": each.target_language,
                "units": each.units,
                "words": each.words,
                "approved": each.approved,
                "drafts": _draft_fields(each.drafts),
                "bill": _bill_fields(each.bill, each.drafts.words),
            }
            for each in stats.articles
        ],
        "origins": [
            {
                "origin": each.origin,
                "drafts": _draft_fields(each.drafts),
                "bill": _bill_fields(each.bill, each.drafted),
            }
            for each in stats.origins
        ],
        "evaluation": _bill_fields(stats.evaluation, 0),
    }


def _draft_fields(drafts: Drafts) -> dict[str, Any]:
    return {
        "units": drafts.units,
        "words": drafts.words,
        "waiting": drafts.waiting,
        "unchanged": drafts.unchanged,
        "edited": drafts.edited,
        "rejected": drafts.rejected,
        "reverted": drafts.reverted,
        "change": drafts.change,
        "hours": drafts.hours,
        "age": drafts.age,
    }


def _bill_fields(bill: DraftingCost, words: int) -> dict[str, Any]:
    return {
        "requests": bill.usage.requests,
        "prompt": bill.usage.prompt,
        "cached": bill.usage.cached,
        "completion": bill.usage.completion,
        "cost": bill.cost,
        "words": words,
        "cost_per_1000_words": bill.per_thousand(words),
    }
