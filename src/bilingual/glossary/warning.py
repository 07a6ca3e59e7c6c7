"""Find hidden characters in a glossary, and forms that read like instructions to a model.

The glossary can still be used: hidden characters are ignored when it is read, and such a form is
not sent to any engine. But somebody should know, for both come from outside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bilingual.glossary.nodes import compose
from bilingual.language.injection.hidden_characters import hidden, visible
from bilingual.language.injection.instruction import instructions
from bilingual.model import N_, Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.glossary.nodes import Node
    from bilingual.glossary.schema import Glossary

HIDDEN = N_("{field} of {id} has {count} hidden characters, the first is {name}; write it again")
SPEAKS = N_("{field} of {id} addresses a model: {text}; it is not sent to any engine")
SENT = frozenset(
    ("en", "en_allowed", "en_forbidden", "ko", "ko_allowed", "ko_forbidden", "first_mention")
)
"""Fields that are sent to an engine; notes are for people."""
SHOWN = 80


class GlossaryWarning(NamedTuple):
    """A problem in a glossary that does not prevent its use."""

    rule: str
    """The rule that reports the same in an article."""
    line: int
    id: str
    field: str
    message: Message


def find_warnings(glossary: Glossary) -> Iterator[GlossaryWarning]:
    """Yield the warnings about ``glossary``, in the order of its file."""
    root = compose(glossary.text, glossary.path)
    for entry in root.items if root else ():
        fields = {key.value: value for key, value in entry.pairs()}
        name = visible(fields["id"].value)
        for field, value in fields.items():
            for node in value.items or (value,):
                yield from _field_warnings(node, name, field)


def _field_warnings(node: Node, name: str, field: str) -> Iterator[GlossaryWarning]:
    about: dict[str, object] = {"field": field, "id": name}
    if spans := list(hidden(node.value)):
        first = node.value[spans[0][0]]
        count = sum(end - start for start, end in spans)
        values = {**about, "count": count, "name": f"U+{ord(first):04X}"}
        yield GlossaryWarning("hidden-text", node.line, name, field, Message(HIDDEN, values))
    for found in instructions(node.value) if field in SENT else ():
        values = {**about, "text": " ".join(visible(found.words)[:SHOWN].split())}
        yield GlossaryWarning("instruction-like", node.line, name, field, Message(SPEAKS, values))
