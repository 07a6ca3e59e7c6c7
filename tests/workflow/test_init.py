"""A newsroom made from nothing."""

from __future__ import annotations

import subprocess
import tomllib

import pytest
import yaml

from bilingual.errors import StorageError, UsageError
from bilingual.newsroom import Newsroom
from bilingual.workflow.init import FILES, SAMPLE, init

FACTS = {"name": "두 언어 신문", "url": "https://news.example", "today": "2026-04-09"}


def test_everything_a_newsroom_needs_is_there(tmp_path):
    done = init(tmp_path / "news", **FACTS)
    assert set(done.created) == set(FILES)
    assert all((tmp_path / "news" / path).is_file() for path in FILES)


def test_it_opens_as_a_newsroom_with_an_article(tmp_path):
    init(tmp_path, **FACTS)
    newsroom = Newsroom.open(tmp_path)
    assert newsroom.config.newsroom.name == "두 언어 신문"
    (article,) = newsroom.articles()
    assert "date: 2026-04-09\n" in article.text


@pytest.mark.parametrize("name", ['The "Pair"', "back\\slash", "둘\n줄", "'"])
def test_any_name_survives_the_configuration(tmp_path, name):
    init(tmp_path, **(FACTS | {"name": name}))
    assert (
        tomllib.loads((tmp_path / "bilingual.toml").read_text("utf-8"))["newsroom"]["name"] == name
    )


def test_its_glossary_can_be_used(tmp_path):
    init(tmp_path, **FACTS)
    assert len(Newsroom.open(tmp_path).glossary().terms) >= 5


@pytest.mark.parametrize("path", [".github/workflows/bilingual.yml", ".pre-commit-config.yaml"])
def test_the_yaml_for_others_is_yaml(tmp_path, path):
    init(tmp_path, **FACTS)
    assert yaml.safe_load((tmp_path / path).read_text("utf-8"))


def test_what_exists_stays_as_it_was(tmp_path):
    mine = tmp_path / "glossary.yaml"
    mine.write_text("# mine\n", "utf-8")
    done = init(tmp_path, **FACTS)
    assert done.kept == ("glossary.yaml",)
    assert mine.read_text("utf-8") == "# mine\n"


def test_a_second_run_creates_nothing(tmp_path):
    init(tmp_path, **FACTS)
    assert init(tmp_path, **FACTS).created == ()


def test_no_sample_joins_articles_that_are_there(tmp_path):
    own = tmp_path / "articles" / "own" / "index.ko.md"
    own.parent.mkdir(parents=True)
    own.write_text("# 우리 기사\n", "utf-8")
    assert SAMPLE not in init(tmp_path, **FACTS).created


def test_a_link_is_not_written_through(tmp_path):
    outside = tmp_path / "outside"
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "bilingual.toml").symlink_to(outside)
    assert "bilingual.toml" in init(tmp_path / "news", **FACTS).kept
    assert not outside.exists()


def test_no_newsroom_within_a_newsroom_unless_asked(tmp_path):
    init(tmp_path, **FACTS)
    with pytest.raises(UsageError, match="is inside the newsroom"):
        init(tmp_path / "articles" / "inner", **FACTS)
    assert not (tmp_path / "articles" / "inner").exists()
    assert init(tmp_path / "inner", **FACTS, inside=True).created


def test_a_file_in_the_way_is_named(tmp_path):
    (tmp_path / "news").write_text("a file", "utf-8")
    with pytest.raises(StorageError, match="cannot be written"):
        init(tmp_path / "news", **FACTS)
    assert (tmp_path / "news").read_text("utf-8") == "a file"


def git(folder, *words) -> str:
    done = subprocess.run(["git", "-C", folder, *words], capture_output=True, check=True, text=True)
    return done.stdout.strip()


def test_git_learns_how_catalogs_merge(tmp_path):
    git(tmp_path, "init", "-q")
    assert init(tmp_path, **FACTS).driver
    assert git(tmp_path, "config", "merge.bilingual.driver") == "bilingual merge-driver %O %A %B"
    attribute = git(tmp_path, "check-attr", "merge", "locales/ko/articles/first-story.po")
    assert attribute.endswith("merge: bilingual")


def test_outside_a_repository_git_is_left_alone(tmp_path):
    assert not init(tmp_path, **FACTS).driver
