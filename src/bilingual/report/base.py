"""What every report is made from, and which reports there are.

A report is a module with a function ``render(result, …) -> str``: a file of this package, or
another package's entry point in the group ``bilingual.reports``.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Protocol

from bilingual.model import Severity
from bilingual.plugins import Plugins

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import ModuleType

    from bilingual.model import Finding


class CheckReport(Protocol):
    """What a check came to; ``workflow.check.CheckResult`` is one."""

    @property
    def findings(self) -> Sequence[Finding]:
        """The findings, in the order they are to be shown in."""

    @property
    def units(self) -> int:
        """How many units were looked at."""

    @property
    def titles(self) -> Mapping[str, str]:
        """Rule to its title, for every rule that ran."""

    @property
    def sections(self) -> Mapping[str, Mapping[str, str]]:
        """Rule to its documentation: heading to text."""

    @property
    def severities(self) -> Mapping[str, Severity]:
        """Rule to how severe its findings are."""


REPORTS = Plugins("bilingual.report", "bilingual.reports", "render")


def names() -> tuple[str, ...]:
    """Return the names of all reports, sorted."""
    return REPORTS.names()


def report(name: str) -> ModuleType:
    """Return the report ``name``; raises ``KeyError`` when there is none."""
    return REPORTS.load(name)


def plain(template: str) -> str:
    """Return ``template``: the gettext of a report that programs read."""
    return template


def summary(result: CheckReport) -> dict[str, int]:
    """Return how many findings of each severity there are, and how many units were looked at."""
    counts = Counter(finding.severity for finding in result.findings)
    return {**{each.value: counts[each] for each in Severity}, "units": result.units}
