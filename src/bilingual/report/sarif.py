"""SARIF 2.1.0, which code scanning of forges and editors read.

Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from bilingual import __version__
from bilingual.language.message import say
from bilingual.model import Severity
from bilingual.report.base import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from bilingual.model import Finding, Fix
    from bilingual.report.base import CheckReport

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(result: CheckReport, gettext: Callable[[str], str] = plain) -> str:
    """Return the findings as one SARIF log with one run.

    Columns count Unicode code points, as the log declares; paths are relative to the newsroom.
    """
    names = sorted({*result.titles, *(finding.rule for finding in result.findings)})
    driver = {
        "name": "bilingual",
        "semanticVersion": __version__,
        "rules": [_rule(name, result) for name in names],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(finding, names.index(finding.rule), gettext) for finding in result.findings
        ],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    text = json.dumps(log, ensure_ascii=False, indent=2)
    return text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def _rule(name: str, result: CheckReport) -> dict[str, object]:
    rule: dict[str, object] = {
        "id": name,
        "shortDescription": {"text": result.titles.get(name, name)},
    }
    sections = result.sections.get(name, {})
    if "What" in sections:
        rule["fullDescription"] = {"text": " ".join(sections["What"].split())}
    if sections:
        parts = [(heading, _block(heading, text)) for heading, text in sections.items()]
        rule["help"] = {
            "text": "\n\n".join(f"{heading}\n\n{text}" for heading, text in sections.items()),
            "markdown": "\n\n".join(f"**{heading}**\n\n{text}" for heading, text in parts),
        }
    if name in result.severities:
        rule["defaultConfiguration"] = {"level": LEVELS[result.severities[name]]}
    return rule


def _block(heading: str, text: str) -> str:
    """Return a section as Markdown: examples hold marks that are not to be rendered."""
    if heading not in {"Wrong", "Right"}:
        return text
    return "\n".join(f"    {line}" if line else "" for line in text.split("\n"))


def _result(finding: Finding, index: int, gettext: Callable[[str], str]) -> dict[str, object]:
    region = {"startLine": finding.line, "startColumn": finding.column}
    if finding.end_line:
        region |= {"endLine": finding.end_line, "endColumn": finding.end_column}
    place = {"uri": _uri(finding.path)}
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": LEVELS[finding.severity],
        "message": {"text": say(finding.message, gettext)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": place,
                    "region": region,
                },
                **_logical(finding),
            }
        ],
        "partialFingerprints": {"finding/v1": _fingerprint(finding)},
        **_fixes(finding.fix, place, gettext),
    }


def _fixes(
    fix: Fix | None, place: dict[str, str], gettext: Callable[[str], str]
) -> dict[str, object]:
    """Return the fix as an edit of the file, where that is known."""
    if fix is None or fix.edit is None:
        return {}
    edit = fix.edit
    region = {
        "startLine": edit.line,
        "startColumn": edit.column,
        "endLine": edit.end_line,
        "endColumn": edit.end_column,
    }
    replacement = {"deletedRegion": region, "insertedContent": {"text": edit.text}}
    change = {"artifactLocation": place, "replacements": [replacement]}
    return {
        "fixes": [
            {"description": {"text": say(fix.description, gettext)}, "artifactChanges": [change]}
        ]
    }


def _logical(finding: Finding) -> dict[str, object]:
    if not finding.unit:
        return {}
    name = f"{finding.slug}/{finding.unit}" if finding.slug else finding.unit
    return {"logicalLocations": [{"fullyQualifiedName": name, "name": finding.unit}]}


def _uri(path: str) -> str:
    """Return ``path`` as a relative reference (RFC 3986): Korean names percent-encoded."""
    return quote(path.replace("\\", "/").encode("utf-8", "surrogatepass"), safe="/.-_~")


def _fingerprint(finding: Finding) -> str:
    """Return what stays the same when lines move."""
    identity = "\0".join((finding.rule, finding.path, finding.unit, str(finding.message)))
    return hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()
