"""Values in Korean sentences choose their particle; what is inside values stays as it is."""

from __future__ import annotations

import pytest

from bilingual.language.message import fill, say
from bilingual.model import msg


@pytest.mark.parametrize(
    ("template", "value", "said"),
    [
        ("{name}을(를) 찾을 수 없습니다", "기사", "기사를 찾을 수 없습니다"),
        ("{name}을(를) 찾을 수 없습니다", "용어집", "용어집을 찾을 수 없습니다"),
        ("{name}은(는) 없습니다", "spark", "spark는 없습니다"),
        ("{name}이(가) 없습니다", "URL", "URL이 없습니다"),
        ("{name}이(가) 없습니다", "API", "API가 없습니다"),
        ("{name}(으)로 바꿉니다", "연필", "연필로 바꿉니다"),
        ("{name}(으)로 바꿉니다", "책", "책으로 바꿉니다"),
        ("{name}(으)로 바꿉니다", 7, "7로 바꿉니다"),
        ("{name}(으)로 바꿉니다", 6, "6으로 바꿉니다"),
        ("{name}과(와) 다릅니다", 3, "3과 다릅니다"),
        ("{name:,}을(를) 넘습니다", 1000, "1,000을 넘습니다"),
        ("`{name}`은(는) 옵션이 아닙니다", "--engine", "`--engine`은 옵션이 아닙니다"),
        ("{name!r}은(는) 규칙이 아닙니다", "용어", "'용어'는 규칙이 아닙니다"),
        ("‘{name}’을(를) 지우십시오", "모델", "‘모델’을 지우십시오"),
        (
            "{name}을(를) 읽을 수 없습니다",
            "articles/spark.md",
            "articles/spark.md를 읽을 수 없습니다",
        ),
        ("{name}을(를) 읽을 수 없습니다", "bilingual.toml", "bilingual.toml을 읽을 수 없습니다"),
        ("{name}은(는) 용어입니다", "어텐션(Attention)", "어텐션(Attention)은 용어입니다"),
        ("{name}을(를) 씁니다", "…", "…를 씁니다"),
        ("{name}을(를) 씁니다", "", "를 씁니다"),
    ],
)
def test_the_particle_fits_the_value(template: str, value: object, said: str):
    assert fill(template, {"name": value}) == said


def test_the_text_of_a_value_is_not_changed():
    said = fill("{text}을(를) 지우십시오: {other}", {"text": "{a}이(가)", "other": "을(를)"})
    assert said == "{a}이(가)를 지우십시오: 을(를)"


def test_only_a_value_chooses():
    assert fill("파일을(를) {n}개", {"n": 2}) == "파일을(를) 2개"
    assert fill("{{}}을(를) {n}", {"n": 2}) == "{}을(를) 2"


def test_a_sentence_without_values_is_not_formatted():
    assert fill("{ prompt = … }", {}) == "{ prompt = … }"


def test_nested_messages_are_in_the_same_language():
    korean = {"no {what}": "{what}이(가) 없습니다", "article": "기사"}
    said = say(msg("no {what}", what=msg("article")), lambda each: korean.get(each, each))
    assert said == "기사가 없습니다"
