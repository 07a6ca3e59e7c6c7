"""The conversation with the batch endpoints of an OpenAI-compatible server.

A file of requests is uploaded (``POST /files``, purpose ``batch``), a batch is made of it (``POST
/batches``), looked at (``GET /batches/{id}``) until it has ended, and its output and error files
are fetched (``GET /files/{id}/content``). What is read may be asked for again when the connection
breaks; a batch is made once, because it is paid for: it carries our own key in its metadata, by
which ``find`` knows it again in the server's list.

Source: https://platform.openai.com/docs/guides/batch and
https://platform.openai.com/docs/api-reference/batch.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from bilingual import clock
from bilingual.engines.openai_api import batch_lines, refusal
from bilingual.engines.openai_api.refusal import ServerRefusal
from bilingual.errors import EngineDownError, EngineError
from bilingual.model import msg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from bilingual.engines.openai_api.batch_dialect import Dialect
    from bilingual.engines.openai_api.batch_lines import BatchAnswer
    from bilingual.engines.openai_api.client import Client
    from bilingual.engines.openai_api.endpoint import Endpoint
    from bilingual.prompting.request import Request

    Call = Callable[[Any], Any]
    """From the library's connection to what it answers; ``client`` alone knows the library."""

MARK = "bilingual"
"""The key of our own name for a batch in its metadata."""
READS = 4
"""How often a reading request is sent again when the connection breaks or the server is busy."""
PAGE, PAGES = 100, 20
"""Batches a page of the server's list, and pages looked through for ours, the newest first."""
ENDED = frozenset({"completed", "failed", "expired", "cancelled"})
ABSENT = frozenset({404, 405, 501})
IN_WORK = frozenset({"pending", "running", "queued"})
"""Of a file (Azure OpenAI): not ready for a batch yet."""


@dataclass(frozen=True, slots=True)
class BatchStatus:
    """The status of a batch at the server."""

    id: str
    status: str
    """``validating``, ``failed``, ``in_progress``, ``finalizing``, ``completed``, ``expired``,
    ``cancelling`` or ``cancelled``; a cancelled or expired batch still delivers what is done."""
    total: int = 0
    completed: int = 0
    failed: int = 0
    output: str = ""
    """Id of the file with the good answers; empty when there is none."""
    errors: str = ""
    """Id of the file with what went wrong."""
    faults: tuple[str, ...] = ()
    """Why the whole batch failed."""

    @property
    def ended(self) -> bool:
        """True when no more comes."""
        return self.status in ENDED


class UncertainError(EngineError):
    """It cannot be known whether a batch was made."""


class GoneError(EngineDownError):
    """The server does not have a file that it named."""


