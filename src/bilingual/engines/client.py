"""The conversation with an OpenAI-compatible endpoint: the only importer of ``openai``.

Servers differ in what they take. A parameter that one refuses is left out from then on; what is
asked for stays the same request in the journal, so a fallback never pays twice.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from bilingual.engines import prompt
from bilingual.engines.base import Answer, RequestError, Usage
from bilingual.errors import EngineDownError, EngineError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import openai

    from bilingual.engines.base import Request

OUTPUT_A_CHARACTER = 1.5
"""Tokens of an answer allowed for each code point of source: Korean in a small model's vocabulary
needs about one token a syllable; the rest is room for JSON and marks."""
OUTPUT_AT_LEAST = 160

SAYS_TOO_LONG = re.compile(
    r"context.{0,20}(?:length|size|window)|too (?:long|many tokens)|exceeds? the (?:available|max)"
    r"|maximum.{0,20}tokens",
    re.IGNORECASE,
)
SAYS_NO_QUOTA = re.compile(r"insufficient_quota|billing|exceeded your current quota", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where and how to ask."""

    base_url: str
    model: str
    key: str = field(default="", repr=False)
    """Never shown: not in ``repr``, not in messages, not in the journal."""
    key_env: str = ""
    """The environment variable the key came from, for messages."""
    timeout: float = 120.0
    """Seconds that one answer may take."""
    max_retries: int = 4
    """How often the connection, a 408, 409, 429 or 5xx is tried again, by ``Retry-After`` where
    the server says it, else after a growing, jittered pause."""
    temperature: float | None = 0.0
    seed: int | None = 1
    max_tokens: int | None = None
    """Tokens an answer may have; None: by the length of the source."""
    extra: Mapping[str, object] = field(default_factory=dict)
    """Further parameters of the request body, passed through (``reasoning_effort`` …)."""

    @property
    def shown(self) -> str:
        """The address without a user or a password in it."""
        parts = urlsplit(self.base_url)
        return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


