from __future__ import annotations

import pytest

from bilingual.engines import retrying
from bilingual.engines.base import BusyError, Manners, Passage, Request, RequestError
from bilingual.engines.scripted import Scripted
from bilingual.errors import EngineDownError, EngineError
from bilingual.model import Kind

REQUEST = Request("en", "ko", (Passage("1", Kind.PARAGRAPH, "Hello"),))


def engine(*steps, attempts=5) -> Scripted:
    left = iter(steps)

    def script(_request):
        step = next(left)
        if isinstance(step, Exception):
            raise step
        return step

    return Scripted(script, manners=Manners(attempts=attempts))


def test_a_busy_server_is_asked_again_when_it_says():
    pauses: list[float] = []
    asked = engine(BusyError("slow down", after=7.0), EngineError("502"), "안녕")
    assert retrying.ask(asked, REQUEST, sleep=pauses.append).text == "안녕"
    assert pauses[0] == 7.0
    assert 0 < pauses[1] <= 1.0
    assert len(asked.requests) == 3


def test_the_last_attempts_error_is_the_failure():
    asked = engine(EngineError("first"), EngineError("last"), attempts=2)
    with pytest.raises(EngineError, match="last"):
        retrying.ask(asked, REQUEST, sleep=lambda _seconds: None)


@pytest.mark.parametrize("error", [RequestError("too long"), EngineDownError("wrong key")])
def test_what_no_attempt_can_mend_is_not_tried_again(error):
    asked = engine(error)
    with pytest.raises(type(error)):
        retrying.ask(asked, REQUEST)
    assert len(asked.requests) == 1
