"""The word-wise difference between a source and the one before it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bilingual.language.word_diff import WordChange, WordRun, difference

KEPT, GONE, NEW = WordChange.KEPT, WordChange.GONE, WordChange.NEW


def test_a_changed_number_is_next_to_the_one_before():
    assert list(difference("It scored 42 points.", "It scored 52 points.")) == [
        WordRun(KEPT, "It scored "),
        WordRun(GONE, "42"),
        WordRun(NEW, "52"),
        WordRun(KEPT, " points."),
    ]


def test_korean_changes_by_the_word():
    runs = list(difference("메타가 모델을 공개했다.", "메타가 새 모델을 공개했다."))
    assert WordRun(NEW, "새 ") in runs or WordRun(NEW, " 새") in runs
    assert not [run for run in runs if run.change is GONE]


@given(st.text(alphabet="ab 가나.\n"), st.text(alphabet="ab 가나.\n"))
def test_both_texts_can_be_read_from_it(before, after):
    runs = list(difference(before, after))
    assert "".join(run.text for run in runs if run.change is not NEW) == before
    assert "".join(run.text for run in runs if run.change is not GONE) == after
