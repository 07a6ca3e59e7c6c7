"""A clue that is searched before a costly pattern is in everything that the pattern finds."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bilingual.checks.rules import prompt_leaked, quote_mismatch, translationese
from bilingual.language.en import sense as english
from bilingual.language.injection.phrases import ORDERS
from bilingual.language.ko import register, sense, spacing
from bilingual.language.numbers import number_words


@pytest.mark.parametrize("kind", ["negation", "attribution", "hedge"])
@pytest.mark.parametrize("language", [english, sense])
@given(data=st.data())
def test_words_of_a_sense_have_its_clue(language, kind: str, data: st.DataObject):
    said = data.draw(st.from_regex(language.SURE[kind]))
    assert language.CLUES[kind].search(said)


@pytest.mark.parametrize(
    ("clue", "sentence"),
    [
        (english.CLUES["negation"], "The weights are open to everyone."),
        (english.CLUES["hedge"], "It runs on a laptop."),
        (sense.CLUES["attribution"], "모델이 공개됐다."),
        (spacing.CLUE, "모델을 공개했다. 가중치(weights)는 1월에 나온다."),
        (translationese.CLUE, "모델을 공개했다."),
    ],
)
def test_most_sentences_have_none(clue, sentence: str):
    assert not clue.search(sentence)


@pytest.mark.parametrize("pattern", [pattern for pattern, _ in translationese.PATTERNS])
@settings(max_examples=40)
@given(data=st.data())
def test_translationese_has_a_clue(pattern, data: st.DataObject):
    assert translationese.CLUE.search(data.draw(st.from_regex(pattern)))


@settings(max_examples=500)
@given(st.text(alphabet="  가를은는의다요.!?,)(%A1*|\ufffc\n", max_size=12))
def test_slips_have_a_clue(text: str):
    if any(pattern.search(text) for pattern, _ in spacing.SPACES):
        assert spacing.CLUE.search(text)


@settings(max_examples=200)
@given(st.from_regex(prompt_leaked.PHRASES))
def test_a_leaked_prompt_is_found_only_with_a_clue(text: str):
    assert prompt_leaked.CLUE.search(text.lower())


@settings(max_examples=500)
@given(st.text(alphabet="\"“”'‘’「」『』«»《》 가a.", max_size=12))
def test_quotations_have_a_mark(text: str):
    patterns = (quote_mismatch.QUOTATION, quote_mismatch.DOUBLE)
    if any(pattern.search(text) for pattern in patterns) or "「" in text or "『" in text:
        assert quote_mismatch.MARK.search(text)


@settings(max_examples=300)
@given(st.from_regex(number_words.KOREAN))
def test_numbers_in_korean_words_have_a_clue(text: str):
    for found in number_words.KOREAN.finditer(text):
        bare = found["vague"] and not (found["v_small"] or found["v_big"])
        assert bare or number_words.CLUE.search(text)


@given(st.from_regex(r"[가-힣]{0,3}(?:니다|니까|시다|요|죠|오|다)\Z"))
def test_a_register_has_one_of_the_last_syllables(word: str):
    if register.of_word(word):
        assert word[-1] in register.LAST


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order.name)
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_orders_have_a_trace(order, data: st.DataObject):
    said = unicodedata.normalize("NFKC", data.draw(st.from_regex(order.pattern)))
    assert any(trace in " ".join(said.lower().split()) for trace in order.traces)
