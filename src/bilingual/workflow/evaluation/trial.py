"""One engine at work for an evaluation: what it drafts, and what that took."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from bilingual.errors import RefusedError
from bilingual.prompting.request import Usage
from bilingual.workflow.drafting import workers
from bilingual.workflow.drafting.asking import Asker, Budget, Run, Spent
from bilingual.workflow.drafting.drafter import Drafter, Outcome
from bilingual.workflow.stats import EVALUATION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.engines.base import Engine
    from bilingual.journal.journal import Journal
    from bilingual.prompting.request import Answer, Request
    from bilingual.workflow.drafting.draft_check import DraftCheck
    from bilingual.workflow.drafting.jobs import Job


@dataclass(frozen=True, slots=True)
class Trial:
    """What one engine took."""

    engine: str
    origin: str
    requests: int
    """Sent now."""
    reused: int
    """Answers that the journal had."""
    usage: Usage
    """Of all answers, also of those that the journal had."""
    cost: float | None
    """The same in US dollars; None when it is not known."""
    seconds: float | None
    """From the first request to the last answer; None when nothing was sent."""


class Trying:
    """One engine at work: asks through the journal and knows what its answers cost."""

    def __init__(self, engine: Engine, journal: Journal, run: Run, budget: Budget) -> None:
        self._asker = Asker(engine, journal, run, budget)
        self._engine = engine
        self._journal = journal
        self._stop = run.stop
        self._keys: dict[str, bool] = {}
        """Key of each request to whether the journal had its answer."""
        self._seconds = 0.0
        self._ended: Exception | None = None
        """Why nothing more shall be asked for."""

    def outcomes(
        self, work: Iterator[Job], judge: DraftCheck
    ) -> Iterator[tuple[str, list[Outcome]]]:
        """Give the outcomes of each article as they come."""
        manners = self._engine.manners
        drafter = Drafter(self._ask, judge.faults, manners)
        began = monotonic()
        for job, found in workers.each(
            work,
            drafter.draft,
            hands=manners.concurrency,
            stop=lambda: self._stop() or self._ended is not None,
        ):
            # What is in flight is paid for: it arrives in the journal before anything is raised.
            if isinstance(found, Exception):
                self._ended = self._ended or found
            elif self._ended is None:
                yield job.slug, found
        if self._stop():
            raise KeyboardInterrupt
        if isinstance(self._ended, Spent):
            raise RefusedError(
                str(self._ended.message),
                hint="what was answered is kept; allow more, or fewer units",
            )
        if self._ended is not None:
            raise self._ended
        self._seconds = monotonic() - began

    def took(self, name: str) -> Trial:
        """Return what it took until now."""
        bills = [self._journal.bill(key) for key in self._keys]
        costs = [each.cost for each in bills if each is not None and each.cost is not None]
        sent = sum(not had for had in self._keys.values())
        return Trial(
            name,
            self._engine.origin,
            sent,
            len(self._keys) - sent,
            sum((each.usage for each in bills if each is not None), Usage()),
            sum(costs) if len(costs) == len(bills) else None,
            self._seconds if sent else None,
        )

    def _ask(self, request: Request, _slug: str) -> Answer:
        key = self._engine.key(request)
        self._keys.setdefault(key, self._journal.find(key) is not None)
        return self._asker.ask(request, EVALUATION)
