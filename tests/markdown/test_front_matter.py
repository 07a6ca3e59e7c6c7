"""Reading front matter and adding to it."""

from __future__ import annotations

import datetime as dt

import pytest

from bilingual.errors import ContentError
from bilingual.markdown.front_matter import fields, insert
from bilingual.markdown.parser import new_parser


def test_yaml_is_decoded():
    text = "\ufeff---\r\ntitle: 뮤즈\r\ndate: 2026-04-08\r\ntags: [a, 1]\r\n---\r\n# x\r\n"
    assert fields(text) == {"title": "뮤즈", "date": dt.date(2026, 4, 8), "tags": ["a", 1]}


def test_toml_is_decoded():
    assert fields("+++\ntitle = 'x'\n[hero]\nalt = '그림'\n+++\n") == {
        "title": "x",
        "hero": {"alt": "그림"},
    }


@pytest.mark.parametrize(
    "text",
    ["", "# 제목\n", "---\n\n글\n\n---\n", "---\ntitle: x\n", "글\n---\na: b\n---\n", "---\n---\n"],
)
def test_an_article_without_front_matter_has_no_fields(text: str):
    assert fields(text) == {}


@pytest.mark.parametrize(
    ("text", "line"),
    [("---\na: b\nc: d: e\n---\n", 3), ("---\na: 1\n- b\n---\n", 3), ("+++\na = \n+++\n", 2)],
)
def test_invalid_front_matter_is_an_error_with_line_and_hint(text: str, line: int):
    with pytest.raises(ContentError) as caught:
        fields(text)
    assert caught.value.line == line
    assert caught.value.hint


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\ntitle: a # b\n---\n글\n", "---\ntitle: a # b\nlang: ko\nof: 'no'\n---\n글\n"),
        ("---\r\na: |\r\n  b\r\n---\r\n", "---\r\na: |\r\n  b\r\nlang: ko\r\nof: 'no'\r\n---\r\n"),
        ("글\n", "---\nlang: ko\nof: 'no'\n---\n\n글\n"),
        ("\ufeff글\r\n", "\ufeff---\r\nlang: ko\r\nof: 'no'\r\n---\r\n\r\n글\r\n"),
        ("+++\na = 1\n+++\n", '+++\na = 1\nlang = "ko"\nof = "no"\n+++\n'),
        (
            "+++\na = [\n [1],\n]\n[b]\nc = 1\n+++\n",
            '+++\na = [\n [1],\n]\nlang = "ko"\nof = "no"\n[b]\nc = 1\n+++\n',
        ),
    ],
)
def test_keys_are_added_at_the_end_and_nothing_else_changes(text: str, expected: str):
    changed = insert(text, {"lang": "ko", "of": "no"})
    assert changed == expected
    assert fields(changed) == {**fields(text), "lang": "ko", "of": "no"}


def test_values_of_every_type_are_added_to_both_syntaxes():
    values = {"a": True, "b": [1, "둘"], "c": {"d e": 'x "y"\n'}, "date": dt.date(2026, 4, 8)}
    for text in ("---\nx: 1\n---\n", "+++\nx = 1\n+++\n"):
        assert fields(insert(text, values)) == {"x": 1, **values}


def test_nothing_to_add_changes_nothing():
    assert insert("글", {}) == "글"


def test_the_parser_renders_no_front_matter():
    for text in ("---\ntitle: x\n---\n글\n", "\ufeff+++\nt = 'x'\n+++\n글\n"):
        assert new_parser().render(text) == "<p>글</p>\n"
