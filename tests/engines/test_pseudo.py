"""Filler is as long as a translation, keeps what a translation keeps, and reads as none."""

from __future__ import annotations

import re

import pytest

from bilingual.engines import registry
from bilingual.engines.pseudo import filler
from bilingual.errors import ConfigurationError
from bilingual.model import Kind, State
from bilingual.prompting import answers
from bilingual.prompting.request import Passage, Request
from bilingual.workflow.queue import queue
from bilingual.workflow.revert import RevertSelection, revert
from bilingual.workflow.review import Decision
from bilingual.workflow.translate import translate

ENGLISH = (
    "More than 1,000 physicians took part in the study, and <g1>two thirds</g1> of them said that "
    "the model's answers were at least as good as their own, Wang said on Tuesday."
)
KOREAN = (
    "메타 초지능 연구소는 8일 첫 모델인 <g1>뮤즈 스파크</g1>를 내놓고, 의사 1,000여 명이 평가에 "
    "참여했다고 밝혔다. 지수 점수는 52점으로 GPT-5.4보다 5점 낮다."
)


def test_into_korean_it_is_hangul_of_the_length_of_a_translation():
    text = filler(ENGLISH, "en", "ko")
    assert not re.search("[A-Za-z]", text.replace("<g1>", "").replace("</g1>", ""))
    assert 0.5 <= len(text) / len(ENGLISH) <= 0.6


def test_into_english_it_is_accented_and_a_third_longer_than_a_translation():
    text = filler(KOREAN, "ko", "en")
    assert not re.search("[가-힣]", text)
    assert "<g1>mýújéú şéúpákéú</g1>" in text
    assert len(text) > 1.1 * len(KOREAN) / 0.55  # numbers and names in Latin letters do not grow
    words = "연구소는 첫 모델을 내놓고 의사들이 평가에 참여했다고 밝혔다."
    assert 1.30 <= len(filler(words, "ko", "en")) / (len(words) / 0.55) <= 1.40


def test_more_or_less_padding_can_be_asked_for():
    assert len(filler(KOREAN, "ko", "en", 0)) < len(filler(KOREAN, "ko", "en", 40))


@pytest.mark.parametrize(
    "kept",
    ["<g1>", "</g1>", "<x12/>", "1,000", "5.4", "{name}", "{{ page.title }}", "%(count)s", "&nbsp;",
     r"\_", "**", "|", "https"],
)  # fmt: skip
@pytest.mark.parametrize(("source", "target"), [("en", "ko"), ("ko", "en")])
def test_what_a_translation_keeps_stays(kept: str, source: str, target: str):
    text = f"모델 the model {kept} said 말했다"
    assert (kept in filler(text, source, target)) == (kept != "https")


def test_it_is_the_same_each_time_and_differs_where_the_text_does():
    assert filler(ENGLISH, "en", "ko") == filler(ENGLISH, "en", "ko")
    assert filler("the first", "en", "ko") != filler("the other", "en", "ko")


def test_every_unit_gets_it_in_brackets_that_nobody_overlooks(newsroom):
    result = translate(newsroom, engine="pseudo")
    assert not result.failures
    assert {each.entry.target.origin for each in queue(newsroom)} == {"mt:pseudo/filler"}
    for item in queue(newsroom):
        target = item.entry.target
        assert target.state is State.TRANSLATED
        assert (target.text[0], target.text[-1]) == ("⟦", "⟧")


def test_an_article_in_korean_gets_it_too(make_newsroom):
    page = "---\ntitle: 메타, 뮤즈 스파크 공개\n---\n\n# 첫 공개\n\n- 의사 1,000여 명이 참여했다.\n"
    newsroom = make_newsroom({"spark/ko": page})
    assert not translate(newsroom, engine="pseudo").failures
    assert not [each for each in queue(newsroom) if re.search("[가-힣]", each.entry.target.text)]


def test_an_article_without_brackets(make_newsroom):
    newsroom = make_newsroom(toml="[engines.pseudo]\nbrackets = false\n")
    translate(newsroom, engine="pseudo")
    assert not any("⟦" in each.entry.target.text for each in queue(newsroom))


def test_all_of_it_goes_back_in_one_step(newsroom):
    drafted = translate(newsroom, engine="pseudo").drafted
    result = revert(
        newsroom, [], RevertSelection("mt:pseudo"), Decision("Kim", "2026-04-09T01:02:03Z")
    )
    assert len(result.taken) == drafted
    assert all(each.entry.target.state is State.INITIAL for each in queue(newsroom))


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"brackets": "no"}, "brackets is neither true nor false"),
        ({"padding": -1}, "padding is below 0"),
        ({"pading": 30}, "did you mean padding"),
    ],
)
def test_wrong_settings_are_named(table, said):
    with pytest.raises(ConfigurationError, match=said):
        registry.create("pseudo", table)


def test_texts_of_one_length_have_fillers_of_their_own():
    """Two that were the same would be taken for shifted rows, and left out."""
    names = ("alpha", "gamma", "delta", "kappa", "sigma", "omega", "theta", "quark")
    sources = [
        f"The committee number {name[turn:] + name[:turn]} heard that companies want more time now."
        for name in names
        for turn in range(4)
    ]
    passages = tuple(Passage(str(n), Kind.PARAGRAPH, text) for n, text in enumerate(sources))
    request = Request("en", "ko", passages)
    reading = answers.checked(request, registry.create("pseudo", {}).ask(request))
    assert not reading.problems
    assert len(set(reading.texts.values())) == len(set(sources)) == 32
