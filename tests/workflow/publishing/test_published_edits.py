"""Somebody edits a published file: it is detected, absorbed into the catalog, and never lost."""

from __future__ import annotations

import json
import shutil
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bilingual.newsroom import Newsroom
from bilingual.workflow.absorb import absorb
from bilingual.workflow.publish import publish
from tests.support import copies

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

ARTICLE = """\
---
title: "The chip that hums"
date: 2026-04-08
---

## What was measured

The laboratory compared three boards at the same price. It left one field empty.

## What was measured

- The first board was quiet.
- The second one hummed; see [the first part](#what-was-measured).

```python
print("hum")
```

| Board | Noise |
|---|---|
| First | 12 |
| Second | yes |
| Third | no |

Read [the other story](../cranes/index.en.md#how-it-began) as well.
"""
KOREAN = {
    "The chip that hums": "웅웅거리는 칩",
    "What was measured": "무엇을 쟀나",
    "The laboratory compared three boards at the same price. It left one field empty.":
        "연구소는 같은 값의 보드 세 개를 견줬다. 한 칸은 비워 두었다.",
    "The first board was quiet.": "첫째 보드는 조용했다.",
    "The second one hummed; see [the first part](#what-was-measured).":
        "둘째 보드는 웅웅거렸다. [앞부분](#what-was-measured)을 보라.",
    "Board": "보드", "Noise": "소음", "First": "첫째", "Second": "둘째", "Third": "셋째",
    "yes": "예", "no": "아니요",
    "Read [the other story](../cranes/index.en.md#how-it-began) as well.":
        "[다른 기사](../cranes/index.en.md#how-it-began)도 읽어 보라.",
}  # fmt: skip
CRANES = "# Paper cranes\n\n## How it began\n\nIt began with paper.\n"
CRANES_KO = "# 종이학\n\n## 어떻게 시작했나\n\n종이에서 시작했다.\n"
EN, KO = (f"public/pairs/chip/index.{language}.md" for language in ("en", "ko"))


