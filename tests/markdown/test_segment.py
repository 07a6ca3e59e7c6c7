"""The specification of segmentation: ``tests/fixtures/segment/*.md``, case by case."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bilingual.errors import ContentError
from bilingual.markdown.merge import merge
from bilingual.markdown.segment import segment
from bilingual.model import Kind, Unit

FIXTURES = Path(__file__).parents[1] / "fixtures" / "segment"
CASE = re.compile(
    r"^## (?P<title>[^\n]+)\n`{5}article\n(?P<article>.*?)^`{5}\n`{5}units\n(?P<units>.*?)^`{5}$",
    re.MULTILINE | re.DOTALL,
)


def cases():
    for path in sorted(FIXTURES.glob("*.md")):
        for case in CASE.finditer(path.read_text("utf-8")):
            yield pytest.param(case["article"], case["units"], id=f"{path.stem}: {case['title']}")


def shown(unit: Unit) -> str:
    key = f" {'.'.join(unit.path)}" if unit.kind is Kind.FIELD else ""
    words = "" if unit.translatable else " (no words)"
    notes = "".join(f" (note: {note})" for note in unit.notes)
    return f"{unit.kind}{key} | {unit.source.replace(chr(10), '⏎')}{words}{notes}\n"


@pytest.mark.parametrize(("article", "units"), list(cases()))
def test_an_article_is_cut_into_these_units(article: str, units: str):
    document = segment(article)
    assert "".join(shown(unit) for unit in document.units) == units
    same = merge(document, {i: unit.source for i, unit in enumerate(document.units)})
    assert same.text == article


@pytest.mark.parametrize(("article", "units"), list(cases()))
@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_endings_and_byte_order_marks_change_no_unit(article: str, units: str, ending: str):
    text = "\ufeff" + article.removesuffix("\n").replace("\n", ending)
    document = segment(text)
    assert "".join(shown(unit) for unit in document.units) == units
    for unit, place in zip(document.units, document.locations, strict=True):
        if unit.kind not in {Kind.FIELD, Kind.CELL}:
            assert "\n".join(text[a:b] for a, b in place.spans) == unit.source
    same = merge(document, {i: unit.source for i, unit in enumerate(document.units)})
    assert same.text == text


def test_the_fixtures_are_read():
    assert len(list(cases())) > 35


def test_a_unit_knows_the_headings_above_it():
    text = "# 하나\n\na\n\n### 셋\n\nb\n\n## 둘\n\nc\n"
    paths = {unit.source: unit.path for unit in segment(text).units}
    assert paths == {
        "하나": (),
        "a": ("하나",),
        "셋": ("하나",),
        "b": ("하나", "셋"),
        "둘": ("하나",),
        "c": ("하나", "둘"),
    }


def test_a_position_counts_lines_from_one_in_the_whole_file():
    text = "\ufeff---\r\ntitle: x\r\n---\r\n\r\n> - 가 나\r\n"
    field, item = segment(text).units
    assert (field.position.line, field.position.column) == (2, 8)
    assert (item.position.line, item.position.column) == (5, 5)
    assert text[item.position.start : item.position.end] == "가 나"


def test_keys_choose_the_fields():
    text = "---\ntitle: a\nsources:\n- title: b\n  url: c\n- title: d\n---\n"
    units = segment(text, keys=["sources.title"]).units
    assert [(unit.path, unit.source) for unit in units] == [
        (("sources", "0", "title"), "b"),
        (("sources", "1", "title"), "d"),
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\ntitle: a\ndek: b: c\n---\n", 3),
        ("---\ntitle: [a\n---\n", 3),
        ('---\ntitle: "a\n---\n', 3),
        ("+++\ntitle = 1\ndek = x\n+++\n", 3),
        ("\ufeff---\r\ntitle: a\r\n\tdek: b\r\n---\r\n", 3),
    ],
)
def test_broken_front_matter_is_an_error_with_its_line(text: str, line: int):
    with pytest.raises(ContentError) as caught:
        segment(text)
    assert caught.value.line == line
    assert caught.value.hint
    assert "\n" not in str(caught.value)
