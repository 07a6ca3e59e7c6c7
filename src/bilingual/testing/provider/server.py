"""A loopback server that speaks the protocol of chat completions, with failures on demand.

The fake of a provider, for tests of code that talks to one. It counts what it answered, and so
what a provider would bill; it can be slow, keep a rate, have a small context, and behave as one of
``profiles``.
"""

from __future__ import annotations

import json
import math
import threading
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self

from bilingual.engines.scripted import made_up
from bilingual.prompting import prompt
from bilingual.testing.provider import profiles, rate_limit, token_count
from bilingual.testing.provider.batches import ScriptedBatches
from bilingual.testing.provider.profiles import Profile, RefusedParameter, filled
from bilingual.testing.provider.wire import hang_up, send

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bilingual.testing.provider.rate_limit import Rate

KEY = "sk-scripted-0123456789abcdef"
"""The key that a server with keys takes."""


@dataclass(frozen=True, slots=True)
class FailedResponse:
    """One answer that is not a good one."""

    status: int = 200
    message: str = ""
    text: str | None = None
    """The model's words instead of a translation."""
    finish: str = ""
    """Empty for the true reason."""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] | None = None
    """The error's body, instead of one around ``message``."""
    raw: bytes | None = None
    """The whole body instead of JSON."""
    hang_up: bool = False
    """Close the connection without a word."""
    lost: bool = False
    """Answer and bill, but close the connection before a word of it is sent."""
    wait: float = 0.0
    """Seconds before the answer."""


@dataclass(frozen=True, slots=True)
class BilledRequest:
    """One answer that a provider would be paid for."""

    name: str
    """The request's ``Idempotency-Key``."""
    prompt: int
    cached: int
    completion: int


