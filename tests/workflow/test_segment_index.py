"""``segment`` looks at files' stats first, and never believes its index against their content."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from bilingual.newsroom import Newsroom, index
from bilingual.newsroom.index import ArticleIndex
from bilingual.workflow.segment import segment

if TYPE_CHECKING:
    from pathlib import Path


ARTICLES = {"spark/en": "# A release\n\nFive points.\n", "grok/ko": "# 공개\n\n다섯 점이다.\n"}
LONG_AGO = 10**18
"""Nanoseconds since the epoch: September 2001."""


@pytest.fixture
def newsroom(make_newsroom) -> Newsroom:
    made = make_newsroom(ARTICLES)
    segment(made)
    return made


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The slugs of the articles that ``segment`` reads."""
    found: list[str] = []
    read = Newsroom.article

    def noted(self: Newsroom, slug: str):
        found.append(slug)
        return read(self, slug)

    monkeypatch.setattr(Newsroom, "article", noted)
    return found


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what was written a moment ago be old: its stamps are then enough."""
    now = time.time_ns
    monkeypatch.setattr(index.clock, "nanoseconds", lambda: now() + 10**10)


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files whose content the index reads."""
    found: list[str] = []
    look = ArticleIndex._look

    def noted(self: ArticleIndex, name: str, wanted: str):
        found.append(name)
        return look(self, name, wanted)

    monkeypatch.setattr(ArticleIndex, "_look", noted)
    return found


def article(newsroom: Newsroom) -> Path:
    return newsroom.root / "articles" / "spark" / "index.en.md"


def catalog(newsroom: Newsroom) -> Path:
    return newsroom.root / "locales" / "ko" / "articles" / "spark.po"


def saved(newsroom: Newsroom) -> Path:
    return newsroom.root / index.FILE


def rewrite(file: Path, old: str, new: str) -> None:
    """Change ``file`` in place and give it the modification time that it had."""
    before = file.stat()
    text = file.read_text("utf-8")
    assert old in text
    with file.open("r+b") as opened:
        opened.write(text.replace(old, new).encode())
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_settled_articles_are_not_read(newsroom: Newsroom, reads: list[str]):
    done = segment(newsroom)
    assert reads == []
    assert [(each.slug, each.kept, each.units, each.current) for each in done] == [
        ("grok", 2, 2, True),
        ("spark", 2, 2, True),
    ]


def test_without_the_index_the_answer_is_the_same(newsroom: Newsroom):
    quick = segment(newsroom)
    saved(newsroom).unlink()
    assert segment(newsroom) == quick
    assert segment(newsroom, check=True) == quick


def test_files_of_the_last_two_seconds_are_hashed(
    make_newsroom, looks: list[str], monkeypatch: pytest.MonkeyPatch
):
    now = time.time_ns()  # the clock stands: how long the files take to write is the machine's
    monkeypatch.setattr(index.clock, "nanoseconds", lambda: now)
    newsroom = make_newsroom(ARTICLES)
    segment(newsroom)
    looks.clear()
    segment(newsroom)
    assert len(looks) == 4


def test_older_files_are_looked_at_once_and_then_known_by_their_stamps(
    newsroom: Newsroom, later: None, looks: list[str], reads: list[str]
):
    segment(newsroom)
    assert len(looks) == 4
    segment(newsroom)
    assert len(looks) == 4
    assert reads == []


@pytest.mark.parametrize("old", ["", "later"])
def test_an_edit_of_the_same_size_and_time_is_seen(
    newsroom: Newsroom, old: str, request: pytest.FixtureRequest
):
    if old:
        request.getfixturevalue(old)
        segment(newsroom)
    before = article(newsroom).stat()
    rewrite(article(newsroom), "Five", "Four")
    after = article(newsroom).stat()
    assert (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    (_, done) = segment(newsroom)
    assert (done.kept, done.current) == (2, False)
    assert "Four points." in catalog(newsroom).read_text("utf-8")


def test_an_edit_within_the_clocks_step_is_seen(newsroom: Newsroom, monkeypatch):
    """On a file system with coarse stamps two versions may have one stamp; then both are hashed."""
    real = index.stamp

    def coarse(path):
        found = real(path)
        second = 10**9
        return found and found._replace(
            modified=found.modified // second * second, changed=found.changed // second * second
        )

    monkeypatch.setattr(index, "stamp", coarse)
    segment(newsroom)
    rewrite(article(newsroom), "Five", "Four")
    (_, done) = segment(newsroom)
    assert not done.current


def test_a_touched_file_is_hashed_and_found_unchanged(
    newsroom: Newsroom, later: None, looks: list[str], reads: list[str]
):
    segment(newsroom)
    looks.clear()
    os.utime(article(newsroom), ns=(LONG_AGO, LONG_AGO))
    segment(newsroom)
    assert looks == ["articles/spark/index.en.md"]
    segment(newsroom)
    assert looks == ["articles/spark/index.en.md"]
    assert reads == []


def test_an_edited_catalog_is_read(newsroom: Newsroom, later: None, reads: list[str]):
    segment(newsroom)
    rewrite(catalog(newsroom), 'msgid "Five', 'msgid "Four')
    (_, done) = segment(newsroom)
    assert (done.slug, done.current) == ("spark", False)
    assert 'msgid "Five' in catalog(newsroom).read_text("utf-8")
    assert reads == ["spark"]


def test_a_deleted_catalog_is_made_again(newsroom: Newsroom, later: None):
    segment(newsroom)
    before = catalog(newsroom).read_bytes()
    catalog(newsroom).unlink()
    (_, done) = segment(newsroom)
    assert done.new == 2
    assert catalog(newsroom).read_bytes() == before


def test_a_renamed_article_is_followed(newsroom: Newsroom, later: None):
    segment(newsroom)
    article(newsroom).parent.rename(newsroom.root / "articles" / "muse")
    done = {each.slug: each for each in segment(newsroom)}
    assert done["muse"].renamed == "spark"
    assert set(json.loads(saved(newsroom).read_text().split("\n")[2])) == {"grok", "muse"}


def test_another_article_in_its_place_is_read(newsroom: Newsroom, later: None, reads: list[str]):
    segment(newsroom)
    article(newsroom).rename(article(newsroom).with_name("index.ko.md"))
    (_, done) = segment(newsroom)
    assert (done.language, reads) == ("en", ["spark"])


def kept(key: bytes, body: bytes) -> bytes:
    """Return a whole cache file with ``key`` and ``body``."""
    return b"\n".join([index.digest(key + body).encode(), key, body])


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda content: b"", id="empty"),
        pytest.param(lambda content: content[: len(content) // 2], id="cut"),
        pytest.param(lambda content: content.replace(b",2,", b",9,"), id="other numbers"),
        pytest.param(lambda content: b"\xff\x00" + content, id="bytes before it"),
        pytest.param(lambda content: b"{}\n" + content, id="another first line"),
        pytest.param(lambda content: kept(content.split(b"\n")[1], b"[]"), id="another shape"),
        pytest.param(lambda content: kept(b"99", content.split(b"\n")[2]), id="another key"),
    ],
)  # fmt: skip
def test_a_damaged_index_is_no_index(newsroom: Newsroom, reads: list[str], damage):
    content = saved(newsroom).read_bytes()
    damaged = damage(content)
    assert damaged != content
    saved(newsroom).write_bytes(damaged)
    done = segment(newsroom)
    assert reads == ["grok", "spark"]
    assert [each.kept for each in done] == [2, 2]
    reads.clear()
    segment(newsroom)
    assert reads == []


