"""Two small pairs of real files, with everything that a page shows."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bilingual.i18n import words
from bilingual.model import Pair
from bilingual.publish.base import Edition

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SAMPLE = Path(__file__).parent / "sample"
LANGUAGES = ("en", "ko")
SOURCES = {"quiet-chip": "en", "paper-cranes": "ko"}


@pytest.fixture
def make_edition(tmp_path: Path) -> Callable[..., Edition]:
    """Make an edition of the sample pairs, or of ``texts``: slug to language to Markdown."""

    def make(
        texts: Mapping[str, Mapping[str, str]] | None = None,
        *,
        drafts: tuple[str, ...] = (),
        url: str = "https://news.example",
    ) -> Edition:
        root = SAMPLE if texts is None else tmp_path
        folder = "" if texts is None else "articles/"
        if texts is None:
            texts = {
                slug: {
                    language: (SAMPLE / slug / f"index.{language}.md").read_text("utf-8")
                    for language in LANGUAGES
                }
                for slug in SOURCES
            }
        for slug in texts:
            (root / folder / slug).mkdir(parents=True, exist_ok=True)
        return Edition(
            pairs=tuple(
                Pair(slug, SOURCES.get(slug, "en"), versions, slug in drafts, f"{folder}{slug}")
                for slug, versions in texts.items()
            ),
            languages=LANGUAGES,
            words={language: words(language) for language in LANGUAGES},
            root=root,
            today=dt.date(2026, 4, 9),
            name="The Even Page",
            url=url,
        )

    return make


@pytest.fixture
def edition(make_edition: Callable[..., Edition]) -> Edition:
    """The sample, as a site that knows its address."""
    return make_edition()
