"""Where the addresses in an article lead, and which of them a page may keep.

An article may point to the web, to another article of the newsroom, and to files beside itself.
Anything else, above all a path out of the articles' folder, is dropped: text is data and names no
path outside the newsroom.
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
"""The article itself in its folder, in any language and in any form."""
UNSAFE = re.compile(r"[\x00-\x1f\x7f\\]")
"""Characters that browsers drop or read as ``/``, so that an address is not what it seems."""


@dataclass(frozen=True, slots=True)
class Destination:
    """What an address in an article means."""

    web: str = ""
    """An address outside the newsroom, or a fragment of this page, as it was written."""
    article: str = ""
    """The slug of an article of the newsroom."""
    fragment: str = ""
    """``#…`` behind an article's address, or empty."""
    file: str = ""
    """A file, relative to the folder of the articles, with ``/``."""


NOWHERE = Destination()


@dataclass(slots=True)
class Addresses:
    """Resolves the addresses of one article and remembers what they ask for."""

    slug: str
    articles: Path
    """The folder in which the article's folder stands."""
    slugs: frozenset[str]
    """The articles that are published along with this one."""
    files: dict[str, Path] = field(default_factory=dict)
    """The files that were asked for: place relative to the articles' folder to the file."""
    missing: list[str] = field(default_factory=list)
    """Addresses of images that are not there or may not be shown."""

    def link(self, address: str) -> Destination:
        """Return where a link leads, ``NOWHERE`` when it may not be kept."""
        return self._place(address, IMAGES | DOCUMENTS)

    def image(self, address: str) -> Destination:
        """Return where an image stands; what is not to be found is noted in ``missing``."""
        place = self._place(address, IMAGES)
        on_the_web = urlsplit(place.web).scheme in {"http", "https"} if place.web else False
        if place.file or on_the_web:
            return place
        if address not in self.missing:
            self.missing.append(address)
        return NOWHERE

    def _place(  # noqa: PLR0911 - one kind of address after the other
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
        if not path.resolve().is_relative_to(folder):  # a symbolic link that leads away
            return NOWHERE
        name = "/".join(steps)
        self.files[name] = path
        return Destination(file=name)


def _steps(slug: str, path: str) -> list[str]:
    """Return the names from the articles' folder to ``path``; empty when it leads out of it."""
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


def quoted(path: str) -> str:
    """Return the relative file path ``path`` as it stands in an address."""
    return quote(path, safe="/~")
