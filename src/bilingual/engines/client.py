"""The conversation with an OpenAI-compatible endpoint: the only importer of ``openai``."""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from bilingual.engines import capability, limits, prompt, refusal, reply
from bilingual.engines.base import UnreachableError
from bilingual.engines.refusal import Refusal
from bilingual.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import openai

    from bilingual.engines.base import Answer, Request
    from bilingual.engines.endpoint import Endpoint

T = TypeVar("T")

OUTPUT_A_CHARACTER = 1.5
"""Tokens of an answer allowed for each code point of source: Korean in a small model's vocabulary
needs about one token a syllable; the rest is room for JSON and marks."""
OUTPUT_AT_LEAST = 160
MAY_TEACH = frozenset({400, 422})
"""Statuses of refusals that may say what the endpoint does not take."""


class Client:
    """Asks one endpoint; remembers what the endpoint does not take. Threads may share it."""

    def __init__(
        self,
        endpoint: Endpoint,
        steer: Callable[[Request], Mapping[str, object]] | None = None,
    ) -> None:
        """``steer`` gives what the body of one request has besides ``endpoint.extra``."""
        self.endpoint = endpoint
        self._steer = steer
        self._client: openai.OpenAI | None = None
        self._lock = threading.Lock()
        self._lacks: frozenset[str] = frozenset()

    def key(self, request: Request) -> str:
        """Return what determines the answer, without the key."""
        return self._identity(request, self._wish(request))

    def ask(self, request: Request) -> Answer:
        """Return the model's answer to ``request``, sent once; raises as ``Engine.ask`` does.

        What the endpoint refuses for a parameter it does not take is sent again without it.
        """
        wish = self._wish(request)
        identity = self._identity(request, wish)
        while True:
            lacks = self._lacks
            sent = self._send(capability.fitted(wish, lacks), identity)
            if not isinstance(sent, Refusal):
                return sent
            if sent.status not in MAY_TEACH or not self._learn(sent, wish, lacks):
                raise refusal.error(sent, self.endpoint, datetime.now(UTC))

    def body(self, request: Request) -> dict[str, Any]:
        """Return the whole body that ``ask`` would send for ``request`` now."""
        body = capability.fitted(self._wish(request), self._lacks)
        extra = body.pop("extra_body", {})
        return {**body, **extra}

    def teach(self, said: str, body: Mapping[str, Any]) -> bool:
        """Learn from a refusal of ``body``; True when it would be sent otherwise from now on.

        ``said`` is the server's words.
        """
        lacks = self._lacks
        self._learn(Refusal(400, said, {}), body, lacks)
        return capability.fitted(body, self._lacks) != body

    def close(self) -> None:
        """Close the connections."""
        with self._lock:
            if self._client is not None:
                self._client.close()
                self._client = None

    def _open(self) -> openai.OpenAI:
        import openai  # noqa: PLC0415 - a second of loading

        with self._lock:
            if self._client is None:
                self._client = openai.OpenAI(
                    base_url=self.endpoint.base_url,
                    api_key=self.endpoint.key or "none",
                    timeout=self.endpoint.timeout,
                    max_retries=0,
                )
            return self._client

    def _send(self, body: Mapping[str, Any], identity: str) -> Answer | Refusal:
        """Send ``body`` once; raises ``EngineError`` when nothing that can be read comes back."""
        headers = {"Idempotency-Key": _digest(identity, body)}
        raw = self.exchange(
            lambda api: api.chat.completions.with_raw_response.create(**body, extra_headers=headers)
        )
        if isinstance(raw, Refusal):
            return raw
        return self._read(raw.content, _lower(raw.headers))

    def exchange(self, call: Callable[[openai.OpenAI], T]) -> T | Refusal:
        """Return what ``call`` gets from the server, or the server's refusal.

        Raises ``EngineError`` when no answer comes. Whatever the library raises is not kept as a
        cause: it holds the request's headers.
        """
        import openai  # noqa: PLC0415

        at = self.endpoint.shown
        try:
            return call(self._open())
        except openai.APIStatusError as error:
            said = refusal.words(error.body) or error.message
            return Refusal(error.status_code, said, _lower(error.response.headers))
        except openai.APITimeoutError:
            raise EngineError(
                f"{at} gave no answer within {self.endpoint.timeout:g} seconds",
                mend="set a larger timeout for the engine, or try again later",
            ) from None
        except openai.APIConnectionError as error:
            raise UnreachableError(
                f"{at} cannot be reached ({self.endpoint.quoted(_deepest(error))})",
                mend="check base_url, and that the server runs",
            ) from None
        except openai.OpenAIError as error:
            raise EngineError(f"{at}: {self.endpoint.quoted(str(error))}") from None

    def _read(self, content: bytes, headers: Mapping[str, str]) -> Answer | Refusal:
        """Return what the body of an answer with status 200 holds."""
        at = self.endpoint.shown
        try:
            body = json.loads(content)
        except ValueError:
            raise EngineError(f"{at} answered with what is no JSON") from None
        if (told := reply.fault(body)) is not None:
            return Refusal(reply.status(told), refusal.words({"error": told}), headers)
        answer = reply.read(body)
        if answer is None:
            raise EngineError(f"{at} answered without a choice")
        left = limits.limits(headers, datetime.now(UTC))
        return replace(answer, text=self.endpoint.clean(answer.text), limits=left)

    def _identity(self, request: Request, wish: Mapping[str, Any]) -> str:
        identity = {
            "url": self.endpoint.shown,
            "version": prompt.VERSION,
            "turn": [each.turn for each in request.passages],
            "body": wish,
        }
        return json.dumps(identity, ensure_ascii=False, sort_keys=True)

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

    def _learn(self, refused: Refusal, wish: Mapping[str, Any], lacked: frozenset[str]) -> bool:
        """Take note of what a refusal says the endpoint lacks; False when it says nothing new.

        ``lacked`` is what was known when the request was sent: another thread may have learned
        the same since.
        """
        name = capability.lacking(refused.said, wish, lacked)
        if name:
            with self._lock:
                self._lacks |= {name}
        return bool(name)


def _digest(identity: str, body: Mapping[str, Any]) -> str:
    """Return a name for a request, the same whenever it is sent, so that it is billed once."""
    whole = f"{identity}\n{json.dumps(body, sort_keys=True)}"
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


def _lower(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _deepest(error: BaseException) -> str:
    """Return the words of the first cause of ``error``, which says why."""
    while error.__cause__ is not None:
        error = error.__cause__
    return str(error) or type(error).__name__
