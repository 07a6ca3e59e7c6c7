"""Branches that changed one catalog, merged and rebased by git itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bilingual.catalog import po
from bilingual.model import Catalog, Entry, Kind, State, Target

if TYPE_CHECKING:
    from collections.abc import Callable

NAME = "locales/ko/articles/spark.po"
DRIVER = (
    "import sys, pathlib; from bilingual.workflow.merge_driver import merge_driver; "
    "merge_driver(*map(pathlib.Path, sys.argv[1:]))"
)


def draft(number: int) -> Entry:
    target = Target(f"초안 {number}", State.TRANSLATED, "mt:local/qwen", "", "2026-04-09T00:00:00Z")
    return Entry(f"u{number}", Kind.PARAGRAPH, f"Sentence number {number}.", (), target)


START = Catalog("spark", "en", "ko", "articles/spark/index.en.md", tuple(map(draft, range(4))))


class Repository:
    """A git repository whose catalogs merge with the driver."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.git("init", "-q", "-b", "main")
        self.git("config", "user.name", "Kim")
        self.git("config", "user.email", "kim@news.example")
        self.git("config", "merge.bilingual.driver", f'"{sys.executable}" -c "{DRIVER}" %O %A %B')
        (root / ".gitattributes").write_text("*.po merge=bilingual\n")
        self.save(START)

    def git(self, *words: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            ["git", *words], cwd=self.root, capture_output=True, text=True, check=False,
            env=os.environ | {"GIT_EDITOR": "true"},
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done

    def save(self, catalog: Catalog) -> None:
        file = self.root / NAME
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(po.serialize(catalog), "utf-8")
        self.git("add", "-A")
        self.git("commit", "-qm", "work")

    def branch(self, name: str, edit: Callable[[Catalog], Catalog]) -> None:
        """Make ``edit`` on a new branch from main's first commit; stay there."""
        self.git("checkout", "-q", "-b", name, "main")
        self.save(edit(self.catalog()))

    def catalog(self) -> Catalog:
        return po.parse((self.root / NAME).read_text("utf-8"), path=NAME)

    def entry(self, name: str) -> Entry:
        return next(entry for entry in self.catalog().entries if entry.id == name)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def reviewed(name: str, text: str, by: str, time: str = "2026-04-09T01:00:00Z"):
    def edit(catalog: Catalog) -> Catalog:
        target = Target(text, State.REVIEWED, f"human:{by}", by, time)
        return on(catalog, name, lambda entry: replace(entry, target=target))

    return edit


def noted(name: str, note: str):
    return lambda catalog: on(
        catalog, name, lambda entry: replace(entry, notes=(*entry.notes, note))
    )


def on(catalog: Catalog, name: str, edit: Callable[[Entry], Entry]) -> Catalog:
    entries = tuple(edit(entry) if entry.id == name else entry for entry in catalog.entries)
    return replace(catalog, entries=entries)


def merge(repository: Repository) -> None:
    repository.git("checkout", "-q", "one")
    repository.git("merge", "-q", "--no-edit", "two")


def rebase(repository: Repository) -> None:
    repository.git("checkout", "-q", "two")
    repository.git("rebase", "-q", "one")


both_ways = pytest.mark.parametrize("join", [merge, rebase])


@both_ways
def test_reviews_of_neighbouring_units_join_without_a_conflict(repository: Repository, join):
    repository.branch("one", reviewed("u1", "하나다.", "Kim"))
    repository.branch("two", reviewed("u2", "둘이다.", "Lee"))
    join(repository)
    assert repository.entry("u1").target.text == "하나다."
    assert repository.entry("u2").target.text == "둘이다."
    assert repository.entry("u1").target.approved
    assert repository.entry("u2").target.approved


@both_ways
def test_notes_on_one_unit_join(repository: Repository, join):
    repository.branch("one", noted("u1", "Kim: check the number"))
    repository.branch("two", noted("u1", "Lee: too long"))
    join(repository)
    assert set(repository.entry("u1").notes) == {"Kim: check the number", "Lee: too long"}


@both_ways
def test_two_targets_for_one_unit_are_both_kept_and_wait_for_review(repository: Repository, join):
    repository.branch("one", reviewed("u1", "하나다.", "Kim"))
    repository.branch("two", reviewed("u1", "하나였다.", "Lee", "2026-04-09T02:00:00Z"))
    join(repository)
    entry = repository.entry("u1")
    assert entry.target.text == "하나였다."
    assert entry.target.state is State.TRANSLATED
    assert any("하나다." in note and "human:Kim" in note for note in entry.notes)


@both_ways
def test_one_target_approved_twice_is_approved(repository: Repository, join):
    repository.branch("one", reviewed("u1", "하나다.", "Kim"))
    repository.branch("two", reviewed("u1", "하나다.", "Lee", "2026-04-09T02:00:00Z"))
    join(repository)
    assert repository.entry("u1").target.approved
    assert repository.entry("u1").notes == ()


@both_ways
def test_a_review_of_a_unit_whose_source_changed_elsewhere_is_stale(repository: Repository, join):
    def reworded(catalog: Catalog) -> Catalog:
        return on(
            catalog,
            "u1",
            lambda entry: replace(
                entry,
                source="Sentence number 11.",
                target=replace(entry.target, previous=entry.source),
            ),
        )

    repository.branch("one", reworded)
    repository.branch("two", reviewed("u1", "하나다.", "Lee"))
    join(repository)
    entry = repository.entry("u1")
    assert (entry.source, entry.target.text) == ("Sentence number 11.", "하나다.")
    assert entry.target.previous == "Sentence number 1."
    assert not entry.target.approved


@both_ways
def test_units_added_on_both_sides_all_stand(repository: Repository, join):
    def added(name: str, behind: int):
        entry = replace(draft(9), id=name, source=f"New {name}.")
        return lambda catalog: replace(
            catalog,
            entries=(*catalog.entries[: behind + 1], entry, *catalog.entries[behind + 1 :]),
        )

    repository.branch("one", added("n1", 1))
    repository.branch("two", added("n2", 1))
    join(repository)
    names = [entry.id for entry in repository.catalog().entries]
    assert sorted(names) == ["n1", "n2", "u0", "u1", "u2", "u3"]
    assert [name for name in names if name.startswith("u")] == ["u0", "u1", "u2", "u3"]


@both_ways
def test_a_catalog_added_on_both_sides_is_one(repository: Repository, join):
    repository.git("rm", "-q", NAME)
    repository.git("commit", "-qm", "start without")
    for branch, name in (("one", "u1"), ("two", "u2")):
        repository.git("checkout", "-q", "-b", branch, "main")
        repository.save(reviewed(name, f"{name}이다.", "Kim")(START))
    join(repository)
    assert [repository.entry(name).target.approved for name in ("u1", "u2", "u3")] == [
        True, True, False,
    ]  # fmt: skip


def test_a_broken_side_is_a_conflict_and_loses_nothing(repository: Repository):
    repository.branch("one", reviewed("u1", "하나다.", "Kim"))
    repository.git("checkout", "-q", "-b", "two", "main")
    (repository.root / NAME).write_text('msgid "broken\n')
    repository.git("commit", "-qam", "break it")
    repository.git("checkout", "-q", "one")
    done = subprocess.run(
        ["git", "merge", "two"], cwd=repository.root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert repository.entry("u1").target.text == "하나다."


def bilingual(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "bilingual", *words],
        cwd=root, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def test_a_newsroom_and_its_clone_merge_reviews_of_one_unit_and_queue_the_dispute(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """From ``bilingual init`` on, with the installed command as git calls it."""
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    newsroom_dir, clone = tmp_path / "desk", tmp_path / "clone"
    newsroom_dir.mkdir()
    git(newsroom_dir, "init", "-q", "-b", "main")
    bilingual(newsroom_dir, "init")
    toml = newsroom_dir / "bilingual.toml"
    toml.write_text(toml.read_text("utf-8").replace('"local"', '"scripted"', 1), "utf-8")
    bilingual(newsroom_dir, "segment")
    bilingual(newsroom_dir, "translate")
    commit(newsroom_dir)
    git(tmp_path, "clone", "-q", "desk", "clone")
    attribute = git(clone, "check-attr", "merge", "locales/ko/articles/first-story.po")
    assert attribute.endswith("merge: bilingual")
    said = bilingual(clone, "init").stderr  # the one command a fresh clone asks for
    assert "git merges catalogs unit by unit here" in said
    assert git(clone, "status", "--porcelain") == ""
    items = json.loads(bilingual(newsroom_dir, "queue", "--json").stdout)["items"]
    first, second, third = (item["unit"] for item in items[:3])

    for root, name in ((newsroom_dir, "Kim"), (clone, "Lee")):
        bilingual(root, "comment", "first-story", first, "숫자 확인", "--as", name)
        other = {"Kim": "킴의 번역이다.", "Lee": "리의 번역이다."}[name]
        bilingual(root, "edit", "first-story", second, "--text", other, "--as", name)
        commit(root)
    bilingual(newsroom_dir, "edit", "first-story", third, "--text", "셋째 번역이다.", "--as", "Kim")
    commit(newsroom_dir)
    git(clone, "config", "user.name", "Lee")
    git(clone, "config", "user.email", "lee@news.example")
    git(clone, "pull", "-q", "--no-rebase", "--no-edit")

    entries = {
        entry.id: entry
        for entry in po.parse(
            (clone / "locales/ko/articles/first-story.po").read_text("utf-8"), path="first-story.po"
        ).live
    }
    assert set(entries[first].notes) == {"Kim: 숫자 확인", "Lee: 숫자 확인"}
    assert entries[third].target.approved
    disputed = entries[second]
    both = {disputed.target.text, *(note.rpartition(") ")[2] for note in disputed.notes)}
    assert both == {"킴의 번역이다.", "리의 번역이다."}
    waiting = json.loads(bilingual(clone, "queue", "--json").stdout)["items"]
    (item,) = [item for item in waiting if item["unit"] == second]
    assert any("merge: the other branch has" in note for note in item["notes"])
    assert third not in {item["unit"] for item in waiting}


def git(root: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


def commit(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "-c", "user.name=Kim", "-c", "user.email=kim@news.example", "commit", "-qm", "work")
