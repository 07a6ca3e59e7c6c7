"""Let one engine draft for an evaluation, and measure what that took."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import monotonic
from typing import TYPE_CHECKING

from bilingual.errors import RefusedError
from bilingual.model import msg
from bilingual.prompting.request import Usage
from bilingual.workflow.drafting import workers
from bilingual.workflow.drafting.drafter import Drafter
from bilingual.workflow.drafting.layers.base import Why
from bilingual.workflow.stats import EVALUATION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.journal.journal import Journal
    from bilingual.model import Message
    from bilingual.prompting.request import Answer
    from bilingual.workflow.drafting.draft_check import DraftCheck
    from bilingual.workflow.drafting.layers.base import Call, Layer, NotAsked
    from bilingual.workflow.drafting.run import Run
    from bilingual.workflow.drafting.stack import Stack
    from bilingual.workflow.drafting.work import Job, Outcome


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


class RequestLog:
    """A layer that notes which requests pass, and books them on the evaluation."""

    def __init__(self, inner: Layer, journal: Journal) -> None:
        self._inner = inner
        self._journal = journal
        self.answered: dict[str, bool] = {}
        """Key of each request to whether the journal had its answer."""

    def ask(self, call: Call) -> Answer | NotAsked:
        """Return what ``inner`` returns."""
        self.answered.setdefault(call.key, self._journal.find(call.key) is not None)
        return self._inner.ask(replace(call, slug=EVALUATION))


class RunningTrial:
    """One engine at work, through the layers of ``stack``."""

    def __init__(self, stack: Stack, journal: Journal, run: Run) -> None:
        self._log = RequestLog(stack.top, journal)
        self._stack = replace(stack, top=self._log)
        self._journal = journal
        self._run = run
        self._seconds = 0.0
        self._failed: Exception | None = None
        self._over_budget: Message | None = None

    def outcomes(
        self, jobs: Iterator[Job], check: DraftCheck
    ) -> Iterator[tuple[str, list[Outcome]]]:
        """Yield the outcomes of each article as they come.

        Raises ``RefusedError`` when the budget ends the trial, and what the engine raises.
        """
        traits = self._stack.engine.traits
        drafter = Drafter(self._stack, traits, check)
        began = monotonic()
        for job, found in workers.each(
            jobs, drafter.draft, workers=traits.concurrency, stop=self._ended
        ):
            # What is in flight is paid for: it arrives in the journal before anything is raised.
            if isinstance(found, Exception):
                self._failed = self._failed or found
                continue
            for each in found:
                if each.not_asked is not None and each.not_asked.why is Why.OVER_BUDGET:
                    self._over_budget = each.not_asked.message
            if not self._ended():
                yield job.slug, found
        if self._run.stopped:
            raise KeyboardInterrupt
        if self._failed is not None:
            raise self._failed
        if self._over_budget is not None:
            raise RefusedError(
                self._over_budget,
                hint=msg("the answers so far are kept; allow more, or measure fewer units"),
            )
        self._seconds = monotonic() - began

    def took(self, name: str) -> Trial:
        """Return what it took until now."""
        answered = self._log.answered
        bills = [self._journal.bill(key) for key in answered]
        costs = [each.cost for each in bills if each is not None and each.cost is not None]
        sent = sum(not before for before in answered.values())
        return Trial(
            name,
            self._stack.engine.origin,
            sent,
            len(answered) - sent,
            sum((each.usage for each in bills if each is not None), Usage()),
            sum(costs) if len(costs) == len(bills) else None,
            self._seconds if sent else None,
        )

    def _ended(self) -> bool:
        """Return True when nothing more is to be asked."""
        return self._run.stopped or self._failed is not None or self._over_budget is not None
