"""Talk to an OpenAI-compatible endpoint; the only importer of ``openai``."""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from bilingual import clock
from bilingual.engines.base import LostError, TooLongError, UnreachableError
from bilingual.engines.openai_api import capability, context_window, rate_headers, refusal, reply
from bilingual.engines.openai_api.learned import Endpoints, Known
from bilingual.engines.openai_api.refusal import ServerRefusal
from bilingual.errors import EngineError
from bilingual.model import msg
from bilingual.prompting import answers, prompt, trim
from bilingual.prompting.request import Usage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import openai

    from bilingual.engines.openai_api.endpoint import Endpoint
    from bilingual.prompting.request import Answer, Reply, Request

T = TypeVar("T")

OUTPUT_A_CHARACTER = 1.5
"""Tokens of an answer allowed for each code point of source: Korean in a small model's vocabulary
needs about one token a syllable; the rest is room for JSON and marks."""
OUTPUT_AT_LEAST = 160
REASONING = 4096
"""Tokens more for a model that thinks first: by default, and at the least when it was cut off."""
MAKES_REASON = frozenset({"reasoning_effort", "reasoning", "thinking", "thinking_budget"})
"""Parameters in ``Endpoint.extra`` that make a model think first."""
MAY_TEACH = frozenset({400, 422, 500, 501})
"""Statuses of refusals that may say what the endpoint does not take."""


