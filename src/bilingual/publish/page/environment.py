"""Render the templates, with words and dates in the page's language."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from jinja2 import Environment


@cache
def environment() -> Environment:
    """Return the environment of the site's templates: escaping is on, undefined names raise."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415

    made = Environment(
        loader=PackageLoader("bilingual.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["day"] = format_date
    made.filters["language_name"] = language_name
    return made


def render(template: str, words: Callable[[str], str], **values: object) -> bytes:
    """Return the page of ``template`` with ``values`` as UTF-8, translated by ``words``."""
    page = environment().get_template(template).render(_=words, **values)
    return (page.rstrip("\n") + "\n").encode()


def format_date(value: date, language: str) -> str:
    """Return a date formatted for ``language``: ``2026년 4월 8일``, ``April 8, 2026``."""
    from babel.dates import format_date  # noqa: PLC0415

    return format_date(value, "long", locale=language)


def language_name(language: str, reader: str) -> str:
    """Return the name of ``language`` in the language ``reader``: ``Korean``, ``한국어``."""
    from babel import Locale  # noqa: PLC0415

    return Locale.parse(language).get_language_name(reader) or language
