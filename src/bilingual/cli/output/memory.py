"""What ``bilingual memory`` prints: lines for people, fields for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from bilingual.cli.app.options import counted
from bilingual.cli.terminal.lines import change_lines, text_lines
from bilingual.cli.terminal.safe_text import one_line
from bilingual.i18n import tell
from bilingual.model import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.model import Match
    from bilingual.workflow.memory.files import Status
    from bilingual.workflow.memory.search import ConcordanceLine

ORIGINS = 5
"""How many origins of a file are named."""


def fields(
    match: Match, source_language: str, language: str, *, scored: bool = True
) -> dict[str, Any]:
    """Return what ``--json`` prints of a match; docs/json.md describes the fields."""
    return {
        "score": match.score if scored else None,
        "source_language": source_language,
        "language": language,
        "source": match.source,
        "target": match.target,
        "origin": match.origin,
        "slug": match.slug,
        "unit": match.unit,
        "segment": match.segment,
        "time": match.time,
    }


def hit_lines(hit: ConcordanceLine, words: str, columns: int, *, scored: bool) -> Iterator[str]:
    """Give the lines that show ``hit``: where it comes from, both texts, and the difference."""
    match = hit.match
    yield click.style(facts(match, scored=scored), bold=True)
    if scored and match.source != words:
        yield from change_lines(match.source, words, columns)
    else:
        yield from text_lines(match.source, columns)
    yield from text_lines(match.target, columns, fg="green")


def facts(match: Match, *, scored: bool = True) -> str:
    """Return in one line how good ``match`` is and where it comes from."""
    parts = [f"{match.score} %"] if scored else []
    parts += [one_line(f"{match.slug} {match.unit}")] if match.slug else []
    parts += [one_line(match.origin)] if match.origin else []
    parts += [match.time[:10]] if match.time else []
    return " · ".join(parts) or tell(N_("origin unknown"))


def status_fields(status: Status) -> dict[str, Any]:
    """Return what ``memory status --json`` prints, but its version."""
    return {
        "files": [
            {
                "path": part.path,
                "units": part.units,
                "sentences": part.sentences,
                "origins": [{"origin": origin, "units": count} for origin, count in part.origins],
            }
            for part in status.parts
        ],
        "faults": [str(problem) for problem in status.problems],
    }


def status_lines(status: Status) -> Iterator[str]:
    """Give a line for each file, and one for all."""
    for part in status.parts:
        named = ", ".join(
            f"{one_line(origin) or '?'} {count}" for origin, count in part.origins[:ORIGINS]
        )
        shown = f"  ({named})" if named else ""
        yield f"{part.path}  {_sizes(part.units, part.sentences)}{shown}"
    units = sum(part.units for part in status.parts)
    sentences = sum(part.sentences for part in status.parts)
    yield tell(N_("in all: {sizes}"), sizes=_sizes(units, sentences))


def _sizes(units: int, sentences: int) -> str:
    one = counted(units, N_("{count} unit"), N_("{count} units"))
    two = counted(sentences, N_("{count} sentence"), N_("{count} sentences"))
    return f"{one}, {two}"
