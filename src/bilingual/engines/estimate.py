"""What a request will use, reckoned before it is sent."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bilingual.engines import prompt as prompts
from bilingual.engines.base import Usage
from bilingual.engines.tokens import tokens

if TYPE_CHECKING:
    from bilingual.engines.base import Request

A_MESSAGE, A_REPLY = 4, 3
"""Tokens of the protocol's own around each message, and in front of the reply (OpenAI's cookbook,
"How to count tokens with tiktoken")."""
CACHED_FROM, CACHED_STEP = 1024, 128
"""The shortest prefix that providers cache, and the steps it grows in (OpenAI, prompt caching)."""
GROWTH = {("en", "ko"): 1.43, ("ko", "en"): 0.84}
"""Tokens of target for one of source in news, as our own reviewed pairs have them."""
A_ROW = 6
"""Tokens around one text of a JSON answer: its id, quotes, colon, comma."""


def prompt(request: Request) -> int:
    """Return about how many tokens the conversation for ``request`` has, its schema too."""
    turns = prompts.turns(request)
    schema = prompts.schema(request)
    asked = tokens(json.dumps(schema)) if schema is not None else 0
    return sum(tokens(turn.content) + A_MESSAGE for turn in turns) + A_REPLY + asked


def completion(request: Request) -> int:
    """Return about how many tokens the answer to ``request`` has."""
    languages = (request.source_language, request.target_language)
    source = sum(tokens(each.text) for each in request.passages)
    rows = 0 if request.brief else A_ROW * len(request.passages)
    return round(source * GROWTH[languages]) + rows


def cacheable(request: Request) -> int:
    """Return about how many of the prompt's tokens a provider can find in its cache.

    They are those that every request of the direction begins with, where they are enough.
    """
    shared = tokens(prompts.shared(request)) + A_MESSAGE
    return shared // CACHED_STEP * CACHED_STEP if shared >= CACHED_FROM else 0


def usage(request: Request) -> Usage:
    """Return what ``request`` will use when its prefix was asked with before."""
    return Usage(prompt(request), cacheable(request), completion(request), 1)
