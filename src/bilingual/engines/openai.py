"""Any OpenAI-compatible endpoint: OpenAI, Azure OpenAI, vLLM, Ollama, llama.cpp, LiteLLM.

Settings, in ``[engines.openai]`` of ``bilingual.toml``: ``base_url``, ``model``, ``key_env``,
``key_keyring``, ``timeout``, ``max_retries``, ``temperature``, ``seed``, ``max_tokens``, ``batch``,
``context``, ``retries``, ``concurrency`` and the tables ``price``, ``extra``, whose content goes
into every request body, and ``bulk``, which says how batches differ (``batch_dialect``).
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from bilingual.engines import price
from bilingual.engines.base import Engine, EngineTraits
from bilingual.engines.openai_api import key
from bilingual.engines.openai_api.batch_api import BatchApi
from bilingual.engines.openai_api.batch_dialect import dialect
from bilingual.engines.openai_api.client import Client
from bilingual.engines.openai_api.endpoint import Endpoint
from bilingual.engines.openai_api.key import Key
from bilingual.engines.options import CHANGE, EngineOptions, in_address
from bilingual.errors import EngineDownError
from bilingual.model import msg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bilingual.engines.openai_api.batch_dialect import Dialect
    from bilingual.engines.openai_api.learned import Endpoints
    from bilingual.prompting.request import Answer, Request, Usage

NAME = "openai"
OPENAI = "https://api.openai.com/v1"
MODEL = "gpt-4.1-mini"
KEY = "OPENAI_API_KEY"
CONCURRENCY = 8
"""Requests at a time, at most; the actual number follows from what the server accepts."""


class Remote(Engine):
    """An endpoint somewhere, asked through ``Client``."""

    def __init__(
        self,
        name: str,
        client: Client,
        traits: EngineTraits,
        dialect: Dialect | None = None,
        lacks: EngineDownError | None = None,
    ) -> None:
        """``dialect`` is that of its batches; None: it has none. ``lacks``: why nothing is sent."""
        self._lacks = lacks
        self._name = name
        self._client = client
        self._manners = traits
        self._dialect = dialect

    @property
    def origin(self) -> str:
        """``mt:<engine>/<model>``."""
        return f"mt:{self._name}/{self._client.endpoint.model}"

    @property
    def traits(self) -> EngineTraits:
        """Large models keep several units apart and gain from seeing them together."""
        return self._manners

    def key(self, request: Request) -> str:
        """Return what determines the answer."""
        return self._client.key(request)

    def bound(self, request: Request) -> Usage:
        """Return the most tokens that ``request`` and its answer can have."""
        return self._client.bound(request)

    def ready(self) -> None:
        """Raise ``EngineDownError`` when a key is missing."""
        if self._lacks is not None:
            raise self._lacks

    def ask(self, request: Request) -> Answer:
        """Send ``request``; raises ``EngineError`` or ``EngineDownError``."""
        self.ready()
        return self._client.ask(request)

    def batch_api(self) -> BatchApi | None:
        """Return its batch endpoints; None for a server that has none."""
        self.ready()
        return BatchApi(self._client, self._dialect) if self._dialect else None

    def remember(self, endpoints: Endpoints) -> None:
        """Keep what is found out about the endpoint in ``endpoints``."""
        self._client.remember(endpoints)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


def engine(table: Mapping[str, object]) -> Engine:
    """Return the engine that ``[engines.openai]`` describes; nothing is sent yet.

    Raises ``ConfigurationError`` on a wrong table. Where the key is missing that the address needs,
    everything but asking can be done with it.
    """
    settings = EngineOptions(NAME, table)
    base_url = settings.text("base_url", os.environ.get("OPENAI_BASE_URL", "") or OPENAI)
    if not base_url.startswith(("http://", "https://")):
        example = msg("write `{example}`", example='base_url = "http://localhost:8000/v1"')
        raise settings.fault("base_url", msg("base_url is not a web address"), example)
    if name := in_address(base_url):
        problem = msg("base_url contains a key ({name}=…)", name=name)
        raise settings.fault("base_url", problem, CHANGE)
    found, lacks = Key(), None
    try:
        found = key.find(settings, KEY, needed=base_url == OPENAI)
    except EngineDownError as error:
        lacks = error
    endpoint = Endpoint(
        base_url,
        settings.text("model", MODEL),
        found.value,
        found.place,
        timeout=settings.number("timeout", 120, least=0.05),
        temperature=settings.number("temperature", 0.0),
        seed=settings.count("seed", 1),
        max_tokens=settings.count("max_tokens", 0) or None,
        extra=settings.table("extra"),
    )
    traits = EngineTraits(
        settings.count("batch", 8, least=1),
        settings.count("context", 2),
        retries=settings.count("retries", 2),
        attempts=1 + settings.count("max_retries", 4),
        concurrency=settings.count("concurrency", CONCURRENCY, least=1),
        price=price.settled(settings, endpoint.model),
    )
    spoken = dialect(base_url, EngineOptions(f"{NAME}.bulk", settings.table("bulk"), settings.line))
    settings.done()
    return Remote(NAME, Client(endpoint), traits, spoken, lacks)
