"""The layer that waits while another run or thread asks the same, and takes its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.prompting import answers
from bilingual.workflow.drafting.layers.base import ELSEWHERE, STOPPED
from bilingual.workflow.drafting.run import LOOK

if TYPE_CHECKING:
    from bilingual.journal.journal import Journal
    from bilingual.prompting.request import Answer
    from bilingual.workflow.drafting.layers.base import Call, Layer, NotAsked
    from bilingual.workflow.drafting.run import Run


class SingleFlight:
    """Asks ``inner`` for what nobody else is asking."""

    def __init__(self, inner: Layer, journal: Journal, run: Run) -> None:
        self._inner = inner
        self._journal = journal
        self._run = run

    def ask(self, call: Call) -> Answer | NotAsked:
        """Return what ``inner`` returns, or the answer that somebody else got."""
        found = None
        while found is None:
            if not self._journal.in_flight(call.key, self._run.alive):
                answer = self._inner.ask(call)
                # Two may have looked at the same time: the ledger lets one of them ask.
                if answer is not ELSEWHERE:
                    return answer
            while self._journal.in_flight(call.key, self._run.alive):
                if not self._run.rest(LOOK):
                    return STOPPED
            found = self._journal.find(call.key)
        return answers.read(call.request, found)
