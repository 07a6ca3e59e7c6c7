"""Where links, code, images and emphasis stand in a unit."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual.markdown.inline import Inline, inlines, parse_inlines


def seen(text: str) -> list[tuple[str, str, str]]:
    return [
        (i.kind, text[i.start : i.end], text[i.inner_start : i.inner_end]) for i in inlines(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("그냥 글, 50%", []),
        ("`코드` 끝", [("code", "`코드`", "코드")]),
        ("`` a`b ``", [("code", "`` a`b ``", " a`b ")]),
        ("[글](http://x)", [("link", "[글](http://x)", "글")]),
        ("![그림](a.png)을", [("image", "![그림](a.png)", "그림")]),
        ("<https://x.y>", [("autolink", "<https://x.y>", "https://x.y")]),
        ("<b>굵게</b>", [("html", "<b>", ""), ("html", "</b>", "")]),
        ("점수[^1]는", [("footnote", "[^1]", "1")]),
        ("*기울임*", [("emphasis", "*기울임*", "기울임")]),
        ("**굵게**", [("strong", "**굵게**", "굵게")]),
        ("~~취소~~", [("strike", "~~취소~~", "취소")]),
        ("10~20명, 30~40대", []),
        ("$x^2$", [("math", "$x^2$", "x^2")]),
        ("$5에서 $10까지", []),
        ("{{< ref >}}", [("html", "{{< ref >}}", "")]),
        ("***둘***", [("emphasis", "***둘***", "**둘**"), ("strong", "**둘**", "둘")]),
        (
            "**[글](x) `c`**",
            [
                ("strong", "**[글](x) `c`**", "[글](x) `c`"),
                ("link", "[글](x)", "글"),
                ("code", "`c`", "c"),
            ],
        ),
        ("[**글**](x)", [("link", "[**글**](x)", "**글**"), ("strong", "**글**", "글")]),
        ("\\*아님\\* \\`아님\\`", []),
        ("`*`*`*`", [("code", "`*`", "*"), ("code", "`*`", "*")]),
        ('[안](<a b> "c")', [("link", '[안](<a b> "c")', "안")]),
        ("끝 *열림", []),
    ],
)
def test_constructs_and_what_is_in_them(text: str, expected: list):
    assert seen(text) == expected


@pytest.mark.parametrize(
    ("text", "bold"),
    [
        ("**용어(Term)**는", False),
        ("**용어**(Term)는", True),
        ('**"인용"**을', False),
        ("**용어(Term)** 는", True),
        ("가**나**다", True),
        ("_Taylor_의", False),
    ],
)
def test_commonmark_decides_what_is_bold_before_a_particle(text: str, bold: bool):
    assert bool(inlines(text)) is bold


def test_a_link_has_its_address_title_and_label():
    assert inlines("[글](/가%20나 'T')")[0] == Inline("link", 0, 15, 1, 2, "/가%20나", "T")
    reference = inlines("[글][Label]")[0]
    assert (reference.kind, reference.label, reference.destination) == ("link", "LABEL", "")
    assert inlines("[글][]")[0].label == "글"
    assert inlines("[^주]")[0].label == "주"


def test_a_shortcut_reference_is_a_link_when_its_label_is_known():
    assert inlines("[JL] 말했다") == ()
    assert inlines("[React]를", ["react"])[0].kind == "link"
    assert [item.kind for item in inlines("[a][b] [b]")] == ["link", "link"]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://github.com/google/pytype을 참조", "https://github.com/google/pytype"),
        ("(https://x.y/z).", "https://x.y/z"),
        ("https://x.y/a_(b)는", "https://x.y/a_(b)"),
        ("*https://x.y/z*", "https://x.y/z"),
        ("가 https://x.y?a=1&b=2, 나", "https://x.y?a=1&b=2"),
    ],
)
def test_a_bare_address_ends_where_the_sentence_goes_on(text: str, address: str):
    (found,) = [item for item in inlines(text) if item.kind == "autolink"]
    assert found.destination == text[found.start : found.end] == address


@pytest.mark.parametrize("text", ["[https://x.y](z)", "`https://x.y`", '<a href="https://x.y">'])
def test_an_address_within_another_construct_is_not_found_twice(text: str):
    assert [item.kind for item in inlines(text) if item.kind == "autolink"] == []


def test_offsets_count_code_points():
    text = "👍🏽 한글 **굵게**"
    (found,) = inlines(text)
    assert text[found.start : found.end] == "**굵게**"


@pytest.mark.parametrize("bracket", ["[", "![", "[a](", "**a ", "`", "<a ", "$", "~~", "{{<", "(("])
def test_unclosed_openers_in_any_number_raise_nothing(bracket: str):
    assert inlines(bracket * 3000) == () or bracket in {"**a ", "$", "~~"}


PIECES = [
    "`",
    "``",
    "a",
    " ",
    "_",
    "{",
    "[a]",
    "][",
    "](",
    "(b)",
    ")",
    "!",
    "[",
    "]",
    "*",
    "\\",
    "가",
    '"',
]


@settings(max_examples=800)
@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_code_and_links_are_read_as_the_parser_reads_them(pieces: list[str]):
    text = "".join(pieces)
    assert inlines(text) == parse_inlines(text)


@pytest.mark.parametrize(
    "text",
    [
        "[글](b)과 `[c](d)`",
        "[`c` 글](b_c)",
        "![a](b) [c](d)",
        "[a](javascript:b)",
        "[^a](b)",
        "[[a](b)](c)",
        "[a](b(c)d)",
        "[a](https://b.c/d_e)의 https://f.g",
        "[a](b&amp;c)",
        "[a](b 'c')",
        "[a] (b) [c][d]",
        "*[a](b)*",
    ],
)
def test_links_are_read_as_the_parser_reads_them(text: str):
    assert inlines(text) == parse_inlines(text)
