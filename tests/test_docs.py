"""What the documentation tells people to type works, in the order in which it stands there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bilingual.catalog import po
from bilingual.newsroom import config

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PACKAGE = ROOT / "src" / "bilingual"
BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
PAGES = ("catalogs.md", "publishing.md", "memory.md")


def blocks(page: str, language: str) -> list[str]:
    text = (DOCS / page).read_text("utf-8")
    return [found["text"] for found in BLOCK.finditer(text) if found["language"] == language]


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A newsroom from ``init`` in a repository, with one translated article."""
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    monkeypatch.setenv("BILINGUAL_REVIEWER", "Kim")
    run(tmp_path, "git init -q && bilingual init")
    (tmp_path / "articles" / "first-story" / "index.en.md").write_text("# Hello\n", "utf-8")
    (tmp_path / "korean.md").write_text("# 안녕\n", "utf-8")
    run(tmp_path, "bilingual absorb first-story korean.md")
    return tmp_path


def run(root: Path, command: str) -> None:
    done = subprocess.run(
        ["sh", "-e", "-c", command], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_a_page_works(room: Path, page: str):
    commands = blocks(page, "sh")
    assert commands
    for command in commands:
        run(room, command)


@pytest.mark.parametrize("page", PAGES)
def test_every_command_and_option_named_in_a_sentence_exists(page: str):
    known = (DOCS / "commands.md").read_text("utf-8")
    text = (DOCS / page).read_text("utf-8")
    for command in re.findall(r"`bilingual ([a-z-]+)(?: [^`]*)?`", text):
        assert f"\n## bilingual {command}\n" in known, command
    for option in re.findall(r"`(?:bilingual [^`]*)?(--[a-z]+)", text):
        assert f"`{option}`" in known, option


def test_the_entry_that_the_page_explains_is_one():
    (text,) = blocks("catalogs.md", "po")
    header = 'msgid ""\nmsgstr "Language: ko\\nX-Article: articles/muse-spark/index.en.md\\n"\n\n'
    catalog = po.parse(header + text, path="muse-spark.po")
    (entry,) = catalog.live
    assert entry.target.stale
    assert entry.notes == ("Lee: 숫자를 다시 확인",)
    assert entry.author_notes == ("keep it short",)
    assert entry.path == ("Scores", "Index")
    assert po.serialize(catalog).endswith(f"\n\n{text}")


def test_the_settings_that_the_page_shows_are_the_defaults():
    (text,) = blocks("publishing.md", "toml")
    assert tomllib.loads(text)
    assert config.parse(text).publish == config.PublishSettings()


LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)")
PATH = re.compile(
    r"(?<![\w/.<])((?:[\w-]+/)+[\w-]*(?:\.\w+)?|[\w-]+\.(?:py|md|yaml|toml|html|css))"
)
PLACES = (ROOT, PACKAGE, PACKAGE / "workflow", PACKAGE / "publish" / "templates", ROOT / "docs")
EXAMPLES = ("articles/", "public/", "locales/ko/articles", "tests/x", "house_style")


def anchors_of(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {
        re.sub(r"[^\w\s-]", "", heading.lower()).strip().replace(" ", "-") for heading in headings
    }


@pytest.mark.parametrize(
    "page", [*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *ROOT.glob("benchmarks/**/*.md")], ids=str
)
def test_every_link_within_the_documentation_leads_somewhere(page: Path):
    text = re.sub(r"`[^`\n]+`", "`", BLOCK.sub("", page.read_text("utf-8")))
    for path, anchor in LINK.findall(text):
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), path
        if anchor:
            assert anchor in anchors_of(target), f"{path}#{anchor}"


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_every_file_that_guides_the_reader_exists(name: str):
    text = (ROOT / name).read_text("utf-8")
    named = {
        path
        for code in re.findall(r"`([^`\n]+)`", text)
        for path in PATH.findall(code)
        if not path.startswith(EXAMPLES) and "<" not in code
    }
    named |= set(re.findall(r"^drafting/\S+", text, re.MULTILINE))
    assert len(named) > 20
    assert [path for path in sorted(named) if not any((at / path).exists() for at in PLACES)] == []
