"""What every report is made from."""

from __future__ import annotations

import pkgutil
from collections import Counter
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from bilingual.model import Message, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
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


FORMATS = tuple(
    sorted(
        module.name
        for module in pkgutil.iter_modules(import_module(__package__).__path__)
        if module.name != "base"
    )
)
"""The names of all reports: the files of this folder, and nothing else lists them."""


def report(name: str) -> ModuleType:
    """Return the report ``name``: a module with ``render(result) -> str``.

    Raises ``KeyError`` when there is none of that name.
    """
    if name not in FORMATS:
        raise KeyError(name)
    return import_module(f"{__package__}.{name}")


def plain(template: str) -> str:
    """Say ``template`` in English: the gettext of a report that is read by programs."""
    return template


def say(message: Message, gettext: Callable[[str], str]) -> str:
    """Return ``message`` in the language of ``gettext``."""
    return str(Message(gettext(message.template), message.values))


def summary(result: CheckReport) -> dict[str, int]:
    """Return how many findings of each severity there are, and how many units were looked at."""
    counts = Counter(finding.severity for finding in result.findings)
    return {**{each.value: counts[each] for each in Severity}, "units": result.units}
