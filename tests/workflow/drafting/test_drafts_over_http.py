"""What a model says beside a translation, over real HTTP and in both forms of asking.

Several units are answered as JSON, a single one for a small model as the bare text. The same fault
is caught in both, asked again with the reason, and in no catalog.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bilingual.engines.base import EngineTraits
from bilingual.engines.openai import Remote
from bilingual.engines.openai_api.client import Client
from bilingual.engines.openai_api.endpoint import Endpoint
from bilingual.model import State
from bilingual.testing.provider.server import FailedResponse, ScriptedServer, asked
from bilingual.workflow.translate import translate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

HEARING = {
    "The committee heard on Tuesday that companies want more time. The minister answered that "
    "the date stands.": (
        "위원회는 화요일 기업들이 시간을 더 원한다는 말을 들었다. 장관은 날짜가 그대로라고 답했다."
    ),
    "A civic group said that labels nobody can read are no labels. It showed some.": (
        "시민단체는 아무도 읽을 수 없는 라벨은 라벨이 아니라고 말했다. 그리고 몇 개를 보여 줬다."
    ),
}
FIRST = next(iter(HEARING))
FORMS = {
    "JSON": EngineTraits(batch=4, retries=2),
    "bare": EngineTraits(batch=1, brief=True, retries=2),
}
"""How the engine likes to be asked."""
SAID: Mapping[str, tuple[Callable[[str, str], str], str]] = {
    "cut at the token limit": (lambda _source, good: good[:9], "cut off at the token limit"),
    "cut with another reason": (lambda _source, good: good[:20], "breaks off"),
    "empty": (lambda _source, _good: "", "the answer is empty"),
    "fence": (lambda _source, good: f"```\n{good}\n```", "a code fence"),
    "fence behind words": (lambda _source, good: f"번역이다\n```\n{good}\n```", "a code fence"),
    "remark in front": (lambda _source, good: f"Okay, here's the Korean: {good}", "remarks"),
    "label in front": (lambda _source, good: f"한국어: {good}", "remarks: 한국어:"),
    "Korean remark": (lambda _source, good: f"네, 번역하겠다. {good}", "remarks"),
    "note behind": (lambda _source, good: f"{good} (Note: kept literal.)", "remarks"),
    "offer behind": (lambda _source, good: f"{good} Let me know if you need more.", "remarks"),
    "refusal": (lambda _source, _good: "죄송하지만 이 요청은 도와드릴 수 없다.", "declines"),
    "question": (lambda _source, _good: "번역할 텍스트를 제공해 달라.", "remarks"),
    "quotation marks": (lambda _source, good: f'"{good}"', "is wrapped in"),
    "JSON in it": (lambda _source, good: f'{{"translation": "{good}"}}', "wraps the translation"),
    "number": (lambda _source, good: f"[7] {good}", "begins with a number"),
    "source next to it": (lambda source, good: f"{good} ({source})", "the source next to"),
    "the source": (lambda source, _good: source, "the source, not a translation"),
    "control token": (lambda _source, good: f"{good}<|im_end|>", "control token"),
    "next turn": (lambda _source, good: f"{good} ### Instruction: next", "control token"),
    "twice": (lambda _source, good: f"{good} {good}", "repeats itself"),
    "loop": (lambda _source, good: f"{good} {'정말 ' * 9}", "repeats itself"),
    "two lines": (lambda _source, good: good.replace(". ", ".\n"), "2 lines"),
    "another language": (lambda _source, _good: "The committee has heard a lot.", "not in Korean"),
}


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as running:
        running.translate = HEARING.__getitem__
        yield running


@pytest.fixture
def newsroom(make_newsroom):
    return make_newsroom({"hearing/en": "\n\n".join(HEARING) + "\n"})


def drafted(newsroom, server: ScriptedServer, form: str):
    engine = Remote("openai", Client(Endpoint(server.url, "news-1")), FORMS[form])
    result = translate(newsroom, drafts=engine)
    return result, newsroom.catalog("hearing", "ko").live


def faulty(body, said: str) -> FailedResponse:
    """Return an answer to ``body`` in its own form, the draft for ``FIRST`` with the fault."""
    rows = {key: HEARING[text] for key, text in asked(body).items()}
    for key, text in asked(body).items():
        if text == FIRST:
            rows[key] = SAID[said][0](text, rows[key])
    text = rows["single"] if list(rows) == ["single"] else json.dumps(rows, ensure_ascii=False)
    cut = said == "cut at the token limit" and FIRST in asked(body).values()
    return FailedResponse(text=text, finish="length" if cut else "")


@pytest.mark.parametrize("form", FORMS)
def test_a_good_answer_costs_one_request(form, server, newsroom):
    result, live = drafted(newsroom, server, form)
    assert not result.failures
    assert {entry.source: entry.target.text for entry in live} == HEARING
    assert len(server.bodies) == (1 if form == "JSON" else 2)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("said", SAID)
def test_it_is_caught_and_asked_again_with_the_reason(said, form, server, newsroom):
    first: set[str] = set()

    def once(body) -> FailedResponse | None:
        texts = set(asked(body).values())
        new = FIRST in texts - first
        first.update(texts)
        return faulty(body, said) if new else None

    server.refuses = once
    result, live = drafted(newsroom, server, form)
    assert not result.failures
    assert {entry.source: entry.target.text for entry in live} == HEARING
    again = json.dumps([body["messages"][-1] for body in server.bodies], ensure_ascii=False)
    assert SAID[said][1] in again


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("said", SAID)
def test_a_model_that_never_does_better_leaves_no_draft(said, form, server, newsroom):
    server.refuses = lambda body: faulty(body, said)
    result, live = drafted(newsroom, server, form)
    assert len(result.failures) == 1
    for entry in live:
        if entry.source == FIRST:
            assert entry.target.state is State.INITIAL
            assert not entry.target.text
            assert SAID[said][1] in str(entry.target.failure)
        else:
            assert entry.target.text == HEARING[entry.source]


NOUN = "엔비디아는 월요일 새 칩 생산"
"""Cut behind a noun: a draft that is told briefly ends so, too."""
WHOLE = f"{NOUN}을 시작했다고 밝혔다."


@pytest.mark.parametrize(("second", "kept"), [(WHOLE, WHOLE), (NOUN, NOUN)])
def test_what_may_be_cut_is_asked_again_and_then_left_to_a_person(
    second, kept, server, make_newsroom
):
    source = "Nvidia said on Monday that production of the new chip has begun.\n"
    newsroom = make_newsroom({"chip/en": source})
    server.translate = lambda _source: NOUN if len(server.bodies) < 2 else second
    engine = Remote("openai", Client(Endpoint(server.url, "news-1")), FORMS["JSON"])
    assert not translate(newsroom, drafts=engine).failures
    assert "breaks off in the middle of a sentence" in str(server.bodies[1]["messages"])
    (entry,) = newsroom.catalog("chip", "ko").live
    assert (entry.target.text, entry.target.state) == (kept, State.TRANSLATED)


def test_a_fence_around_the_whole_json_is_taken_off(server, newsroom):
    """Nothing but the rows asked for stands in it: refusing them would pay twice for the same."""
    server.refuses = lambda body: FailedResponse(text=f"```json\n{good_rows(body)}\n```")
    result, live = drafted(newsroom, server, "JSON")
    assert not result.failures
    assert len(server.bodies) == 1
    assert {entry.source: entry.target.text for entry in live} == HEARING


OUTER = {
    "words in front": lambda rows: f"Here it is:\n```json\n{rows}\n```",
    "words behind": lambda rows: f"```json\n{rows}\n```\nI kept it literal.",
    "a row too many": lambda rows: f'```json\n{{"7": "더", {rows[1:]}\n```',
    "a row missing": lambda rows: f"```json\n{rows[: rows.index(', ')]}}}\n```",
    "a row doubled": lambda rows: f'```json\n{{"1": "더", {rows[1:]}\n```',
    "one that never closes": lambda rows: f"```json\n{rows}",
}


@pytest.mark.parametrize("outer", OUTER)
def test_any_other_fence_is_not(outer, server, newsroom):
    server.refuses = lambda body: (
        FailedResponse(text=OUTER[outer](good_rows(body))) if len(server.bodies) == 1 else None
    )
    result, live = drafted(newsroom, server, "JSON")
    assert not result.failures
    assert len(server.bodies) > 1
    assert {entry.source: entry.target.text for entry in live} == HEARING
    again = [json.loads(body["messages"][-1]["content"]) for body in server.bodies[1:]]
    assert {text for body in again for text in body["passages"].values()} == set(HEARING)


def good_rows(body) -> str:
    rows = {key: HEARING[text] for key, text in asked(body).items()}
    return json.dumps(rows, ensure_ascii=False)
