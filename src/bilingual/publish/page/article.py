"""Collect what the page, the card and the links of an article show in one language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bilingual.markdown.anchors import anchors
from bilingual.markdown.front_matter import fields
from bilingual.markdown.segment import DEKS
from bilingual.publish.page.address import Addresses, Destination, quote_path
from bilingual.publish.page.body import render
from bilingual.publish.page.reading import minutes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from bilingual.model import Pair
    from bilingual.publish.base import Edition


@dataclass(frozen=True, slots=True)
class Hero:
    """The image at the top of an article."""

    image: str
    """Its address, relative to the article's page, or on the web."""
    file: str
    """Its path in the newsroom's articles, or empty when it is on the web."""
    alt: str
    caption: str
    credit: str


@dataclass(frozen=True, slots=True)
class Version:
    """An article in one language, for the templates. Every text is plain except ``html``."""

    slug: str
    language: str
    title: str
    dek: str
    category: str
    tags: tuple[str, ...]
    author: str
    date: date | None
    source_name: str
    source_url: str
    hero: Hero | None
    html: str
    """The sanitised body."""
    minutes: int
    draft: bool
    translated_from: str
    """The language of the source; empty when this version is the source."""
    files: Mapping[str, Path]
    """The files that the page shows or links to, by their path in the newsroom's articles."""
    missing: tuple[str, ...]
    """Addresses of images that do not exist."""


def version(
    pair: Pair,
    language: str,
    edition: Edition,
    *,
    page: Callable[[str, str], str],
    file: Callable[[str], str],
) -> Version:
    """Return the version of ``pair`` in ``language``.

    ``page(slug, fragment)`` returns the address of another article's page in the same language
    and ``file(path)`` that of a file, both relative to this article's page.
    """
    text = pair.texts[language]
    front = fields(text)
    addresses = Addresses(pair.slug, (edition.root / pair.folder).parent, edition.slugs)

    def address(place: Destination) -> str | None:
        if place.article:
            return page(place.article, place.fragment)
        return file(place.file) if place.file else place.web or None

    title = _text(front.get("title"))
    body = render(
        text,
        link=lambda to: address(addresses.link(to)),
        image=lambda at: address(addresses.image(at)),
        words=edition.words[language],
        language=language,
        anchors=[anchor for _, anchor in anchors(pair.texts[pair.source_language])],
        untitled=not title,
    )
    source = front.get("source")
    return Version(
        slug=pair.slug,
        language=language,
        title=title or body.title or pair.slug,
        dek=next((_text(front[key]) for key in DEKS if _text(front.get(key))), ""),
        category=_text(front.get("category")),
        tags=_list(front.get("tags")),
        author=", ".join(_list(front.get("author"))),
        date=_date(front.get("date")),
        source_name=_text(_part(source, "name")),
        source_url=_web(_part(source, "url")),
        hero=_hero(front.get("hero"), addresses, address),
        html=body.html,
        minutes=minutes(body.text),
        draft=pair.draft,
        translated_from="" if language == pair.source_language else pair.source_language,
        files=dict(addresses.files),
        missing=tuple(addresses.missing),
    )


def related(one: Mapping[str, Version], others: Sequence[Mapping[str, Version]]) -> list[str]:
    """Return the slugs of the at most three articles most related to ``one``, best first.

    Each article is passed as its versions by language. Two are related by shared tags in either
    language, so that both pages show the same ones.
    """
    scores = []
    for other in others:
        shared = max(len({*one[each].tags} & {*other[each].tags}) for each in one)
        first = next(iter(other.values()))
        if shared and first.slug != next(iter(one.values())).slug:
            scores.append((-shared, _age(first), first.slug))
    return [slug for _, _, slug in sorted(scores)[:3]]


def newest_first(one: Version) -> tuple[bool, int, str]:
    """Return the sort key of articles: the newest first, undated ones last, then by slug.

    Drafts come after everything that is published.
    """
    return one.draft, _age(one), one.slug


def _age(one: Version) -> int:
    return -one.date.toordinal() if one.date else 0


def _hero(
    value: object, addresses: Addresses, address: Callable[[Destination], str | None]
) -> Hero | None:
    image = _text(_part(value, "image")) if isinstance(value, dict) else _text(value)
    if not image:
        return None
    place = addresses.image(image if urlsplit(image).scheme else quote_path(image))
    shown = address(place)
    if shown is None:
        return None
    texts = (_text(value.get(key)) if isinstance(value, dict) else "" for key in HERO_TEXTS)
    return Hero(shown, place.file, *texts)


HERO_TEXTS = ("alt", "caption", "credit")


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, (dict, list, bool)) else str(value).strip()


def _list(value: object) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(text for each in value if (text := _text(each)))
    return tuple(each.strip() for each in _text(value).split(",") if each.strip())


def _part(value: object, key: str) -> object:
    if isinstance(value, dict):
        return value.get(key)
    # ``source: Reuters`` and ``source: https://…`` are accepted too.
    is_web = bool(_web(value))
    return value if is_web == (key == "url") else None


def _web(value: object) -> str:
    text = _text(value)
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in {"http", "https"} and parts.netloc else ""


def _date(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return datetime.fromisoformat(_text(value)).date()
    except ValueError:
        return None
