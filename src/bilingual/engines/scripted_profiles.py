"""How real servers differ: paths, keys, what they refuse, in which words, what they count.

One ``Profile`` each, from their own documentation, source and bug reports (named below); nothing
here was tried against the provider itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Refused:
    """One kind of refusal. ``{model}``, ``{limit}`` … in its body are filled in."""

    status: int
    body: Mapping[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Profile:
    """A server that takes everything, unless it says otherwise."""

    name: str = "any"
    path: str = ""
    """Where it takes chat completions; empty for wherever it is asked."""
    model: str = ""
    """The one it serves; empty for any."""
    keys: tuple[str, ...] = ()
    """Headers that may bring the key; empty when it asks for none."""
    wrong_key: Refused = Refused(401, {"error": {"message": "Unauthorized"}})
    wrong_model: Refused = Refused(404, {"error": {"message": "no model {model}"}})
    wrong_path: Refused = Refused(404, {"detail": "Not Found"})
    busy: Refused = Refused(429, {"error": {"message": "Rate limit reached"}})
    refuses: Mapping[str, Refused] = field(default_factory=dict)
    """Parameter of the request body to its refusal; ``system`` stands for the role."""
    context: int = 0
    """Tokens of prompt and answer together; 0 for as many as come."""
    too_long: Refused = Refused(400, {"error": {"message": "context length exceeded"}})
    reserves_answer: bool = False
    """Counts ``max_tokens`` into the context when it decides whether a request fits."""
    truncates: bool = False
    """Cuts a prompt that is too long and says nothing."""
    tells_cached: bool = True
    tells_rate: bool = False
    """Sends ``x-ratelimit-*`` with every answer."""
    reasoning: int = 0
    """Tokens it thinks before it answers; they count as the answer's."""
    thinks: str = ""
    """Where the thought stands: a field of the message, or ``<think>`` for the content."""


def filled(template: Any, words: Mapping[str, object]) -> Any:
    """Return ``template`` with the ``words`` in it; a string that is one word becomes its value."""
    if isinstance(template, str):
        if template.startswith("{") and template.endswith("}") and template[1:-1] in words:
            return words[template[1:-1]]
        for name, value in words.items():
            template = template.replace(f"{{{name}}}", str(value))
        return template
    if isinstance(template, dict):
        return {key: filled(value, words) for key, value in template.items()}
    return template


ANY = Profile()
