"""What an endpoint lacks, how its refusals say so, and the request without it.

Servers differ in what they take. What one refuses is left out from then on; what is asked for
stays the same request in the journal, so a fallback never pays twice.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

LACKS = (
    ("json_schema", r"response_format|json_schema|json schema|structured output|grammar"),
    ("json_object", r"response_format|json_object"),
    ("max_tokens", (r"max_tokens.{0,80}(?:unsupported|not supported|max_completion_tokens)|"
     r"(?:unsupported|not supported).{0,80}max_tokens")),
    ("temperature", r"temperature"),
    ("seed", r"\bseed\b"),
    ("system", r"system.{0,20}(?:role|message|prompt)|role.{0,20}system|roles must alternate"),
)  # fmt: skip
"""What an endpoint may lack, and how refusals say so, tried in this order."""


def lacking(said: str, wish: Mapping[str, Any], known: Collection[str]) -> str:
    """Return what a refusal of ``wish`` without ``known`` says is lacking; empty for nothing new.

    ``said`` is the server's words.
    """
    for name, told in LACKS:
        if name in known or not re.search(told, said, re.IGNORECASE):
            continue
        if name in {"json_schema", "json_object"} and "response_format" not in wish:
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
    for name in ("temperature", "seed"):
        if name in lacks:
            body.pop(name, None)
    if "system" in lacks:
        body["messages"] = _without_system(body["messages"])
    return body


def _without_system(messages: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return ``messages`` with the system's words in front of the first user's."""
    system = [each["content"] for each in messages if each["role"] == "system"]
    rest = [dict(each) for each in messages if each["role"] != "system"]
    if system and rest:
        rest[0]["content"] = "\n\n".join((*system, rest[0]["content"]))
    return rest
