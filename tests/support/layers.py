"""An inner layer whose results are written down, and calls to ask it with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.model import Kind
from bilingual.prompting.request import Answer, Passage, Reply, Request
from bilingual.workflow.drafting.layers.base import Call

if TYPE_CHECKING:
    from bilingual.workflow.drafting.layers.base import NotAsked

SOURCE, TARGET = "Muse Spark leads the index.", "뮤즈 스파크가 지수에서 앞선다."
REPLY = Reply(f'{{"1": "{TARGET}"}}')
ANSWER = Answer({"1": TARGET})


def call(key: str = "request", source: str = SOURCE) -> Call:
    request = Request("en", "ko", (Passage("1", Kind.PARAGRAPH, source, unit="u1"),))
    return Call(request, "spark", key)


class Inner:
    """Gives one of ``results`` for each call, the last one again and again; raises exceptions."""

    def __init__(self, *results: Answer | NotAsked | Exception) -> None:
        self._results = list(results)
        self.calls: list[Call] = []

    def ask(self, call: Call) -> Answer | NotAsked:
        self.calls.append(call)
        result = self._results.pop(0) if len(self._results) > 1 else self._results[0]
        if isinstance(result, Exception):
            raise result
        return result
