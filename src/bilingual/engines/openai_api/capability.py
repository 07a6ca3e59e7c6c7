"""What an endpoint lacks, how its refusals say so, and the request without it.

Servers differ in what they accept. What one refuses is left out from then on; it is still the same
request in the journal, so a fallback never pays twice.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

NOT_TAKEN = re.compile(
    r"(?:un(?:supported|recognized|known|expected)|not (?:support|allow|permit|accept)\w*|"
    r"(?:does|do)(?:n't| not) (?:support|accept|allow)|isn't supported|only the default|"
    r"extra (?:inputs|fields)|extra_forbidden|invalid (?:parameter|argument|value|type)|"
    r"must (?:be|alternate)|no such|unavailable|failed to|only .{0,40}(?:is|are) supported|"
    r"deprecated|no longer|may only be)",
    re.IGNORECASE | re.DOTALL,
)
"""How servers say that they do not take something."""
NEAR = 100
"""Characters between that and the name of what they do not take."""
INSTEAD = re.compile(r"\buse (['\"`]?)\w+\1 instead", re.IGNORECASE)
"""What a server recommends, it takes."""

LACKS = (
    ("json_schema", r"response_format|json.?schema|structured.outputs?|guided.decoding|grammar"),
    ("json_object", r"response_format|json_object"),
    ("max_tokens", r"\bmax_tokens\b"),
    ("temperature", r"\btemperature\b"),
    ("seed", r"\bseed\b"),
    ("system", r"\bsystem.{0,3}(?:role|message|prompt)|role.{0,20}\bsystem\b|\broles\b"),
)  # fmt: skip
"""What an endpoint may lack, and its name in refusals, tried in this order."""
ANSWER_LIMITS = frozenset({"max_tokens", "max_completion_tokens"})
"""Both limit an answer; one in the engine's own table takes precedence."""
EXTRA = "extra."
"""In front of the name of a parameter of the engine's own table that an endpoint does not take."""


def lacking(said: str, wish: Mapping[str, Any], known: Collection[str]) -> str:
    """Return what a refusal of ``wish`` without ``known`` says is lacking; empty for nothing new.

    ``said`` is the server's words, the parameter it names among them.
    """
    said = INSTEAD.sub("", said)
    for name, pattern in _candidates(wish):
        if name in known or not _says(said, pattern):
            continue
        if name == "json_object" and "json_schema" not in known:
            continue
        return name
    return ""


def fitted(wish: Mapping[str, Any], lacks: Collection[str]) -> dict[str, Any]:
    """Return the body ``wish`` without what an endpoint ``lacks``."""
    body = dict(wish)
    if "response_format" in body:
        if "json_object" in lacks:
            del body["response_format"]
        elif "json_schema" in lacks:
            body["response_format"] = {"type": "json_object"}
    if "max_tokens" in lacks and "max_tokens" in body:
        body["max_completion_tokens"] = body.pop("max_tokens")
    if "system" in lacks:
        body["messages"] = _without_system(body["messages"])
    extra = body.pop("extra_body", {})
    if taken := {key: value for key, value in extra.items() if EXTRA + key not in lacks}:
        body["extra_body"] = taken
    gone = {"temperature", "seed"}.intersection(lacks)
    if not ANSWER_LIMITS.isdisjoint(taken):
        gone |= ANSWER_LIMITS
    return {name: value for name, value in body.items() if name not in gone}


def _candidates(wish: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what ``wish`` has that an endpoint may lack."""
    has = {
        "json_schema": "response_format" in wish,
        "json_object": "response_format" in wish,
        "system": any(each["role"] == "system" for each in wish["messages"]),
    }
    extra = [(EXTRA + key, rf"\b{re.escape(key)}\b") for key in wish.get("extra_body", {})]
    return [*extra, *((name, pattern) for name, pattern in LACKS if has.get(name, name in wish))]


def _says(said: str, pattern: str) -> bool:
    """Return True when ``said`` has ``pattern`` close to words for what is not accepted."""
    return any(
        NOT_TAKEN.search(said, max(0, found.start() - NEAR), found.end() + NEAR)
        for found in re.finditer(pattern, said, re.IGNORECASE)
    )


def _without_system(messages: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return ``messages`` with the system's words in front of the first user's."""
    system = [each["content"] for each in messages if each["role"] == "system"]
    rest = [dict(each) for each in messages if each["role"] != "system"]
    if system and rest:
        rest[0]["content"] = "\n\n".join((*system, rest[0]["content"]))
    return rest
