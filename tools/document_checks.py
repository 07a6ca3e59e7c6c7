"""Write docs/checks.md from the rules' own words; a test fails when the page is not current.

python tools/document_checks.py
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bilingual.checks.documentation import HEADINGS
from bilingual.workflow.checking.rules import rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.workflow.checking.rules import Described

PAGE = Path(__file__).parents[1] / "docs" / "checks.md"
HEAD = """\
# Checks

<!-- Made by tools/document_checks.py: change the rules, then run it. -->

`bilingual check` looks at articles and catalogs with these rules; `--explain RULE` prints one.
An `error` stops a publish. A newsroom sets severities in `bilingual.toml`
(`[checks]`, `particle = "error"`, `translationese = "off"`) and suppresses single findings with a
reason (`[[checks.suppress]]`). The wrong and right examples below are run as tests.
"""
EXAMPLES = ("Wrong", "Right")


def page() -> str:
    """Return the whole page."""
    described = rules()
    return "\n".join((HEAD, *_listing(described), "", *map(_section, described)))


def _listing(described: tuple[Described, ...]) -> Iterator[str]:
    yield "| rule | severity | finds |"
    yield "|---|---|---|"
    for rule in described:
        title = rule.title.replace("|", "\\|")
        yield f"| [{rule.name}](#{rule.name}) | {rule.severity} | {title} |"


def _section(rule: Described) -> str:
    languages = ", ".join(rule.languages) or "every language"
    facts = f"*{rule.severity}*; confidence {rule.confidence}; looks at a {rule.scope}"
    parts = [f"## {rule.name}\n", f"{rule.title}. {facts}; targets in {languages}.\n"]
    for heading in HEADINGS:
        text = rule.sections.get(heading, "")
        if not text:
            continue
        body = f"```yaml\n{text}\n```" if heading in EXAMPLES else text
        parts.append(f"**{heading}.** {body}\n" if body is text else f"**{heading}**\n\n{body}\n")
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
