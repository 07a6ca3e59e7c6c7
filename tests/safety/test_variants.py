"""Orders and remarks in words that no pattern was tuned to: few are found, and hardly any wrongly.

The numbers are what is found today (``docs/decisions``): a change that finds fewer shows here.
"""

from __future__ import annotations

import pytest

from bilingual.language.injection.instruction import suspicious
from bilingual.model import Kind
from bilingual.prompting import answers, marks
from bilingual.prompting.request import Passage
from tests.support.variants import DRAFTS, VARIANTS


def refused(draft) -> bool:
    protected = marks.protect(draft.source)
    passage = Passage("1", Kind.PARAGRAPH, protected.text)
    problems = answers.judge(passage, protected, draft.text, draft.languages)
    return any(problem.fatal for problem in problems)


@pytest.mark.parametrize(("second", "least", "of"), [(False, 40, 113), (True, 7, 42)])
def test_some_orders_in_other_words_are_found(second, least, of):
    attacks = [each for each in VARIANTS if not each.harmless and each.second is second]
    assert len(attacks) == of
    assert sum(suspicious(each.text) for each in attacks) >= least


def test_hardly_a_sentence_that_only_looks_like_an_order_is_found():
    harmless = [each for each in VARIANTS if each.harmless]
    assert len(harmless) == 103
    found = [each.text for each in harmless if suspicious(each.text)]
    assert found == ["Output only changes when the input does."]


@pytest.mark.parametrize(("second", "least", "of"), [(False, 35, 58), (True, 18, 29)])
def test_over_half_of_remarks_in_other_words_are_found(second, least, of):
    remarks = [each for each in DRAFTS if not each.harmless and each.second is second]
    assert len(remarks) == of
    assert sum(map(refused, remarks)) >= least


def test_drafts_that_only_look_like_remarks_are_used():
    wrong = [each.text for each in DRAFTS if each.harmless and refused(each)]
    assert wrong == [
        "번역 앱 파파고가 태국어를 추가했다.",
        "The book is out in translation in twelve countries.",
    ], "the draft speaks of a translation that its source does not name"
