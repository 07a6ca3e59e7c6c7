"""GitHub workflow commands: findings as annotations on the lines of a pull request.

Source: GitHub Docs, "Workflow commands for GitHub Actions": ``::error file=…,line=…,col=…::…``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.language.message import say
from bilingual.model import Severity
from bilingual.report.base import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from bilingual.report.base import CheckReport

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
PROPERTY = {**DATA, ":": "%3A", ",": "%2C"}
"""What has to be escaped in a message, and in a property's value."""


def render(result: CheckReport, gettext: Callable[[str], str] = plain) -> str:
    """Return one workflow command a finding."""
    lines = []
    for finding in result.findings:
        properties = {
            "file": finding.path,
            "line": str(finding.line),
            "col": str(finding.column),
        }
        if finding.end_line:
            properties["endLine"] = str(finding.end_line)
        # An end column on another line is refused; without an end the annotation is a point.
        if finding.end_line == finding.line:
            properties["endColumn"] = str(finding.end_column)
        properties["title"] = finding.rule
        written = ",".join(
            f"{key}={_escaped(value, PROPERTY)}" for key, value in properties.items()
        )
        message = _escaped(say(finding.message, gettext), DATA)
        lines.append(f"::{COMMANDS[finding.severity]} {written}::{message}\n")
    return "".join(lines)


def _escaped(text: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(character, character) for character in text)