def bilingual(
    root: Path, *words: str, code: int = 0, stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    done = copies.bilingual(root, *words, stdin=stdin)
    assert done.returncode == code, f"{words}: {done.stdout}\n{done.stderr}"
    assert "Traceback" not in done.stderr
    return done


def translated(article: str) -> str:
    for english, korean in sorted(KOREAN.items(), key=lambda pair: -len(pair[0])):
        article = article.replace(english, korean)
    return article


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Make a newsroom with two published pairs, once for each style of anchors."""

    @cache
    def make(anchors: str) -> Path:
        root = tmp_path_factory.mktemp(anchors)
        toml = f'[publish]\nanchors = "{anchors}"\n[checks]\nnumber-mismatch = "off"\n'
        (root / "bilingual.toml").write_text(toml, "utf-8")
        for slug, text in (("chip", ARTICLE), ("cranes", CRANES)):
            file = root / "articles" / slug / "index.en.md"
            file.parent.mkdir(parents=True)
            file.write_text(text, "utf-8")
        newsroom = Newsroom.open(root)
        for slug, text in (("chip", translated(ARTICLE)), ("cranes", CRANES_KO)):
            absorb(newsroom, slug, text, "Kim", "2026-04-09T01:02:03Z")
        assert publish(newsroom, today=date(2026, 4, 9)).published == ("chip", "cranes")
        return root

    return make


@pytest.fixture
def room(published, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A copy of one; ``styles`` tests it with every style of anchors."""
    style = getattr(request, "param", "attribute")
    return Path(shutil.copytree(published(style), tmp_path / "newsroom"))


styles = pytest.mark.parametrize("room", ["attribute", "html", "none"], indirect=True)


def edit(root: Path, path: str, old: str, new: str) -> int:
    """Edit the file as a person does; return the line of the edit."""
    text = (root / path).read_text("utf-8")
    assert text.count(old) == 1, text
    (root / path).write_text(text.replace(old, new), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def targets(root: Path) -> dict[str, str]:
    return {
        entry.source: entry.target.text for entry in Newsroom.open(root).catalog("chip", "ko").live
    }


@styles
def test_an_edited_sentence_is_reported_absorbed_and_published_as_edited(room: Path):
    assert bilingual(room, "merge", "--check").stdout == ""
    line = edit(room, KO, "세 개를 견줬다", "세 개를 비교했다")
    fixed = (room / KO).read_text("utf-8")
    found = bilingual(room, "merge", "--check", code=1)
    assert found.stdout.startswith(f"{KO}:{line}: edited: “연구소는")
    assert found.stdout.count("\n") == 1
    assert f"bilingual absorb chip {KO}" in found.stderr
    assert bilingual(room, "merge", "--check", "cranes").stdout == ""

    taken = json.loads(bilingual(room, "absorb", "chip", "--as", "Lee", "--json").stdout)
    assert len(taken["changed"]) == 1
    assert bilingual(room, "merge", "--check").stdout == ""
    bilingual(room, "publish")
    assert (room / KO).read_text("utf-8") == fixed
    assert bilingual(room, "merge", "--check").stdout == ""


def test_no_publish_overwrites_an_edit(room: Path):
    edit(room, KO, "첫째 보드는 조용했다.", "첫째 보드는 아주 조용했다.")
    before = {path: path.read_bytes() for path in (room / "public").rglob("*") if path.is_file()}
    for words in (("publish",), ("publish", "cranes"), ("publish", "--draft")):
        said = bilingual(room, *words, code=1)
        assert f"{KO}:" in said.stdout
        assert "bilingual absorb chip" in said.stdout
    assert before == {
        path: path.read_bytes() for path in (room / "public").rglob("*") if path.is_file()
    }
    bilingual(room, "absorb", "chip", "--as", "Lee")
    bilingual(room, "publish")
    assert "아주 조용했다" in (room / KO).read_text("utf-8")


@styles
def test_a_catalog_that_went_on_is_no_edit_and_keeps_its_work(room: Path):
    """The sentence reviewed since the publish stays; the one edited in the file is taken."""
    chip = Newsroom.open(room).catalog("chip", "ko").live
    unit = next(entry.id for entry in chip if entry.source == "The first board was quiet.")
    bilingual(room, "edit", "chip", unit, "--text", "첫 보드는 고요했다.", "--as", "Lee")
    assert bilingual(room, "merge", "--check").stdout == ""
    edit(room, KO, "같은 값의", "값이 같은")
    assert bilingual(room, "merge", "--check", code=1).stdout.count("\n") == 1
    bilingual(room, "absorb", "chip", "--as", "Park")
    found = targets(room)
    assert found["The first board was quiet."] == "첫 보드는 고요했다."
    assert any(target.startswith("연구소는 값이 같은") for target in found.values())
    bilingual(room, "publish")
    assert "첫 보드는 고요했다." in (room / KO).read_text("utf-8")


def test_an_edit_that_repeats_another_line_is_still_an_edit(room: Path):
    line = edit(room, KO, "| 셋째 | 아니요 |", "| 셋째 | 예 |")
    assert f"{KO}:{line}:" in bilingual(room, "merge", "--check", code=1).stdout
    bilingual(room, "absorb", "chip", "--as", "Lee")
    assert targets(room)["no"] == "예"


@pytest.mark.parametrize("content", ["<<<<<<< HEAD\n", "{}", "[]", '{"index.ko.md": 1}'])
def test_a_broken_record_hides_no_edit_and_makes_none_up(room: Path, content: str):
    (room / "public/pairs/chip/.published.json").write_text(content, "utf-8")
    assert bilingual(room, "merge", "--check").stdout == ""
    line = edit(room, KO, "세 개를 견줬다", "세 개를 비교했다")
    found = bilingual(room, "merge", "--check", code=1).stdout
    assert found.startswith(f"{KO}:{line}: ")
    assert found.count("\n") == 1


@styles
def test_links_to_other_articles_come_back_as_their_author_wrote_them(room: Path):
    edit(room, KO, "도 읽어 보라.", "도 함께 읽어 보라.")
    assert "../cranes/index.ko.md#how-it-began" in (room / KO).read_text("utf-8")
    bilingual(room, "absorb", "chip", "--as", "Lee")
    target = "[다른 기사](../cranes/index.en.md#how-it-began)도 함께 읽어 보라."
    assert target in targets(room).values()


REFUSED = {
    "a paragraph too many": ("한 칸은 비워 두었다.", "한 칸은 비워 두었다.\n\n새 문단.", 2),
    "a paragraph lost": ("[다른 기사](../cranes/index.ko.md#how-it-began)도 읽어 보라.\n", "", -2),
    "an item too many": ("- 첫째 보드는 조용했다.", "- 첫째 보드는 조용했다.\n- 새 항목.", 1),
    "a list out of a paragraph": ("연구소는 같은", "- 연구소는 같은", 0),
    "a row too many": ("| 셋째 | 아니요 |", "| 셋째 | 아니요 |\n| 넷째 | 예 |", 1),
    "another number": ("| 첫째 | 12 |", "| 첫째 | 13 |", 0),
    "other code": ('print("hum")', 'print("웅")', -1),
    "another date": ("date: 2026-04-08", "date: 2026-04-09", 0),
}


@pytest.mark.parametrize(("old", "new", "below"), REFUSED.values(), ids=REFUSED)
def test_what_does_not_fit_the_source_is_refused_with_its_line(
    room: Path, old: str, new: str, below: int
):
    line = edit(room, KO, old, new)
    catalog = room / "locales/ko/articles/chip.po"
    before = catalog.read_bytes()
    assert f"{KO}:" in bilingual(room, "merge", "--check", code=1).stdout
    said = bilingual(room, "absorb", "chip", "--as", "Lee", code=1).stderr
    assert said.startswith(f"error: {KO}:{line + below}: "), said
    assert " — " in said
    assert said.count("\n") == 1
    assert catalog.read_bytes() == before


def test_an_edit_of_the_version_in_the_source_language_belongs_into_the_article(room: Path):
    line = edit(room, EN, "was quiet", "was silent")
    found = bilingual(room, "merge", "--check", code=1)
    assert f"{EN}:{line}: edited" in found.stdout
    assert "articles/chip/index.en.md" in found.stderr
    said = bilingual(room, "absorb", "chip", EN, "--as", "Lee", code=1).stderr
    assert said.startswith(f"error: {EN}: this is the source article")
    assert "articles/chip/index.en.md" in said
    for source in ("articles/chip/index.en.md", "./articles/chip/index.en.md"):
        said = bilingual(room, "absorb", "chip", source, "--as", "Lee", code=1).stderr
        assert "this is the source article" in said


def test_an_edit_that_the_article_took_over_is_settled(room: Path):
    edit(room, EN, "was quiet", "was silent")
    edit(room, "articles/chip/index.en.md", "was quiet", "was silent")
    assert bilingual(room, "merge", "--check").stdout == ""


def test_any_file_is_compared_with_what_the_catalog_makes(room: Path, tmp_path: Path):
    merged = bilingual(room, "merge", "chip").stdout
    file = tmp_path / "chip.md"
    file.write_text(merged, "utf-8")
    assert bilingual(room, "merge", "--check", "chip", "--file", str(file)).stdout == ""
    file.write_text(merged.replace("조용했다", "고요했다"), "utf-8")
    said = bilingual(room, "merge", "--check", "chip", "--file", str(file), code=1)
    assert said.stdout.startswith(f"{file}:")
    assert "고요했다" in said.stdout
    assert f"bilingual absorb chip {file}" in said.stderr


def test_without_a_published_file_absorb_asks_for_one(make_newsroom, tmp_path: Path):
    root = make_newsroom(root=tmp_path / "other").root
    said = bilingual(root, "absorb", "spark", "--as", "Kim", code=2).stderr
    assert "public/pairs/spark/index.ko.md: not published" in said
    assert "bilingual absorb spark FILE" in said
