"""``check --changed-since``: what an edit in git touches."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from bilingual.errors import UsageError
from bilingual.workflow.checking.changed_since import changed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bilingual.newsroom import Newsroom

ARTICLES = {"one/en": "# One\n", "two/en": "# Two\n", "세번째/ko": "# 셋\n"}


def git(folder: Path, *arguments: str) -> None:
    names = ["-c", "user.name=Kim", "-c", "user.email=kim@example.com"]
    subprocess.run(["git", *names, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def committed(make_newsroom: Callable[..., Newsroom]) -> Newsroom:
    newsroom = make_newsroom(ARTICLES, glossary="- {id: meta, en: Meta, ko: 메타}\n")
    git(newsroom.root, "init", "-q", "-b", "main")
    git(newsroom.root, "add", ".")
    git(newsroom.root, "commit", "-qm", "first")
    return newsroom


def write(newsroom: Newsroom, name: str, text: str) -> None:
    file = newsroom.root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def test_nothing_changed_is_no_article(committed: Newsroom):
    assert changed(committed, "HEAD") == []


def test_an_article_counts_before_it_is_committed(committed: Newsroom):
    write(committed, "articles/세번째/index.ko.md", "# 사\n")
    assert changed(committed, "HEAD") == ["세번째"]


def test_a_new_catalog_counts_before_git_knows_it(committed: Newsroom):
    write(committed, "locales/ko/articles/two.po", 'msgid ""\nmsgstr ""\n')
    assert changed(committed, "HEAD") == ["two"]


def test_commits_since_then_count(committed: Newsroom):
    write(committed, "articles/one/index.en.md", "# Won\n")
    git(committed.root, "commit", "-qam", "second")
    assert changed(committed, "HEAD") == []
    assert changed(committed, "HEAD~1") == ["one"]


def test_what_the_other_branch_did_meanwhile_does_not_count(committed: Newsroom):
    git(committed.root, "checkout", "-qb", "story")
    write(committed, "articles/one/index.en.md", "# Won\n")
    git(committed.root, "commit", "-qam", "mine")
    git(committed.root, "checkout", "-q", "main")
    write(committed, "articles/two/index.en.md", "# Too\n")
    git(committed.root, "commit", "-qam", "theirs")
    git(committed.root, "checkout", "-q", "story")
    assert changed(committed, "main") == ["one"]


@pytest.mark.parametrize("name", ["glossary.yaml", "bilingual.toml"])
def test_the_glossary_and_the_configuration_bear_on_all(committed: Newsroom, name: str):
    write(committed, name, "# other\n")
    assert changed(committed, "HEAD") is None


def test_other_files_bear_on_nothing(committed: Newsroom):
    write(committed, "README.md", "읽어라\n")
    assert changed(committed, "HEAD") == []


def test_a_deleted_article_is_none(committed: Newsroom):
    (committed.root / "articles/one/index.en.md").unlink()
    (committed.root / "articles/one").rmdir()
    assert changed(committed, "HEAD") == []


@pytest.mark.parametrize("revision", ["nope", "--output=x", "", "HEAD; rm"])
def test_a_revision_that_git_does_not_know_is_one_clear_line(committed: Newsroom, revision: str):
    with pytest.raises(UsageError) as raised:
        changed(committed, revision)
    assert "\n" not in str(raised.value)


def test_a_newsroom_within_a_larger_repository_is_compared_alone(
    make_newsroom: Callable[..., Newsroom], tmp_path: Path
):
    newsroom = make_newsroom(ARTICLES, root=tmp_path / "repository" / "news")
    git(tmp_path / "repository", "init", "-q")
    git(tmp_path / "repository", "add", ".")
    git(tmp_path / "repository", "commit", "-qm", "first")
    (tmp_path / "repository" / "glossary.yaml").write_text("of another tool\n", "utf-8")
    write(newsroom, "articles/two/index.en.md", "# Too\n")
    assert changed(newsroom, "HEAD") == ["two"]


def test_without_git_history_there_is_an_error(newsroom: Newsroom):
    with pytest.raises(UsageError, match="git cannot compare"):
        changed(newsroom, "HEAD")
