"""How words of any script end when they are read in Korean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.language.ko.particle import FORMS, correct_form
from bilingual.language.ko.reading import CONSONANT, RIEUL, UNKNOWN, VOWEL, of_text

READ = {
    "용어": VOWEL, "모델": RIEUL, "책": CONSONANT,
    "API": VOWEL, "URL": RIEUL, "LLM": CONSONANT, "GPT": VOWEL, "JSON": CONSONANT, "PR": RIEUL,
    "OpenAI": VOWEL, "ChatGPT": VOWEL, "vLLM": CONSONANT, "KAIST": VOWEL, "NVIDIA": VOWEL,
    "Python": CONSONANT, "Google": RIEUL, "React": VOWEL, "Anthropic": CONSONANT,
    "TypeScript": VOWEL, "GitHub": VOWEL, "GitLab": CONSONANT, "Docker": VOWEL, "Spring": CONSONANT,
    "useEffect": VOWEL, "index.html": RIEUL, "npm": CONSONANT, "C#": VOWEL,
    "0": CONSONANT, "1": RIEUL, "2": VOWEL, "6": CONSONANT, "10": CONSONANT, "100": CONSONANT,
    "1,000,000": CONSONANT, "0.001": RIEUL, "5.4": VOWEL, "H100": CONSONANT, "GPT-5": VOWEL,
    "41%": VOWEL, "80GB": VOWEL, "80 GB": VOWEL, "5kg": CONSONANT, "70B": VOWEL, "25℃": VOWEL,
}  # fmt: skip
IN_TWO_WAYS = ["Llama 3", "ES6", "웹3", "$30", "C++", "COVID-19"]
NOBODY_KNOWS = ["RAG", "Gitpod", "LLMs", "BTC", "IV", "1/2", "10:30", "Llama's", "?", ""]


@pytest.mark.parametrize(("word", "sounds"), READ.items())
def test_words_end_as_they_are_read(word: str, sounds: frozenset):
    assert of_text(word) == sounds


@pytest.mark.parametrize("word", IN_TWO_WAYS)
def test_words_that_readers_read_in_two_ways_have_both_sounds(word: str):
    assert len(of_text(word)) > 1


@pytest.mark.parametrize("word", NOBODY_KNOWS)
def test_words_whose_reading_is_unknown_have_no_sound(word: str):
    assert of_text(word) == UNKNOWN


@given(st.text())
def test_any_text_has_sounds_or_none(text: str):
    assert of_text(text) <= VOWEL | RIEUL | CONSONANT


@given(st.sampled_from(sorted(FORMS)), st.sampled_from([VOWEL, RIEUL, CONSONANT]))
def test_a_correct_form_needs_no_fix(form: str, sounds: frozenset):
    right = correct_form(form, sounds)
    assert right != form
    assert right is None or correct_form(right, sounds) is None


def test_rieul_takes_the_open_form_of_euro_alone():
    assert correct_form("으로", RIEUL) == "로"
    assert correct_form("를", RIEUL) == "을"
    assert correct_form("로", CONSONANT) == "으로"