class Client:
    """Asks one endpoint; remembers what the endpoint does not take."""

    def __init__(
        self,
        endpoint: Endpoint,
        steer: Callable[[Request], Mapping[str, object]] | None = None,
    ) -> None:
        """``steer`` gives what the body of one request has besides ``endpoint.extra``."""
        self.endpoint = endpoint
        self._steer = steer
        self._client: openai.OpenAI | None = None
        self._lacks: set[str] = set()

    def key(self, request: Request) -> str:
        """Return what determines the answer, without the key."""
        identity = {
            "url": self.endpoint.shown,
            "version": prompt.VERSION,
            "turn": [each.turn for each in request.passages],
            "body": self._wish(request),
        }
        return json.dumps(identity, ensure_ascii=False, sort_keys=True)

    def ask(self, request: Request) -> Answer:
        """Return the model's answer to ``request``; raises as ``Engine.ask`` does."""
        import openai  # noqa: PLC0415 - a second of loading

        wish = self._wish(request)
        while True:
            try:
                reply = self._open().chat.completions.create(**self._body(wish))
            except openai.BadRequestError as error:
                if not self._learn(error, wish):
                    raise self._refusal(error) from None
            except openai.UnprocessableEntityError as error:
                if not self._learn(error, wish):
                    raise self._refusal(error) from None
            except openai.OpenAIError as error:
                raise self._failure(error) from None
            except ValueError:
                raise EngineError(f"{self.endpoint.shown} answered with what is no JSON") from None
            else:
                return self._answer(reply)

    def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def _open(self) -> openai.OpenAI:
        import openai  # noqa: PLC0415

        if self._client is None:
            self._client = openai.OpenAI(
                base_url=self.endpoint.base_url,
                api_key=self.endpoint.key or "none",
                timeout=self.endpoint.timeout,
                max_retries=self.endpoint.max_retries,
            )
        return self._client

    def _wish(self, request: Request) -> dict[str, Any]:
        """Return the request's body as it would be for a server that takes everything."""
        length = sum(len(each.text) for each in request.passages)
        room = OUTPUT_AT_LEAST + int(length * OUTPUT_A_CHARACTER)
        body: dict[str, Any] = {
            "model": self.endpoint.model,
            "messages": [
                {"role": turn.role, "content": turn.content} for turn in prompt.turns(request)
            ],
            "max_tokens": self.endpoint.max_tokens or room,
        }
        if self.endpoint.temperature is not None:
            body["temperature"] = self.endpoint.temperature
        if self.endpoint.seed is not None:
            body["seed"] = self.endpoint.seed
        if (wanted := prompt.schema(request)) is not None:
            body["response_format"] = {
                "type": "json_schema",
                "json_schema": {"name": "translations", "strict": True, "schema": wanted},
            }
        extra = {**self.endpoint.extra, **(self._steer(request) if self._steer else {})}
        if extra:
            body["extra_body"] = extra
        return body

    def _body(self, wish: Mapping[str, Any]) -> dict[str, Any]:
        """Return ``wish`` without what this endpoint was found to lack."""
        body = dict(wish)
        if "response_format" in body:
            if "json_object" in self._lacks:
                del body["response_format"]
            elif "json_schema" in self._lacks:
                body["response_format"] = {"type": "json_object"}
        if "max_tokens" in self._lacks:
            body["max_completion_tokens"] = body.pop("max_tokens")
        for name in ("temperature", "seed"):
            if name in self._lacks:
                body.pop(name, None)
        if "system" in self._lacks:
            body["messages"] = _without_system(body["messages"])
        return body

    def _learn(self, error: openai.APIStatusError, wish: Mapping[str, Any]) -> bool:
        """Take note of what a refusal says the endpoint lacks; False when it says nothing new."""
        said = _said(error)
        for name, told in LACKS:
            if name in self._lacks or not re.search(told, said, re.IGNORECASE):
                continue
            if name in {"json_schema", "json_object"} and "response_format" not in wish:
                continue
            if name == "json_object" and "json_schema" not in self._lacks:
                continue
            self._lacks.add(name)
            return True
        return False

    def _answer(self, reply: Any) -> Answer:
        choices = getattr(reply, "choices", None)
        if not choices or getattr(choices[0], "message", None) is None:
            raise EngineError(f"{self.endpoint.shown} answered without a choice")
        usage = getattr(reply, "usage", None)
        details = getattr(usage, "prompt_tokens_details", None)
        return Answer(
            choices[0].message.content or "",
            choices[0].finish_reason or "stop",
            Usage(
                getattr(usage, "prompt_tokens", 0) or 0,
                getattr(details, "cached_tokens", 0) or 0,
                getattr(usage, "completion_tokens", 0) or 0,
                1,
            ),
        )

    def _refusal(self, error: openai.APIStatusError) -> RequestError:
        """Return what a 400 or 422 means for this one request."""
        said = _said(error)
        if SAYS_TOO_LONG.search(said):
            return RequestError(
                f"the unit with its context is too long for {self.endpoint.model}",
                mend="take a model with a larger context, or set batch and context lower",
            )
        return RequestError(f"{self.endpoint.shown} refused the request: {self._quoted(said)}")

    def _failure(self, error: openai.OpenAIError) -> EngineError:  # noqa: PLR0911 - a table
        """Return ``error`` as one of ours, with its mend and never with the key."""
        import openai  # noqa: PLC0415

        at, model = self.endpoint.shown, self.endpoint.model
        key = self.endpoint.key_env or "the key"
        if isinstance(error, openai.APITimeoutError):
            return EngineError(
                f"{at} gave no answer within {self.endpoint.timeout:g} seconds",
                mend="set a larger timeout for the engine, or try again later",
            )
        if isinstance(error, openai.APIConnectionError):
            return EngineDownError(
                f"{at} cannot be reached", mend="check base_url, and that the server runs"
            )
        if isinstance(error, openai.AuthenticationError):
            mend = f"set {key} to a valid key" if self.endpoint.key else f"set {key}"
            return EngineDownError(f"{at} refused the key", mend=mend)
        if isinstance(error, openai.PermissionDeniedError):
            return EngineDownError(
                f"{at} does not let this key use {model}", mend=f"check the rights of {key}"
            )
        if isinstance(error, openai.NotFoundError):
            return EngineDownError(
                f"{at} does not know the model {model!r} or the address",
                mend="check model and base_url (it usually ends in /v1)",
            )
        if isinstance(error, openai.RateLimitError) and SAYS_NO_QUOTA.search(_said(error)):
            return EngineDownError(f"the quota at {at} is used up", mend="check plan and billing")
        if isinstance(error, openai.APIStatusError):
            return EngineError(
                f"{at} answered with status {error.status_code}: {self._quoted(_said(error))}",
                mend="try again later",
            )
        return EngineError(f"{at}: {self._quoted(str(error))}")

    def _quoted(self, said: str) -> str:
        """Return a server's own words, short, on one line, without the key should they echo it."""
        if self.endpoint.key:
            said = said.replace(self.endpoint.key, "…")
        said = re.sub(r"\b(?:sk|key|Bearer)[-_ ][\w*.…-]{6,}", "…", said)
        return " ".join(said.split())[:200] or "no reason given"


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


def _said(error: openai.APIStatusError) -> str:
    body = error.body
    if isinstance(body, dict):
        inner = body.get("error", body)
        if isinstance(inner, dict):
            words = (inner.get("message"), inner.get("code"), inner.get("param"))
            return " ".join(str(word) for word in words if word)
        return str(inner)
    return str(body or error.message)


def _without_system(messages: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return ``messages`` with the system's words in front of the first user's."""
    system = [each["content"] for each in messages if each["role"] == "system"]
    rest = [dict(each) for each in messages if each["role"] != "system"]
    if system and rest:
        rest[0]["content"] = "\n\n".join((*system, rest[0]["content"]))
    return rest
