"""What fuzzing found, each as the smallest text that shows it."""

from __future__ import annotations

import re

import pytest

from bilingual.markdown.inline import inlines
from bilingual.markdown.lines import BLANK
from bilingual.markdown.merge import merge
from bilingual.markdown.segment import segment
from bilingual.markdown.structure import skeleton
from tests.support import promises
from tests.support.fragments import SPACES


def test_a_dash_in_a_tables_first_cell_keeps_the_table_out_of_the_quotation_above():
    """With a word in its place the line would go on the quotation's paragraph."""
    document = segment("> 인용\n- | *\n-|-\n")
    merged = merge(document, dict.fromkeys(range(len(document.units)), "낱말"))
    assert skeleton(merged.text) == document.skeleton
    assert [refusal.index for refusal in merged.refusals] == [1]
    assert merged.text == "> 낱말\n- | 낱말\n-|-\n"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("~~~a~~~", [(1, 7)]),
        ("~~~~~~~b~~~~~~~", [(1, 15), (3, 13), (5, 11)]),
        ("~~~~~a **~~~b~~~** c~~~~~", [(1, 25), (3, 23), (7, 18), (10, 16)]),
    ],
)
def test_strikes_of_an_odd_number_of_tildes_nest(text: str, places: list[tuple[int, int]]):
    assert [(item.start, item.end) for item in inlines(text)] == places


@pytest.mark.parametrize("text", ["> \xa0", "\u2028", "- \x85"])
def test_a_paragraph_of_other_blanks_is_a_unit_that_is_not_translated(text: str):
    promises.ask(text)
    assert [unit.translatable for unit in segment(text).units] == [False]


def test_an_address_ends_where_an_emphasis_begins_that_continues_after_it():
    found = [
        (item.kind, item.start, item.end) for item in inlines("보라 https://a.kr/b*foo **bar***")
    ]
    assert found == [("autolink", 3, 17), ("emphasis", 17, 30), ("strong", 22, 29)]


def test_an_address_does_not_end_within_strong_text_after_it():
    found = [(item.kind, item.start, item.end) for item in inlines("https://a.kr/b**foo**")]
    assert found == [("autolink", 0, 14), ("strong", 14, 21)]


def test_an_emphasis_within_an_address_is_left_there():
    found = [(item.kind, item.start, item.end) for item in inlines("https://a.kr/*b*/c")]
    assert found == [("autolink", 0, 18), ("emphasis", 13, 16)]


@pytest.mark.parametrize("heading", ["Foo\ufeff", "\u2028", "\xa0", "\u2028\n---\n\n## ›"])
def test_headings_of_odd_blanks_are_paths_that_come_back(heading: str):
    promises.ask(f"# {heading}\n\n글이다.\n")


@pytest.mark.parametrize("target", ["번역", "- 목록", "# x"])
@pytest.mark.parametrize("tag", ["<ip rning={true}>", "<Tip warning={true}>", "<b>", "</div >"])
@pytest.mark.parametrize("space", SPACES)
def test_a_tag_is_alone_only_before_markdowns_own_white_space(space: str, tag: str, target: str):
    """A line separator after a tag is text: that tag begins no block of HTML."""
    document = segment(f"{tag}{space}\nt\ntext\n</Tip>")
    merged = merge(document, dict.fromkeys(range(len(document.units)), target))
    assert skeleton(merged.text) == document.skeleton
    assert merged.refusals == ()
    assert ("html" in document.skeleton[0]) is (tag == "</div >" or not space.strip(BLANK))


@pytest.mark.parametrize("line", ["<div\u2028>", "<script\xa0>", "<Tip\u3000a>", "<br\x85/>"])
def test_the_name_of_a_tag_ends_only_at_markdowns_own_white_space(line: str):
    assert segment(f"{line}\n글").skeleton == ("paragraph", "paragraph_close")
    assert segment(re.sub(r"[^\x20-\x7f]", " ", line)).skeleton[0].startswith("html ")


def test_a_number_of_other_digits_begins_no_list_and_is_not_escaped():
    document = segment("1\\. First.\n")
    assert merge(document, {0: "１. 첫째다."}).text == "１. 첫째다.\n"
