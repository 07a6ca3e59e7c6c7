"""Impact of a glossary's change: real newsroom, real git, through the command line too."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace

import pytest

from bilingual.errors import ConfigurationError, UsageError
from bilingual.model import State, Target
from bilingual.workflow.glossary.audit import audit_glossary
from bilingual.workflow.glossary.impact import impact
from bilingual.workflow.glossary.suggest import suggest_terms
from bilingual.workflow.segment import segment
from tests.support.copies import bilingual

ARTICLE = """\
# A start

Muse Spark leads the benchmark.

The open weights stay closed.

Nothing else happened.
"""
KOREAN = {
    "A start": "출발",
    "Muse Spark leads the benchmark.": "뮤즈 스파크가 벤치마크에서 앞선다.",
    "The open weights stay closed.": "공개 가중치는 비공개로 남는다.",
    "Nothing else happened.": "다른 일은 없었다.",
}
GLOSSARY = """\
- id: muse-spark
  en: Muse Spark
  ko: 뮤즈 스파크
- id: open-weights
  en: open weights
  ko: 공개 가중치
"""
STRICTER = GLOSSARY.replace("ko: 공개 가중치", "ko: 오픈 웨이트")


def git(root, *words: str) -> None:
    done = subprocess.run(
        ["git", "-c", "user.name=Kim", "-c", "user.email=k@e.kr", *words],
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def say(root, *words: str) -> subprocess.CompletedProcess[str]:
    return bilingual(root, "glossary", *words)


@pytest.fixture
def newsroom(make_newsroom, now):
    """A newsroom with one approved article, its glossary committed."""
    room = make_newsroom({"spark/en": ARTICLE}, glossary=GLOSSARY)
    segment(room, [])

    def approve(catalog):
        entries = tuple(
            replace(
                each,
                target=Target(KOREAN[each.source], State.REVIEWED, "mt:local/q", "Lee", now),
            )
            for each in catalog.entries
        )
        return replace(catalog, entries=entries)

    room.change(room.article("spark"), "ko", approve)
    git(room.root, "init", "-q")
    git(room.root, "add", "-A")
    git(room.root, "commit", "-q", "-m", "first")
    return room


def rewrite(newsroom, text: str) -> None:
    (newsroom.root / "glossary.yaml").write_text(text, "utf-8")


def test_an_unchanged_glossary_touches_nothing(newsroom):
    found = impact(newsroom)
    assert (found.changes, found.units, found.published) == ((), (), ())
    assert say(newsroom.root, "impact").returncode == 0


def test_a_changed_form_affects_its_units_and_reports_new_findings(newsroom):
    rewrite(newsroom, STRICTER)
    found = impact(newsroom)
    (change,) = found.changes
    assert (change.id, change.what, change.line) == ("open-weights", "changed", 4)
    assert change.fields == (("ko", "공개 가중치", "오픈 웨이트"),)
    (unit,) = found.units
    assert unit.source == "The open weights stay closed."
    assert [each.rule for each in unit.breaks] == ["term-missing"]
    lines = (newsroom.root / unit.path).read_text("utf-8").split("\n")
    assert lines[unit.line - 1] == 'msgstr "공개 가중치는 비공개로 남는다."'


def test_an_added_and_a_removed_entry_are_changes(newsroom):
    rewrite(
        newsroom,
        GLOSSARY.partition("- id: open-weights")[0]
        + "- {id: bench, en: benchmark, ko: 벤치마크}\n",
    )
    found = impact(newsroom)
    assert [(each.id, each.what) for each in found.changes] == [
        ("bench", "added"), ("open-weights", "removed"),
    ]  # fmt: skip
    assert [each.terms for each in found.units] == [("bench",), ("open-weights",)]
    assert found.broken == ()


def test_a_term_only_in_the_target_affects_its_unit(newsroom):
    rewrite(newsroom, GLOSSARY + "- {id: event, en: occurrence, ko: 일, ko_forbidden: [다른 일]}\n")
    (unit,) = impact(newsroom).units
    assert unit.target == "다른 일은 없었다."
    assert [each.rule for each in unit.breaks] == ["term-forbidden"]


def test_a_note_touches_no_unit(newsroom):
    rewrite(newsroom, GLOSSARY + "  note: 가중치를 받을 수 있다\n")
    found = impact(newsroom)
    assert [each.fields[0].name for each in found.changes] == ["note"]
    assert found.units == ()


def test_a_published_pair_is_named(newsroom):
    file = newsroom.root / "public" / "pairs" / "spark" / "index.ko.md"
    file.parent.mkdir(parents=True)
    file.write_text("# 출발\n", "utf-8")
    rewrite(newsroom, STRICTER)
    assert impact(newsroom).published == ("spark",)


def test_marking_sends_the_broken_unit_back_to_review_and_nothing_else(newsroom, now):
    before = newsroom.catalog("spark", "ko")
    rewrite(newsroom, STRICTER)
    (unit,) = impact(newsroom, reopen=True).units
    assert unit.waits
    assert unit.state is State.TRANSLATED
    after = newsroom.catalog("spark", "ko")
    for old, new in zip(before.entries, after.entries, strict=True):
        if new.id != unit.unit:
            assert new == old
            continue
        assert new.target == replace(old.target, state=State.TRANSLATED, reviewer="")
        assert new.target.origin == "mt:local/q"
        (note,) = new.notes
        assert note.startswith("glossary: ")
        assert "reviewed by Lee" in note
        assert "mt:local/q" in note
    again = impact(newsroom, reopen=True)
    assert not any(each.waits for each in again.units)
    assert newsroom.catalog("spark", "ko") == after


def test_a_past_change_is_compared_by_revision(newsroom):
    rewrite(newsroom, STRICTER)
    git(newsroom.root, "commit", "-qam", "stricter")
    assert impact(newsroom).units == ()
    assert len(impact(newsroom, "HEAD~1").units) == 1


def test_a_glossary_that_was_not_there_yet_counts_as_empty(newsroom):
    git(newsroom.root, "rm", "-q", "--cached", "glossary.yaml")
    git(newsroom.root, "commit", "-q", "-m", "without")
    assert [each.what for each in impact(newsroom).changes] == ["added", "added"]


def test_a_newsroom_in_a_folder_of_a_repository_is_found(newsroom, tmp_path):
    outer = tmp_path / "outer"
    outer.mkdir()
    inner = newsroom.root.rename(outer / "room")
    subprocess.run(["rm", "-rf", str(inner / ".git")], check=True)
    git(outer, "init", "-q")
    git(outer, "add", "-A")
    git(outer, "commit", "-q", "-m", "first")
    (inner / "glossary.yaml").write_text(STRICTER, "utf-8")
    room = type(newsroom).open(inner)
    assert [each.what for each in impact(room).changes] == ["changed"]


@pytest.mark.parametrize("revision", ["nowhere", "-p", "", "HEAD~99"])
def test_an_unknown_revision_is_one_line_and_exit_2(newsroom, revision):
    with pytest.raises(UsageError):
        impact(newsroom, revision)
    done = say(newsroom.root, "impact", f"--since={revision}")
    assert done.returncode == 2
    assert len(done.stderr.strip().split("\n")) == 1


def test_outside_a_repository_is_one_line_and_exit_2(make_newsroom):
    root = make_newsroom(glossary=GLOSSARY).root
    done = say(root, "impact")
    assert done.returncode == 2
    assert "git repository" in done.stderr
    assert len(done.stderr.strip().split("\n")) == 1


def test_a_repository_without_a_commit_is_one_line(make_newsroom):
    root = make_newsroom(glossary=GLOSSARY).root
    git(root, "init", "-q")
    done = say(root, "impact")
    assert (done.returncode, "commit first" in done.stderr) == (2, True)


def test_a_glossary_that_was_broken_then_is_named_with_its_revision(newsroom):
    rewrite(newsroom, "- id: [\n")
    git(newsroom.root, "commit", "-qam", "broken")
    rewrite(newsroom, GLOSSARY)
    with pytest.raises(ConfigurationError) as error:
        impact(newsroom)
    assert "glossary.yaml (HEAD)" in str(error.value)


def test_the_command_reports_it_and_exits_with_1(newsroom):
    rewrite(newsroom, STRICTER)
    done = say(newsroom.root, "impact", "--mark")
    assert done.returncode == 1
    assert "ko: 공개 가중치 → 오픈 웨이트" in done.stdout
    assert "term-missing" in done.stdout
    assert "1 unit affected; 1 breaks the glossary now; 1 waits for review again" in done.stdout
    fields = json.loads(say(newsroom.root, "impact", "--json").stdout)
    assert fields["units"][0]["state"] == "translated"


def test_auditing_counts_approved_units_only(newsroom):
    usages, units = audit_glossary(newsroom)
    assert units == 4
    assert {each.term.id: each.preferred for each in usages} == {
        "muse-spark": 1, "open-weights": 1,
    }  # fmt: skip
    rewrite(newsroom, STRICTER)
    impact(newsroom, reopen=True)
    assert audit_glossary(newsroom)[1] == 3
    assert "open-weights" in say(newsroom.root, "audit").stdout


def test_suggesting_leaves_the_glossary_alone(newsroom):
    rewrite(newsroom, "")
    (each,) = [one for one in suggest_terms(newsroom, least=1) if one.en == "Muse Spark"]
    assert each.places == ["articles/spark/index.en.md:3"]
    done = say(newsroom.root, "suggest", "--least", "1")
    assert "id: muse-spark" in done.stdout
    assert (newsroom.root / "glossary.yaml").read_text("utf-8") == ""
