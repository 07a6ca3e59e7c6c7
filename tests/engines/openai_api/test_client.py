"""Faults of real servers, over real HTTP on loopback."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor

import pytest

from bilingual.engines import openai
from bilingual.engines.base import (
    BusyError,
    EngineTraits,
    RequestError,
    TooLongError,
    UnreachableError,
)
from bilingual.engines.openai_api.client import Client
from bilingual.engines.openai_api.endpoint import Endpoint
from bilingual.engines.registry import create
from bilingual.errors import ConfigurationError, EngineDownError, EngineError
from bilingual.model import Kind, Term
from bilingual.prompting.request import Limits, Passage, Request, Usage
from bilingual.testing.provider.server import FailedResponse, ScriptedServer

KEY = "sk-secret-0123456789"


def client(server: ScriptedServer, **settings) -> Client:
    defaults = {"timeout": 10.0, "key_env": "NEWS_KEY"}
    return Client(Endpoint(server.url, "news-1", KEY, **(defaults | settings)))


def request(*texts: str, brief: bool = False) -> Request:
    passages = tuple(Passage(str(i), Kind.PARAGRAPH, text) for i, text in enumerate(texts, 1))
    return Request("en", "ko", passages, title="Title", brief=brief)


def test_an_answer_comes_with_its_usage(server):
    answer = client(server).ask(request("Hello there", brief=True))
    assert answer.texts
    assert answer.reply.finish == "stop"
    bill = server.bills[0]
    assert answer.usage == Usage(bill.prompt, bill.cached, bill.completion, 1)
    assert bill.prompt > 100
    assert bill.completion > 0
    assert server.headers[0]["authorization"] == f"Bearer {KEY}"


def test_several_passages_are_asked_for_by_id_under_a_schema(server):
    client(server).ask(request("One.", "Two."))
    wanted = server.bodies[0]["response_format"]["json_schema"]
    assert wanted["schema"]["required"] == ["1", "2"]
    assert wanted["strict"] is True


@pytest.mark.parametrize(
    ("fault", "after"),
    [
        (FailedResponse(429, "slow down", headers={"retry-after": "7"}), 7),
        (
            FailedResponse(
                429, "slow down", headers={"retry-after-ms": "1500", "retry-after": "2"}
            ),
            1.5,
        ),
        (FailedResponse(503, "warming up"), None),
        (FailedResponse(529, "Overloaded", headers={"retry-after": "20"}), 20),
        (FailedResponse(500, "The server is currently overloaded"), None),
        (
            FailedResponse(
                429,
                "Rate limit reached",
                headers={
                    "x-ratelimit-remaining-requests": "12",
                    "x-ratelimit-reset-requests": "120ms",
                    "x-ratelimit-remaining-tokens": "0",
                    "x-ratelimit-reset-tokens": "6m0s",
                },
            ),
            360,
        ),
        (FailedResponse(raw=b'{"error": {"message": "Rate limit", "code": 429}}'), None),
    ],
)
def test_a_busy_server_is_asked_once_and_says_how_long_to_wait(server, fault, after):
    server.faults = [fault]
    with pytest.raises(BusyError) as raised:
        client(server).ask(request("Hello"))
    assert raised.value.after == after
    assert len(server.bodies) == 1


@pytest.mark.parametrize("status", [408, 409, 500, 502, 504])
def test_a_passing_fault_is_a_failure_of_the_attempt_and_no_more(server, status):
    server.faults = [FailedResponse(status, "broken pipe")]
    with pytest.raises(EngineError, match=str(status)) as raised:
        client(server).ask(request("Hello"))
    assert not isinstance(raised.value, (EngineDownError, RequestError, BusyError))
    assert client(server).ask(request("Hello")).texts


def test_an_answer_says_what_is_left_of_the_rate(server):
    server.faults = [
        FailedResponse(
            text="안녕",
            headers={
                "x-ratelimit-remaining-requests": "59",
                "x-ratelimit-reset-requests": "1s",
                "x-ratelimit-remaining-tokens": "149984",
                "x-ratelimit-reset-tokens": "6m0s",
            },
        )
    ]
    answer = client(server).ask(request("Hello", brief=True))
    assert answer.limits == Limits(59, 149984, requests_reset=1.0, tokens_reset=360.0)


def test_the_same_request_has_the_same_name_and_another_another(server):
    asked = client(server)
    for each in (request("Hello"), request("Hello"), request("Bye")):
        asked.ask(each)
    names = [headers["idempotency-key"] for headers in server.headers]
    assert names[0] == names[1] != names[2]
    assert KEY not in names[0]


def test_many_threads_share_one_client_and_learn_once_each_what_is_lacking(server):
    def refuses(body):
        if body.get("response_format", {}).get("type") == "json_schema":
            return FailedResponse(400, "response_format json_schema is not supported")
        return None

    server.refuses = refuses
    asked = client(server)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(asked.ask, [request(f"Text {i}", "Two") for i in range(24)]))
    assert all(answer.texts for answer in answers)
    assert len(server.answered) == 24
    kinds = {body["response_format"]["type"] for body in server.answered}
    assert kinds == {"json_object"}, "a refusal that comes late teaches nothing more"


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (FailedResponse(401, f"Incorrect API key provided: {KEY}"), "refused the key"),
        (FailedResponse(403, f"{KEY} may not"), "does not allow this key to use news-1"),
        (
            FailedResponse(404, "The model `news-1` does not exist"),
            "knows neither the model 'news-1'",
        ),
        (FailedResponse(429, "insufficient_quota: check your plan and billing"), "quota"),
        (
            FailedResponse(401, "Authentication Error, ExceededBudget: Spend=2.1, Budget=2.0"),
            "quota",
        ),
        (FailedResponse(402, "Insufficient Balance"), "quota"),
        (FailedResponse(400, "You have reached your specified API usage limits."), "quota"),
    ],
)
def test_what_concerns_every_request_stops_the_engine_and_never_shows_the_key(server, fault, words):
    server.faults = [fault] * 3
    with pytest.raises(EngineDownError, match=words) as raised:
        client(server).ask(request("Hello"))
    shown = str(raised.value)
    assert KEY not in shown
    assert " — " in shown, "it says how to mend it"
    assert "\n" not in shown
    assert raised.value.__cause__ is None, "the cause would show the key in a traceback"


def test_a_key_echoed_in_any_other_error_is_not_shown(server):
    server.faults = [FailedResponse(400, f"bad parameter near {KEY}")]
    with pytest.raises(EngineError) as raised:
        client(server).ask(request("Hello"))
    assert KEY not in str(raised.value)
    assert KEY not in repr(client(server).endpoint)


def test_a_key_is_no_part_of_what_the_journal_keeps(server):
    assert KEY not in client(server).key(request("Hello"))


def test_an_unreachable_endpoint_is_told_without_the_password():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        endpoint = Endpoint(f"http://user:pw-0123@127.0.0.1:{port}/v1", "m")
        with pytest.raises(UnreachableError, match="cannot be reached") as raised:
            Client(endpoint).ask(request("Hello"))
    assert not isinstance(raised.value, EngineDownError)
    assert "pw-0123" not in str(raised.value)
    assert "pw-0123" not in repr(endpoint)


def test_an_over_long_prompt_fails_the_request_only(server):
    server.faults = [
        FailedResponse(400, "the request exceeds the available context size (4096 tokens)")
    ]
    with pytest.raises(TooLongError, match="too long"):
        client(server).ask(request("Hello"))


def test_no_answer_in_time_is_said_with_the_time(server):
    server.faults = [FailedResponse(wait=2)] * 2
    with pytest.raises(EngineError, match=r"within 0\.3 seconds"):
        client(server, timeout=0.3).ask(request("Hello"))


def test_a_connection_that_breaks_is_a_failure_of_the_attempt(server):
    server.faults = [FailedResponse(hang_up=True)]
    asked = client(server)
    with pytest.raises(EngineError, match="closed the connection"):
        asked.ask(request("Hello"))
    assert asked.ask(request("Hello")).texts


@pytest.mark.parametrize("raw", [b"<html>proxy</html>", b'{"choices": []}', b'{"choices": nul'])
def test_what_is_no_answer_is_a_failure_in_one_line(server, raw):
    server.faults = [FailedResponse(raw=raw)] * 3
    with pytest.raises(EngineError) as raised:
        client(server).ask(request("Hello"))
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("told", "lacks", "has"),
    [
        ("response_format json_schema is not supported", "json_schema", "response_format"),
        (
            (
                "Unsupported parameter: 'max_tokens' is not supported with this model. "
                "Use 'max_completion_tokens' instead."
            ),
            "max_tokens",
            "max_completion_tokens",
        ),
        ("temperature does not support 0 with this model", "temperature", "messages"),
        ("Unknown parameter: seed", "seed", "messages"),
        ("`temperature` is deprecated for this model.", "temperature", "messages"),
        (
            "`temperature` may only be set to 1 when thinking is enabled.",
            "temperature",
            "messages",
        ),
    ],
)
def test_what_a_server_does_not_take_is_left_out_from_then_on(server, told, lacks, has):
    def refuses(body):
        if lacks == "json_schema":
            wrong = body.get("response_format", {}).get("type") == "json_schema"
        else:
            wrong = lacks in body
        return FailedResponse(400, told) if wrong else None

    server.refuses = refuses
    asked = client(server)
    before = asked.key(request("One", "Two"))
    asked.ask(request("One", "Two"))
    asked.ask(request("Three", "Four"))
    assert len(server.bodies) == 3, "the second request knows already"
    assert has in server.bodies[-1]
    assert asked.key(request("One", "Two")) == before, "a fallback is not another request"


def test_a_server_without_a_system_role_gets_one_message(server):
    def refuses(body):
        roles = [each["role"] for each in body["messages"]]
        return FailedResponse(400, "System role not supported") if "system" in roles else None

    server.refuses = refuses
    assert client(server).ask(request("One", "Two")).reply.finish == "stop"
    assert [each["role"] for each in server.bodies[-1]["messages"]] == ["user"]
    assert "Korean newspaper" in server.bodies[-1]["messages"][0]["content"]


def test_a_cut_answer_says_so(server):
    server.faults = [FailedResponse(text='{"1": "가', finish="length")]
    assert client(server).ask(request("One", "Two")).reply.finish == "length"


def test_only_terms_that_occur_are_sent_and_what_is_common_stands_first(server):
    term = Term("spark", {"en": ("Muse Spark",), "ko": ("뮤즈 스파크",)})
    asked = client(server)
    base = request("Muse Spark is out", "Two")
    asked.ask(Request("en", "ko", base.passages, terms=(term,)))
    asked.ask(request("Other", "Words"))
    first, second = (each["messages"] for each in server.bodies)
    assert first[0] == second[0], "the guide is the same to the byte"
    assert "뮤즈 스파크" in first[-1]["content"]
    assert "뮤즈 스파크" not in second[-1]["content"]


def test_extra_parameters_pass_through(server):
    client(server, extra={"reasoning_effort": "low"}).ask(request("Hello"))
    assert server.bodies[0]["reasoning_effort"] == "low"


def test_an_answers_limit_in_the_extra_table_is_the_only_one_that_is_sent(server):
    said = (
        "Unsupported parameter: 'max_tokens' is not supported with this model. "
        "Use 'max_completion_tokens' instead."
    )
    server.refuses = lambda body: FailedResponse(400, said) if "max_tokens" in body else None
    asked = client(server, extra={"max_completion_tokens": 20_000})
    asked.ask(request("Hello"))
    assert [body.get("max_completion_tokens") for body in server.bodies] == [20_000]
    assert asked.bound(request("Hello")).completion >= 20_000


def test_a_server_that_recommends_a_parameter_takes_it(server):
    """What it refused stays out; what it said to use instead is not taken out with it."""
    said = "'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
    server.refuses = lambda body: FailedResponse(400, said) if "max_tokens" in body else None
    client(server, extra={"max_tokens": 900, "top_p": 0.9}).ask(request("Hello"))
    assert server.bodies[-1]["top_p"] == 0.9
    assert server.bodies[-1]["max_completion_tokens"] > 0


def test_a_missing_key_is_named_by_its_variable(monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    with pytest.raises(EngineDownError, match="OPENAI_API_KEY"):
        create("openai", {})


def test_a_server_of_ones_own_needs_no_key(monkeypatch, server):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    engine = openai.engine({"base_url": server.url, "model": "qwen"})
    assert engine.origin == "mt:openai/qwen"
    assert engine.traits == EngineTraits(8, 2, retries=2, attempts=5, concurrency=8)
    assert engine.ask(request("Hello")).texts
    engine.close()


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"api_key": KEY}, "api_key is a secret in a file that is shared"),
        ({"modle": "x"}, "did you mean model"),
        ({"timeout": "long"}, "timeout is not a number"),
        ({"batch": 0}, "batch is below 1 — write `batch = 8`"),
        ({"max_retries": 1.5}, "max_retries is not a whole number — write `max_retries = 4`"),
        ({"bulk": {"bytes": 1}}, "bytes is below 1000 — write `bytes = 200000000`"),
        ({"base_url": "localhost:8000"}, "not a web address"),
    ],
)
def test_wrong_settings_are_named(monkeypatch, table, words):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with pytest.raises(ConfigurationError, match=words) as raised:
        openai.engine(table)
    assert KEY not in str(raised.value)
