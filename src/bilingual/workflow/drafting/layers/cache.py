"""The layer that answers what was paid for already, or comes with a batch under way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.prompting import answers
from bilingual.prompting.request import Reply
from bilingual.workflow.drafting.layers.base import IN_BATCH

if TYPE_CHECKING:
    from bilingual.prompting.request import Answer
    from bilingual.workflow.drafting.known import KnownAnswers
    from bilingual.workflow.drafting.layers.base import Call, Layer, NotAsked


class Cache:
    """Asks ``inner`` only for what is not known."""

    def __init__(self, inner: Layer, known: KnownAnswers) -> None:
        self._inner = inner
        self._known = known

    def ask(self, call: Call) -> Answer | NotAsked:
        """Return the answer out of the journal, ``IN_BATCH``, or what ``inner`` returns."""
        found = self._known.request(call.key)
        if isinstance(found, Reply):
            return answers.read(call.request, found)
        if found is not None and found.fate is None:
            return IN_BATCH
        return self._inner.ask(call)
