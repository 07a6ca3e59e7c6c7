"""The key comes from the environment or a keyring; the real library, with backends of our own."""

from __future__ import annotations

import sys

import keyring
import keyring.backend
import keyring.backends.fail
import keyring.errors
import pytest

from bilingual.engines import openai
from bilingual.engines.registry import create
from bilingual.errors import ConfigurationError, EngineDownError
from bilingual.model import Kind
from bilingual.testing.provider.server import KEY

KEPT = "sk-from-the-keyring-0123"


class Drawer(keyring.backend.KeyringBackend):
    """A keyring in memory."""

    priority = 1

    def __init__(self, **entries: str):
        super().__init__()
        self.entries = entries
        self.opened: list[str] = []

    def get_password(self, service, username):
        self.opened.append(f"{service}/{username}")
        return self.entries.get(f"{service}/{username}")

    def set_password(self, service, username, password):
        self.entries[f"{service}/{username}"] = password

    def delete_password(self, service, username):
        del self.entries[f"{service}/{username}"]


class Locked(Drawer):
    def get_password(self, service, username):
        raise keyring.errors.KeyringLocked(f"cannot unlock {KEPT}")


@pytest.fixture(autouse=True)
def no_keys(monkeypatch):
    before = keyring.get_keyring()
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "NEWS_KEY"):
        monkeypatch.delenv(name, raising=False)
    yield
    keyring.set_keyring(before)


def sent(server, **settings) -> str:
    """Return the key that arrives at the server."""
    from bilingual.prompting.request import Passage, Request

    engine = openai.engine({"base_url": server.url, "model": "m", **settings})
    engine.ask(Request("en", "ko", (Passage("1", Kind.PARAGRAPH, "Hello"),)))
    engine.close()
    return server.headers[-1]["authorization"].removeprefix("Bearer ")


def test_the_environment_goes_first_and_the_keyring_is_not_opened(server, monkeypatch):
    monkeypatch.setenv("NEWS_KEY", KEY)
    drawer = Drawer(**{"bilingual/NEWS_KEY": KEPT})
    keyring.set_keyring(drawer)
    assert sent(server, key_env="NEWS_KEY") == KEY
    assert not drawer.opened


def test_the_keyring_has_it_under_the_name_of_the_variable(server):
    keyring.set_keyring(Drawer(**{"bilingual/NEWS_KEY": KEPT}))
    assert sent(server, key_env="NEWS_KEY") == KEPT


def test_an_entry_of_ones_own_is_named_by_service_and_user(server):
    keyring.set_keyring(Drawer(**{"paper/desk/jisu": KEPT}))
    assert sent(server, key_keyring="paper/desk/jisu") == KEPT


def test_a_server_of_ones_own_that_names_no_key_opens_no_keyring(server):
    drawer = Drawer()
    keyring.set_keyring(drawer)
    assert sent(server) == "none"
    assert not drawer.opened


def test_a_key_in_neither_place_names_both():
    keyring.set_keyring(Drawer())
    with pytest.raises(EngineDownError, match="OPENAI_API_KEY or in the keyring") as raised:
        create("openai", {})
    assert "keyring set bilingual OPENAI_API_KEY" in str(raised.value)


def test_a_machine_without_a_keyring_says_what_to_set():
    keyring.set_keyring(keyring.backends.fail.Keyring())
    with pytest.raises(EngineDownError, match="no usable keyring — set `NEWS_KEY`"):
        create("openai", {"key_env": "NEWS_KEY", "key_keyring": "paper/desk"})
    with pytest.raises(EngineDownError, match="environment variable NEWS_KEY"):
        create("openai", {"key_env": "NEWS_KEY"})


def test_a_locked_keyring_is_said_without_what_it_said():
    keyring.set_keyring(Locked())
    with pytest.raises(EngineDownError, match="unlock it, or set `OPENAI_API_KEY`") as raised:
        create("openai", {})
    assert KEPT not in str(raised.value)
    assert raised.value.__suppress_context__


def test_keyring_is_an_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(EngineDownError, match="pip install keyring"):
        create("openai", {"key_keyring": "paper/desk"})
    with pytest.raises(EngineDownError, match="environment variable OPENAI_API_KEY"):
        create("openai", {})


@pytest.mark.parametrize("entry", ["desk", "/desk", "paper/"])
def test_an_entry_that_is_no_entry_is_named(entry):
    with pytest.raises(ConfigurationError, match="key_keyring does not name an entry"):
        create("openai", {"key_keyring": entry})


def test_a_refused_key_of_the_keyring_is_named_by_its_entry(server):
    from bilingual.prompting.request import Passage, Request
    from bilingual.testing.provider.server import FailedResponse

    keyring.set_keyring(Drawer(**{"bilingual/NEWS_KEY": KEPT}))
    server.faults = [FailedResponse(401, f"Incorrect API key provided: {KEPT}")]
    engine = openai.engine({"base_url": server.url, "key_env": "NEWS_KEY"})
    with pytest.raises(EngineDownError, match="bilingual/NEWS_KEY in the keyring") as raised:
        engine.ask(Request("en", "ko", (Passage("1", Kind.PARAGRAPH, "Hello"),)))
    assert KEPT not in str(raised.value)


@pytest.mark.parametrize(
    "key",
    ["sk-abc\ndefghij0123456", "“sk-abcdef0123456”", "sk-abc\u00a0def0123456", "sk-열쇠-0123456"],
)
def test_a_key_that_no_header_can_carry_is_refused_unseen(monkeypatch, server, key):
    """What a copy from a page or from two lines of a file brings along."""
    monkeypatch.setenv("NEWS_KEY", key)
    with pytest.raises(EngineDownError, match="NEWS_KEY") as told:
        create("openai", {"base_url": server.url, "model": "m", "key_env": "NEWS_KEY"})
    assert "0123456" not in str(told.value)
    assert not server.bodies
