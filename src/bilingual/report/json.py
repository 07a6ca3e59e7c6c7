"""One JSON object, version 1, for scripts; messages are English in every locale."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bilingual.language.message import say
from bilingual.report.base import plain, summary

if TYPE_CHECKING:
    from collections.abc import Callable

    from bilingual.model import Finding
    from bilingual.report.base import CheckReport

VERSION = 1
"""Changes when a field goes or changes its meaning, not when one is added."""


def render(result: CheckReport, gettext: Callable[[str], str] = plain) -> str:
    """Return the findings of ``result`` and their counts as JSON text, Korean as Korean.

    Lone surrogates (from a broken file name) are escaped, so that the text has a UTF-8 form.
    """
    tree = {
        "version": VERSION,
        "findings": [_finding(finding, gettext) for finding in result.findings],
        "summary": summary(result),
    }
    text = json.dumps(tree, ensure_ascii=False, indent=2)
    return text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def _finding(finding: Finding, gettext: Callable[[str], str]) -> dict[str, object]:
    fix = finding.fix
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": say(finding.message, gettext),
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "slug": finding.slug,
        "unit": finding.unit,
        "language": finding.language,
        "source": finding.source,
        "target": finding.target,
        "fix": fix and {"description": say(fix.description, gettext), "target": fix.target},
    }
