"""What the commands that decide on one unit print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.cli.app.options import print_json, remark
from bilingual.i18n import sentence, tell
from bilingual.model import N_

if TYPE_CHECKING:
    from bilingual.model import Entry
    from bilingual.newsroom import Newsroom


def announce(newsroom: Newsroom, slug: str, entry: Entry, *, as_json: bool) -> int:
    """Print what ``entry`` is now and the findings on it; return the exit code 0."""
    from bilingual.workflow.queue import findings_of, fingerprint

    article = newsroom.article(slug)
    findings = findings_of(newsroom, article).get(entry.id, ())
    if as_json:
        print_json(
            {
                "version": 1,
                "slug": slug,
                "language": newsroom.target_language(article),
                "unit": entry.id,
                "state": str(entry.target.state),
                "stale": entry.target.stale,
                "origin": entry.target.origin,
                "reviewer": entry.target.reviewer,
                "source": entry.source,
                "target": entry.target.text,
                "notes": list(entry.notes),
                "seen": fingerprint(entry),
                "findings": [
                    {
                        "rule": each.rule,
                        "severity": str(each.severity),
                        "message": str(each.message),
                    }
                    for each in findings
                ],
            }
        )
        return 0
    now = N_("{slug} {unit}: {state}")
    remark(tell(now, slug=slug, unit=entry.id, state=tell(str(entry.target.state))))
    for each in findings:
        remark(f"  {tell(str(each.severity))}: {sentence(each.message)} [{each.rule}]")
    return 0
