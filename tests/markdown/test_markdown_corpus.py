"""Real articles in both languages: every file comes back byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilingual.markdown.merge import merge
from bilingual.markdown.segment import segment
from bilingual.markdown.structure import skeleton

CORPUS = Path(__file__).parents[2] / ".." / "shared" / "corpus"
FILES = sorted([*CORPUS.glob("articles/**/*.md*"), *CORPUS.glob("tricky/*.md")])

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not FILES, reason="../shared/corpus is absent"),
]


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_article_comes_back_byte_for_byte(language: str, record_property):
    kept = units = 0
    files = [path for path in FILES if language in path.parts or "tricky" in path.parts]
    for path in files:
        text = read(path)
        document = segment(text)
        same = merge(document, {i: unit.source for i, unit in enumerate(document.units)})
        assert same.refusals == (), path
        kept += same.text.encode() == path.read_bytes()
        units += len(document.units)
    record_property("files", len(files))
    record_property("units", units)
    assert kept == len(files)
    assert units > 10 * len(files)


def test_every_article_comes_back_with_other_line_endings():
    for path in FILES:
        text = "\ufeff" + read(path).replace("\n", "\r\n").rstrip("\r\n")
        document = segment(text)
        same = merge(document, {i: unit.source for i, unit in enumerate(document.units)})
        assert same.text == text, path


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda source: f"{source} 끝", id="a word more"),
        pytest.param(lambda source: source.replace("\n", " "), id="one line"),
        pytest.param(lambda source: source.upper(), id="capitals"),
        pytest.param(lambda _: "52. That's it", id="a number with a point"),
        pytest.param(lambda source: f"- {source}\n\n# 끝", id="blocks of its own"),
        pytest.param(lambda source: source.replace(" ", "\n"), id="a line a word"),
    ],
)
def test_changed_targets_keep_every_articles_structure(change):
    for path in FILES[::3]:
        document = segment(read(path))
        targets = {i: change(unit.source) for i, unit in enumerate(document.units)}
        merged = merge(document, targets)
        assert skeleton(merged.text) == document.skeleton, path
        assert len(merged.refusals) <= len(targets) / 20, path


def test_the_units_of_a_merged_article_are_its_targets():
    for path in FILES:
        document = segment(read(path))
        wanted = [
            f"{unit.source} 끝" if unit.translatable else unit.source for unit in document.units
        ]
        merged = merge(document, dict(enumerate(wanted)))
        assert merged.refusals == ()
        again = [unit.source for unit in segment(merged.text).units]
        # A line that only might begin a block is escaped, too: that is the one difference.
        assert [source.replace("\\", "") for source in again] == [
            source.replace("\\", "") for source in wanted
        ], path
