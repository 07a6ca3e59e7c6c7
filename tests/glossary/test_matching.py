"""Matching: which words of a text are a term, with any endings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.glossary.match import Matcher, contains
from bilingual.glossary.schema import parse

GLOSSARY = """\
- {id: muse-spark, en: Muse Spark, ko: 뮤즈 스파크, ko_allowed: [Muse Spark], ko_forbidden: [뮤즈스파크, 뮤스 스파크], case: true, kind: model}
- {id: gpt-5, en: GPT-5, ko: keep, case: true, kind: model}
- {id: gpt-5-4, en: GPT-5.4, ko: keep, case: true, kind: model}
- {id: llama, en: Llama, ko: 라마, case: true, kind: model}
- {id: llama-4, en: Llama 4, ko: 라마 4, case: true, kind: model}
- {id: benchmark, en: benchmark, ko: 벤치마크}
- {id: model, en: model, ko: 모델}
- {id: language-model, en: language model, ko: 언어 모델}
- {id: open-source, en: open source, ko: 오픈소스}
- {id: company, en: company, ko: 회사}
- {id: hugging-face, en: Hugging Face, ko: 허깅페이스, ko_forbidden: [허깅 페이스], case: true}
- {id: data-center, en: data center, ko: 데이터센터}
- {id: quantization, en: quantization, ko: 양자화}
- {id: meta, en: Meta, ko: 메타, case: true, kind: company}
"""  # noqa: E501
MATCHER = Matcher(parse(GLOSSARY, path="g").terms)


def found(text: str, language: str) -> list[tuple[str, str]]:
    return [(hit.term.id, hit.form) for hit in MATCHER.find(text, language)]


def ids(text: str, language: str) -> list[str]:
    return [name for name, _ in found(text, language)]


@pytest.mark.parametrize(
    "text",
    [
        "벤치마크", "벤치마크는", "벤치마크들을", "벤치마크에서의", "벤치마크로부터",
        "벤치마크라는",
        "벤치마크였다", "벤치마크입니다.", "벤치마크(benchmark)", "벤치마크별로", "이 벤치마크만은",
        "벤치 마크가", "AI벤치마크를", "‘벤치마크’", "**벤치마크**의",
    ],
)  # fmt: skip
def test_a_korean_term_is_found_with_particles_and_endings(text: str):
    assert ids(text, "ko") == ["benchmark"]


@pytest.mark.parametrize("text", ["양자화", "양자화한다", "양자화된", "양자화하면", "양자화했다"])
def test_a_korean_noun_is_found_as_the_stem_of_its_verb(text: str):
    assert ids(text, "ko") == ["quantization"]


@pytest.mark.parametrize("text", ["드라마", "모델링하는", "메타버스에서", "메타데이터", "롤모델링"])
def test_a_korean_term_is_not_found_inside_another_word(text: str):
    assert ids(text, "ko") == []


@pytest.mark.parametrize("text", ["언어 모델", "언어모델이", "언어 모델들", "언어\n모델"])
def test_spaces_in_a_korean_term_are_free(text: str):
    assert ids(text, "ko") == ["language-model"]


@pytest.mark.parametrize(
    "text",
    [
        "benchmark", "benchmarks", "Benchmarks", "BENCHMARK", "benchmark's", "benchmarks’",
        "benchmark-based",
        "the benchmark.", "(benchmark)", "benchmark/test",
    ],
)  # fmt: skip
def test_an_english_term_is_found_in_plural_possessive_and_any_case(text: str):
    assert ids(text, "en") == ["benchmark"]


@pytest.mark.parametrize("text", ["open source", "open-source", "Open Source", "open\nsource"])
def test_hyphens_and_spaces_are_one(text: str):
    assert ids(text, "en") == ["open-source"]


def test_a_plural_in_ies_is_found():
    assert found("two companies", "en") == [("company", "companies")]


@pytest.mark.parametrize(
    "text", ["modeling", "remodel", "benchmarked", "open sourcery", "supermodel"]
)
def test_an_english_term_is_not_found_inside_another_word(text: str):
    assert ids(text, "en") == []


def test_case_counts_for_terms_with_case():
    assert ids("meta data, Meta, META and llama", "en") == ["meta", "meta"]


def test_the_longest_term_wins():
    assert ids("language models and Llama 4", "en") == ["language-model", "llama-4"]
    assert ids("언어 모델과 라마 4는", "ko") == ["language-model", "llama-4"]


def test_a_version_is_no_part_of_a_longer_one():
    assert ids("GPT-5.4, GPT-5 and GPT-5.", "en") == ["gpt-5-4", "gpt-5", "gpt-5"]
    assert ids("GPT-5.4는 GPT-5보다", "ko") == ["gpt-5-4", "gpt-5"]
    assert ids("GPT-5-mini, GPT-50, GPT-5o", "en") == []
    assert ids("GPT-5-based", "en") == ["gpt-5"]


@pytest.mark.parametrize(
    "text",
    [
        "llama.cpp", "`Llama`", "``a ` Llama``", "[x](https://a.b/Llama)", "<https://a.b/Llama>", "https://a.b/Llama",
        '<b title="Llama">', "me@Llama", "Llama_2", "Llama-3", "meta.com", "Ollama",
    ],
)  # fmt: skip
def test_names_in_code_addresses_and_other_names_are_none(text: str):
    assert ids(text, "en") == []


def test_the_words_of_a_link_are_words():
    assert ids("[Llama](https://a.b)", "en") == ["llama"]


def test_offsets_are_those_of_the_text():
    text = "새 모델 **뮤즈 스파크**는"
    (hit,) = [hit for hit in MATCHER.find(text, "ko") if hit.term.id == "muse-spark"]
    assert text[hit.start : hit.end] == hit.form == "뮤즈 스파크"


def test_forbidden_forms_are_found_to_the_letter():
    text = "뮤즈스파크는 뮤스 스파크와 허깅 페이스에서"
    assert [hit.form for hit in MATCHER.forbidden(text, "ko")] == [
        "뮤즈스파크", "뮤스 스파크", "허깅 페이스",
    ]  # fmt: skip
    assert MATCHER.find("뮤즈스파크", "ko") == []
    assert MATCHER.forbidden("뮤즈 스파크와 허깅페이스", "ko") == []


def test_holding_a_term_counts_compounds():
    term = next(each for each in MATCHER.terms if each.id == "language-model")
    assert contains("초거대언어모델들", "ko", term)
    assert not contains("언어의 모델", "ko", term)


def test_an_unknown_language_has_no_forms():
    assert MATCHER.find("Llama", "de") == []


@given(st.text(max_size=80) | st.text(alphabet="GPT-5.4 Llama라마모델은는s'’`[]()", max_size=40))
def test_hits_lie_in_the_text_in_order_and_apart(text: str):
    for language in ("en", "ko"):
        last = 0
        for hit in MATCHER.scan(text, language):
            assert last <= hit.start < hit.end <= len(text)
            assert text[hit.start : hit.end] == hit.form
            last = hit.end


def test_fifty_thousand_terms_are_no_more_work_for_a_text_than_ten():
    """Counted in look-ups, not in time: only forms that begin as the text does are compared."""
    many = "".join(f"- {{id: t{n}, en: term {n}, ko: 용어 {n}번}}\n" for n in range(2_000))
    big = Matcher(parse(GLOSSARY + many, path="g").terms)
    text = "뮤즈 스파크는 언어 모델의 벤치마크에서 GPT-5.4보다 낮다."
    assert big.scan(text, "ko") == MATCHER.scan(text, "ko")
    index = big._by_language["ko"]
    assert max(len(lengths) for lengths in index.lengths.values()) < 10


@given(st.lists(st.text(alphabet="GPT-5.4 Llama라마모델은 ß", max_size=30), max_size=5))
def test_what_was_read_before_changes_no_hit(texts: list[str]):
    used = Matcher(parse(GLOSSARY, path="g").terms)
    for text in texts:
        fresh = Matcher(used.terms)
        for language in ("en", "ko"):
            assert used.scan(text, language) == fresh.scan(text, language)