class Client:
    """Asks one endpoint; remembers what the endpoint is like. Threads may share it."""

    def __init__(
        self,
        endpoint: Endpoint,
        steer: Callable[[Request], Mapping[str, object]] | None = None,
    ) -> None:
        """``steer`` returns what the body of one request has in addition to ``endpoint.extra``."""
        self.endpoint = endpoint
        self._steer = steer
        self._endpoints = Endpoints()
        self._client: openai.OpenAI | None = None
        self._lock = threading.Lock()

    def remember(self, endpoints: Endpoints) -> None:
        """Keep what is found out about the endpoint in ``endpoints``, beyond this run."""
        self._endpoints = endpoints

    def key(self, request: Request) -> str:
        """Return what determines the answer, without the key."""
        return self._identity(request, self._wish(request))

    def bound(self, request: Request) -> Usage:
        """Return the most that ``request`` can use: no token is shorter than a byte."""
        known = self._endpoints.find(self.endpoint)
        sent = json.dumps(self._wish(request), ensure_ascii=False)
        # Whether a model thinks first is found out by asking it.
        thoughts = max(self._reasoning(known), REASONING if known == Known() else 0)
        answer = self.endpoint.answer_limit or self._need(request) + thoughts
        return Usage(prompt=len(sent.encode("utf-8", "surrogatepass")), completion=answer)

    def ask(self, request: Request) -> Answer:
        """Return the model's answer to ``request``, sent once; raises as ``Engine.ask`` does.

        What the endpoint refuses for a parameter it does not take, or for the room it should keep
        for the answer, is sent again without: nobody bills a refusal.
        """
        wish = self._wish(request)
        identity = self._identity(request, wish)
        last: dict[str, Any] = {}
        while True:
            known = self._endpoints.find(self.endpoint)
            body = self._fitted(request, wish, known)
            sent = self._send(body, identity)
            if not isinstance(sent, ServerRefusal):
                return answers.read(request, sent)
            error = refusal.error(sent, self.endpoint, clock.now())
            if body == last or not self._learned(sent, error, body, wish, known):
                raise error
            last = body

    def body(self, request: Request) -> dict[str, Any]:
        """Return the whole body that ``ask`` would send for ``request`` now, if it fits."""
        known = self._endpoints.find(self.endpoint)
        room = self.endpoint.answer_limit or self._need(request) + self._reasoning(known)
        body = capability.fitted({**self._wish(request), "max_tokens": room}, known.lacks)
        extra = body.pop("extra_body", {})
        return {**body, **extra}

    def teach(self, said: str, body: Mapping[str, Any]) -> bool:
        """Learn from a refusal of ``body``; True when it would be sent otherwise from now on.

        ``said`` is the server's words.
        """
        before = self._endpoints.find(self.endpoint)
        if name := capability.lacking(said, body, before.lacks):
            self._learn(lambda now: replace(now, lacks=now.lacks | {name}))
        return capability.fitted(body, self._endpoints.find(self.endpoint).lacks) != body

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
                # A user and a password in the address go into a header, as any client would send
                # them, so that no log of addresses shows them.
                login = self.endpoint.login
                self._client = openai.OpenAI(
                    base_url=self.endpoint.bare_url,
                    default_headers={"Authorization": login} if login else None,
                    api_key=self.endpoint.key or "none",
                    timeout=self.endpoint.timeout,
                    max_retries=0,
                )
            return self._client

    def _send(self, body: Mapping[str, Any], identity: str) -> Reply | ServerRefusal:
        """Send ``body`` once; raises ``EngineError`` when nothing that can be read comes back."""
        headers = {"Idempotency-Key": _digest(identity, body)}
        raw = self.exchange(
            lambda api: api.chat.completions.with_raw_response.create(**body, extra_headers=headers)
        )
        if isinstance(raw, ServerRefusal):
            return raw
        return self._read(raw.content, _lower(raw.headers), context_window.size(body["messages"]))

    def exchange(self, call: Callable[[openai.OpenAI], T]) -> T | ServerRefusal:
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
            return ServerRefusal(error.status_code, said, _lower(error.response.headers))
        except openai.APITimeoutError:
            raise LostError(
                msg(
                    "{url} did not answer within {timeout:g} seconds",
                    url=at,
                    timeout=self.endpoint.timeout,
                ),
                hint=msg("set a larger `timeout` for the engine, or try again later"),
            ) from None
        except openai.APIConnectionError as error:
            why = self.endpoint.quoted(_deepest(error))
            if _connected(error):
                raise LostError(
                    msg("{url} closed the connection ({reason})", url=at, reason=why)
                ) from None
            raise UnreachableError(
                msg("{url} cannot be reached ({reason})", url=at, reason=why),
                hint=msg("check `base_url`, and that the server is running"),
            ) from None
        except openai.OpenAIError as error:
            raise EngineError(
                msg("{url}: {reason}", url=at, reason=self.endpoint.quoted(str(error)))
            ) from None

    def _read(
        self, content: bytes, headers: Mapping[str, str], length: int
    ) -> Reply | ServerRefusal:
        """Return what the body of an answer with status 200 holds."""
        at = self.endpoint.shown
        try:
            body = json.loads(content)
        except ValueError:
            raise LostError(msg("the answer of {url} is not JSON", url=at)) from None
        if (told := reply.fault(body)) is not None:
            return ServerRefusal(reply.status(told), refusal.words({"error": told}), headers)
        found = reply.read(body)
        if found is None:
            raise LostError(msg("{url} answered without a choice", url=at))
        self._judge(found, body, length)
        left = rate_headers.limits(headers, clock.now())
        return replace(found, text=self.endpoint.clean(found.text), limits=left)

    def _judge(self, answer: Reply, body: Any, length: int) -> None:
        """Learn from what an answer to ``length`` bytes of prompt cost.

        Raises ``TooLongError`` when the server did not read the whole prompt.
        """
        used = answer.usage
        if context_window.was_cut(used, length, tells_cached=reply.tells_cached(body)):
            self._learn(lambda now: replace(now, context=used.prompt))
            raise refusal.too_long(self.endpoint, billed=True)
        self._learn(lambda now: context_window.after_answer(now, used, length))
        if answer.finish == "length" and reply.reasoned(body):
            more = max(REASONING, 2 * used.completion)
            self._learn(lambda now: replace(now, reasoning=max(now.reasoning, more)))

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
        body: dict[str, Any] = {
            "model": self.endpoint.model,
            "messages": [
                {"role": turn.role, "content": turn.content} for turn in prompt.turns(request)
            ],
            "max_tokens": self.endpoint.answer_limit or self._need(request),
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

    def _fitted(self, request: Request, wish: Mapping[str, Any], known: Known) -> dict[str, Any]:
        """Return the body of ``wish`` for an endpoint that is ``known`` to be so.

        Raises ``TooLongError`` when it is known to be too long and can be made smaller.
        """
        length = context_window.size(wish["messages"])
        need = self._need(request) + self._reasoning(known)
        wanted = self.endpoint.answer_limit or need
        room = context_window.room(known, length, min(need, wanted), wanted)
        if room < min(need, wanted):
            if len(request.passages) > 1 or trim.smaller(request) is not None:
                raise refusal.too_long(self.endpoint)
            # It cannot be made smaller: the server shall say so itself.
            room = min(wanted, max(room, OUTPUT_AT_LEAST))
        return capability.fitted({**wish, "max_tokens": room}, known.lacks)

    def _need(self, request: Request) -> int:
        """Return the tokens that an answer to ``request`` may need."""
        length = sum(len(each.text) for each in request.passages)
        return OUTPUT_AT_LEAST + int(length * OUTPUT_A_CHARACTER)

    def _reasoning(self, known: Known) -> int:
        """Return the tokens that the model may think; its thoughts count as its answer's."""
        # Only models that reason want ``max_completion_tokens``.
        likely = MAKES_REASON & self.endpoint.extra.keys() or "max_tokens" in known.lacks
        return max(known.reasoning, REASONING if likely else 0)

    def _learned(
        self,
        refused: ServerRefusal,
        error: EngineError,
        body: Mapping[str, Any],
        wish: Mapping[str, Any],
        known: Known,
    ) -> bool:
        """Take note of what a refusal says of the endpoint; False when it says nothing.

        ``known`` is what was known when the request was sent: another thread may have learned
        the same since, which is news to this request.
        """
        if isinstance(error, TooLongError):
            length = context_window.size(body["messages"])
            self._learn(lambda now: context_window.after_overflow(now, refused.said, length))
            return True
        if refused.status not in MAY_TEACH:
            return False
        name = capability.lacking(refused.said, wish, known.lacks)
        if name:
            self._learn(lambda now: replace(now, lacks=now.lacks | {name}))
        return bool(name)

    def _learn(self, change: Callable[[Known], Known]) -> None:
        self._endpoints.learn(self.endpoint, change)


def _digest(identity: str, body: Mapping[str, Any]) -> str:
    """Return a name for a request, the same whenever it is sent, so that it is billed once."""
    whole = f"{identity}\n{json.dumps(body, sort_keys=True)}"
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


def _lower(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _connected(error: BaseException) -> bool:
    """Return True when ``error`` came after the connection was made: something was sent."""
    causes = []
    while error.__cause__ is not None:
        error = error.__cause__
        causes.append(type(error).__name__)
    return not {"ConnectError", "ConnectTimeout", "UnsupportedProtocol"} & set(causes)


def _deepest(error: BaseException) -> str:
    """Return the message of the first cause of ``error``."""
    while error.__cause__ is not None:
        error = error.__cause__
    return str(error) or type(error).__name__
