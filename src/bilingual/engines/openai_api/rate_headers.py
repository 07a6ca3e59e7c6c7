"""Read the rate limits in the headers of an answer: how much is left, and how long to wait.

Providers write the same in several ways: OpenAI ``x-ratelimit-reset-tokens: 6m0s``, Azure OpenAI
the same header in seconds, Anthropic (through a gateway, which may put ``llm_provider-`` in front)
``anthropic-ratelimit-tokens-reset: 2026-01-27T12:00:00Z``. Nothing here reads a clock.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from bilingual.prompting.request import Limits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
STEP = re.compile(r"(\d+(?:\.\d+)?)(ms|[smhd])", re.ASCII)
DURATION = re.compile(rf"(?:{STEP.pattern})+", re.ASCII)
NUMBER = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
IN_WORDS = re.compile(
    r"(?:try again|retry)(?: after| in) (\d+(?:\.\d+)?)\s*(ms|s|m)?\b", re.ASCII | re.IGNORECASE
)
"""As in ``Please try again in 20s`` and ``Please retry after 37 seconds``."""
EPOCH = 1e9
"""A number of seconds above this is a moment since 1970, not a duration."""
LONGEST = 86400.0
"""No pause is longer than a day."""

GATEWAY = "llm_provider-"
"""What LiteLLM puts in front of its provider's own headers."""
NAMES = {
    kind: (f"x-ratelimit-{{}}-{kind}", f"anthropic-ratelimit-{kind}-{{}}")
    for kind in ("requests", "tokens")
}


def limits(headers: Mapping[str, str], now: datetime) -> Limits:
    """Return what ``headers`` (names in lower case) say is left; ``now`` has a time zone."""
    return Limits(
        requests=_left(headers, "requests"),
        tokens=_left(headers, "tokens"),
        requests_limit=_left(headers, "requests", "limit"),
        tokens_limit=_left(headers, "tokens", "limit"),
        requests_reset=_reset(headers, "requests", now),
        tokens_reset=_reset(headers, "tokens", now),
    )


def wait(headers: Mapping[str, str], now: datetime, said: str = "") -> float | None:
    """Return the seconds that a busy server asks to wait; None where it does not say.

    Without a ``Retry-After`` it is the later of the resets of what is used up, or what it ``said``
    in words.
    """
    if (value := headers.get("retry-after-ms", "")) and NUMBER.fullmatch(value.strip()):
        return min(float(value) / 1000, LONGEST)
    if (after := seconds(headers.get("retry-after", ""), now)) is not None:
        return after
    resets = [
        reset
        for kind in NAMES
        if _left(headers, kind) in {0, None} and (reset := _reset(headers, kind, now)) is not None
    ]
    if not resets and (words := IN_WORDS.search(said)):
        resets = [_span(float(words[1]) * SECONDS[words[2] or "s"])]
    return max(resets, default=None)


def seconds(value: str, now: datetime) -> float | None:
    """Return how long ``value`` is from ``now``: ``6m0s``, ``20ms``, ``12.5``, or a moment.

    A moment is a date of HTTP, of ISO 8601, or in seconds since 1970. None for anything else.
    """
    value = value.strip()
    if NUMBER.fullmatch(value):
        number = float(value)
        return _span(number - now.timestamp() if number > EPOCH else number)
    if DURATION.fullmatch(value):
        return _span(sum(float(n) * SECONDS[unit] for n, unit in STEP.findall(value)))
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        try:
            moment = parsedate_to_datetime(value)
        except ValueError:
            return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return _span((moment - now).total_seconds())


def _span(length: float) -> float:
    return min(max(length, 0.0), LONGEST)


def _values(headers: Mapping[str, str], kind: str, what: str) -> Iterator[str]:
    for name in NAMES[kind]:
        for prefix in ("", GATEWAY):
            if value := headers.get(prefix + name.format(what)):
                yield value


def _left(headers: Mapping[str, str], kind: str, what: str = "remaining") -> int | None:
    for value in _values(headers, kind, what):
        # Azure OpenAI says -1 where it means nothing.
        if NUMBER.fullmatch(value.strip()):
            return int(float(value))
    return None


def _reset(headers: Mapping[str, str], kind: str, now: datetime) -> float | None:
    for value in _values(headers, kind, "reset"):
        if (length := seconds(value, now)) is not None:
            return length
    return None
