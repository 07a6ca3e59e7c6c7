"""Counting as a provider counts: tokens of a prompt, what of it was in the cache, the answer's.

A chat's prompt is counted as OpenAI documents it: three tokens around each message, its role, its
content, and three that begin the answer
(github.com/openai/openai-cookbook, examples/How_to_count_tokens_with_tiktoken.ipynb). A JSON
Schema is not counted: nobody documents how. Of a prompt of 1,024 tokens or more, the part that an
earlier one began with as well is cached, in steps of 128 (OpenAI's guide to prompt caching).
"""

from __future__ import annotations

import bisect
import math
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

A_MESSAGE = 3
THE_ANSWER = 3
CACHED_AT_LEAST = 1024
CACHED_IN_STEPS_OF = 128
LATIN = re.compile(r"[\x00-\x7f]+")


def simple(text: str) -> int:
    """Return a rough count of tokens: four characters of ASCII are one, any other is one.

    For tests that do not look at the number. Those that do give the server a real tokenizer.
    """
    ascii_length = sum(len(run) for run in LATIN.findall(text))
    return math.ceil(ascii_length / 4) + len(text) - ascii_length


class TokenCounter:
    """Counts requests and answers by ``count``, and remembers prompts for the cache."""

    def __init__(self, count: Callable[[str], int] = simple) -> None:
        self.count = count
        self._seen: list[str] = []

    def prompt(self, messages: Sequence[Mapping[str, Any]]) -> int:
        """Return the tokens of a conversation."""
        return THE_ANSWER + sum(
            A_MESSAGE + self.count(str(each["role"])) + self.count(str(each["content"]))
            for each in messages
        )

    def cached(self, messages: Sequence[Mapping[str, Any]], tokens: int) -> int:
        """Return how many of a prompt's ``tokens`` an earlier prompt began with; keeps it."""
        whole = "".join(f"<{each['role']}>{each['content']}" for each in messages)
        at = bisect.bisect_left(self._seen, whole)
        near = self._seen[max(0, at - 1) : at + 1]
        common = max((_common(whole, each) for each in near), key=len, default="")
        if at == len(self._seen) or self._seen[at] != whole:
            self._seen.insert(at, whole)
        shared = min(self.count(common), tokens)
        if tokens < CACHED_AT_LEAST or shared < CACHED_AT_LEAST:
            return 0
        return shared - shared % CACHED_IN_STEPS_OF


def _common(one: str, other: str) -> str:
    """Return what both texts begin with."""
    for i, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return one[:i]
    return min(one, other, key=len)
