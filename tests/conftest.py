"""Fixtures of all tests: a real newsroom in a folder of its own, a fixed time, an empty home."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tools.extraction import extract

import bilingual
from tests.support import fixed_examples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from bilingual.newsroom import Newsroom
    from bilingual.testing.provider.server import ScriptedServer

PACKAGE = Path(bilingual.__file__).parent
USER_CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
"""The user's real cache folder, which has fetched weights; tests redirect the home folder."""

fixed_examples.register_profiles()

NOW = "2026-04-09T01:02:03Z"
CALLERS = (
    "BILINGUAL_", "CLICOLOR", "COLUMNS", "EDITOR", "FORCE_COLOR", "GIT_", "LANGUAGE", "LINES",
    "OPENAI_", "VISUAL",
)  # fmt: skip
"""Prefixes of variables with the caller's settings; tests set their own."""

SPARK = """\
---
title: Meta ships Muse Spark
dek: The first model of Meta Superintelligence Labs
date: 2026-04-08
category: Models
tags: [Meta, models]
source:
  name: Meta
  url: https://ai.meta.com/
---

# A first release

52\\. That's Muse Spark's score on the index. It trails GPT-5.4 by five points.

- More than 1,000 physicians took part.
- See the [model card](https://ai.meta.com/muse) for `eval.py`.

| Model | Score |
|---|---|
| Muse Spark | 42.8 |
| Claude Opus 4.6 | |

> "It is a start," Wang said.
"""


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--hypothesis-profile") != fixed_examples.FUZZ:
        fixed_examples.draw_no_constants_of_modules()


@pytest.fixture(autouse=True)
def no_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give every test an empty home, English messages, no colours and no settings of the caller.

    A git hook sets variables for the repository; a terminal for its width.
    """
    home = tmp_path_factory.mktemp("home")
    for name in os.environ:
        if name.startswith(CALLERS) and name != "BILINGUAL_MODELS":
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    for name in ("CACHE", "CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(home / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    return home


@pytest.fixture
def user_cache() -> Path:
    """The cache folder outside the test's home: for weights that are too large to fetch again."""
    return USER_CACHE


@pytest.fixture
def now() -> str:
    """The current time in tests: UTC, ISO 8601 to the second."""
    return NOW


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    """A real HTTP server on loopback in place of the model's."""
    from bilingual.testing.provider.server import ScriptedServer

    with ScriptedServer() as running:
        yield running


@pytest.fixture
def make_newsroom(tmp_path: Path) -> Callable[..., Newsroom]:
    """Make a newsroom: ``make_newsroom({"spark/en": text}, toml="…", glossary="…")``.

    Keys of ``articles`` are ``<slug>/<language of the source>``; without any there is one article
    ``spark`` in English. ``catalogs`` maps ``<slug>/<target language>`` to PO text.
    """
    from bilingual.newsroom import Newsroom

    def make(
        articles: Mapping[str, str] | None = None,
        *,
        toml: str = "",
        glossary: str = "",
        catalogs: Mapping[str, str] | None = None,
        root: Path | None = None,
    ) -> Newsroom:
        folder = root or tmp_path / "newsroom"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "bilingual.toml").write_text(toml, "utf-8")
        if glossary:
            (folder / "glossary.yaml").write_text(glossary, "utf-8")
        for name, text in ({"spark/en": SPARK} if articles is None else articles).items():
            slug, language = name.split("/")
            file = folder / "articles" / slug / f"index.{language}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
        for name, text in (catalogs or {}).items():
            slug, language = name.split("/")
            file = folder / "locales" / language / "articles" / f"{slug}.po"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
        return Newsroom.open(folder)

    return make


@pytest.fixture
def newsroom(make_newsroom: Callable[..., Newsroom]) -> Newsroom:
    """A newsroom with one English article, ``spark``, and no catalog yet."""
    return make_newsroom()


@pytest.fixture(scope="session")
def site_words() -> list[str]:
    """The msgids of the site's pages."""
    return msgids(PACKAGE / "publish", "templates/**/*.html", "page/**/*.py")


@pytest.fixture(scope="session")
def tool_words() -> list[str]:
    """The msgids that the package's code marks."""
    return msgids(PACKAGE, "**/*.py")


def msgids(folder: Path, *patterns: str) -> list[str]:
    return sorted({message.text for message in extract(folder, *patterns)})
