"""``bilingual evaluate``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from bilingual.cli.app.options import (
    Dollars,
    json_option,
    open_newsroom,
    print_json,
    remark,
    report,
    slugs_argument,
)
from bilingual.cli.terminal.progress import ProgressLine
from bilingual.cli.terminal.safe_text import one_line
from bilingual.cli.terminal.width import aligned
from bilingual.i18n import tell
from bilingual.model import N_

if TYPE_CHECKING:
    from bilingual.workflow.evaluate import Evaluated, Evaluation
    from bilingual.workflow.evaluation.trial import Trial

NONE, UNKNOWN = "-", "?"


@click.command("evaluate")
@slugs_argument
@click.option(
    "--engine",
    "engines",
    metavar="NAME",
    multiple=True,
    help=N_(
        "Engine to measure, as NAME or NAME/MODEL; may be repeated. By default the configured one."
    ),
)
@click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(min=1),
    default=100,
    show_default=True,
    help=N_("Number of approved units to draft; the same for every engine."),
)
@click.option(
    "--seed",
    metavar="N",
    type=int,
    default=0,
    show_default=True,
    help=N_("Seed of the random sample of units."),
)
@click.option(
    "--max-cost",
    metavar="DOLLARS",
    type=Dollars(),
    help=N_("Most that each engine may cost."),
)
@json_option
def command(
    slugs: tuple[str, ...],
    engines: tuple[str, ...],
    limit: int,
    seed: int,
    max_cost: float | None,
    *,
    as_json: bool,
) -> int:
    """Measure engines by approved translations.

    Each engine drafts the same approved units without seeing their translations. The table shows
    how close its drafts are to them (chrF++, BLEU), how many glossary terms they keep, what the
    checks find (errors and warnings per 100 units), and cost and time; the approved translations
    have a row of their own. An engine that fails has no row and stops no other; the exit code
    reports it. No catalog is changed, and answers are billed once.
    """
    from bilingual.workflow.evaluate import evaluate

    with ProgressLine() as meter:
        found = evaluate(
            open_newsroom(),
            slugs,
            engines=engines,
            limit=limit,
            seed=seed,
            max_cost=max_cost,
            progress=lambda name, done, total: meter.show(done, total, name),
        )
    if as_json:
        print_json(fields(found))
        return _failed(found)
    for line in table(found):
        report(line)
    if any(each.own for each in found.rows):
        own = N_(
            "own: units whose approved translation is this engine's own draft; they "
            "raise its scores"
        )
        remark(tell(own))
    return _failed(found)


def _failed(found: Evaluation) -> int:
    """Say which engines have no row, and why; return the exit code of the first, 0 without one."""
    from bilingual.cli.app.program import verdict

    verdicts = [(each.engine, *verdict(each.error)) for each in found.failures]
    for engine, why, _ in verdicts:
        remark(tell(N_("{engine} has no row: {why}"), engine=engine, why=why))
    return next((code for *_, code in verdicts), 0)


def table(found: Evaluation) -> list[str]:
    """Return the lines of both tables."""
    head = (
        N_("engine"), N_("languages"), N_("units"), "chrF++", "BLEU", N_("terms"),
        N_("errors/100"), N_("warnings/100"), N_("refused"), N_("asked again"), N_("own"),
    )  # fmt: skip
    costs = (
        N_("engine"), N_("requests"), N_("from the journal"), N_("tokens"), N_("cost"),
        N_("1,000 words"), N_("seconds"),
    )  # fmt: skip
    words = sum(each.words for each in found.rows if not each.scores)
    # Engines are compared in one direction: scores of the two cannot be compared.
    directions = dict.fromkeys((each.source_language, each.target_language) for each in found.rows)
    rows = [
        _row(each)
        for direction in directions
        for each in found.rows
        if (each.source_language, each.target_language) == direction
    ]
    return [
        *aligned([[tell(word) for word in head], *rows]),
        "",
        *aligned([[tell(word) for word in costs], *(_took(each, words) for each in found.trials)]),
    ]


def _row(each: Evaluated) -> list[str]:
    quality = each.quality
    kept = f"{quality.terms_kept / quality.terms:.0%}" if quality.terms else NONE
    return [
        each.engine if each.scores else tell(N_("approved")),
        f"{each.source_language} → {each.target_language}",
        str(each.units),
        f"{each.scores.chrf:.1f}" if each.scores else NONE,
        f"{each.scores.bleu:.1f}" if each.scores else NONE,
        kept,
        f"{100 * quality.errors / each.units:.0f}",
        f"{100 * quality.warnings / each.units:.0f}",
        str(each.refused),
        str(each.repaired),
        str(each.own),
    ]


def _took(each: Trial, words: int) -> list[str]:
    return [
        _named(each),
        str(each.requests),
        str(each.reused),
        f"{each.usage.prompt + each.usage.completion:,}",
        UNKNOWN if each.cost is None else f"${each.cost:.4f}",
        UNKNOWN if each.cost is None or not words else f"${1000 * each.cost / words:.4f}",
        NONE if each.seconds is None else f"{each.seconds:.1f}",
    ]


def _named(each: Trial) -> str:
    """Return the engine of a trial with its origin, where its name alone is not unique."""
    origin = one_line(each.origin)
    return each.engine if origin == f"mt:{each.engine}" else f"{each.engine} ({origin})"


def fields(found: Evaluation) -> dict[str, Any]:
    """Return what ``evaluate --json`` prints; docs/json.md describes the fields."""
    return {
        "version": 1,
        "rows": [
            {
                "engine": each.engine,
                "origin": each.origin,
                "source_language": each.source_language,
                "language": each.target_language,
                "units": each.units,
                "words": each.words,
                "own": each.own,
                "refused": each.refused,
                "repaired": each.repaired,
                "chrf": round(each.scores.chrf, 4) if each.scores else None,
                "bleu": round(each.scores.bleu, 4) if each.scores else None,
                "signatures": list(each.scores.signatures) if each.scores else [],
                "terms": each.quality.terms,
                "terms_kept": each.quality.terms_kept,
                "errors": each.quality.errors,
                "warnings": each.quality.warnings,
            }
            for each in found.rows
        ],
        "trials": [
            {
                "engine": each.engine,
                "origin": each.origin,
                "requests": each.requests,
                "reused": each.reused,
                "prompt": each.usage.prompt,
                "cached": each.usage.cached,
                "completion": each.usage.completion,
                "cost": each.cost,
                "seconds": each.seconds,
            }
            for each in found.trials
        ],
        "failures": [{"engine": each.engine, "reason": str(each.error)} for each in found.failures],
    }
