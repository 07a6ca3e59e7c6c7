"""The fake provider counts, paces and bills as a real one; asked with nothing of ours."""

from __future__ import annotations

import json
import urllib.error
import urllib.request

import pytest

from bilingual.testing.provider.rate_limit import Rate
from bilingual.testing.provider.server import FailedResponse, ScriptedServer
from bilingual.testing.provider.token_count import TokenCounter, simple

LONG = "The committee of the National Assembly took up the bill on artificial intelligence. " * 80


def ask(server, *contents: str, name: str = "", **parameters):
    """Return status, headers and body of a chat: the first of ``contents`` is the system's."""
    roles = ["system", *["user"] * (len(contents) - 1)] if len(contents) > 1 else ["user"]
    messages = [{"role": role, "content": text} for role, text in zip(roles, contents, strict=True)]
    request = urllib.request.Request(  # noqa: S310 - the fake's own address
        f"{server.url}/chat/completions",
        json.dumps({"model": "m", "messages": messages, **parameters}).encode(),
        {"content-type": "application/json", "idempotency-key": name},
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as reply:  # noqa: S310
            return reply.status, reply.headers, json.load(reply)
    except urllib.error.HTTPError as error:
        return error.code, error.headers, json.load(error)


def test_a_prompt_is_counted_as_openai_documents_it():
    bpe_openai = pytest.importorskip("bpe_openai")
    encoding = bpe_openai.get_encoding("o200k_base")
    with ScriptedServer(count=lambda text: len(encoding.encode_ordinary(text))) as server:
        _, _, body = ask(server, "You are a helpful assistant.", "hello world")
    # 3 to begin the answer, and for each message 3, its role (1) and its content (6 and 2).
    assert body["usage"]["prompt_tokens"] == 3 + (3 + 1 + 6) + (3 + 1 + 2)
    text = body["choices"][0]["message"]["content"]
    assert body["usage"]["completion_tokens"] == len(encoding.encode_ordinary(text))


def test_a_prefix_is_cached_from_1024_tokens_on_in_steps_of_128():
    with ScriptedServer() as server:
        first = ask(server, LONG, "One.")[2]["usage"]
        second = ask(server, LONG, "Two.")[2]["usage"]
        short = ask(server, "Short.", "One.")[2]["usage"]
        ask(server, "Short.", "Two.")
    assert first["prompt_tokens_details"]["cached_tokens"] == 0
    cached = second["prompt_tokens_details"]["cached_tokens"]
    assert cached == simple(LONG) // 128 * 128 > 1024
    assert short["prompt_tokens_details"]["cached_tokens"] == 0
    assert [bill.cached for bill in server.bills] == [0, cached, 0, 0]


def test_the_same_prompt_is_cached_but_for_the_last_step():
    meter = TokenCounter()
    messages = [{"role": "user", "content": LONG}]
    tokens = meter.prompt(messages)
    assert meter.cached(messages, tokens) == 0
    assert 0 <= tokens - meter.cached(messages, tokens) < 128


def test_a_rate_lets_so_many_through_and_says_when_the_next_may_come():
    now = [0.0]
    with ScriptedServer(rate=Rate(2.0, clock=lambda: now[0])) as server:
        assert ask(server, "One.")[0] == 200
        status, headers, _ = ask(server, "Two.")
        assert (status, headers["retry-after"], headers["retry-after-ms"]) == (429, "1", "500")
        assert headers["x-ratelimit-remaining-requests"] == "0"
        now[0] = 0.5
        assert ask(server, "Two.")[0] == 200
    assert server.busy == 1
    assert len(server.bills) == 2


def test_a_burst_is_let_through_at_once_and_then_the_rate():
    now = [0.0]
    rate = Rate(4.0, burst=3.0, clock=lambda: now[0])
    assert [rate.take() for _ in range(4)] == [0.0, 0.0, 0.0, 0.25]
    now[0] = 100.0
    assert [rate.take() for _ in range(4)] == [0.0, 0.0, 0.0, 0.25], "it fills up to the burst only"


def test_every_answer_is_billed_a_bad_one_too_and_one_that_was_lost():
    with ScriptedServer() as server:
        server.faults = [
            FailedResponse(text="Sure! Here it is."),
            FailedResponse(500),
            FailedResponse(lost=True),
        ]
        ask(server, "One.", name="a")
        ask(server, "One.", name="b")
        with pytest.raises(OSError, match=r"."):
            ask(server, "One.", name="c")
        ask(server, "One.", name="c")
    assert [bill.name for bill in server.bills] == ["a", "c", "c"]
    assert server.billed_twice == ["c"]


def test_an_idempotent_gateway_bills_one_request_once():
    with ScriptedServer(idempotent=True) as server:
        server.faults = [FailedResponse(lost=True)]
        with pytest.raises(OSError, match=r"."):
            ask(server, "One.", name="c")
        again = ask(server, "One.", name="c")[2]
    assert again["choices"][0]["message"]["content"]
    assert [bill.name for bill in server.bills] == ["c"]


def test_an_answer_is_cut_at_the_token_limit():
    with ScriptedServer() as server:
        body = ask(server, LONG.strip(), max_tokens=20)[2]
    choice = body["choices"][0]
    assert choice["finish_reason"] == "length"
    assert body["usage"]["completion_tokens"] == 20
    assert 0 < len(choice["message"]["content"]) <= 80
