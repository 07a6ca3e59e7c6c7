"""Download over HTTP into a file that may hold the beginning already.

Proxies and certificates are those that the environment names for Python, pip or requests.
"""

from __future__ import annotations

import os
import ssl
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from bilingual.errors import BilingualError
from bilingual.model import N_, Message, msg

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from http.client import HTTPResponse

CHUNK = 1 << 20
SILENCE = 15
"""Seconds without a byte after which a server counts as gone."""
TRIES = 5
"""How often a download that was cut off goes on in one run, as long as bytes come each time."""
PAUSE = 1.0
"""Seconds before each of them."""
BUNDLES = ("PIP_CERT", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


class SourceError(BilingualError):
    """A source does not have what was asked for; another may."""


class _CutError(SourceError):
    """The connection ended before the file did."""


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file at a web address."""

    url: str
    size: int = 0
    """What the whole must have, in bytes; 0 when that is not known."""
    limit: int = 0
    """What the whole may have where the size is not known."""
    headers: Mapping[str, str] = field(default_factory=dict)

    def append(self, file: BinaryIO, told: Callable[[], None]) -> None:
        """Append to ``file`` what this one holds from the position of ``file`` on.

        What follows the position is cut off once the server answers with the file, not before.
        ``told`` is called after each chunk. Raises ``SourceError`` when the rest does not come;
        what did come is in the file. Errors of the disk are raised as they are.
        """
        for left in reversed(range(TRIES)):
            start = file.tell()
            try:
                self._append_once(file, told)
            except _CutError:
                if not left or file.tell() <= start:
                    raise
                time.sleep(PAUSE)
            else:
                return

    def _append_once(self, file: BinaryIO, told: Callable[[], None]) -> None:
        start, limit = file.tell(), self.size or self.limit
        rest = {"Range": f"bytes={start}-"} if start else {}
        with connect(self.url, {**self.headers, **rest}) as reply:
            start = start if reply.status == 206 else 0
            end = start + int(reply.headers.get("Content-Length") or 0)
            if reply.headers.get_content_type() == "text/html":
                raise SourceError(msg("it answers with a page, not the file (a login?)"))
            if self.size and end not in {start, self.size}:
                raise SourceError(
                    msg(
                        "it has another file: {size:,} bytes instead of {expected:,}",
                        size=end,
                        expected=self.size,
                    )
                )
            file.seek(start)
            file.truncate()
            while chunk := _read(reply):
                if file.tell() + len(chunk) > limit:
                    raise SourceError(msg("it is larger than {limit:,} bytes", limit=limit))
                file.write(chunk)
                told()
        if file.tell() < (self.size or end):
            raise _CutError(
                msg(
                    "the connection ended after {came:,} of {size:,} bytes",
                    came=file.tell(),
                    size=self.size or end,
                )
            )


def _read(reply: HTTPResponse) -> bytes:
    try:
        return reply.read(CHUNK)
    except (OSError, HTTPException) as error:
        raise _CutError(msg("the connection ended ({reason})", reason=_why(error))) from error


def connect(url: str, headers: Mapping[str, str]) -> HTTPResponse:
    """Open ``url``. Raises ``SourceError`` with the status, or with why there is no connection."""
    request = urllib.request.Request(url)  # noqa: S310 - from weights, or named by the user
    for name, value in headers.items():
        # A login belongs to one server: it is not sent on to where that redirects.
        add = request.add_unredirected_header if name == "Authorization" else request.add_header
        add(name, value)
    try:
        reply: HTTPResponse = _opener().open(request, timeout=SILENCE)
    except urllib.error.HTTPError as error:
        template = (
            N_("status {code}: it asks for a login")
            if error.code in {401, 403, 407}
            else N_("status {code}")
        )
        raise SourceError(Message(template, {"code": error.code})) from error
    except (OSError, HTTPException, ValueError) as error:
        raise SourceError(msg("cannot be reached ({reason})", reason=_why(error))) from error
    return reply


def _why(error: Exception) -> str:
    return str(getattr(error, "reason", "") or error)[:200] or type(error).__name__


def _opener() -> urllib.request.OpenerDirector:
    bundle = next((Path(os.environ[name]) for name in BUNDLES if os.environ.get(name)), None)
    if bundle is None:  # SSL_CERT_FILE and SSL_CERT_DIR are read there
        context = ssl.create_default_context()
    elif bundle.is_dir():
        context = ssl.create_default_context(capath=bundle)
    else:
        context = ssl.create_default_context(cafile=bundle)
    handlers: list[urllib.request.BaseHandler] = [urllib.request.HTTPSHandler(context=context)]
    if proxy := os.environ.get("PIP_PROXY"):
        handlers.append(urllib.request.ProxyHandler({"http": proxy, "https": proxy}))
    return urllib.request.build_opener(*handlers)