def test_a_folder_in_the_indexs_place_costs_only_time(newsroom: Newsroom, reads: list[str]):
    saved(newsroom).unlink()
    saved(newsroom).mkdir()
    assert [each.kept for each in segment(newsroom)] == [2, 2]
    assert reads == ["grok", "spark"]


@pytest.mark.parametrize(
    "toml", ['[markdown]\nkeys = ["title"]\n', '[newsroom]\nlanguages = ["ko", "en"]\n']
)
def test_other_settings_begin_again(newsroom: Newsroom, reads: list[str], toml: str):
    (newsroom.root / "bilingual.toml").write_text(toml, "utf-8")
    segment(Newsroom.open(newsroom.root))
    assert reads == ["grok", "spark"]


def test_settings_that_do_not_matter_here_keep_it(newsroom: Newsroom, reads: list[str]):
    (newsroom.root / "bilingual.toml").write_text('[newsroom]\nname = "Desk"\n', "utf-8")
    segment(Newsroom.open(newsroom.root))
    assert reads == []


def test_another_version_of_the_tool_begins_again(
    newsroom: Newsroom, reads: list[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(index, "_code", lambda: iter(["segment.py 1 2"]))
    segment(newsroom)
    assert reads == ["grok", "spark"]


def test_one_article_alone_leaves_the_others_records(newsroom: Newsroom, reads: list[str]):
    rewrite(article(newsroom), "Five", "Four")
    segment(newsroom, ["spark"])
    segment(newsroom)
    assert reads == ["spark"]


def test_a_check_writes_no_index(newsroom: Newsroom):
    saved(newsroom).unlink()
    segment(newsroom, check=True)
    assert not saved(newsroom).exists()


def test_a_catalog_that_changed_while_it_was_written_is_not_remembered(
    newsroom: Newsroom, reads: list[str], monkeypatch: pytest.MonkeyPatch
):
    rewrite(article(newsroom), "Five", "Four")
    done = Newsroom.rewrite

    def overtaken(self: Newsroom, *arguments):
        result = done(self, *arguments)
        rewrite(catalog(newsroom), 'msgid "Four', 'msgid "Nine')
        return result

    monkeypatch.setattr(Newsroom, "rewrite", overtaken)
    segment(newsroom)
    monkeypatch.undo()
    (_, found) = segment(newsroom)
    assert not found.current
    assert 'msgid "Four' in catalog(newsroom).read_text("utf-8")


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs links")
def test_a_link_is_read_through_and_not_remembered(newsroom: Newsroom, reads: list[str]):
    elsewhere = newsroom.root / "spark.md"
    article(newsroom).rename(elsewhere)
    article(newsroom).symlink_to(elsewhere)
    segment(newsroom)
    segment(newsroom)
    assert reads == ["spark", "spark"]


def test_two_processes_at_once_leave_an_index_that_tells_the_truth(newsroom: Newsroom):
    command = [sys.executable, "-m", "bilingual", "segment", "--json"]
    for number in range(5):
        text = f"# A release\n\n{number} points.\n\nMore.\n"
        both = [
            subprocess.Popen(command, cwd=newsroom.root, stdout=subprocess.DEVNULL)
            for _ in range(2)
        ]
        article(newsroom).write_text(text, "utf-8")
        assert [process.wait(60) for process in both] == [0, 0]
        segment(newsroom)
        assert f'msgid "{number} points."' in catalog(newsroom).read_text("utf-8")
        quick = segment(newsroom)
        saved(newsroom).unlink()
        assert segment(newsroom) == quick
