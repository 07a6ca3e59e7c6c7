"""How much fits: what an overflow says of a model's context, and room for an answer in it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bilingual.engines.openai_api.learned import Known
    from bilingual.prompting.request import Usage

USUAL_DENSITY = 0.3
"""Tokens a byte of UTF-8 as long as nothing was counted: English has some 0.22, Korean 0.3 to 0.4
in small models' vocabularies."""
MARGIN = 32
"""Tokens kept free: a chat template's own."""

SAYS_CONTEXT = re.compile(
    r"(?:maximum|max) context length (?:is|of) (\d+)"
    r"|context size \((\d+)"
    r"|n_ctx (\d+)"
    r"|> (\d{4,})\b"
    r"|(?:limit of|context window (?:is|of)) (\d+)",
    re.IGNORECASE,
)
SAYS_PROMPT = re.compile(
    r"(\d+) in the messages|resulted in (\d+) tokens|request \((\d+) tokens\)"
    r"|n_prompt_tokens (\d+)|has (?:at least )?(\d+) input tokens|too long: (\d+) tokens"
    r"|context limit: (\d+) \+|prompt (?:contains|is|has) (?:at least )?(\d+)",
    re.IGNORECASE,
)


def size(messages: Iterable[Mapping[str, Any]]) -> int:
    """Return the bytes of a conversation."""
    return sum(len(str(each["content"]).encode("utf-8", "replace")) for each in messages)


def after_overflow(known: Known, said: str, length: int) -> Known:
    """Return what is known after a prompt of ``length`` bytes was too long, as was ``said``."""
    limit, prompt = _number(SAYS_CONTEXT, said), _number(SAYS_PROMPT, said)
    if limit:
        known = replace(known, context=limit)
    if prompt:
        # What counts the prompt itself needs no guess of what is too long.
        return replace(known, density=max(known.density, prompt / length))
    return replace(known, refused=min(known.refused or length, length))


def after_answer(known: Known, used: Usage, length: int) -> Known:
    """Return what is known after a prompt of ``length`` bytes was answered and counted."""
    if not used.prompt or not length:
        return known
    return replace(known, density=max(known.density, used.prompt / length))


def room(known: Known, length: int, need: int, wish: int) -> int:
    """Return the tokens that an answer may have: ``wish``, or what is left; below ``need`` too few.

    ``length`` is the prompt's in bytes.
    """
    if known.refused and length >= known.refused:
        return 0
    if not known.context:
        return wish
    left = known.context - MARGIN - int(length * (known.density or USUAL_DENSITY))
    return wish if left >= wish else max(need, left) if left >= need else max(0, left)


def was_cut(used: Usage, length: int, *, tells_cached: bool) -> bool:
    """Return True when a server read only a part of a prompt of ``length`` bytes.

    Ollama cuts in silence, to exactly its context: a multiple of 1,024 tokens, and far fewer than
    such a text has. Servers that tell what was in their cache are no such servers.
    """
    return (
        not tells_cached
        and used.prompt > 0
        and used.prompt % 1024 == 0
        and length > 5 * used.prompt
    )


def _number(pattern: re.Pattern[str], said: str) -> int:
    found = pattern.search(said)
    return int(next(filter(None, found.groups()))) if found else 0
