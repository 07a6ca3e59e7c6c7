"""Six kinds of servers, each as it is: a small newsroom goes through, and what is wrong is said."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bilingual.engines import openai
from bilingual.engines.base import BusyError
from bilingual.engines.openai_api import learned
from bilingual.engines.openai_api.learned import Endpoints
from bilingual.errors import EngineDownError
from bilingual.model import Kind, State
from bilingual.prompting.request import Passage, Request
from bilingual.storage import cache
from bilingual.testing.provider.profiles import AZURE, OLLAMA, OPENAI, PROFILES, VLLM
from bilingual.testing.provider.rate_limit import Rate
from bilingual.testing.provider.server import KEY, ScriptedServer
from bilingual.workflow.translate import translate

ARTICLE = """\
---
title: The Assembly passes the AI basic law
---

# What it says

The National Assembly passed the bill on Thursday, by 254 votes to 9.

See the [text of the law](https://example.org/law) and run `make check`.

| Rule | From |
|---|---|
| Labels | January |

# What is left open

Ministries write the decrees.
"""
KOREAN = """\
---
title: 국회, AI 기본법 통과
---

# 무엇을 담았나

국회는 목요일 본회의에서 찬성 254표, 반대 9표로 법안을 의결했다.
"""
SENTENCE = (
    "The committee heard that {n} companies had asked for more time to label what they make. "
)
LONG = "# Hearings\n\n" + "\n\n".join(
    "".join(SENTENCE.format(n=10 * part + n) for n in range(1, 7)) for part in range(1, 25)
)


def named(profile) -> str:
    return profile.name


@pytest.fixture(params=PROFILES, ids=named)
def profile(request):
    return request.param


def table(server: ScriptedServer, **settings) -> dict[str, object]:
    model = server.profile.model or "model"
    return {"base_url": server.url, "model": model, "key_env": "NEWS_KEY", **settings}


def toml(server: ScriptedServer, **settings) -> str:
    rows = "\n".join(
        f"{name} = {json.dumps(value)}" for name, value in table(server, **settings).items()
    )
    return f'[translate]\nengine = "openai"\n[engines.openai]\n{rows}\n'


def request(*texts: str, **parts) -> Request:
    passages = tuple(Passage(str(n), Kind.PARAGRAPH, text) for n, text in enumerate(texts, 1))
    return Request("en", "ko", passages, **parts)


@pytest.fixture(autouse=True)
def key(monkeypatch):
    monkeypatch.setenv("NEWS_KEY", KEY)


def refused(server: ScriptedServer) -> int:
    return len(server.bodies) - len(server.answered)


def test_a_newsroom_goes_through_and_the_next_run_pays_for_no_refusal(profile, make_newsroom):
    with ScriptedServer(profile=profile) as server:
        newsroom = make_newsroom({"law/en": ARTICLE}, toml=toml(server))
        result = translate(newsroom)
        first = refused(server)
        file = newsroom.root / "articles/next/index.en.md"
        file.parent.mkdir()
        file.write_text(ARTICLE.replace("Thursday", "Friday").replace("Ministries", "Offices"))
        again = translate(newsroom)
    assert not result.failures
    assert not again.failures
    live = newsroom.catalog("law", "ko").live
    assert {entry.target.state for entry in live} == {State.TRANSLATED}
    assert any("](https://example.org/law)" in entry.target.text for entry in live)
    assert first == len(profile.refuses), "each thing it does not take is refused once"
    assert refused(server) == first, "the next run knew"
    assert not server.billed_twice


def test_korean_goes_through_too(profile, make_newsroom):
    with ScriptedServer("en", profile=profile) as server:
        newsroom = make_newsroom({"law/ko": KOREAN}, toml=toml(server))
        assert not translate(newsroom).failures
    assert all(entry.target.text for entry in newsroom.catalog("law", "en").live)


def test_more_than_its_context_holds_is_asked_for_in_parts(profile, make_newsroom):
    with ScriptedServer(profile=replace(profile, context=3072)) as server:
        newsroom = make_newsroom({"law/en": LONG}, toml=toml(server, batch=24))
        result = translate(newsroom)
        sent = len(server.bodies)
    assert not result.failures
    assert all(entry.target.text for entry in newsroom.catalog("law", "ko").live)
    assert sent < 3 * len(newsroom.catalog("law", "ko").live), "the size is learned, not tried out"
    kept = cache.read(newsroom.root / ".bilingual/endpoints.json", learned.KEY, dict)
    row = next(iter(kept.values()))
    assert row["context"] == 3072


@pytest.mark.parametrize("profile", [each for each in PROFILES if each.keys], ids=named)
@pytest.mark.parametrize("wrong", ["sk-wrong-0123456789abcdef", ""])
def test_a_wrong_key_is_said_and_not_shown(profile, make_newsroom, monkeypatch, wrong):
    monkeypatch.setenv("NEWS_KEY", wrong)
    with ScriptedServer(profile=profile) as server:
        newsroom = make_newsroom({"law/en": ARTICLE}, toml=toml(server))
        with pytest.raises(EngineDownError, match=r"NEWS_KEY") as raised:
            translate(newsroom)
    if wrong:
        assert "refused the key" in str(raised.value)
        assert wrong not in str(raised.value)
        assert len(server.bodies) == 1, "no other request can do better"


@pytest.mark.parametrize("profile", [each for each in PROFILES if each.model], ids=named)
def test_a_wrong_model_is_said(profile, make_newsroom):
    with ScriptedServer(profile=profile) as server:
        newsroom = make_newsroom({"law/en": ARTICLE}, toml=toml(server, model="news-9"))
        with pytest.raises(EngineDownError, match=r"knows neither the model 'news-9'"):
            translate(newsroom)
        assert len(server.bodies) == 1


def test_a_wrong_address_is_said(profile, make_newsroom):
    with ScriptedServer(profile=profile) as server:
        address = server.url.removesuffix("/v1")
        newsroom = make_newsroom({"law/en": ARTICLE}, toml=toml(server, base_url=address))
        with pytest.raises(EngineDownError, match="check `model` and `base_url`"):
            translate(newsroom)


def test_a_busy_server_says_how_long_to_wait(profile):
    with ScriptedServer(profile=profile, rate=Rate(0.5, clock=lambda: 0.0)) as server:
        engine = openai.engine(table(server, max_retries=0))
        server.rate.take()
        with pytest.raises(BusyError) as raised:
            engine.ask(request("Hello there"))
        engine.close()
    says = profile.tells_rate or "{after}" in str(profile.busy)
    assert raised.value.after == (2 if says else None)


@pytest.mark.parametrize("profile", [VLLM, OLLAMA], ids=named)
def test_thoughts_are_no_part_of_an_answer(profile):
    with ScriptedServer(profile=profile) as server:
        engine = openai.engine(table(server))
        answer = engine.ask(request("One.", "Two."))
        engine.close()
    assert list(answer.texts) == ["1", "2"]


def test_a_model_that_thinks_beyond_the_limit_gets_more_room_from_then_on(tmp_path):
    thinking = replace(AZURE, reasoning=2000)
    with ScriptedServer(profile=thinking) as server:
        engine = openai.engine(table(server))
        engine.remember(Endpoints(tmp_path))
        assert engine.ask(request("One.")).reply.finish == "length"
        assert engine.ask(request("Two.")).reply.finish == "stop"
        engine.close()
        later = openai.engine(table(server))
        later.remember(Endpoints(tmp_path))
        assert later.ask(request("Three.")).reply.finish == "stop"
        later.close()


def test_a_model_that_wants_max_completion_tokens_reasons_and_has_the_room_at_once():
    with ScriptedServer(profile=replace(OPENAI, reasoning=2000)) as server:
        engine = openai.engine(table(server))
        assert engine.ask(request("One.")).reply.finish == "stop"
        engine.close()


def test_a_model_told_to_reason_has_the_room_at_once():
    with ScriptedServer(profile=replace(AZURE, reasoning=2000)) as server:
        engine = openai.engine(table(server, extra={"reasoning_effort": "medium"}))
        assert engine.ask(request("One.")).reply.finish == "stop"
        assert server.bodies[-1]["reasoning_effort"] == "medium"
        engine.close()


def test_one_passage_too_long_with_its_help_goes_without_it(make_newsroom):
    words = "# One\n\n" + "\n\n".join(
        "".join(SENTENCE.format(n=20 * part + n) for n in range(1, 9)) for part in range(1, 6)
    )
    with ScriptedServer(profile=replace(VLLM, context=2100, reasoning=0)) as server:
        newsroom = make_newsroom({"law/en": words}, toml=toml(server, context=3, batch=1))
        assert not translate(newsroom).failures
        assert all(entry.target.text for entry in newsroom.catalog("law", "ko").live)
        helped = ['"after"' in body["messages"][-1]["content"] for body in server.answered]
    assert set(helped) == {True, False}, "as much help as fits"


def test_an_option_that_a_server_does_not_take_is_left_out(tmp_path):
    from bilingual.testing.provider.profiles import _unsupported

    strict = replace(OPENAI, refuses={"reasoning_effort": _unsupported("reasoning_effort")})
    with ScriptedServer(profile=strict) as server:
        engine = openai.engine(table(server, extra={"reasoning_effort": "low", "top_p": 1}))
        engine.ask(request("One."))
        engine.ask(request("Two."))
        engine.close()
    assert len(server.bodies) == 3
    assert "reasoning_effort" not in server.bodies[-1]
    assert server.bodies[-1]["top_p"] == 1
