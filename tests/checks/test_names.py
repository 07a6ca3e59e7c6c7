"""Names: where a term stands, and where another name took its place."""

from __future__ import annotations

import pytest

from bilingual.checks import registry
from bilingual.glossary.match import Matcher
from bilingual.model import Entry, Kind, State, Target, Term

TERMS = (
    Term("gpt-5", {"en": ("GPT-5",), "ko": ("GPT-5",)}, keep=True, kind="model", case=True),
    Term("gpt-5-4", {"en": ("GPT-5.4",), "ko": ("GPT-5.4",)}, keep=True, kind="model", case=True),
    Term("llama", {"en": ("Llama",), "ko": ("라마", "Llama")}, kind="model", case=True),
    Term("python", {"en": ("Python",), "ko": ("파이썬", "Python")}, kind="product", case=True),
    Term("benchmark", {"en": ("benchmark",), "ko": ("벤치마크",)}),
    Term("weights", {"en": ("open weights",), "ko": ("공개 가중치",)}),
    Term("closed", {"en": ("closed weights",), "ko": ("비공개 가중치",)}),
    Term("parameter", {"en": ("parameter",), "ko": ("매개변수",)}),
)
RULES = ["term-missing", "term-not-kept"]


def found(source: str, target: str, languages: tuple[str, str] = ("en", "ko")) -> list[str]:
    entry = Entry("u", Kind.PARAGRAPH, source, target=Target(target, State.REVIEWED))
    unit = registry.subject(entry, languages, Matcher(TERMS))
    return [str(each.message) for each in registry.run([unit], registry.select(RULES))]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("GPT-5.4 beats GPT-5.", "GPT-5.4가 앞선다."),
        ("GPT-5 leads.", "GPT-5.4가 앞선다."),
        ("Python is old. Python is slow.", "파이썬은 오래됐다. Ruby는 느리다."),
        ("Llama beats all.", "`llama.cpp`가 앞선다."),
        ("See [Llama](https://e.org).", "[그것](https://llama.example/Llama)을 보라."),
    ],
)
def test_a_name_that_became_another_is_found(source: str, target: str) -> None:
    assert len(found(source, target)) == 1


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Benchmarks differ.", "벤치마크들을 비교했다."),
        ("It needs benchmarking.", "벤치마킹이 필요하다."),
        ("Python is old. Python is slow.", "파이썬은 오래됐다. 그것은 느리다."),
        ("Python is old. Python is slow.", "파이썬(Python Language)은 오래되고 느리다."),
        ("llama.cpp is fast.", "llama.cpp는 빠르다."),
        ("GPT-5.4 leads.", "GPT-5.4는 앞선다."),
    ],
)
def test_a_name_is_needed_only_once(source: str, target: str) -> None:
    assert found(source, target) == []


@pytest.mark.parametrize(
    ("korean", "english"),
    [
        ("공개 가중치와 비공개 가중치를 비교했다.", "It compares open and closed weights."),
        ("매개변수 4000억 개 모델이다.", "It is a 400B model."),
        ("70억 매개변수 모델이다.", "It is a 7B model."),
    ],
)
def test_the_words_of_a_term_may_be_apart_or_be_a_size(korean: str, english: str) -> None:
    assert found(korean, english, ("ko", "en")) == []


def test_a_size_does_not_count_for_what_is_not_counted() -> None:
    assert found("매개변수를 줄인 모델이다.", "It is a 7B model.", ("ko", "en"))
