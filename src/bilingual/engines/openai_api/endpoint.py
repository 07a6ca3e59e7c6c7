"""Where and how to ask, and the secrets in it that are never shown."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from bilingual.engines.openai_api import redaction
from bilingual.engines.openai_api.capability import ANSWER_LIMITS
from bilingual.engines.openai_api.redaction import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Mapping

LOOKS_SECRET = re.compile(
    r"\b(?:sk|key|Bearer|Basic)[-_ ](?=\S*[\d*])[\w*.…+/=-]{6,}", re.IGNORECASE
)
"""What looks like a key in a server's message."""
REAL_KEY = 12
"""Servers at home take any key (``ollama``, ``EMPTY``); one so short is a word, no secret, and
stays in a model's answer."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where and how to ask."""

    base_url: str = field(repr=False)
    """May hold a user and a password; ``shown`` is the address to show."""
    model: str
    key: str = field(default="", repr=False)
    """Never shown: not in ``repr``, not in messages, not in the journal."""
    key_env: str = ""
    """Where the key came from or belongs, for messages: the environment variable, mostly."""
    timeout: float = 120.0
    """Seconds that one answer may take."""
    temperature: float | None = 0.0
    seed: int | None = 1
    max_tokens: int | None = None
    """Tokens an answer may have; None: by the length of the source."""
    extra: Mapping[str, object] = field(default_factory=dict)
    """Further parameters of the request body, passed through (``reasoning_effort`` …)."""

    @property
    def answer_limit(self) -> int | None:
        """Tokens an answer may have by the settings, under either name; None: by the source."""
        wanted = [each for name in ANSWER_LIMITS if type(each := self.extra.get(name)) is int]
        return max(wanted, default=0) or self.max_tokens

    @property
    def shown(self) -> str:
        """The address without a user or a password in it."""
        parts = urlsplit(self.base_url)
        return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))

    @property
    def login(self) -> str:
        """The ``Authorization`` header of an address with a user and a password."""
        parts = urlsplit(self.base_url)
        if parts.username is None:
            return ""
        user, password = unquote(parts.username), unquote(parts.password or "")
        return f"Basic {base64.b64encode(f'{user}:{password}'.encode()).decode()}"

    @property
    def bare_url(self) -> str:
        """``base_url`` without the user and the password: what a log of addresses may show."""
        parts = urlsplit(self.base_url)
        return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))

    @property
    def secrets(self) -> tuple[str, ...]:
        """The key and the address's password, in every form they are sent in; longest first."""
        parts = urlsplit(self.base_url)
        found = {self.key}
        if parts.password:
            found |= {parts.password, unquote(parts.password), self.login.removeprefix("Basic ")}
        found |= {quote(each, safe="") for each in found}
        return tuple(sorted(filter(None, found), key=len, reverse=True))

    def hide(self, text: str) -> str:
        """Return ``text``, a server's or a library's words, without any secret or part of one."""
        for secret in self.secrets:
            text = text.replace(secret, HIDDEN)
        text = redaction.without(text, (each for each in self.secrets if len(each) >= REAL_KEY))
        return LOOKS_SECRET.sub(HIDDEN, text)

    def clean(self, answer: str) -> str:
        """Return a model's ``answer`` without the secrets, should the server echo them in it."""
        for secret in self.secrets:
            if len(secret) >= REAL_KEY:
                answer = answer.replace(secret, HIDDEN)
        return answer

    def quoted(self, said: str) -> str:
        """Return a server's own message, short, on one line, without any secret that it repeats."""
        return " ".join(self.hide(said).split())[:200] or "no reason given"
