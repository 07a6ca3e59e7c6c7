"""A catalog opened and saved by the tools that people use loses nothing."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import polib
import pytest
from translate.storage import factory

from bilingual.catalog import po
from bilingual.catalog.update import update
from bilingual.model import Catalog, Entry, Kind, State, Target, Unit

if TYPE_CHECKING:
    from pathlib import Path

NOW = "2026-04-09T01:02:03Z"
LONG = "이 문장은 지수의 점수와 함께 다시 확인해야 합니다. " * 6
ENTRIES = (
    Entry("t1", Kind.FIELD, "Meta ships Muse Spark", ("title",), Target()),
    Entry(
        "p1",
        Kind.PARAGRAPH,
        '**52.** That\'s the score, "they" said.\nA second line with `C:\\new`.',
        ("Scores", "Index"),
        Target("**52점**이다.\n둘째 줄 `C:\\new`.", State.REVIEWED, "human:Kim", "Kim", NOW),
        (f"Kim: {LONG.strip()}", "Lee: two\nlines"),
        ("keep it short",),
    ),
    Entry("p2", Kind.ITEM, "A draft.", (), Target("초안.", State.TRANSLATED, "mt:local/qwen")),
    Entry("p3", Kind.CELL, "Signed.", (), Target("서명.", State.FINAL, "human:Lee", "Lee")),
    Entry(
        "p4",
        Kind.PARAGRAPH,
        "It rose by 5%.",
        (),
        Target("4% 올랐다.", State.REVIEWED, "human:Kim", "Kim", previous="It rose by 4%."),
    ),
    Entry("p5", Kind.PARAGRAPH, "Refused.", (), Target(failure="the answer lost the mark <x1/>")),
    Entry(
        "p6",
        Kind.PARAGRAPH,
        "Gone.",
        (),
        Target("갔다.", State.REVIEWED, "human:Kim", "Kim"),
        ("Kim: bring it back",),
        obsolete=True,
    ),
)  # fmt: skip
CATALOG = Catalog("spark", "en", "ko", "articles/spark/index.en.md", ENTRIES)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "spark.po"
    path.write_text(po.serialize(CATALOG), "utf-8")
    return path


def said(entry: Entry) -> tuple[object, ...]:
    """What a save must keep: identity, texts, state, origin, notes."""
    return entry.id, entry.source, entry.target, entry.notes, entry.obsolete


def assert_nothing_lost(file: Path) -> None:
    read = po.parse(file.read_text("utf-8"), path="spark.po")
    assert list(map(said, read.entries)) == list(map(said, ENTRIES))
    assert (read.source_language, read.target_language, read.path) == (
        "en", "ko", "articles/spark/index.en.md",
    )  # fmt: skip


def run(*words: object) -> str:
    done = subprocess.run(list(map(str, words)), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr


@pytest.mark.gettext
def test_msgfmt_has_nothing_to_say(file: Path):
    assert run("msgfmt", "--check", "-o", "/dev/null", file) == ""


@pytest.mark.gettext
@pytest.mark.parametrize("wrapping", [(), ("--no-wrap",), ("--width=40",)], ids=str)
def test_msgcat(file: Path, wrapping: tuple[str, ...]):
    run("msgcat", *wrapping, "-o", file, file)
    assert_nothing_lost(file)


@pytest.mark.gettext
def test_the_text_is_what_msgcat_writes_without_wrapping(file: Path):
    before = file.read_text("utf-8")
    run("msgcat", "--no-wrap", "-o", file, file)
    assert file.read_text("utf-8") == before


@pytest.mark.gettext
def test_msgmerge_with_its_own_template(file: Path, tmp_path: Path):
    template = tmp_path / "spark.pot"
    run("msgattrib", "--no-obsolete", "--clear-fuzzy", "--empty", "-o", template, file)
    run("msgmerge", "--previous", "--quiet", "-U", "--backup=none", file, template)
    assert_nothing_lost(file)


@pytest.mark.parametrize("width", [78, 0])
def test_polib(file: Path, width: int):
    opened = polib.pofile(str(file), wrapwidth=width)
    opened.save()
    assert_nothing_lost(file)


def test_translate_toolkit(file: Path):
    store = factory.getobject(str(file))
    store.units[1].target = store.units[1].target
    store.save()
    assert_nothing_lost(file)


def test_what_translate_toolkits_pogrep_writes_out_is_as_it_was(file: Path, tmp_path: Path):
    out = tmp_path / "out.po"
    words = ("--progress=none", "--search=source", "It rose")
    run(sys.executable, "-m", "translate.tools.pogrep", *words, file, out)
    (found,) = po.parse(out.read_text("utf-8"), path="spark.po").live
    (wanted,) = (entry for entry in ENTRIES if entry.id == "p4")
    assert said(found) == said(wanted)


def test_translate_toolkits_pomerge_brings_one_changed_target_back(file: Path, tmp_path: Path):
    edited, out = tmp_path / "edited.po", tmp_path / "out.po"
    edited.write_text(file.read_text("utf-8").replace("서명.", "서명했다."), "utf-8")
    run(sys.executable, "-m", "translate.tools.pomerge", "--progress=none", "-t", file, edited, out)
    before = {entry.id: entry for entry in ENTRIES}
    for entry in po.parse(out.read_text("utf-8"), path="spark.po").entries:
        was = before[entry.id]
        assert (entry.target.text, entry.notes) == (
            "서명했다." if entry.id == "p3" else was.target.text, was.notes,
        )  # fmt: skip
        assert (entry.target.state, entry.target.origin) == (was.target.state, was.target.origin)


HAND = "# 이 문장은 다시 볼 것\n"


@pytest.mark.gettext
@pytest.mark.parametrize("tool", ["as it is", "msgcat", "msgmerge", "polib", "translate-toolkit"])
def test_a_note_written_by_hand_stays_on_its_unit(file: Path, tmp_path: Path, tool: str):
    """Whoever writes a comment in an editor knows nothing of ``note:``."""
    text = file.read_text("utf-8")
    file.write_text(text.replace("# origin: mt:local/qwen\n", HAND + "# origin: mt:local/qwen\n"))
    if tool == "msgcat":
        run("msgcat", "-o", file, file)
    elif tool == "msgmerge":
        template = tmp_path / "spark.pot"
        run("msgattrib", "--no-obsolete", "--clear-fuzzy", "--empty", "-o", template, file)
        run("msgmerge", "--previous", "--quiet", "-U", "--backup=none", file, template)
    elif tool == "polib":
        polib.pofile(str(file)).save()
    elif tool == "translate-toolkit":
        factory.getobject(str(file)).save()
    catalog = po.parse(file.read_text("utf-8"), path="spark.po")
    units = [
        Unit(each.kind, f"{each.source} Now longer." if each.id == "p2" else each.source, each.path)
        for each in catalog.live
    ]
    followed = update(catalog, units).catalog
    again = po.parse(po.serialize(followed), path="spark.po")
    (entry,) = [entry for entry in again.live if entry.id == "p2"]
    assert entry.extra == (HAND.strip(),)
    assert entry.target.stale
    assert po.serialize(again).count(HAND) == 1


def test_an_approval_in_a_po_editor_is_an_approval(file: Path):
    """Taking the flag ``fuzzy`` away is what Poedit and others do for it."""
    opened = polib.pofile(str(file))
    entry = next(each for each in opened if each.msgctxt == "p2")
    entry.flags.remove("fuzzy")
    opened.metadata["Last-Translator"] = "Lee <lee@news.example>"
    opened.save()
    catalog = po.parse(file.read_text("utf-8"), path="spark.po")
    (found,) = [each for each in catalog.live if each.id == "p2"]
    assert (found.target.state, found.target.reviewer) == (
        State.REVIEWED, "Lee <lee@news.example>",
    )  # fmt: skip
    assert found.target.origin == "mt:local/qwen"


def test_one_changed_unit_changes_its_own_lines_alone(file: Path):
    before = file.read_text("utf-8").split("\n")
    catalog = po.parse("\n".join(before), path="spark.po")
    changed = [
        replace(each, target=replace(each.target, text="서명했다.")) if each.id == "p3" else each
        for each in catalog.entries
    ]
    after = po.serialize(replace(catalog, entries=tuple(changed))).split("\n")
    assert [line for line in after if line not in before] == ['msgstr "서명했다."']
    assert len(after) == len(before)
