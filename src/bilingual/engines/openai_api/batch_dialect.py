"""How providers' batches differ from OpenAI's: data, no code.

Source: https://platform.openai.com/docs/guides/batch (50,000 requests and 200 MB a file),
https://learn.microsoft.com/azure/ai-foundry/openai/how-to/batch (the endpoint without ``/v1``,
``model`` is the deployment), https://docs.litellm.ai/docs/batches and
https://docs.litellm.ai/docs/proxy/managed_batches (which model a file is for).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bilingual.model import msg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bilingual.engines.options import EngineOptions


@dataclass(frozen=True, slots=True)
class Dialect:
    """What the requests around a batch look like."""

    url: str = "/v1/chat/completions"
    """The address in every line."""
    endpoint: str = "/v1/chat/completions"
    """The address of the whole batch."""
    requests: int = 50_000
    """Maximum number of lines in a file."""
    size: int = 200_000_000
    """Maximum size of a file in bytes."""
    form: Mapping[str, str] = field(default_factory=dict)
    """Further fields of the upload (LiteLLM: ``target_model_names``)."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Further headers of every request (LiteLLM: ``x-litellm-model``)."""


OPENAI = Dialect()
BY_HOST = (
    (".openai.azure.com", Dialect(endpoint="/chat/completions", requests=100_000)),
    (".services.ai.azure.com", Dialect(endpoint="/chat/completions", requests=100_000)),
)
"""The end of a host's name to the dialect spoken there; everybody else speaks ``OPENAI``."""


def dialect(base_url: str, settings: EngineOptions) -> Dialect:
    """Return the dialect of the host of ``base_url``, with what ``settings`` set otherwise.

    Raises ``ConfigurationError`` on a wrong setting.
    """
    host = urlsplit(base_url).hostname or ""
    spoken = next((each for end, each in BY_HOST if host.endswith(end)), OPENAI)
    made = replace(
        spoken,
        url=settings.text("url", spoken.url),
        endpoint=settings.text("endpoint", spoken.endpoint),
        requests=settings.count("requests", spoken.requests, least=1),
        size=settings.count("bytes", spoken.size, least=1000),
        form=_words(settings, "form"),
        headers=_words(settings, "headers"),
    )
    settings.done()
    return made


def _words(settings: EngineOptions, name: str) -> Mapping[str, str]:
    table = settings.table(name)
    for key, value in table.items():
        if not isinstance(value, str):
            raise settings.fault(
                f"{name}.{key}",
                msg("{name} is not a string", name=f"{name}.{key}"),
                msg('write `{name} = "…"`', name=key),
            )
    return {key: str(value) for key, value in table.items()}
