"""Resolve the addresses in an article, and decide which of them a page may keep.

An article may link to the web, to another article of the newsroom, and to files next to it.
Anything else, above all a path outside the articles' folder, is dropped: text is untrusted data.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

if TYPE_CHECKING:
    from pathlib import Path

WEB = frozenset({"http", "https", "mailto"})
IMAGES = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"})
DOCUMENTS = frozenset({".csv", ".json", ".pdf", ".tsv", ".txt", ".xlsx", ".zip"})
INDEX = re.compile(r"index(\.[a-z]{2,3}(-[A-Za-z0-9]+)*)?\.(md|html)")
"""The article's own file in its folder, in any language and format."""
UNSAFE = re.compile(r"[\x00-\x1f\x7f\\]")
"""Characters that browsers drop or read as ``/``, so that an address is misleading."""


@dataclass(frozen=True, slots=True)
class Destination:
    """The resolved form of an address in an article."""

    web: str = ""
    """An address outside the newsroom, or a fragment of this page, as written."""
    article: str = ""
    """The slug of an article of the newsroom."""
    fragment: str = ""
    """``#…`` after an article's address, or empty."""
    file: str = ""
    """A file, relative to the folder of the articles, with ``/``."""


NOWHERE = Destination()


@dataclass(slots=True)
class Addresses:
    """Resolves the addresses of one article and records the files that they refer to."""

    slug: str
    articles: Path
    """The parent of the article's folder."""
    slugs: frozenset[str]
    """The articles that are published with this one."""
    files: dict[str, Path] = field(default_factory=dict)
    """The files referred to, by their path relative to the articles' folder."""
    missing: list[str] = field(default_factory=list)
    """Addresses of images that do not exist or may not be shown."""

    def link(self, address: str) -> Destination:
        """Return the destination of a link, ``NOWHERE`` when it may not be kept."""
        return self._place(address, IMAGES | DOCUMENTS)

    def image(self, address: str) -> Destination:
        """Return the destination of an image; one that is not found is added to ``missing``."""
        place = self._place(address, IMAGES)
        on_the_web = urlsplit(place.web).scheme in {"http", "https"} if place.web else False
        if place.file or on_the_web:
            return place
        if address not in self.missing:
            self.missing.append(address)
        return NOWHERE

    def _place(  # noqa: PLR0911 - one return for each kind of address
        self, address: str, suffixes: frozenset[str]
    ) -> Destination:
        address = address.strip()
        try:
            parts = urlsplit(address)
        except ValueError:  # such as an unclosed [ of an IPv6 host
            return NOWHERE
        if not address or UNSAFE.search(unquote(address)):
            return NOWHERE
        if parts.scheme or parts.netloc:
            known = parts.scheme in WEB and bool(parts.netloc or parts.scheme == "mailto")
            return Destination(web=address) if known else NOWHERE
        if not parts.path:
            return Destination(web=address) if parts.fragment else NOWHERE
        steps = _steps(self.slug, unquote(parts.path))
        if not steps:
            return NOWHERE
        slug, *rest = steps
        if slug in self.slugs and (not rest or (len(rest) == 1 and INDEX.fullmatch(rest[0]))):
            return Destination(
                article=slug, fragment=f"#{parts.fragment}" if parts.fragment else ""
            )
        return self._file(steps, suffixes)

    def _file(self, steps: list[str], suffixes: frozenset[str]) -> Destination:
        folder = self.articles.resolve()
        path = folder.joinpath(*steps)
        hidden = any(step.startswith(".") for step in steps)
        if hidden or path.suffix.lower() not in suffixes or not path.is_file():
            return NOWHERE
        if not path.resolve().is_relative_to(folder):  # a symbolic link to another folder
            return NOWHERE
        name = "/".join(steps)
        self.files[name] = path
        return Destination(file=name)


def _steps(slug: str, path: str) -> list[str]:
    """Return the path segments from the articles' folder to ``path``; empty when outside it."""
    if path.startswith("/"):
        return []
    steps = [slug]
    for step in path.split("/"):
        if step == "..":
            if not steps:
                return []
            steps.pop()
        elif step not in {"", "."}:
            steps.append(step)
    return steps


def quote_path(path: str) -> str:
    """Return the relative file path ``path``, quoted for an address."""
    return quote(path, safe="/~")
