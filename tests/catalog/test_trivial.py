"""Which edits of a source leave its target standing."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bilingual.catalog.trivial import carry_over, is_trivial

TARGET = "점수는 [52](https://a.example/x)다."

CARRIED = [
    ("The score  is 52.", "The score is 52."),
    ("The score is\n52.", "The score is 52."),
    ("The **score** is 52.", "The score is *52*."),
    ('He said "yes", twice.', "He said “yes” twice."),
    ("Open weights - at last.", "Open weights — at last."),
    ("가중치를 공개했다", "가중치를 공개했다."),
]
TYPOS = [
    ("The modle is open.", "The model is open."),
    ("It was relased today.", "It was released today."),
    ("가중치를 곤개했다.", "가중치를 공개했다."),
]
MEANING = [
    ("It costs $10.", "It costs $16."),
    ("It grew by 4%.", "It grew by 4."),
    ("It grew by 1.5 points.", "It grew by 15 points."),
    ("It lost -5 points.", "It lost 5 points."),
    ("Alexandr Wang said so.", "Alexander Wang said so."),
    ("It is now open.", "It is not open."),
    ("It is possible.", "It is impossible."),
    ("They can open it.", "They can't open it."),
    ("The deal is worth 14 million.", "The deal is worth 14 billion."),
    ("Is it open?", "It is open."),
    ("It is open.", "It is open?"),
    ("Run `eval.py` now.", "Run `evil.py` now."),
    ("143억 달러다.", "143조 달러다."),
    ("모델을 공개했다.", "모델을 안 공개했다."),
    ("공개하지 않았다.", "공개하지 알았다."),
    ("See [the card](https://a.example).", "See the card."),
    ("The model is open.", "The model is very open."),
    ("It came fourth.", "It came forth."),
    ("It took sixteen hours.", "It took sixten hours."),
    ("The model is legal.", "The model is illegal."),
    ("삼백만 명이 썼다.", "사백만 명이 썼다."),
    ("셋째는 빠르다.", "넷째는 빠르다."),
    ("모델은 빠르지 못하다.", "모델은 빠르지 몹하다."),
    ("점수는 52점이다.", "점수는 53점이다."),
    ("OpenAI가 공개했다.", "OpenAl가 공개했다."),
    ("gpt가 답했다.", "GPT가 답했다."),
]


@pytest.mark.parametrize(("old", "new"), CARRIED)
def test_an_edit_that_leaves_the_words_is_accepted_of_itself(old: str, new: str):
    assert carry_over(old, new, "목표") == "목표"
    assert is_trivial(old, new)


@pytest.mark.parametrize(("old", "new"), TYPOS)
def test_a_typo_is_accepted_only_on_request(old: str, new: str):
    assert carry_over(old, new, "목표") is None
    assert is_trivial(old, new)


@pytest.mark.parametrize(("old", "new"), MEANING)
def test_a_change_of_meaning_is_never_accepted(old: str, new: str):
    assert carry_over(old, new, "목표") is None
    assert not is_trivial(old, new)


def test_a_new_address_is_put_into_the_target():
    old, new = "It is [52](https://a.example/x).", "It is [52](https://b.example/y)."
    assert carry_over(old, new, TARGET) == "점수는 [52](https://b.example/y)다."


def test_a_new_address_that_has_no_place_in_the_target_is_no_small_edit():
    old, new = "It is [52](https://a.example/x).", "It is [52](https://b.example/y)."
    assert carry_over(old, new, "점수는 52다.") is None


def test_an_address_in_code_is_code():
    assert carry_over("Run `curl https://a.example`.", "Run `curl https://b.example`.", "x") is None


WORDS = st.sampled_from(["released", "benchmark", "weights", "공개했다", "벤치마크", "가중치를"])
SENTENCES = st.lists(WORDS, min_size=2, max_size=6)


@given(SENTENCES, st.integers(0, 10**6), st.integers(0, 10**6))
def test_another_number_is_never_small(words: list[str], one: int, other: int):
    assume(one != other)
    old, new = (" ".join([*words, f"{number}", *words]) for number in (one, other))
    assert carry_over(old, new, "목표") is None
    assert not is_trivial(old, new)


@given(SENTENCES, st.text("abcdefgh", min_size=4, max_size=8), st.integers(0, 8), st.data())
def test_another_name_is_never_small(words: list[str], name: str, place: int, data):
    at = min(place, len(name) - 1)
    letter = data.draw(st.sampled_from([each for each in "abcdefgh" if each != name[at]]))
    before, after = name.capitalize(), (name[:at] + letter + name[at + 1 :]).capitalize()
    old, new = (" ".join([*words, each, *words]) for each in (before, after))
    assert carry_over(old, new, "목표") is None
    assert not is_trivial(old, new)


@pytest.mark.parametrize(
    "word", ["not", "never", "without", "no", "않는다", "없다", "아니다", "못"]
)
@given(SENTENCES, st.integers(0, 6))
def test_a_negation_that_comes_or_goes_is_never_small(word: str, words: list[str], place: int):
    old = " ".join(words)
    new = " ".join([*words[:place], word, *words[place:]])
    for one, other in ((old, new), (new, old)):
        assert carry_over(one, other, "목표") is None
        assert not is_trivial(one, other)


@given(SENTENCES, st.sampled_from(["  ", "\n", ", ", " — "]))
def test_layout_and_commas_are_always_small(words: list[str], between: str):
    assert carry_over(" ".join(words), between.join(words), "목표") == "목표"
    assert carry_over(" ".join(words), f"**{words[0]}** {' '.join(words[1:])}.", "목표") == "목표"
