"""GitLab's code quality report: a JSON array that merge requests show.

Source: GitLab Docs, "Code Quality", report format (a subset of the Code Climate specification).
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from bilingual.language.message import say
from bilingual.model import Severity
from bilingual.report.base import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from bilingual.model import Finding
    from bilingual.report.base import CheckReport

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(result: CheckReport, gettext: Callable[[str], str] = plain) -> str:
    """Return the findings as one JSON array."""
    seen: dict[str, int] = {}
    issues = []
    for finding in result.findings:
        identity = _identity(finding)
        seen[identity] = seen.get(identity, 0) + 1
        issues.append({
            "description": say(finding.message, gettext),
            "check_name": finding.rule,
            "fingerprint": _fingerprint(f"{identity}\0{seen[identity]}"),
            "severity": SEVERITIES[finding.severity],
            "location": {"path": finding.path, "lines": {"begin": finding.line}},
        })  # fmt: skip
    return json.dumps(issues, ensure_ascii=False, indent=2) + "\n"


def _identity(finding: Finding) -> str:
    """Return what makes a finding the same after lines moved: no line number is in it."""
    return "\0".join((finding.rule, finding.path, finding.unit, str(finding.message)))


def _fingerprint(identity: str) -> str:
    return hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:40]
