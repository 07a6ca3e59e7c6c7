"""A loopback server that speaks the protocol of chat completions, with faults on order.

The fake of a provider, for tests of whatever talks to one: it counts what it answered, and so
what a provider would bill.
"""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self

from bilingual.engines.scripted import made_up

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Fault:
    """One answer that is not a good one."""

    status: int = 200
    message: str = ""
    text: str | None = None
    """The model's words instead of a translation."""
    finish: str = "stop"
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    """The whole body instead of JSON."""
    hang_up: bool = False
    """Close the connection without a word."""
    wait: float = 0.0
    """Seconds before the answer."""


class ScriptedServer:
    """Answers well unless a fault is queued, or ``refuses`` finds one in the request's body."""

    def __init__(self, target: str = "ko") -> None:
        """``target`` is the language of its made-up translations."""
        self.target = target
        self.faults: list[Fault] = []
        self.bodies: list[dict[str, Any]] = []
        """What was asked, in order; refused requests too."""
        self.headers: list[dict[str, str]] = []
        self.answered: list[dict[str, Any]] = []
        """What was answered with a translation: what a provider would bill."""
        self.refuses: Callable[[dict[str, Any]], Fault | None] = lambda _body: None
        """Returns the fault that a request's body deserves, or None."""
        self.before_answer: Callable[[int], None] = lambda _n: None
        """Called with the number of the request, from 1, before it is answered."""
        self._lock = threading.Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                """Answer one request."""
                length = int(self.headers.get("content-length", 0))
                body = json.loads(self.rfile.read(length))
                outer.headers.append({k.lower(): v for k, v in self.headers.items()})
                outer._reply(self, body)

            def log_message(self, *_: object) -> None:
                """Say nothing on standard error."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        """Its ``base_url``."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def _reply(self, handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        with self._lock:
            self.bodies.append(body)
            n = len(self.bodies)
            fault = self.refuses(body) or (self.faults.pop(0) if self.faults else Fault())
        self.before_answer(n)
        if fault.wait:
            threading.Event().wait(fault.wait)
        if fault.hang_up:
            handler.close_connection = True
            handler.connection.close()
            return
        content = fault.raw
        if content is None and fault.status != 200:
            content = json.dumps({"error": {"message": fault.message}}).encode()
        if content is None:
            text = self._answer(body) if fault.text is None else fault.text
            if fault.text is None:
                self.answered.append(body)
            content = json.dumps(completion(text, fault.finish), ensure_ascii=False).encode()
        try:
            handler.send_response(fault.status)
            handler.send_header("content-type", "application/json")
            for name, value in fault.headers.items():
                handler.send_header(name, value)
            handler.send_header("content-length", str(len(content)))
            handler.end_headers()
            handler.wfile.write(content)
        except OSError:
            handler.close_connection = True

    def _answer(self, body: dict[str, Any]) -> str:
        passages = asked(body)
        rows = {key: made_up(text, self.target) for key, text in passages.items()}
        if list(rows) == ["single"]:
            return rows["single"]
        return json.dumps(rows, ensure_ascii=False)


def asked(body: dict[str, Any]) -> dict[str, str]:
    """Return the passages that a request asks for, by id; a single one as ``single``."""
    last = body["messages"][-1]["content"]
    start = last.find('{"')
    try:
        return dict(json.loads(last[start:] if start >= 0 else "")["passages"])
    except (ValueError, KeyError):
        return {"single": last.rpartition("\n")[2]}


def completion(text: str, finish: str = "stop") -> dict[str, Any]:
    """Return the protocol's object around a model's ``text``."""
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "scripted",
        "choices": [
            {
                "index": 0,
                "finish_reason": finish,
                "message": {"role": "assistant", "content": text},
            }
        ],
        "usage": {
            "prompt_tokens": 10,
            "completion_tokens": 5,
            "total_tokens": 15,
            "prompt_tokens_details": {"cached_tokens": 4},
        },
    }
