"""The fake of a provider's batches: follows the published format, with failures on demand.

Mounted into a ``ScriptedServer`` it answers ``/v1/files`` and ``/v1/batches``, in memory. It
counts what it worked on, and so what a provider would bill.

Source: https://platform.openai.com/docs/api-reference/batch and
https://platform.openai.com/docs/api-reference/files.
"""

from __future__ import annotations

import json
import re
import threading
from dataclasses import dataclass, field
from email import message_from_bytes
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from bilingual.testing.provider.wire import hang_up, send

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from http.server import BaseHTTPRequestHandler

ROUTE = re.compile(r"/v1/(files|batches)(?:/([^/?]+))?(?:/(content|cancel))?(?:\?.*)?$")
STAGES = ("validating", "in_progress", "finalizing")
"""What a batch goes through, a look each times ``patience``."""
LIMIT = 50_000
EXPIRED = "This request could not be executed before the completion window expired."


@dataclass(frozen=True, slots=True)
class Cut:
    """One call that goes wrong: refused, answered with anything, or cut off."""

    call: str
    """``upload``, ``create``, ``look``, ``list`` or ``content``."""
    when: str = "before"
    """Hang up ``before`` the call is done, ``after`` it was done, or ``within`` the answer."""
    status: int = 0
    """Answer with this status instead of hanging up."""
    message: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    """Do the call, and answer with these bytes."""


@dataclass(frozen=True, slots=True)
class End:
    """How a batch ends."""

    status: str = "completed"
    """``completed``, ``failed``, ``expired`` or ``cancelled``."""
    done: int | None = None
    """Requests worked on until then, in the file's order; None: all."""
    faults: tuple[str, ...] = ()
    """Why it failed."""


