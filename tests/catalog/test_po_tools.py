"""A catalog opened and saved by the tools that people use loses nothing."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import polib
import pytest

from bilingual.catalog import po
from bilingual.model import Catalog, Entry, Kind, State, Target

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
    factory = pytest.importorskip("translate.storage.factory", reason="translate-toolkit")
    store = factory.getobject(str(file))
    store.units[1].target = store.units[1].target
    store.save()
    assert_nothing_lost(file)
