"""The templates, with the page's words and Babel's dates in the page's language."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from jinja2 import Environment


@cache
def environment() -> Environment:
    """Return the environment of the site's templates: everything escaped, nothing undefined."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415

    made = Environment(
        loader=PackageLoader("bilingual.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["day"] = day
    made.filters["language_name"] = language_name
    return made


def render(template: str, words: Callable[[str], str], **values: object) -> bytes:
    """Return the page that ``template`` makes of ``values``, UTF-8, its words by ``words``."""
    page = environment().get_template(template).render(_=words, **values)
    return (page.rstrip("\n") + "\n").encode()


def day(value: date, language: str) -> str:
    """Return a date as readers of ``language`` write it: ``2026년 4월 8일``, ``April 8, 2026``."""
    from babel.dates import format_date  # noqa: PLC0415

    return format_date(value, "long", locale=language)


def language_name(language: str, reader: str) -> str:
    """Return what readers of ``reader`` call ``language``: ``Korean``, ``한국어``, ``영어``."""
    from babel import Locale  # noqa: PLC0415

    return Locale.parse(language).get_language_name(reader) or language
