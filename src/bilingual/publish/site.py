"""The target ``site``: static HTML pages in both languages, without script.

``site/<language>/<slug>/index.html`` for every article, ``site/<language>/index.html`` for each
language, ``site/index.html`` to choose one. Links name ``index.html``, so that the site can be
read from the disk as well as from a server; canonical addresses leave it out.
"""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

from bilingual.publish.base import File
from bilingual.publish.page.address import quote_path
from bilingual.publish.page.article import newest_first, related, version
from bilingual.publish.page.environment import render
from bilingual.publish.page.metadata import REGIONS, json_ld, share_links

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bilingual.publish.base import Edition
    from bilingual.publish.page.article import Version

FOLDER = "site"
ASSETS = ("style.css", "icon.svg")


def plan(edition: Edition) -> Iterator[File]:
    """Yield the pages, their style sheet and the images they show."""
    templates = resources.files("bilingual.publish") / "templates"
    for name in ASSETS:
        yield File(f"{FOLDER}/{name}", (templates / name).read_bytes())
    versions = [_versions(edition, at) for at in range(len(edition.pairs))]
    versions.sort(key=lambda each: newest_first(next(iter(each.values()))))
    for each in versions:
        for one in each.values():
            for place, file in one.files.items():
                yield File(f"{FOLDER}/files/{place}", file)
        others = related(each, versions)
        for one in each.values():
            near = [
                other[one.language]
                for slug in others
                for other in versions
                if other[one.language].slug == slug
            ]
            yield _article(edition, each, one, near)
    for language in edition.languages:
        yield _index(edition, language, [each[language] for each in versions])
    yield _root(edition)


def _versions(edition: Edition, at: int) -> dict[str, Version]:
    def page(slug: str, fragment: str) -> str:
        return f"../{quote_path(slug)}/index.html{fragment}"

    def file(place: str) -> str:
        return f"../../files/{quote_path(place)}"

    pair = edition.pairs[at]
    return {
        language: version(pair, language, edition, page=page, file=file)
        for language in edition.languages
    }


def _article(
    edition: Edition, versions: Mapping[str, Version], one: Version, near: list[Version]
) -> File:
    words, folder = edition.words[one.language], quote_path(one.slug)
    address = _absolute(edition, f"{one.language}/{folder}/")
    source = _absolute(edition, f"{one.translated_from}/{folder}/") if one.translated_from else ""
    image = ""
    if one.hero:
        image = one.hero.image
        if one.hero.file:
            image = _absolute(edition, f"files/{quote_path(one.hero.file)}")
    page = render(
        "article.html",
        words,
        **_chrome(edition, one.language, f"{folder}/", "../../"),
        article=one,
        related=near,
        versions=versions,
        image=image,
        json_ld=json_ld(one, name=words(edition.name), address=address, image=image, source=source),
        share=share_links(one, address, words),
    )
    return File(f"{FOLDER}/{one.language}/{one.slug}/index.html", page)


def _index(edition: Edition, language: str, articles: list[Version]) -> File:
    page = render(
        "index.html",
        edition.words[language],
        **_chrome(edition, language, "", "../"),
        articles=articles,
    )
    return File(f"{FOLDER}/{language}/index.html", page)


def _root(edition: Edition) -> File:
    language = edition.languages[0]
    page = render(
        "choose.html",
        edition.words[language],
        **_chrome(edition, language, "", ""),
        speech=edition.words,
    )
    return File(f"{FOLDER}/index.html", page)


def _chrome(edition: Edition, language: str, place: str, top: str) -> dict[str, object]:
    """Return the values of every page; ``place`` follows the language, ``top`` is the root."""

    def page(each: str) -> str:
        return _absolute(edition, f"{each}/{place}") or f"{top}{each}/{place}index.html"

    is_root = not top
    chosen = _absolute(edition, "") or f"{top}index.html"
    return {
        "language": language,
        "languages": edition.languages,
        "region": REGIONS.get(language, language),
        "regions": REGIONS,
        "name": edition.words[language](edition.name),
        "year": edition.today.year,
        "top": top,
        "place": place,
        "canonical": chosen if is_root else page(language),
        "alternates": {each: page(each) for each in edition.languages},
        # A reader of another language chooses on the root page, or gets the first language.
        "undecided": page(edition.languages[0]) if place else chosen,
        "absolute": bool(edition.url),
    }


def _absolute(edition: Edition, place: str) -> str:
    """Return the absolute address of ``place``, empty when the site's address is unknown."""
    return f"{edition.url.rstrip('/')}/{place}" if edition.url else ""
