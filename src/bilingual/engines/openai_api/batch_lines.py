"""The lines of a batch's files: what is asked, and what came back.

The published format: a request is ``{"custom_id", "method", "url", "body"}``, a result is
``{"id", "custom_id", "response": {"status_code", "request_id", "body"}, "error": {"code",
"message"}}`` with ``response`` or ``error`` null. Results come in any order, good ones in the
output file, others in the error file.

Source: https://platform.openai.com/docs/api-reference/batch/request-input,
https://platform.openai.com/docs/api-reference/batch/request-output.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Any

from bilingual.engines.base import RequestError, TooLongError
from bilingual.engines.openai_api import refusal, reply
from bilingual.engines.openai_api.refusal import ServerRefusal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bilingual.engines.openai_api.endpoint import Endpoint
    from bilingual.errors import EngineError
    from bilingual.prompting.request import Reply


class Fate(Enum):
    """What became of one request of a batch."""

    ANSWERED = "answered"
    REFUSED = "refused"
    """By the server, for what it says; the same request would be refused again."""
    TOO_LONG = "too long"
    """For the model's context; a smaller request may pass."""
    FAILED = "failed"
    """Not because of the request: expired, cancelled, busy, a server's error. Ask it again."""

    @property
    def final(self) -> bool:
        """True when the same request would be refused again."""
        return self in {Fate.REFUSED, Fate.TOO_LONG}


@dataclass(frozen=True, slots=True)
class BatchAnswer:
    """One line of a batch's output or error file."""

    name: str
    """The request's ``custom_id``."""
    fate: Fate
    reply: Reply | None = None
    said: str = ""
    """Why there is no answer, in the server's words and without a secret."""


def request(name: str, url: str, body: Mapping[str, Any]) -> bytes:
    """Return the line that asks for ``body``, with its end."""
    line = {"custom_id": name, "method": "POST", "url": url, "body": body}
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def bodies(content: bytes) -> dict[str, dict[str, Any]]:
    """Return what the input file ``content`` asks, by name."""
    rows = (json.loads(line) for line in content.splitlines())
    return {row["custom_id"]: row["body"] for row in rows}


def result(line: bytes, endpoint: Endpoint, now: datetime) -> BatchAnswer | None:
    """Return what ``line`` says; None for a line that is no result. ``now`` has a time zone."""
    try:
        row = json.loads(line)
    except ValueError:
        return None
    if not isinstance(row, dict) or not isinstance(row.get("custom_id"), str):
        return None
    name, response = row["custom_id"], row.get("response")
    if not isinstance(response, dict):
        said = refusal.words({"error": row.get("error")})
        return BatchAnswer(name, Fate.FAILED, said=endpoint.quoted(said))
    status, content = response.get("status_code", 200), response.get("body")
    wrong = reply.fault(content)
    if status == 200 and wrong is None and (read := reply.read(content)) is not None:
        return BatchAnswer(name, Fate.ANSWERED, replace(read, text=endpoint.clean(read.text)))
    if status == 200:
        status = reply.status(wrong)
    told = ServerRefusal(status if isinstance(status, int) else 502, refusal.words(content), {})
    error = refusal.error(told, endpoint, now)
    return BatchAnswer(name, _fate(error), said=str(error.problem))


def _fate(error: EngineError) -> Fate:
    if isinstance(error, TooLongError):
        return Fate.TOO_LONG
    return Fate.REFUSED if isinstance(error, RequestError) else Fate.FAILED
