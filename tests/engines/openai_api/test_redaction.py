"""A key that comes back in part or in another form is not shown either."""

from __future__ import annotations

import base64

import pytest

from bilingual.engines import openai
from bilingual.engines.openai_api.endpoint import Endpoint
from bilingual.engines.openai_api.redaction import without
from bilingual.errors import ConfigurationError

KEY = "sk-proj-Ab12cD34eF56gH78iJ90"


@pytest.mark.parametrize(
    "form",
    [
        KEY,
        KEY[:14],
        KEY[10:],
        KEY.upper(),
        KEY[::-1],
        " ".join(KEY),
        "-".join(KEY),
        KEY.encode().hex(),
        KEY.encode().hex(" ").upper(),
        base64.b64encode(KEY.encode()).decode(),
        base64.urlsafe_b64encode(f"x{KEY}".encode()).decode(),
        base64.b64encode(f"Bearer {KEY}".encode()).decode(),
    ],
)
def test_no_form_of_a_key_is_shown(form: str):
    shown = Endpoint("http://localhost/v1", "m", KEY).hide(
        f"No account for {form}, said the server."
    )
    assert shown.startswith("No account for ")
    assert shown.endswith(", said the server.")
    assert "…" in shown
    left = "".join(each for each in shown.lower() if each.isalnum())
    for hint in ("ab12cd34", "gh78ij90", "09ji87hg", "41623132", KEY.encode().hex()[20:36]):
        assert hint not in left
    assert len(shown) < len("No account for , said the server.") + 22


def test_what_is_no_part_of_a_key_stays():
    said = (
        "The model gpt-4.1-mini of project 12cD34e is overloaded; see https://example.com/a1b2c3."
    )
    assert without(said, [KEY]) == said
    assert without(said, []) == said
    assert Endpoint("http://localhost/v1", "m", "ollama").hide("ollama is slow") == "… is slow"


@pytest.mark.parametrize(
    "query", ["api_key=abc123", "api-version=1&key=abc123", "subscription-key=abc123", "sig=abc123"]
)
def test_a_key_in_the_address_is_refused_unseen(query: str):
    with pytest.raises(ConfigurationError, match="base_url contains a key") as told:
        openai.engine({"base_url": f"http://localhost:8000/v1?{query}", "model": "m"})
    assert "abc123" not in str(told.value)
    assert "key_env" in str(told.value)


def test_a_key_among_the_parameters_of_the_body_is_refused_unseen():
    table = {"base_url": "http://localhost:8000/v1", "extra": {"api_key": "abc123"}}
    with pytest.raises(ConfigurationError, match=r"extra\.api_key is a secret in a file") as told:
        openai.engine(table)
    assert "abc123" not in str(told.value)


def test_a_version_in_the_address_is_no_key():
    openai.engine({"base_url": "http://localhost:8000/v1?api-version=2025-01-01"}).close()
