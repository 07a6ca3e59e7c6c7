"""What models get wrong most, over real HTTP: caught, asked again with the reason, never used.

Each fault goes the whole way: a newsroom, the command's workflow, a server on loopback whose model
answers so, and the catalog that comes of it.
"""

from __future__ import annotations

import json

import pytest

from bilingual.engines.scripted import made_up
from bilingual.errors import EngineDownError
from bilingual.model import State
from bilingual.testing.provider.server import FailedResponse, asked
from bilingual.workflow.translate import translate
from tests.support.copies import bilingual

ARTICLE = """\
# What the committee heard about labels

The committee heard on Tuesday that companies want more time to label what they make.

The minister answered that the date in the law stands and that guidance follows in May.

A civic group said that labels nobody can read are no labels, and showed some.
"""
MINISTER = "The minister answered that the date in the law stands and that guidance follows in May."
STRAY = "엉뚱한 문장이 여기 끼어들었다."
"""Words of a bad answer: they must not be in any catalog."""


@pytest.fixture
def newsroom(make_newsroom, server):
    return make_newsroom(
        {"hearing/en": ARTICLE},
        toml="[translate]\nengine = 'openai'\n[engines.openai]\n"
        f"base_url = '{server.url}'\nmodel = 'news-1'\nmax_retries = 0\n",
    )


def rows(body) -> dict[str, str]:
    """Return a good answer's rows."""
    return {key: made_up(text, "ko") for key, text in asked(body).items()}


def spoken(found) -> str:
    return json.dumps(found, ensure_ascii=False)


def missing(body) -> FailedResponse:
    found = rows(body)
    found.pop(list(found)[-1])
    return FailedResponse(text=spoken(found))


def doubled(body) -> FailedResponse:
    found = rows(body)
    last = list(found)[-1]
    return FailedResponse(text=f'{{"{last}": "{STRAY}", {spoken(found)[1:]}')


def shifted(body) -> FailedResponse:
    """A row too many, from which on each text stands one id too far."""
    texts = [STRAY, *rows(body).values()]
    return FailedResponse(text=spoken({str(n): text for n, text in enumerate(texts, 1)}))


def repeated(body) -> FailedResponse:
    """The same text for two units: what stands behind it is one id too far."""
    found = rows(body)
    keys = list(found)
    if len(keys) < 2:
        return FailedResponse(text="{}")
    return FailedResponse(text=spoken({**found, keys[-2]: STRAY * 3, keys[-1]: STRAY * 3}))