class ScriptedServer:
    """Answers well unless a failure is queued, or ``refuses`` finds one in the request's body."""

    def __init__(  # noqa: PLR0913 - what a server can be like
        self,
        target: str = "ko",
        *,
        profile: Profile = profiles.ANY,
        count: Callable[[str], int] = token_count.simple,
        latency: float = 0.0,
        rate: Rate | None = None,
        idempotent: bool = False,
    ) -> None:
        """``target`` is the language of its made-up translations; ``latency`` is in seconds.

        An ``idempotent`` one gives a request of a name that it answered before the same answer,
        and bills it once.
        """
        self.target = target
        self.profile = profile
        self.latency = latency
        self.rate = rate
        self.idempotent = idempotent
        self.faults: list[FailedResponse] = []
        self.bodies: list[dict[str, Any]] = []
        """What was asked, in order; refused requests too."""
        self.headers: list[dict[str, str]] = []
        self.answered: list[dict[str, Any]] = []
        """What was answered with a translation."""
        self.bills: list[BilledRequest] = []
        """What a provider would be paid for: translations, and bad answers of the model too."""
        self.busy = 0
        """Requests that were sent away for the rate."""
        self.refuses: Callable[[dict[str, Any]], FailedResponse | None] = lambda _body: None
        """Returns the failure for a request's body, or None."""
        self.before_answer: Callable[[int], None] = lambda _n: None
        """Called with the number of the request, from 1, before it is answered."""
        self.translate: Callable[[str], str] = lambda text: made_up(text, self.target)
        self.batches = ScriptedBatches(self.worked)
        """Its files and batches."""
        self._meter = token_count.TokenCounter(count)
        self._kept: dict[str, bytes] = {}
        self._lock = threading.Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                """Answer one request."""
                content = self.rfile.read(int(self.headers.get("content-length", 0)))
                if outer.batches.serve(self, content):
                    return
                body = json.loads(content)
                outer._reply(self, body, {k.lower(): v for k, v in self.headers.items()})

            def do_GET(self) -> None:
                """Answer what is read: batches and their files."""
                if not outer.batches.serve(self, b""):
                    send(self, 404, {}, b'{"error": {"message": "Not Found"}}')

            def log_message(self, *_: object) -> None:
                """Log nothing."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 256

        self._server = Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        """Its ``base_url``."""
        path = self.profile.path.removesuffix("/chat/completions") or "/v1"
        return f"http://127.0.0.1:{self._server.server_address[1]}{path}"

    @property
    def billed_twice(self) -> list[str]:
        """Names of requests that were billed more than once."""
        names = [bill.name for bill in self.bills]
        return sorted({name for name in names if names.count(name) > 1})

    def _reply(
        self, handler: BaseHTTPRequestHandler, body: dict[str, Any], headers: dict[str, str]
    ) -> None:
        with self._lock:
            self.bodies.append(body)
            self.headers.append(headers)
            n = len(self.bodies)
            fault = (
                self._turned_away(handler.path, body, headers)
                or self.refuses(body)
                or (self.faults.pop(0) if self.faults else FailedResponse())
            )
        self.before_answer(n)
        wait = fault.wait + (self.latency if fault.status == 200 else 0.0)
        if wait:
            threading.Event().wait(wait)
        if fault.hang_up:
            hang_up(handler)
            return
        content = self._content(fault, body, headers.get("idempotency-key", ""))
        if fault.lost:
            hang_up(handler)
            return
        told = self.rate.headers() if self.rate and self.profile.tells_rate else {}
        send(handler, fault.status, {**told, **fault.headers}, content)

    def worked(self, body: dict[str, Any], name: str) -> tuple[int, bytes]:
        """Return status and body of the answer to one line of a batch, ``name`` its id.

        It is billed as any other; the rate is no matter of batches.
        """
        fault = self.refuses(body) or self._unfit(body) or FailedResponse()
        return fault.status, self._content(fault, body, name)

    def _content(self, fault: FailedResponse, body: dict[str, Any], name: str) -> bytes:
        """Return the bytes of the answer; a good one is counted and billed."""
        if fault.raw is not None:
            return fault.raw
        if fault.status != 200:
            told = fault.body if fault.body is not None else {"error": {"message": fault.message}}
            return json.dumps(told).encode()
        with self._lock:
            if self.idempotent and name in self._kept:
                return self._kept[name]
            text = self._answer(body) if fault.text is None else fault.text
            if fault.text is None:
                self.answered.append(body)
            answer = self._spoken(text, fault.finish, body, name)
            content = json.dumps(answer, ensure_ascii=False).encode()
            self._kept[name] = content
            return content

    def _answer(self, body: dict[str, Any]) -> str:
        if self._cut(body):
            return "How can I help you today?"
        rows = {key: self.translate(text) for key, text in asked(body).items()}
        if list(rows) == ["single"]:
            return rows["single"]
        return json.dumps(rows, ensure_ascii=False)

    def _spoken(self, text: str, finish: str, body: dict[str, Any], name: str) -> dict[str, Any]:
        """Return the protocol's object around ``text``, cut at the token limit, and bill it."""
        profile, messages = self.profile, body["messages"]
        limit = _limit(body)
        room = limit - profile.reasoning if limit else None
        tokens, true = self._meter.count(text), "stop"
        if room is not None and tokens > room:
            text, true = text[: len(text) * max(0, room) // tokens], "length"
            tokens = max(0, room)
        thought = min(profile.reasoning, limit or profile.reasoning)
        prompt = self._meter.prompt(messages)
        cached = self._meter.cached(messages, prompt)
        if self._cut(body):
            prompt = profile.context
        bill = BilledRequest(name, prompt, cached, tokens + thought)
        self.bills.append(bill)
        return completion(text, finish or true, bill, profile, thought)

    def _turned_away(
        self, path: str, body: dict[str, Any], headers: Mapping[str, str]
    ) -> FailedResponse | None:
        """Return the failure of a request that the profile or the rate does not accept."""
        profile = self.profile
        words: dict[str, object] = {"model": body.get("model", ""), "limit": profile.context}
        if profile.path and path != profile.path:
            return _refusal(profile.wrong_path, words)
        if profile.keys and all(_key(headers, each) != KEY for each in profile.keys):
            given = next(filter(None, (_key(headers, each) for each in profile.keys)), "")
            return _refusal(profile.wrong_key, {**words, "key": given})
        if self.rate and (wait := self.rate.take()):
            self.busy += 1
            fault = _refusal(profile.busy, {**words, "after": math.ceil(wait)})
            told = rate_limit.retry_headers(wait) if profile.tells_rate else {}
            return replace(fault, headers={**told, **fault.headers})
        return self._unfit(body)

    def _unfit(self, body: dict[str, Any]) -> FailedResponse | None:
        """Return the failure of a body that the profile does not accept."""
        profile = self.profile
        words: dict[str, object] = {"model": body.get("model", ""), "limit": profile.context}
        if profile.model and body.get("model") != profile.model:
            return _refusal(profile.wrong_model, words)
        for name, refused in profile.refuses.items():
            if _has(body, name):
                return _refusal(refused, {**words, "value": body.get(name, "")})
        return self._over_long(body, words)

    def _over_long(self, body: dict[str, Any], words: dict[str, object]) -> FailedResponse | None:
        profile = self.profile
        if not profile.context or profile.truncates:
            return None
        prompt, answer = self._meter.prompt(body["messages"]), _limit(body) or 0
        if prompt + (answer if profile.reserves_answer else 1) <= profile.context:
            return None
        counts = {"prompt": prompt, "answer": answer, "sum": prompt + answer}
        return _refusal(profile.too_long, {**words, **counts})

    def _cut(self, body: dict[str, Any]) -> bool:
        """Return True when the server reads only the end of this prompt."""
        profile = self.profile
        return profile.truncates and 0 < profile.context < self._meter.prompt(body["messages"])


def asked(body: dict[str, Any]) -> dict[str, str]:
    """Return the passages that a request asks for, by id; a single one as ``single``.

    They are in the last object of the conversation that has any: others are examples. The short
    form has one text, after what helps with it.
    """
    last = body["messages"][-1]["content"]
    found: dict[str, str] = {}
    decoder, at = json.JSONDecoder(), last.find('{"')
    while at >= 0:
        try:
            value, end = decoder.raw_decode(last, at)
            if isinstance(value.get("passages"), dict):
                found = value["passages"]
        except ValueError:
            end = at + 1
        at = last.find('{"', end)
    return found or prompt.asked(last)


def completion(
    text: str, finish: str, bill: BilledRequest, profile: Profile = profiles.ANY, thought: int = 0
) -> dict[str, Any]:
    """Return the protocol's object around a model's ``text``."""
    message: dict[str, Any] = {"role": "assistant", "content": text}
    if profile.thinks == "<think>":
        message["content"] = f"<think>\nLet me see.\n</think>\n\n{text}"
    elif profile.thinks:
        message[profile.thinks] = "Let me see."
    usage: dict[str, Any] = {
        "prompt_tokens": bill.prompt,
        "completion_tokens": bill.completion,
        "total_tokens": bill.prompt + bill.completion,
    }
    if profile.tells_cached:
        usage["prompt_tokens_details"] = {"cached_tokens": bill.cached}
    if thought and not profile.thinks:
        usage["completion_tokens_details"] = {"reasoning_tokens": thought}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "scripted",
        "choices": [{"index": 0, "finish_reason": finish, "message": message}],
        "usage": usage,
    }


def _refusal(refused: RefusedParameter, words: Mapping[str, object]) -> FailedResponse:
    headers = {name: str(filled(value, words)) for name, value in refused.headers.items()}
    return FailedResponse(refused.status, body=filled(refused.body, words), headers=headers)


def _key(headers: Mapping[str, str], name: str) -> str:
    return headers.get(name, "").removeprefix("Bearer ")


def _has(body: Mapping[str, Any], name: str) -> bool:
    """Return True when a request has the parameter ``name``, or messages of the role."""
    if name == "system":
        return any(each["role"] == "system" for each in body["messages"])
    if name in {"json_schema", "json_object"}:
        return bool(body.get("response_format", {}).get("type") == name)
    return name in body


def _limit(body: Mapping[str, Any]) -> int | None:
    return body.get("max_completion_tokens") or body.get("max_tokens")
