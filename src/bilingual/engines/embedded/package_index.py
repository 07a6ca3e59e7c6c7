"""Find a package's file on the index or mirror that the environment names for pip or uv.

No index is known here: where none is named, the installers are asked (``installer``), which have
one of their own.
"""

from __future__ import annotations

import base64
import configparser
import json
import os
import re
import sys
import tomllib
from contextlib import suppress
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit, urlunsplit

from bilingual.engines.embedded.download import SourceError, connect
from bilingual.model import msg

if TYPE_CHECKING:
    from collections.abc import Iterator

ACCEPT = "application/vnd.pypi.simple.v1+json, text/html;q=0.5"
PAGE = 20_000_000
"""Bytes of an index's page that are read at most."""


@dataclass(frozen=True, slots=True)
class File:
    """One wheel on an index."""

    name: str
    url: str
    sha256: str
    """Empty when the index does not say it."""
    headers: dict[str, str]
    """What the request needs: the index's login, for files on the same server."""


@dataclass(frozen=True, slots=True)
class PackageIndex:
    """An index that follows the simple repository API (PEP 503 and 691)."""

    url: str
    headers: dict[str, str]

    @classmethod
    def at(cls, address: str) -> PackageIndex:
        """Return the index at an address, whose user and password become a header."""
        parts = urlsplit(address)
        place = parts.netloc.rpartition("@")[2]
        url = urlunsplit(parts._replace(netloc=place, fragment="")).rstrip("/")
        if parts.username is None:
            return cls(url, {})
        login = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        return cls(url, {"Authorization": f"Basic {base64.b64encode(login.encode()).decode()}"})

    def __str__(self) -> str:
        return self.url

    def wheel(self, project: str, version: str) -> File:
        """Return the wheel of a version. Raises ``SourceError`` where there is none."""
        page = f"{self.url}/{project}/"
        with connect(page, {"Accept": ACCEPT, **self.headers}) as reply:
            kind = reply.headers.get_content_type()
            try:
                text = reply.read(PAGE).decode("utf-8", "replace")
            except OSError as error:
                raise SourceError(msg("the connection ended ({reason})", reason=error)) from error
            base = reply.url
        try:
            files = _json(text) if kind.endswith("json") else _links(text)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise SourceError(msg("it answers with a page that cannot be read")) from error
        if not files:
            raise SourceError(msg("it answers with a page that lists no files (a login?)"))
        start = f"{re.sub(r'[-_.]+', '_', project)}-{version}-"
        for name, url, digest in files:
            if name.startswith(start) and name.endswith(".whl"):
                whole = urljoin(base, url)
                same = urlsplit(whole)[:2] == urlsplit(self.url)[:2]
                return File(name, whole, digest, self.headers if same else {})
        raise SourceError(msg("it does not have {name}", name=f"{project} {version}"))


def named() -> list[PackageIndex]:
    """Return the indexes that variables and configuration files name, the first choice first."""
    if os.environ.get("PIP_NO_INDEX") or os.environ.get("UV_NO_INDEX"):
        return []
    addresses = [address for each in _settings() for address in each.split()]
    # uv allows a name before the address.
    addresses = [re.sub(r"^[\w-]+=(?=https?://)", "", each) for each in addresses]
    return [PackageIndex.at(each) for each in dict.fromkeys(addresses) if _is_web(each)]


def _is_web(address: str) -> bool:
    return address.startswith(("https://", "http://"))


def _settings() -> Iterator[str]:
    """Yield what may hold addresses: variables go before files, defaults before additions."""
    pip, uv = _pip_options(), _uv_options()
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"):
        yield os.environ.get(name, "")
    yield pip.get("index-url", "")
    yield from (each["url"] for each in uv.get("index", ()) if each.get("default"))
    yield str(uv.get("index-url", ""))
    for name in ("UV_INDEX", "UV_EXTRA_INDEX_URL", "PIP_EXTRA_INDEX_URL"):
        yield os.environ.get(name, "")
    yield pip.get("extra-index-url", "")
    yield from (each["url"] for each in uv.get("index", ()) if not each.get("default"))
    yield from uv.get("extra-index-url", ())


def _pip_options() -> dict[str, str]:
    """Return the options of pip's configuration files: the later a file, the stronger it is."""
    import platformdirs  # noqa: PLC0415

    last = os.environ.get("PIP_CONFIG_FILE", "")
    if last == os.devnull:
        return {}
    name = "pip.ini" if os.name == "nt" else "pip.conf"
    sites = platformdirs.site_config_dir("pip", appauthor=False, multipath=True).split(os.pathsep)
    places = [
        *(Path(each) / name for each in reversed(sites)),
        Path("/etc/pip.conf"),
        _home() / ".pip" / name,
        platformdirs.user_config_path("pip", appauthor=False) / name,
        Path(sys.prefix) / name,
        *([Path(last)] if last else []),
    ]
    options: dict[str, str] = {}
    for place in places:
        file = configparser.RawConfigParser()
        with suppress(OSError, UnicodeDecodeError, configparser.Error):
            file.read_string(place.read_text("utf-8"))
        for section in ("global", "install", "download"):
            if file.has_section(section):
                options |= file.items(section)
    return options


def _uv_options() -> dict[str, Any]:
    """Return what uv's configuration file says."""
    if os.environ.get("UV_NO_CONFIG"):
        return {}
    home = Path(os.environ.get("XDG_CONFIG_HOME") or _home() / ".config")
    chosen = os.environ.get("UV_CONFIG_FILE")
    for place in [Path(chosen)] if chosen else [home / "uv/uv.toml", Path("/etc/uv/uv.toml")]:
        with suppress(OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
            return tomllib.loads(place.read_text("utf-8"))
    return {}


def _home() -> Path:
    return Path(os.path.expanduser("~"))  # noqa: PTH111 - Path.home() raises where there is none


def _json(text: str) -> list[tuple[str, str, str]]:
    return [
        (each["filename"], each["url"], (each.get("hashes") or {}).get("sha256", ""))
        for each in json.loads(text)["files"]
    ]


class _Links(HTMLParser):
    """Collects where a page's links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found += [value for name, value in attrs if name == "href" and value]


def _links(text: str) -> list[tuple[str, str, str]]:
    page = _Links()
    page.feed(text)
    files = []
    for link in page.found:
        url, fragment = urldefrag(link)
        name = unquote(urlsplit(url).path.rpartition("/")[2])
        if name.endswith((".whl", ".tar.gz", ".zip")):
            files.append((name, url, fragment.partition("sha256=")[2]))
    return files