class BatchApi:
    """The batch endpoints of the server that ``client`` talks to."""

    def __init__(self, client: Client, dialect: Dialect) -> None:
        self._client = client
        self.dialect = dialect

    @property
    def endpoint(self) -> Endpoint:
        """Where it is."""
        return self._client.endpoint

    def line(self, name: str, request: Request) -> bytes:
        """Return the line of an input file that asks for ``request`` under ``name``."""
        return batch_lines.request(name, self.dialect.url, self._client.body(request))

    def teach(self, said: str, body: Mapping[str, Any]) -> bool:
        """Learn from a refusal of ``body``; True when it would be sent otherwise from now on."""
        return self._client.teach(said, body)

    def upload(self, content: bytes, key: str) -> str:
        """Send an input file; return its id when it is ready for a batch, or may be soon.

        A file costs nothing: sent twice it does no harm.
        """
        named = (f"{MARK}-{key}.jsonl", content, "application/jsonl")
        reply = self._asked(
            lambda api: api.files.with_raw_response.create(
                file=named,
                purpose="batch",
                extra_body=dict(self.dialect.form),
                extra_headers=dict(self.dialect.headers),
            ),
            again=READS,
        )
        return self._id(reply)

    def ready(self, file_id: str) -> bool:
        """Return False while the server still works on an uploaded file."""
        reply = self._asked(
            lambda api: api.files.with_raw_response.retrieve(
                file_id, extra_headers=dict(self.dialect.headers)
            ),
            again=READS,
        )
        return _word(reply, "status").lower() not in IN_WORK

    def create(self, file_id: str, key: str) -> BatchStatus:
        """Make a batch of an uploaded file, which is paid for: sent once, and marked with ``key``.

        Raises ``UncertainError`` when it was sent and no answer came that says whether there is
        a batch now; another ``EngineError`` when there is none.
        """
        reply = self._asked(
            lambda api: api.batches.with_raw_response.create(
                input_file_id=file_id,
                endpoint=self.dialect.endpoint,
                completion_window="24h",  # the only one there is
                metadata={MARK: key},
                extra_headers={"Idempotency-Key": key, **self.dialect.headers},
            ),
            once=True,
        )
        if not _word(reply, "id"):
            raise UncertainError(msg("{url} answered without an id", url=self.endpoint.shown))
        return self._status(reply)

    def find(self, key: str, file_id: str) -> BatchStatus | None:
        """Return the batch that was made with ``key`` or of ``file_id``; None when there is none.

        Raises ``UncertainError`` when the server lists no batches.
        """
        after: dict[str, str] = {}
        for _ in range(PAGES):
            reply = self._listed(after)
            rows = [each for each in reply.get("data") or () if isinstance(each, dict)]
            for row in rows:
                marks = row.get("metadata") or {}
                if marks.get(MARK) == key or (file_id and row.get("input_file_id") == file_id):
                    return self._status(row)
            if not rows or not reply.get("has_more"):
                return None
            after = {"after": str(reply.get("last_id") or rows[-1].get("id"))}
        return None

    def look(self, batch_id: str) -> BatchStatus | None:
        """Return the status of a batch; None when the server does not know it."""
        reply = self._asked(
            lambda api: api.batches.with_raw_response.retrieve(
                batch_id, extra_headers=dict(self.dialect.headers)
            ),
            again=READS,
            absent=True,
        )
        return None if reply is None else self._status(reply)

    def results(self, file_id: str) -> Iterator[BatchAnswer | None]:
        """Yield the lines of an output or error file, None for one that is no result.

        Raises ``GoneError`` when there is no such file, another ``EngineError`` when it does not
        arrive whole.
        """
        got = self._got(
            lambda api: api.files.with_raw_response.content(
                file_id, extra_headers=dict(self.dialect.headers)
            ),
            again=READS,
        )
        if isinstance(got, ServerRefusal):
            refused = self._error(got)
            gone = got.status in ABSENT
            raise GoneError(refused.problem, hint=refused.hint) if gone else refused
        for line in got.content.split(b"\n"):
            if line.strip():
                yield batch_lines.result(line, self.endpoint, clock.now())

    def _listed(self, after: Mapping[str, str]) -> dict[str, Any]:
        reply: dict[str, Any] | None = self._asked(
            lambda api: api.batches.with_raw_response.list(
                limit=PAGE,
                extra_query=dict(after),
                extra_headers=dict(self.dialect.headers),
            ),
            again=READS,
            absent=True,
        )
        if reply is None:
            raise UncertainError(
                msg("{url} does not list batches", url=self.endpoint.shown),
                hint=msg("check there whether the batch was created"),
            )
        return reply

    def _asked(
        self, call: Call, *, again: int = 0, absent: bool = False, once: bool = False
    ) -> Any:
        """Return the JSON object that the server answers to ``call``.

        ``again`` is how often it may be sent again. ``absent`` returns None for what the server
        does not have. ``once`` raises ``UncertainError`` when it is not known what became of it.
        """
        try:
            got = self._got(call, again)
        except EngineError as error:
            raise (UncertainError(error.problem, hint=error.hint) if once else error) from None
        if isinstance(got, ServerRefusal):
            if absent and got.status in ABSENT:
                return None
            refused = self._error(got)
            if once and (got.status >= 500 or got.status in {408, 409}):
                raise UncertainError(refused.problem, hint=refused.hint)
            raise refused
        try:
            reply = json.loads(got.content)
        except ValueError:
            reply = None
        if not isinstance(reply, dict):
            kind = UncertainError if once else EngineError
            raise kind(msg("the answer of {url} is not JSON", url=self.endpoint.shown))
        return reply

    def _got(self, call: Call, again: int) -> Any:
        """Return the library's response to ``call``, or the refusal; raises ``EngineError``."""
        return self._client.exchange(lambda api: call(api.with_options(max_retries=again)))

    def _error(self, refused: ServerRefusal) -> EngineError:
        if refused.status in ABSENT:
            return EngineDownError(
                msg(
                    "{url} does not support batches, or does not know the file",
                    url=self.endpoint.shown,
                ),
                hint=msg("translate without `--batch`, or check `base_url`"),
            )
        return refusal.error(refused, self.endpoint, clock.now())

    def _id(self, reply: Mapping[str, Any]) -> str:
        if not (found := _word(reply, "id")):
            raise EngineError(msg("{url} answered without an id", url=self.endpoint.shown))
        return found

    def _status(self, reply: Mapping[str, Any]) -> BatchStatus:
        """Return the batch that ``reply`` describes; counts are null with some until it runs."""
        counts = reply.get("request_counts") or {}
        faults = reply.get("errors") or {}
        rows = faults.get("data") or () if isinstance(faults, dict) else faults
        return BatchStatus(
            self._id(reply),
            _word(reply, "status").lower(),
            total=_count(counts.get("total")),
            completed=_count(counts.get("completed")),
            failed=_count(counts.get("failed")),
            output=_word(reply, "output_file_id"),
            errors=_word(reply, "error_file_id"),
            faults=tuple(self.endpoint.quoted(_said(each)) for each in rows),
        )


@runtime_checkable
class HasBatches(Protocol):
    """An engine that may have batches."""

    def batch_api(self) -> BatchApi | None:
        """Return its batch endpoints; None where the server has none."""


def _said(fault: Any) -> str:
    """Return an error of a whole batch in words, with its line if it has one."""
    if not isinstance(fault, dict):
        return str(fault)
    said = refusal.words(fault)
    return f"line {fault['line']}: {said}" if fault.get("line") else said


def _word(reply: Mapping[str, Any], name: str) -> str:
    value = reply.get(name)
    return value if isinstance(value, str) else ""


def _count(value: Any) -> int:
    return value if isinstance(value, int) and value > 0 else 0
