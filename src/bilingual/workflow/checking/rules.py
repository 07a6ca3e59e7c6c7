"""Describe the rules, from their own files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bilingual.checks import registry
from bilingual.checks.documentation import EXAMPLES, paragraphs
from bilingual.errors import UsageError
from bilingual.model import msg
from bilingual.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bilingual.model import Message, Severity


@dataclass(frozen=True, slots=True)
class Described:
    """One rule, in the words of its own file."""

    name: str
    title: str
    severity: Severity
    """Its own; a newsroom's ``[checks]`` may change it."""
    scope: str
    """``unit``, ``pair`` or ``newsroom``: what it looks at."""
    confidence: str
    languages: tuple[str, ...]
    """The target languages it knows."""
    sections: Mapping[str, str]
    """Heading (What, Why, Wrong, Right, Known limits …) to text."""

    def prose(self, heading: str) -> list[str]:
        """Return the paragraphs of a section, as they are translated; none for examples."""
        return [] if heading in EXAMPLES else paragraphs(self.sections[heading])


def rules() -> tuple[Described, ...]:
    """Return every rule, by name."""
    return tuple(map(describe, registry.rules()))


def rule_hint(name: str) -> Message:
    """Return what to do about the unknown rule ``name``."""
    return did_you_mean(name, registry.rules(), msg("`bilingual check --list` shows all rules"))


def describe(name: str) -> Described:
    """Return the rule ``name``; raises ``UsageError`` with near ones when there is none."""
    if name not in registry.rules():
        raise UsageError(msg("unknown rule {name!r}", name=name), hint=rule_hint(name))
    found = registry.rule(name)
    return Described(
        name=found.name,
        title=found.documentation.title,
        severity=found.severity,
        scope=found.scope.value,
        confidence=str(getattr(found.confidence, "value", found.confidence)),
        languages=tuple(found.languages),
        sections=found.documentation.sections,
    )