class ScriptedBatches:
    """Files and batches of a server."""

    def __init__(self, answer: Callable[[dict[str, Any], str], tuple[int, bytes]]) -> None:
        """``answer`` gives status and body of what a request's body and id are answered with."""
        self._answer = answer
        self.files: dict[str, bytes] = {}
        self.batches: dict[str, dict[str, Any]] = {}
        self.billed: list[str] = []
        """The ids of requests that were answered: what a provider would bill."""
        self.calls: list[str] = []
        """The calls that came, in order: ``upload``, ``create`` …"""
        self.forms: list[dict[str, str]] = []
        """The fields of the uploads, without the file."""
        self.headers: list[dict[str, str]] = []
        self.cuts: list[Cut] = []
        """Each spoils the next call of its kind."""
        self.ends: list[End] = []
        """How the next batches end; any further one is completed."""
        self.patience = 0
        """Looks that a batch stays in each stage."""
        self.spoil: Callable[[list[bytes]], list[bytes]] = lambda lines: lines
        """Changes the lines of an output file before it is stored."""
        self.counts = True
        """False: ``request_counts`` is null, as with some servers."""
        self.keeps_metadata = True
        self.lists = True
        """False: the server has no list of its batches."""
        self.on_call: Callable[[int, str], None] = lambda _n, _call: None
        """Called with the number of a call, from 1, and its kind: before it is done, and after
        it was done and before it is answered (with a minus before the number)."""
        self._lock = threading.Lock()
        self._looks: dict[str, int] = {}

    def serve(self, handler: BaseHTTPRequestHandler, content: bytes) -> bool:
        """Answer what ``handler`` was asked; False when it is no matter of batches."""
        route = ROUTE.match(handler.path)
        if route is None:
            return False
        post = handler.command == "POST"
        call = {"files": "upload" if post else "file", "batches": "create" if post else "look"}[
            route[1]
        ]
        if route[3]:
            call = route[3]
        elif not post and not route[2]:
            call = "list"
        with self._lock:
            self.calls.append(call)
            self.headers.append({k.lower(): v for k, v in handler.headers.items()})
            n = len(self.calls)
            cut = next((each for each in self.cuts if each.call == call), None)
            if cut is not None:
                self.cuts.remove(cut)
        self.on_call(n, call)
        if cut is not None and cut.raw is None and cut.when == "before":
            if cut.status:
                told = json.dumps({"error": {"message": cut.message}}).encode()
                send(handler, cut.status, cut.headers, told)
            else:
                hang_up(handler)
            return True
        with self._lock:
            status, told = self._done(handler, call, route[2] or "", content)
        self.on_call(-n, call)
        if cut is not None and cut.raw is not None:
            told = cut.raw
        elif cut is not None and cut.when == "after":
            hang_up(handler)
            return True
        send(handler, status, {}, told, half=cut is not None and cut.when == "within")
        return True

    def _done(
        self, handler: BaseHTTPRequestHandler, call: str, name: str, content: bytes
    ) -> tuple[int, bytes]:
        if call == "upload":
            return self._uploaded(handler.headers.get("content-type", ""), content)
        if call == "create":
            return self._created(json.loads(content))
        if call == "list":
            return self._listed(parse_qs(urlsplit(handler.path).query))
        if call in {"look", "cancel"} and name in self.batches:
            return 200, json.dumps(self._looked(name)).encode()
        if call in {"file", "content"} and name in self.files:
            told = self.files[name]
            return 200, told if call == "content" else json.dumps(self._file(name)).encode()
        return _refusal(404, f"No such object: {name}")

    def _uploaded(self, kind: str, content: bytes) -> tuple[int, bytes]:
        whole = message_from_bytes(b"content-type: " + kind.encode() + b"\r\n\r\n" + content)
        form: dict[str, str] = {}
        file = b""
        for part in whole.walk():
            field_name = part.get_param("name", header="content-disposition")
            payload = part.get_payload(decode=True)
            if not isinstance(field_name, str) or not isinstance(payload, bytes):
                continue
            if part.get_filename():
                file = payload
            else:
                form[field_name] = payload.decode().strip()
        self.forms.append(form)
        if form.get("purpose") != "batch":
            return _refusal(400, "purpose must be batch")
        name = f"file-{len(self.files) + 1}"
        self.files[name] = file
        return 200, json.dumps(self._file(name)).encode()

    def _file(self, name: str) -> dict[str, Any]:
        return {
            "id": name,
            "object": "file",
            "bytes": len(self.files[name]),
            "created_at": 1711471533,
            "filename": f"{name}.jsonl",
            "purpose": "batch",
            "status": "processed",
        }

    def _created(self, asked: dict[str, Any]) -> tuple[int, bytes]:
        if asked.get("completion_window") != "24h":
            return _refusal(400, "completion_window must be 24h")
        if asked.get("input_file_id") not in self.files:
            return _refusal(400, "No such file: input_file_id")
        name = f"batch_{len(self.batches) + 1}"
        batch: dict[str, Any] = {
            "id": name,
            "object": "batch",
            "endpoint": asked["endpoint"],
            "errors": None,
            "input_file_id": asked["input_file_id"],
            "completion_window": "24h",
            "status": "validating",
            "output_file_id": None,
            "error_file_id": None,
            "created_at": 1711471533 + len(self.batches),
            "request_counts": {"total": 0, "completed": 0, "failed": 0},
            "metadata": asked.get("metadata") if self.keeps_metadata else None,
        }
        self.batches[name] = batch
        self._looks[name] = 0
        return 200, json.dumps(batch).encode()

    def _listed(self, query: Mapping[str, list[str]]) -> tuple[int, bytes]:
        if not self.lists:
            return _refusal(404, "Not Found")
        newest = list(reversed(self.batches.values()))
        after = query.get("after", [""])[0]
        start = next((i + 1 for i, each in enumerate(newest) if each["id"] == after), 0)
        limit = int(query.get("limit", ["20"])[0])
        page = newest[start : start + limit]
        told = {
            "object": "list",
            "data": page,
            "first_id": page[0]["id"] if page else None,
            "last_id": page[-1]["id"] if page else None,
            "has_more": start + limit < len(newest),
        }
        return 200, json.dumps(told).encode()

    def _looked(self, name: str) -> dict[str, Any]:
        """Let a batch go on by one look; work it off when it has been through its stages."""
        batch = self.batches[name]
        if batch["status"] in STAGES:
            self._looks[name] += 1
            stage = self._looks[name] // self.patience if self.patience else len(STAGES)
            if stage < len(STAGES):
                batch["status"] = STAGES[stage]
            else:
                self._ended(batch)
        return batch

    def _ended(self, batch: dict[str, Any]) -> None:
        lines = self.files[batch["input_file_id"]].splitlines()
        end = self.ends.pop(0) if self.ends else End()
        faults = [*end.faults, *_invalid(lines, batch["endpoint"])]
        batch["request_counts"]["total"] = len(lines)
        if end.status == "failed" or faults:
            rows = [{"code": "invalid", "message": each, "line": None} for each in faults]
            batch.update(status="failed", errors={"object": "list", "data": rows})
            return
        good: list[dict[str, Any]] = []
        bad: list[dict[str, Any]] = []
        for n, line in enumerate(lines):
            asked = json.loads(line)
            told: dict[str, Any] = {"id": f"batch_req_{n}", "custom_id": asked["custom_id"]}
            if end.done is not None and n >= end.done:
                code = f"batch_{end.status}"
                error = {"code": code, "message": EXPIRED}
                bad.append(told | {"response": None, "error": error})
                continue
            status, body = self._answer(asked["body"], asked["custom_id"])
            response = {"status_code": status, "request_id": f"req_{n}", "body": json.loads(body)}
            rows = good if status == 200 else bad
            rows.append(told | {"response": response, "error": None})
            if status == 200:
                self.billed.append(asked["custom_id"])
        batch["request_counts"].update(completed=len(good), failed=len(bad))
        for field_name, rows in (("output_file_id", good), ("error_file_id", bad)):
            if rows:
                stored = f"file-{len(self.files) + 1}"
                raw = [json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows]
                if rows is good:
                    raw = self.spoil(raw)
                self.files[stored] = b"".join(raw)
                batch[field_name] = stored
        if not self.counts:
            batch["request_counts"] = None
        batch["status"] = end.status


def _invalid(lines: list[bytes], endpoint: str) -> list[str]:
    """Return what a provider's validation finds in an input file."""
    faults: list[str] = []
    names: set[str] = set()
    models: set[str] = set()
    if not 0 < len(lines) <= LIMIT:
        faults.append(f"the file has {len(lines)} requests")
    for n, line in enumerate(lines, 1):
        try:
            asked = json.loads(line)
            name, url, model = asked["custom_id"], asked["url"], asked["body"]["model"]
        except (ValueError, KeyError, TypeError):
            faults.append(f"line {n} is no request")
            continue
        if name in names or not 0 < len(name) <= 64:
            faults.append(f"line {n}: the custom_id is doubled, empty or too long")
        if not url.endswith(endpoint) or asked.get("method") != "POST":
            faults.append(f"line {n}: url and endpoint differ")
        names.add(name)
        models.add(model)
    if len(models) > 1:
        faults.append("more than one model")
    return faults


def _refusal(status: int, message: str) -> tuple[int, bytes]:
    told = {"error": {"message": message, "type": "invalid_request_error", "code": None}}
    return status, json.dumps(told).encode()
