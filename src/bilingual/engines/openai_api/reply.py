"""Read a successful answer, in the forms that servers use."""

from __future__ import annotations

import re
from typing import Any

from bilingual.prompting.request import Reply, Usage

THOUGHT = re.compile(r"\A\s*<(think|thinking|reasoning)>.*?(?:</\1>\s*|\Z)", re.DOTALL)
THOUGHT_BEFORE = re.compile(r"\A(?:(?!<think>).)*?</think>\s*", re.DOTALL)
"""A template that opens the thought itself leaves only its end in the content."""
WITHHELD = "content_filter"


def read(body: Any) -> Reply | None:
    """Return the answer that ``body`` (JSON, parsed) holds; None when it holds none.

    A model's refusal has the same ``finish`` as a provider's: ``content_filter``. A model's
    thoughts are not part of its answer.
    """
    choice = _first(body)
    if choice is None:
        return None
    message = choice.get("message")
    if not isinstance(message, dict):
        return None
    text, finish = _text(message.get("content")), str(choice.get("finish_reason") or "stop")
    refusal = message.get("refusal")
    if refusal and not text.strip():
        text, finish = str(refusal), WITHHELD
    return Reply(_without_thought(text), finish, usage(body))


def fault(body: Any) -> Any:
    """Return the error in a ``body`` sent with status 200; None when there is none."""
    if not isinstance(body, dict):
        return None
    choice = _first(body)
    return body.get("error") or (choice or {}).get("error")


def status(error: Any) -> int:
    """Return the HTTP status that an ``error`` inside a body means: its own, else 502."""
    code = error.get("code", error.get("status")) if isinstance(error, dict) else None
    return code if isinstance(code, int) and 400 <= code < 600 else 502


def reasoned(body: Any) -> int:
    """Return how many tokens the model thought; 1 where it thought and does not say."""
    counts = body.get("usage") or {}
    details = counts.get("completion_tokens_details") or {}
    tokens = _number(details.get("reasoning_tokens"))
    choice = _first(body) or {}
    message = choice.get("message") or {}
    shown = message.get("reasoning_content") or message.get("reasoning")
    return tokens or int(bool(shown) or bool(THOUGHT.match(_text(message.get("content")))))


def tells_cached(body: Any) -> bool:
    """Return True when the server says how much of the prompt was in its cache."""
    return bool((body.get("usage") or {}).get("prompt_tokens_details"))


def usage(body: Any) -> Usage:
    """Return what ``body`` says the answer cost."""
    counts = body.get("usage")
    if not isinstance(counts, dict):
        return Usage(requests=1)
    details = counts.get("prompt_tokens_details") or {}
    cached = details.get("cached_tokens") if isinstance(details, dict) else 0
    return Usage(
        _number(counts.get("prompt_tokens")),
        _number(cached),
        _number(counts.get("completion_tokens")),
        1,
    )


def _first(body: Any) -> dict[str, Any] | None:
    choices = body.get("choices") if isinstance(body, dict) else None
    if isinstance(choices, list) and choices and isinstance(choices[0], dict):
        return choices[0]
    return None


def _text(content: Any) -> str:
    """Return the words of ``content``: a string, or parts of which some are text."""
    if isinstance(content, list):
        parts = [part for part in content if isinstance(part, dict)]
        return "".join(
            str(part.get("text") or "") for part in parts if part.get("type", "text") == "text"
        )
    return content if isinstance(content, str) else ""


def _without_thought(text: str) -> str:
    return THOUGHT_BEFORE.sub("", THOUGHT.sub("", text, count=1), count=1)


def _number(value: Any) -> int:
    return value if isinstance(value, int) and value > 0 else 0
