"""Send and fetch batches, one process at a time.

Each step is on disk before the next is taken (see ``journal.batches``): whatever happens between
two steps, a batch is made, and so paid for, once.
"""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic, sleep
from typing import TYPE_CHECKING

from bilingual import clock
from bilingual.engines.openai_api.batch_api import GoneError, UncertainError
from bilingual.errors import EngineError
from bilingual.model import msg
from bilingual.newsroom.locks import locked
from bilingual.workflow.batches.results import BatchResults, Collected
from bilingual.workflow.drafting.layers.ledger import MONTH_SPENT, RUN_SPENT, over

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bilingual.engines.base import Engine
    from bilingual.engines.openai_api.batch_api import BatchApi, BatchStatus
    from bilingual.journal.batches import Batch, Batches
    from bilingual.journal.journal import Journal
    from bilingual.model import Message
    from bilingual.newsroom import Newsroom
    from bilingual.workflow.drafting.interruption import Interruption
    from bilingual.workflow.drafting.layers.batch_queue import QueuedRequest

PATIENCE = 900.0
"""Seconds to wait for another process that is sending or fetching a file."""
READY = 120.0
"""Seconds that a server may work on an uploaded file before a batch is made of it."""
LOOKS = 3
"""How often a batch may bring less than the server counts before it is not waited for any more."""
LOOK = 0.2
"""Seconds between two looks at whether the run shall end."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """A batch that the server has."""

    key: str
    id: str
    requests: int
    units: int
    cost: float
    """What it may cost at most, in US dollars; 0 if no price is known."""


class BatchTransfer:
    """Sends and fetches the batches of one newsroom at one server."""

    def __init__(  # noqa: PLR0913, PLR0917 - what it works with
        self,
        newsroom: Newsroom,
        engine: Engine,
        api: BatchApi,
        journal: Journal,
        batches: Batches,
        settle: float,
        interruption: Interruption,
    ) -> None:
        """``settle`` is how long a new batch may be missing in the server's list, in seconds."""
        self._newsroom = newsroom
        self._engine = engine
        self._api = api
        self._journal = journal
        self._batches = batches
        self._settle = settle
        self._interruption = interruption
        self._planned = 0.0
        """Dollars that this run's batches may cost."""
        self._short: Counter[str] = Counter()
        """How often a batch that the server is done with did not bring all that it counts."""

    def under_way(self) -> list[Batch]:
        """Return the batches that this server has and that have not ended."""
        return [each for each in self._batches.under_way() if each.url == self._url]

    def promising(self) -> bool:
        """Return True while there is a batch for which it makes sense to wait."""
        return any(self._short[each.key] < LOOKS for each in self.under_way())

    def elsewhere(self) -> tuple[str, ...]:
        """Return the other servers that have batches of this newsroom."""
        urls = {each.url for each in self._batches.under_way()}
        return tuple(sorted(urls - {self._url}))

    def tidy(self) -> list[Collected]:
        """Find out what became of batches whose run was killed; nothing is collected."""
        with self._alone():
            self._unfinished()
        return []

    def collect(self, looked: Callable[[int, int], None] | None) -> list[Collected]:
        """Fetch what has ended into the journal; return it.

        A batch that brought less than the server counts is in it when there is news of it.

        ``looked`` is called with the number of requests that the server has done, and of all.
        """
        with self._alone():
            self._unfinished()
            ended = []
            done = total = 0
            for batch in self.under_way():
                self._interruption.check()
                status = self._api.look(batch.id)
                if status is None:
                    raise EngineError(
                        msg("{url} does not know the batch {id}", url=self._url, id=batch.id),
                        hint=msg(
                            "check the key and its project; or give the batch up with `--give-up "
                            "{key}`",
                            key=batch.key,
                        ),
                    )
                done += status.completed + status.failed
                total += status.total
                if status.ended:
                    came = self._fetched(batch, status)
                    if not came.missing or came.answered or self._short[batch.key] == 1:
                        ended.append(came)
            if total and looked is not None:
                looked(done, total)
            return ended

    def submit(
        self, queued: Sequence[QueuedRequest], max_cost: float | None
    ) -> tuple[list[Submitted], Message | None]:
        """Send ``queued`` in as few batches as the server takes, as far as the budget reaches.

        Returns them with what the budget says where it ends before ``queued`` does.
        """
        made: list[Submitted] = []
        with self._alone():
            affordable, stopped = self._affordable(queued, max_cost)
            for content, chunk in self._files(affordable):
                self._interruption.check()
                batch = self._batches.plan(
                    content,
                    [each.planned for each in chunk],
                    url=self._url,
                    origin=self._engine.origin,
                    time=clock.timestamp(),
                    alive=self._newsroom.present,
                )
                if batch is None:  # another run has some of it by now
                    continue
                status = self._sent(batch, content)
                cost = sum(each.planned.cost for each in chunk)
                self._planned += cost
                units = sum(each.planned.units for each in chunk)
                made.append(Submitted(batch.key, status.id, len(chunk), units, cost))
        return made, stopped

    def rest(self, seconds: float) -> None:
        """Wait; raises ``KeyboardInterrupt`` when somebody asks for the end."""
        end = monotonic() + seconds
        while (left := end - monotonic()) > 0:
            self._interruption.check()
            sleep(min(left, LOOK))
        self._interruption.check()

    @property
    def _url(self) -> str:
        return self._api.endpoint.shown

    @contextmanager
    def _alone(self) -> Iterator[None]:
        folder = self._newsroom.root / ".bilingual" / "locks"
        with locked(folder, "batches", patience=PATIENCE):
            yield

    def _unfinished(self) -> None:
        """Find batches that were made although nobody wrote it down; drop those that were not."""
        for batch in self.under_way():
            if batch.id:
                continue
            found = self._found(batch) if batch.file else None
            if found is not None:
                self._batches.made(batch, found.id)
            else:
                self._batches.drop(batch)

    def _found(self, batch: Batch) -> BatchStatus | None:
        """Return ``batch`` if the server has it."""
        try:
            return self._listed(batch.key, batch.file)
        except UncertainError as error:
            raise EngineError(
                msg(
                    "it is not known whether batch {key} was created: {reason}",
                    key=batch.key,
                    reason=error.problem,
                ),
                hint=msg(
                    "check at the provider; if it was not, give it up with `--give-up {key}`",
                    key=batch.key,
                ),
            ) from error

    def _listed(self, key: str, file: str) -> BatchStatus | None:
        """Return a batch out of the server's list, which may be some seconds late."""
        found = self._api.find(key, file)
        if found is None and self._settle:
            self.rest(self._settle)
            found = self._api.find(key, file)
        return found

    def _affordable(
        self, queued: Sequence[QueuedRequest], max_cost: float | None
    ) -> tuple[list[QueuedRequest], Message | None]:
        """Return what of ``queued`` the budgets reach for, and what they say to the rest."""
        settings = self._newsroom.config.translate
        run = settings.max_cost if max_cost is None else max_cost
        month = settings.monthly_budget
        before = self._journal.spent(clock.timestamp()) if month is not None else 0.0
        whole = 0.0
        for n, each in enumerate(queued):
            whole += each.planned.cost
            for most, spent, template in (
                (run, self._planned, RUN_SPENT), (month, before, MONTH_SPENT),
            ):  # fmt: skip
                if most is not None and spent + whole > most:
                    before_it = spent + whole - each.planned.cost
                    return list(queued[:n]), over(template, most, before_it).message
        return list(queued), None

    def _files(
        self, queued: Sequence[QueuedRequest]
    ) -> Iterator[tuple[bytes, list[QueuedRequest]]]:
        """Yield the contents of input files that the server takes, with the requests in them."""
        dialect = self._api.dialect
        lines: list[bytes] = []
        chunk: list[QueuedRequest] = []
        size = 0
        for each in queued:
            line = self._api.line(each.planned.name, each.request)
            if chunk and (len(chunk) == dialect.requests or size + len(line) > dialect.size):
                yield b"".join(lines), chunk
                lines, chunk, size = [], [], 0
            lines.append(line)
            chunk.append(each)
            size += len(line)
        if chunk:
            yield b"".join(lines), chunk

    def _sent(self, batch: Batch, content: bytes) -> BatchStatus:
        """Upload ``content`` and make the batch of it, once; it is dropped when it was not made."""
        try:
            file = self._api.upload(content, batch.key)
            self._batches.uploaded(batch, file)
            end = monotonic() + READY
            while not self._api.ready(file) and monotonic() < end:
                self.rest(min(self._settle, 2.0) or LOOK)
            status = self._made(batch.key, file)
        except UncertainError:
            raise
        except EngineError:
            self._batches.drop(batch)
            raise
        self._batches.made(batch, status.id)
        return status

    def _made(self, key: str, file: str) -> BatchStatus:
        """Return the batch of ``file``: found, when an earlier run or another clone made it."""
        try:
            found = self._api.find(key, "")
        except UncertainError:  # it has no list; ours was not made before, the desk is locked
            found = None
        if found is not None:
            return found
        try:
            return self._api.create(file, key)
        except UncertainError as uncertain:
            try:
                found = self._listed(key, file)
            except EngineError:
                raise uncertain from None
            if found is None:
                raise
            return found

    def _fetched(self, batch: Batch, status: BatchStatus) -> Collected:
        """Bring in what ``batch`` delivers, and write down that it has ended.

        As long as the server counts more answers than its files give, it has not: they are paid.
        """
        if status.status == "failed" and not (status.output or status.completed):
            said = "; ".join(status.faults) or "no reason given"
            left = self._batches.end(batch, said)
            return Collected(batch.key, batch.id, status.status, failed=left, said=said)
        results = BatchResults(self._batches, self._api, batch, self._engine.traits.price)
        # A file that has fewer answers than the server counts may not have been whole.
        for _ in range(2):
            whole = True
            for file in filter(None, (status.output, status.errors)):
                try:
                    results.take(self._api.results(file), clock.timestamp())
                except GoneError:
                    whole = False
            if whole and results.came >= min(status.completed, results.requests):
                self._short.pop(batch.key, None)
                return results.ended(status.status, clock.timestamp())
        self._short[batch.key] += 1
        return results.short(status.status, status.completed)
