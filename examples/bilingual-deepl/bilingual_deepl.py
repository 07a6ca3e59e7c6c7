"""The engine ``deepl``: a translation API, as an example of an engine that is no language model.

Settings, in ``[engines.deepl]`` of ``bilingual.toml``: ``base_url``, ``timeout``, ``batch``,
``concurrency`` and the table ``price``, in US dollars a million characters (of ``prompt``). The key
is in the environment variable ``DEEPL_AUTH_KEY``.

Source: https://developers.deepl.com/docs/api-reference/translate.
"""

from __future__ import annotations

import http.client
import json
import os
import urllib.error
import urllib.request
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, unescape

from bilingual.engines import price
from bilingual.engines.base import (
    BusyError,
    Engine,
    EngineTraits,
    LostError,
    RequestError,
    UnreachableError,
)
from bilingual.engines.options import EngineOptions
from bilingual.errors import EngineDownError, EngineError
from bilingual.model import msg
from bilingual.prompting.marks import MARK
from bilingual.prompting.request import Answer, Estimate, Usage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bilingual.prompting.request import Request

KEY = "DEEPL_AUTH_KEY"
URL = "https://api-free.deepl.com"


class DeepL(Engine):
    """Asks the API for the texts of a request; a character is what it counts and bills."""

    def __init__(self, url: str, key: str, traits: EngineTraits, timeout: float) -> None:
        self._url = f"{url.rstrip('/')}/v2/translate"
        self._key = key
        self._traits = traits
        self._timeout = timeout

    @property
    def origin(self) -> str:
        """``mt:deepl/v2``."""
        return "mt:deepl/v2"

    @property
    def traits(self) -> EngineTraits:
        """Many texts at once; the same text has the same translation, so none is asked again."""
        return self._traits

    def ready(self) -> None:
        """Raise ``EngineDownError`` when the key is missing."""
        if not self._key:
            raise EngineDownError(
                msg("the environment variable {KEY} is not set", KEY=KEY),
                hint=msg("set {KEY}", KEY=KEY),
            )

    def key(self, request: Request) -> str:
        """Return the API, the languages and the texts."""
        texts = [each.text for each in request.passages]
        return f"{self._url} {request.source_language}-{request.target_language} {texts!r}"

    def bound(self, request: Request) -> Usage:
        """Return the characters of ``request``: exactly what is billed."""
        return Usage(prompt=sum(len(each.text) for each in request.passages), requests=1)

    def estimate(self, request: Request) -> Estimate:
        """Return the same with the number of units."""
        characters = self.bound(request).prompt
        return Estimate(characters, requests=1, units=len(request.passages), again=False)

    def ask(self, request: Request) -> Answer:
        """Return a translation for each passage; raises as ``Engine.ask`` does."""
        body = {
            "text": [_to_xml(each.text) for each in request.passages],
            "source_lang": request.source_language.upper(),
            "target_lang": request.target_language.upper(),
            "context": request.title,
            "tag_handling": "xml",
        }
        try:
            rows = self._post(body)["translations"]
            texts = [unescape(str(row["text"])) for row in rows]
        except (ValueError, KeyError, TypeError) as error:
            raise LostError(msg("{url} answered without translations", url=self._url)) from error
        if len(texts) != len(request.passages):
            raise LostError(
                msg(
                    "{url} returned {got} of {wanted} texts",
                    url=self._url,
                    got=len(texts),
                    wanted=len(request.passages),
                )
            )
        found = {each.id: text for each, text in zip(request.passages, texts, strict=True)}
        return Answer(found, usage=self.bound(request))

    def _post(self, body: Mapping[str, object]) -> Mapping[str, list[Mapping[str, object]]]:
        headers = {
            "Authorization": f"DeepL-Auth-Key {self._key}",
            "Content-Type": "application/json",
        }
        content = json.dumps(body).encode()
        request = urllib.request.Request(self._url, content, headers)  # noqa: S310 - http(s) below
        try:
            with urllib.request.urlopen(request, timeout=self._timeout) as reply:  # noqa: S310
                found: Mapping[str, list[Mapping[str, object]]] = json.load(reply)
                return found
        except urllib.error.HTTPError as error:
            raise _refusal(error.code, error.headers.get("Retry-After", "")) from None
        except urllib.error.URLError as error:
            raise UnreachableError(
                msg("{url} cannot be reached ({reason})", url=self._url, reason=error.reason)
            ) from None
        except (OSError, http.client.HTTPException) as error:
            raise LostError(
                msg("{url} did not answer ({reason})", url=self._url, reason=error)
            ) from None


def engine(table: Mapping[str, object]) -> Engine:
    """Return the engine; raises ``ConfigurationError`` on a wrong table."""
    options = EngineOptions("deepl", table)
    url = options.text("base_url", URL)
    if not url.startswith(("http://", "https://")):
        hint = msg('write `base_url = "{url}"`', url=URL)
        raise options.fault("base_url", msg("base_url is not a web address"), hint)
    traits = EngineTraits(
        options.count("batch", 50, least=1),
        revises=False,
        retries=0,
        attempts=4,
        concurrency=options.count("concurrency", 4, least=1),
        price=price.settled(options, "deepl"),
    )
    timeout = options.number("timeout", 30, least=0.05)
    options.done()
    return DeepL(url, os.environ.get(KEY, ""), traits, timeout)


def _to_xml(text: str) -> str:
    """Return ``text`` as XML: marks are its tags, everything else is escaped."""
    parts, position = [], 0
    for mark in MARK.finditer(text):
        parts += [escape(text[position : mark.start()]), mark[0]]
        position = mark.end()
    return "".join((*parts, escape(text[position:])))


def _refusal(status: int, after: str) -> EngineError:
    """Return what an HTTP ``status`` means for this request, or for all."""
    if status in {401, 403}:
        return EngineDownError(
            msg("DeepL refused the key"), hint=msg("set {KEY} to a valid key", KEY=KEY)
        )
    if status == 456:
        return EngineDownError(msg("the DeepL quota is used up"), hint=msg("check the plan"))
    if status in {429, 503}:
        wait = float(after) if after.isdecimal() else None
        return BusyError(msg("DeepL answered with status {status}", status=status), after=wait)
    if status < 500:
        return RequestError(msg("DeepL refused the request (status {status})", status=status))
    return EngineError(
        msg("DeepL answered with status {status}", status=status), hint=msg("try again later")
    )
