"""``bilingual publish``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from bilingual import clock
from bilingual.cli.app.options import (
    counted,
    json_option,
    open_newsroom,
    print_json,
    remark,
    report,
    slugs_argument,
)
from bilingual.i18n import sentence, tell
from bilingual.model import N_

if TYPE_CHECKING:
    from bilingual.workflow.publish import BlockedArticle, PublishResult

LISTED = 20
"""Obstacles of one article that are listed; the rest is counted."""


@click.command("publish")
@slugs_argument
@click.option("--draft", is_flag=True, help=N_("Publish what is not ready too, marked as draft."))
@json_option
def command(slugs: tuple[str, ...], *, draft: bool, as_json: bool) -> int:
    """Publish pairs: both languages, or nothing.

    A pair is published when every unit is approved for its current source and no finding is an
    error. For the others, the reasons are listed with their lines, and nothing is written. Without
    SLUG, every completely translated article has to pass.
    """
    from bilingual.workflow.publish import publish

    result = publish(open_newsroom(), slugs, draft=draft, today=clock.now().date())
    if as_json:
        print_json(fields(result))
    else:
        for refused in result.refused:
            _tell_refusal(refused)
        _tell_result(result)
    return 0 if result.ok else 1


def _tell_refusal(refused: BlockedArticle) -> None:
    """Print each obstacle of one pair, as a place a person can go to."""
    for obstacle in refused.obstacles[:LISTED]:
        unit = f" [{obstacle.unit}]" if obstacle.unit else ""
        excerpt = f" “{obstacle.excerpt}”" if obstacle.excerpt else ""
        report(f"{refused.path}:{obstacle.line}:{unit} {sentence(obstacle.reason)}{excerpt}")
    rest = len(refused.obstacles) - LISTED
    if rest > 0:
        report(tell(N_("{path}: and {count} more"), path=refused.path, count=rest))


def _tell_result(result: PublishResult) -> None:
    for template, slugs in (
        (N_("published: {slugs}"), result.published),
        (N_("drafts: {slugs}"), result.drafts),
        (N_("refused, and not written: {slugs}"), [r.slug for r in result.refused]),
        (N_("not ready: {slugs}"), result.waiting),
        (N_("the version published before is kept: {slugs}"), result.kept),
    ):
        if slugs:
            remark(tell(template, slugs=", ".join(slugs)))
    if result.output:
        files = counted(result.files, N_("{count} file"), N_("{count} files"))
        remark(tell(N_("{files} in {folder}"), files=files, folder=result.output))
    else:
        remark(tell(N_("nothing was written")))


def fields(result: PublishResult) -> dict[str, Any]:
    """Return what ``publish --json`` prints; docs/json.md describes the fields."""
    return {
        "version": 1,
        "published": list(result.published),
        "drafts": list(result.drafts),
        "refused": [
            {
                "slug": refused.slug,
                "path": refused.path,
                "language": refused.language,
                "kept": refused.kept,
                "obstacles": [
                    {
                        "unit": each.unit,
                        "line": each.line,
                        "reason": str(each.reason),
                        "excerpt": each.excerpt,
                    }
                    for each in refused.obstacles
                ],
            }
            for refused in result.refused
        ],
        "waiting": list(result.waiting),
        "kept": list(result.kept),
        "output": result.output,
        "files": result.files,
    }
