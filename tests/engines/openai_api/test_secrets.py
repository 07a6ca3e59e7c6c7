"""The key is nowhere to be seen, whatever a server does with it: the real command, real files."""

from __future__ import annotations

import base64
import logging
import os
from urllib.parse import quote

import pytest

from bilingual.engines.openai_api.client import Client
from bilingual.engines.openai_api.endpoint import Endpoint
from bilingual.errors import EngineError
from bilingual.model import Kind
from bilingual.prompting.request import Passage, Request
from bilingual.testing.provider.server import FailedResponse, ScriptedServer
from tests.support import copies

KEY = "nk_live/0123456789+abcdef"
"""Looks like no key that a pattern would know, and is not the same when it is quoted."""
HORSE = "correct horse 7"
HELLO = Request("en", "ko", (Passage("1", Kind.PARAGRAPH, "Hello there."),))
ECHOES = {
    "401": FailedResponse(401, f"Incorrect API key provided: {KEY}."),
    "403": FailedResponse(403, f"{KEY} may not"),
    "404": FailedResponse(404, f"no such thing for {KEY}"),
    "400": FailedResponse(400, f"bad request near {quote(KEY, safe='')}"),
    "429": FailedResponse(429, f"slow down, {KEY}", headers={"retry-after-ms": "1"}),
    "500": FailedResponse(500, f"Traceback: headers={{'authorization': 'Bearer {KEY}'}}"),
    "html": FailedResponse(502, raw=f"<html>{KEY}</html>".encode()),
    "no JSON": FailedResponse(raw=f"Bearer {KEY}".encode()),
    "200": FailedResponse(raw=f'{{"error": {{"message": "{KEY}", "code": 400}}}}'.encode()),
    "headers": FailedResponse(
        429,
        "slow down",
        headers={
            "retry-after": KEY,
            "x-ratelimit-remaining-requests": KEY,
            "x-ratelimit-reset-tokens": f"Bearer {KEY}",
        },
    ),
    "part": FailedResponse(500, f"no account for {KEY[:14]} and {KEY[12:]}"),
    "spaced": FailedResponse(500, f"no account for {' '.join(KEY)}"),
    "base64": FailedResponse(
        500, f"no account for {base64.b64encode(f'Bearer {KEY}'.encode()).decode()}"
    ),
    "answer": FailedResponse(text=f"열쇠는 {KEY}이다."),
    "hang up": FailedResponse(hang_up=True),
}


LOGGED = "import openai; openai._setup_logging(); from bilingual.cli import main; main()"
"""The command with the library's own log, which ``OPENAI_LOG`` calls for when it is imported."""


@pytest.mark.parametrize("name", ECHOES)
def test_a_run_shows_the_key_nowhere(name, make_newsroom):
    with ScriptedServer() as server:
        # A busy server is given time: twice is enough for it to have been said and waited for.
        server.faults = [ECHOES[name]] * (2 if ECHOES[name].status == 429 else 40)
        newsroom = make_newsroom(
            {"a/en": "Hello there.\n"},
            toml="[translate]\nengine = 'openai'\n[engines.openai]\n"
            f"base_url = '{server.url}'\nkey_env = 'NEWS_KEY'\nmax_retries = 1\nretries = 0\n",
        )
        done = copies.run(
            LOGGED,
            "translate",
            "--json",
            folder=newsroom.root,
            environment={
                **os.environ, "NEWS_KEY": KEY, "BILINGUAL_DEBUG": "1", "OPENAI_LOG": "debug"
            },
        )  # fmt: skip
    assert server.headers[0]["authorization"] == f"Bearer {KEY}"
    assert done.returncode in {0, 1, 3}, done.stderr
    assert name not in {"401", "html"} or "HTTP Request: POST" in done.stderr, "it does log"
    seen = [done.stdout.encode(), done.stderr.encode()]
    seen += [path.read_bytes() for path in newsroom.root.rglob("*") if path.is_file()]
    for content in seen:
        for form in (KEY, quote(KEY, safe=""), "01234567", "0 1 2 3", "89+abcde"):
            assert form.encode() not in content
        assert base64.b64encode(f"Bearer {KEY}".encode())[12:24] not in content


@pytest.mark.parametrize("status", [401, 429, 500])
def test_a_user_and_a_password_in_the_address_are_sent_and_never_shown(status, caplog):
    caplog.set_level(logging.DEBUG)
    with ScriptedServer() as server:
        address = server.url.replace("://", f"://desk:{quote(HORSE)}@")
        asked = Client(Endpoint(address, "news-1"))
        assert asked.ask(HELLO).texts
        login = server.headers[0]["authorization"]
        server.faults = [FailedResponse(status, f"{address} {HORSE} {login}")]
        with pytest.raises(EngineError) as raised:
            asked.ask(HELLO)
        asked.close()
    assert login.startswith("Basic ")
    shown = (str(raised.value), repr(asked.endpoint), asked.key(HELLO), caplog.text)
    for text in shown:
        assert HORSE not in text
        assert quote(HORSE) not in text
        assert login.removeprefix("Basic ") not in text


def test_the_library_logs_no_key(caplog):
    caplog.set_level(logging.DEBUG)
    with ScriptedServer() as server:
        asked = Client(Endpoint(server.url, "news-1", KEY))
        asked.ask(HELLO)
        asked.close()
    assert "chat/completions" in caplog.text, "it does log"
    assert KEY not in caplog.text


def test_a_word_that_serves_as_a_key_at_home_stays_in_an_answer():
    with ScriptedServer() as server:
        server.faults = [FailedResponse(text="라마(ollama)를 쓴다.")]
        asked = Client(Endpoint(server.url, "qwen3:8b", "ollama"))
        assert asked.ask(HELLO).reply.text == "라마(ollama)를 쓴다."
        asked.close()
