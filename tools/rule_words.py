"""The messages in the documentation of the rules, which no call in the code marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.checks import registry
from bilingual.checks.documentation import HEADINGS
from bilingual.model import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

PARSER = "checks/documentation.py"


def rule_words() -> Iterator[tuple[str, str]]:
    """Yield each message of the rules' pages and its file, relative to the package.

    The messages are the headings of sections, the scopes, and of each rule the title and the
    paragraphs of prose.
    """
    for word in (*HEADINGS, *(scope.value for scope in Scope)):
        yield word, PARSER
    for name in registry.rules():
        for message in registry.rule(name).documentation.messages():
            yield message, f"checks/rules/{name.replace('-', '_')}.py"