def cut(body) -> FailedResponse:
    whole = spoken(dict.fromkeys(rows(body), STRAY))
    return FailedResponse(text=whole[: len(whole) // 2], finish="length")


def cut_and_closed(body) -> FailedResponse:
    """Whole JSON, for the server closes it; the last row is a stump all the same."""
    return FailedResponse(text=spoken(dict.fromkeys(rows(body), STRAY)), finish="length")


def fenced_drafts(body) -> FailedResponse:
    return FailedResponse(text=spoken(dict.fromkeys(rows(body), f"```\n{STRAY}\n```")))


def remarked(body) -> FailedResponse:
    return FailedResponse(
        text=spoken(dict.fromkeys(rows(body), f"Here is the translation: {STRAY}"))
    )


def remarked_in_korean(body) -> FailedResponse:
    return FailedResponse(text=spoken(dict.fromkeys(rows(body), f"{STRAY}\n\n참고: 직역입니다.")))


def talk(_body) -> FailedResponse:
    return FailedResponse(text=f"Here is the translation of the passages:\n\n{STRAY}")


def renamed(body) -> FailedResponse:
    """Ids that nobody asked for."""
    return FailedResponse(text=spoken({f"unit-{key}": STRAY for key in rows(body)}))


def untranslated(body) -> FailedResponse:
    return FailedResponse(text=spoken(asked(body)))


def empty(_body) -> FailedResponse:
    return FailedResponse(text="")


def withheld(body) -> FailedResponse:
    return FailedResponse(text=spoken(dict.fromkeys(rows(body), STRAY)), finish="content_filter")


def refused(_body) -> FailedResponse:
    message = {"role": "assistant", "content": None, "refusal": f"I can't. {STRAY}"}
    return FailedResponse(raw=json.dumps({"choices": [{"index": 0, "finish_reason": "stop",
                                              "message": message}]}).encode())  # fmt: skip


FAULTS = {
    missing: "the answer has no translation for this unit",
    doubled: "the answer has this unit twice",
    shifted: "rows that were not asked for",
    repeated: "may be shifted",
    cut: "cut off at the token limit",
    cut_and_closed: "cut off at the token limit",
    fenced_drafts: "wrapped in a code fence",
    remarked: "the model's own remarks: Here is the",
    remarked_in_korean: "the model's own remarks",
    talk: "not the JSON object",
    renamed: "no translation for this unit",
    untranslated: "the source, not a translation",
    empty: "not the JSON object",
    withheld: "the provider withheld the answer",
    refused: "the provider withheld the answer",
}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda each: each.__name__)
def test_it_is_caught_and_asked_again_with_the_reason(fault, server, newsroom):
    server.refuses = lambda body: fault(body) if len(server.bodies) == 1 else None
    result = translate(newsroom)
    live = newsroom.catalog("hearing", "ko").live
    assert not result.failures
    assert result.drafted == len(live) == 4
    for entry in live:
        assert entry.target.state is State.TRANSLATED
        assert entry.target.text == made_up(entry.source, "ko")
    assert len(server.bodies) > 1
    assert any(FAULTS[fault] in spoken_to(body) for body in server.bodies[1:])


@pytest.mark.parametrize("fault", FAULTS, ids=lambda each: each.__name__)
def test_a_model_that_never_does_better_leaves_the_unit_without_a_draft(fault, server, newsroom):
    server.refuses = fault
    result = translate(newsroom)
    live = newsroom.catalog("hearing", "ko").live
    assert result.failures
    assert result.drafted + len(result.failures) == len(live)
    assert not any(STRAY in entry.target.text for entry in live)
    failed = {failure.unit for failure in result.failures}
    for entry in live:
        assert (entry.id in failed) == (entry.target.state is State.INITIAL)
        assert bool(entry.target.failure) == (entry.id in failed)
    # Requests that had nothing good in them are the same in the next run, and in the journal.
    sent = len(server.bodies)
    translate(newsroom)
    assert not result.drafted or fault in {missing, doubled, repeated}
    assert result.drafted or len(server.bodies) == sent


def spoken_to(body) -> str:
    """Return the words of the last message, as they are."""
    content = body["messages"][-1]["content"]
    try:
        return json.dumps(json.loads(content), ensure_ascii=False)
    except ValueError:
        return content


FORMS = {
    "a fence around the whole answer": lambda text: {"content": f"```json\n{text}\n```"},
    "a list of parts": lambda text: {"content": [{"type": "text", "text": text}]},
    "a thought in front": lambda text: {"content": f"<think>\nHm, 1 or 2?\n</think>\n\n{text}"},
    "the end of a thought in front": lambda text: {"content": f"Hm, 1 or 2?\n</think>\n{text}"},
    "a thought beside it": lambda text: {"content": text, "reasoning_content": "Hm, 1 or 2?"},
}


@pytest.mark.parametrize("form", FORMS)
def test_other_forms_of_a_good_answer_are_understood(form, server, newsroom):
    def said(body) -> FailedResponse:
        message = {"role": "assistant", **FORMS[form](spoken(rows(body)))}
        choice = {"index": 0, "finish_reason": "stop", "message": message}
        return FailedResponse(raw=json.dumps({"choices": [choice]}).encode())

    server.refuses = said
    result = translate(newsroom)
    assert not result.failures
    assert len(server.bodies) == 1
    for entry in newsroom.catalog("hearing", "ko").live:
        assert entry.target.text == made_up(entry.source, "ko")


def test_a_thought_that_never_ends_is_no_answer(server, newsroom):
    def said(body) -> FailedResponse:
        if len(server.bodies) > 1:
            return FailedResponse(text=spoken(rows(body)))
        return FailedResponse(text=f"<think>\n{STRAY}", finish="length")

    server.refuses = said
    assert not translate(newsroom).failures
    assert server.bodies[1]["max_tokens"] > server.bodies[0]["max_tokens"] + 1000


@pytest.mark.parametrize(
    "body",
    [
        {"error": {"message": "upstream timed out", "code": 504}},
        {"choices": []},
        {"choices": [{"finish_reason": "error", "error": {"message": "upstream", "code": 502}}]},
        {"object": "chat.completion"},
        [],
        None,
    ],
)
def test_what_says_200_and_is_no_answer_is_one_failed_attempt(body, server, newsroom):
    server.faults = [FailedResponse(raw=json.dumps(body).encode())]
    first = translate(newsroom)
    assert len(first.failures) == 4
    assert all("the engine failed" in str(failure.reason) for failure in first.failures)
    assert not translate(newsroom).failures, "the next run does better"


def test_a_request_that_is_refused_is_not_asked_again_and_its_reason_reaches_no_prompt(
    newsroom, server
):
    reason = "Paragraph with the word minister is not allowed by policy 7"

    def refuses(body):
        wanted = asked(body)
        return (
            FailedResponse(400, reason)
            if any("minister" in text for text in wanted.values())
            else None
        )

    server.refuses = refuses
    result = translate(newsroom)
    (failure,) = result.failures
    assert reason in str(failure.reason)
    assert not any(reason in json.dumps(body) for body in server.bodies)
    alone = [body for body in server.bodies if list(asked(body).values()) == [MINISTER]]
    assert len(alone) == 1
    assert result.drafted == len(newsroom.catalog("hearing", "ko").live) - 1


def test_a_server_that_refuses_everything_ends_the_run(make_newsroom, server):
    table = f"[engines.openai]\nbase_url = '{server.url}'\nmodel = 'm'\nbatch = 1\n"
    many = "\n\n".join(f"The committee heard witness {n} on Tuesday." for n in range(40))
    newsroom = make_newsroom({"a/en": many}, toml=f"[translate]\nengine = 'openai'\n{table}")
    server.refuses = lambda _body: FailedResponse(400, "the model is being moved")
    with pytest.raises(EngineDownError, match="the model is being moved"):
        translate(newsroom)
    assert len(server.bodies) < 20
    server.refuses = lambda _body: None
    assert translate(newsroom).drafted == 40


def test_a_unit_that_is_left_without_a_draft_makes_the_exit_code_1(newsroom, server):
    server.refuses = lambda body: (
        FailedResponse(400, "no")
        if any("minister" in text for text in asked(body).values())
        else None
    )
    found = bilingual(newsroom.root, "translate")
    assert found.returncode == 1
    assert "1 unit without a draft" in found.stderr
