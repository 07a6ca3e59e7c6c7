"""``[[checks.suppress]]`` in ``bilingual.toml``: findings that the newsroom lives with, and why."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from bilingual.errors import Problem
from bilingual.model import Message, Suppression, msg
from bilingual.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bilingual.model import Message

KEY = "suppress"
KEYS = ("rule", "reason", "unit", "slug", "path", "until")
NEEDED = ("rule", "reason")
HEADER = re.compile(r"[ \t]*\[\[\s*checks\s*\.\s*suppress\s*\]\]")
EXAMPLE = msg('write `rule = "number-mismatch"`, `reason = "…"`, and `slug`, `unit` or `path`')


def problems(value: object, text: str) -> Iterator[Problem]:
    """Yield each problem in the ``value`` of ``checks.suppress``.

    ``text`` is the TOML it was read from.
    """
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        yield Problem(
            _lines(text, 1)[0],
            msg("checks.suppress is not a list of tables"),
            msg("write `[[checks.suppress]]` above each entry"),
        )
        return
    for table, line in zip(value, _lines(text, len(value)), strict=True):
        for problem, hint in _entry_problems(table):
            yield Problem(line, msg("checks.suppress: {reason}", reason=problem), hint)


def suppressions(value: object, text: str) -> tuple[Suppression, ...]:
    """Return the entries of ``checks.suppress``, in which ``problems`` finds none."""
    tables = value if isinstance(value, list) else []
    lines = _lines(text, len(tables))
    return tuple(
        Suppression(
            rule=table["rule"],
            reason=table["reason"],
            unit=table.get("unit", ""),
            slug=table.get("slug", ""),
            path=table.get("path", ""),
            until=str(table.get("until", "")),
            line=line,
        )
        for table, line in zip(tables, lines, strict=True)
    )


def _entry_problems(table: Mapping[str, object]) -> Iterator[tuple[Message, Message]]:
    for key, value in table.items():
        if key not in KEYS:
            yield msg("unknown key {key}", key=key), did_you_mean(key, KEYS, EXAMPLE)
        elif key == "until":
            if not _is_day(value):
                yield (
                    msg("until is not a day"),
                    msg("write `{example}`", example="until = 2026-12-31"),
                )
        elif not isinstance(value, str) or not value.strip():
            yield (
                msg("{key} is not a string with text", key=key),
                msg('write `{name} = "…"`', name=key),
            )
    for key in NEEDED:
        if key not in table:
            yield msg("{key} is missing", key=key), EXAMPLE


def _is_day(value: object) -> bool:
    try:
        return date.fromisoformat(str(value)).isoformat() == str(value)
    except ValueError:
        return False


def _lines(text: str, count: int) -> list[int]:
    """Return the lines of ``count`` entries; of inline ones the line of the key."""
    found = [n for n, line in enumerate(text.split("\n"), 1) if HEADER.match(line)]
    if len(found) == count:
        return found
    key = re.compile(rf"[ \t]*(?:checks\s*\.\s*)?{KEY}\s*=")
    first = next((n for n, line in enumerate(text.split("\n"), 1) if key.match(line)), 1)
    return [first] * count
