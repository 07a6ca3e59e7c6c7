"""Suggesting: which names the glossary lacks, and how people have translated them so far."""

from __future__ import annotations

import pytest

from bilingual.glossary.collocation import Collocations, phrases, stem
from bilingual.glossary.name import glosses, names
from bilingual.glossary.schema import parse
from bilingual.glossary.suggest import Suggestion, UnitText, scalar, suggest, yaml
from bilingual.language.mask import mask_code

KNOWN = parse("- {id: meta, en: Meta, ko: 메타, case: true, kind: company}\n", path="g").terms


def passage(source: str, target: str = "", *, line: int = 1, running: bool = True) -> UnitText:
    language = "ko" if "다." in source or "다," in source else "en"
    return UnitText(f"articles/a/index.{language}.md", line, source, target, language, running)


def found(*passages: UnitText, least: int = 2) -> dict[str, Suggestion]:
    return {each.en: each for each in suggest(passages, KNOWN, least=least)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Muse Spark model beats Claude Opus 4.6.", ["Muse Spark", "Claude Opus 4.6"]),
        ("It uses HBM3E and two LLMs.", ["HBM3E", "LLM"]),
        ("Researchers at the University of Toronto met.", ["University of Toronto"]),
        ("In April, Anthropic's team ran gpt-oss-120b.", ["Anthropic", "gpt-oss-120b"]),
        ("A GPT-5-based agent on Tuesday used 16 GB.", ["GPT-5"]),
        ("Models are large. Weights are open.", []),
        ("See v4.0 of `Muse Spark` at https://a.b/Muse", []),
    ],
)
def test_names_of_an_english_sentence(text, expected):
    common = {"models", "weights", "researchers"}
    assert [each.form for each in names(mask_code(text), korean=False, common=common)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("29세 알렉산더 왕(Alexandr Wang)이", [("알렉산더 왕", "Alexandr Wang")]),
        ("메타의 **뮤즈 스파크**(Muse Spark)는", [("뮤즈 스파크", "Muse Spark")]),
        ("지난 29일 삼성전자(Samsung Electronics)가", [("삼성전자", "Samsung Electronics")]),
        (
            "고대역폭 메모리(high bandwidth memory, HBM)",
            [("고대역폭 메모리", "high bandwidth memory"), ("고대역폭 메모리", "HBM")],
        ),
        ("제미나이 3.1 프로(Gemini 3.1 Pro)와", [("제미나이 3.1 프로", "Gemini 3.1 Pro")]),
        ("클로드 오퍼스 4.6(Claude Opus 4.6)", [("클로드 오퍼스 4.6", "Claude Opus 4.6")]),
        ("이 모델은 전문가 혼합(MoE)이다", [("전문가 혼합", "MoE")]),
        ("구글 인공지능(AI)", [("인공지능", "AI")]),
        ("MIT(매사추세츠 공과대학)가", [("매사추세츠 공과대학", "MIT")]),
        ("GPT(Generative Pre-trained Transformer)", []),
        ("빠르다(so they say that it is quick and good)", []),
    ],
)
def test_a_korean_form_with_its_original_gives_both(text, expected):
    assert [(each.korean, each.original) for each in glosses(text)] == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("스파크는", "스파크"), ("모델을", "모델"), ("벤치마크들의", "벤치마크"),
        ("제미나이", "제미나이"),
        ("회의", "회의"), ("GPT-5.4는", "GPT-5.4"), ("Meta's", "Meta"), ("모델로", "모델"),
        ("전문가", "전문가"),
    ],
)  # fmt: skip
def test_only_a_particle_that_fits_the_sound_before_it_is_taken_off(word, expected):
    assert stem(word) == expected


def test_a_latin_word_written_onto_a_korean_one_is_part_of_another_name():
    text = "SK하이닉스와 LG AI연구원은 GPU를 샀다."
    assert [each.form for each in names(text, korean=True)] == ["GPU"]


def test_phrases_do_not_cross_punctuation_or_particles():
    assert phrases("공개 가중치는 허브에, 있다") == {"공개", "공개 가중치", "가중치", "허브"}


def test_a_word_that_goes_with_a_term_is_its_company():
    targets = ["공개 가중치를 받았다", "새 공개 가중치가 나왔다", "허브가 받았다", "새 허브"]
    best = next(Collocations(targets).associated([0, 1]))
    assert (best.form, best.units, best.score) == ("공개 가중치", 2, 1.0)


def test_a_first_mention_in_the_translation_gives_the_form():
    each = found(
        passage("A start by Scale AI.", "스케일 AI(Scale AI)의 출발이다.", line=3),
        passage("We saw Scale AI grow.", "오늘 스케일 AI는 커졌다.", line=9),
    )["Scale AI"]
    assert each.ko == "스케일 AI"
    assert each.count == 2
    assert each.attested[0].how == "brackets"
    assert each.attested[0].units == 2
    assert each.places == ["articles/a/index.en.md:3", "articles/a/index.en.md:9"]


def test_a_name_that_stays_latin_is_kept():
    each = found(
        passage("We ran ImageNet.", "우리는 ImageNet을 돌렸다."),
        passage("Then ImageNet again.", "다시 ImageNet이다."),
    )["ImageNet"]
    assert (each.ko, each.attested[0].how, each.attested[0].units) == ("keep", "kept", 2)


def test_a_form_without_brackets_is_a_guess_by_company():
    each = found(
        passage("He met Sam Altman.", "그는 샘 올트먼을 만났다."),
        passage("It was Sam Altman.", "샘 올트먼이 거기 있었다."),
        passage("It was late.", "늦은 밤이 거기 있었다."),
    )["Sam Altman"]
    assert (each.attested[0].form, each.attested[0].how) == ("샘 올트먼", "company")


def test_a_korean_article_gives_both_forms_at_once():
    each = found(passage("희소 주의(sparse attention)를 썼다."))["sparse attention"]
    assert (each.ko, each.count) == ("희소 주의", 1)


def test_what_the_glossary_has_is_not_suggested():
    assert "Meta" not in found(
        passage("We saw Meta grow."), passage("And Meta too, or Meta's labs.")
    )


def test_one_mention_alone_is_none_and_a_heading_alone_makes_no_name():
    assert not found(passage("We saw ImageNet."))
    assert not found(
        passage("Why Models Grow", running=False), passage("Why Models Grow", running=False)
    )


def test_the_yaml_is_a_glossary_to_paste():
    suggestions = suggest(
        [
            passage("A start by Scale AI.", "스케일 AI(Scale AI)의 출발이다."),
            passage("We ran ImageNet and DeepMind."),
            passage("Then ImageNet and DeepMind."),
            passage("모두 KMMLU를 썼다."),
            passage("다시 KMMLU를 썼다."),
        ],
        KNOWN,
    )
    text = "\n".join(yaml(suggestions))
    terms = {term.id: term for term in parse(text, path="pasted").terms}
    assert terms["scale-ai"].forms["ko"][0] == "스케일 AI"
    assert terms["scale-ai"].first_mention == "스케일 AI(Scale AI)"
    assert terms["kmmlu"].keep
    assert "imagenet" not in terms
    assert "# - id: imagenet" in text


@pytest.mark.parametrize(
    "text", ["yes", "4.6", "a: b", "#1", "LLaMA", "뮤즈 스파크", 'say "x"', "-"]
)
def test_every_form_survives_yaml(text):
    (term,) = parse(f"- {{id: x, en: {scalar(text)}, ko: 말}}", path="g").terms
    assert term.forms["en"] == (text,)
