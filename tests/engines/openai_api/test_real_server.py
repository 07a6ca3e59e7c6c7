"""The fake llama.cpp beside the real one that the embedded engine runs."""

from __future__ import annotations

import json
import os
import re
import urllib.error
import urllib.request
from dataclasses import replace

import pytest

from bilingual.engines import local
from bilingual.engines.base import TooLongError
from bilingual.engines.embedded import weights
from bilingual.engines.openai_api.client import Client
from bilingual.engines.openai_api.endpoint import Endpoint
from bilingual.engines.openai_api.learned import Endpoints
from bilingual.model import Kind
from bilingual.prompting.request import Passage, Request
from bilingual.testing.provider.profiles import LLAMA_CPP
from bilingual.testing.provider.server import KEY, ScriptedServer

pytest.importorskip("xllamacpp", reason="MISSING: the extra [local]")

MODEL = "qwen2.5-coder-0.5b"
CONTEXT = 512
LONG = " ".join(f"The committee heard that company {n} asked for time." for n in range(120))


@pytest.fixture
def address(monkeypatch, user_cache):
    """The address of a real llama.cpp with a small context."""
    if "BILINGUAL_MODELS" not in os.environ:
        monkeypatch.setenv("BILINGUAL_MODELS", str(user_cache / "bilingual" / "models"))
    engine = local.engine({"model": MODEL, "context_tokens": CONTEXT})
    yield engine._serve(weights.fetch(MODEL))
    engine.close()


def refusal(url: str, path: str, content: str) -> tuple[int, dict]:
    """Return status and error of a chat that is refused."""
    request = urllib.request.Request(  # noqa: S310 - loopback
        url + path,
        json.dumps({"model": "m", "messages": [{"role": "user", "content": content}]}).encode(),
        {"content-type": "application/json", "authorization": f"Bearer {KEY}"},
    )
    with pytest.raises(urllib.error.HTTPError) as raised:
        urllib.request.urlopen(request, timeout=120)  # noqa: S310
    with raised.value as reply:
        return reply.code, json.load(reply)["error"]


@pytest.mark.model
@pytest.mark.xdist_group("model")
@pytest.mark.parametrize("path", ["/v1/chat/completions", "/v1/nowhere"])
def test_the_fake_refuses_as_the_real_one(address, path):
    with ScriptedServer(profile=replace(LLAMA_CPP, context=CONTEXT)) as server:
        status, fake = refusal(server.url.removesuffix("/v1"), path, LONG)
    real_status, real = refusal(address, path, LONG)
    assert (status, fake.keys()) == (real_status, real.keys())
    said = [re.sub(r"[0-9]+", "N", each["message"]) for each in (fake, real)]
    assert said[0] == said[1]
    assert fake.get("n_ctx") == real.get("n_ctx")


@pytest.mark.model
@pytest.mark.xdist_group("model")
def test_the_real_ones_context_is_learned_from_its_refusal(address, tmp_path):
    endpoint = Endpoint(f"{address}/v1", MODEL)
    asked = Client(endpoint)
    asked.remember(Endpoints(tmp_path))
    passage = Passage("1", Kind.PARAGRAPH, LONG)
    with pytest.raises(TooLongError):
        asked.ask(Request("en", "ko", (passage, replace(passage, id="2"))))
    asked.close()
    known = Endpoints(tmp_path).find(endpoint)
    assert known.context == CONTEXT
    assert 0.15 < known.density < 0.6
