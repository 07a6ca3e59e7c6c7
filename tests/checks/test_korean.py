"""What the Korean rules find, and where they keep silent, on sentences of real articles."""

from __future__ import annotations

import unicodedata

import pytest

from bilingual.checks import registry
from bilingual.glossary.match import Matcher
from bilingual.model import Entry, Finding, Kind, State, Target, Term

TERMS = (
    Term("glm", {"en": ("GLM-5.1",), "ko": ("GLM-5.1",)}, keep=True, reading="지엘엠 오점일"),
    Term("vite", {"en": ("Vitest",), "ko": ("Vitest",)}, keep=True, reading="비테스트"),
    Term("spark", {"en": ("Muse Spark",), "ko": ("뮤즈 스파크",)}, reading="뮤즈 스파크"),
)


def findings(rule: str, target: str, source: str = "") -> list[Finding]:
    entry = Entry("u", Kind.PARAGRAPH, source, target=Target(target, State.REVIEWED))
    unit = registry.subject(entry, ("en", "ko"), Matcher(TERMS))
    return list(registry.run([unit], registry.select([rule])))


def fixed(rule: str, target: str) -> str:
    """``target`` after every fix of ``rule``, one after the other, as ``--fix`` does it."""
    for _ in range(20):
        fixes = [each.fix for each in findings(rule, target) if each.fix]
        if not fixes:
            break
        target = fixes[0].target
    return target


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("LLM는 토큰를 읽는다.", "LLM은 토큰을 읽는다."),
        ("URL를 복사해 API으로 보낸다.", "URL을 복사해 API로 보낸다."),
        ("점수는 2을 넘어 6로 올랐다.", "점수는 2를 넘어 6으로 올랐다."),
        ("41%을 얻었다.", "41%를 얻었다."),
        ("80GB을 쓴다.", "80GB를 쓴다."),
        ("GLM-5.1를 공개했다.", "GLM-5.1을 공개했다."),
        ("Vitest을 쓴다.", "Vitest를 쓴다."),
        ("뮤즈 스파크은 비공개다.", "뮤즈 스파크는 비공개다."),
        ("용어(Term)은 뜻이 있다.", "용어(Term)는 뜻이 있다."),
        ("대규모 언어 모델(LLM)를 쓴다.", "대규모 언어 모델(LLM)을 쓴다."),
        ("`map`를 부른다.", "`map`을 부른다."),
        ("`<button />`를 누른다.", "`<button />`을 누른다."),
        ("**API**은 느리다.", "**API**는 느리다."),
        ("[안내서](https://e.org/x)을 읽는다.", "[안내서](https://e.org/x)를 읽는다."),
        ("“제로”을 뜻한다.", "“제로”를 뜻한다."),
        ("<b>모델</b>는 크다.", "<b>모델</b>은 크다."),
        ("의존성<sup>Dependencies</sup>를 푼다.", "의존성<sup>Dependencies</sup>을 푼다."),
        ("Python와 Rust로 쓴다.", "Python과 Rust로 쓴다."),
        ("URL란 주소다.", "URL이란 주소다."),
        ("URL라는 주소다.", "URL이라는 주소다."),
        ("컨테이너들는 드라마을 본다.", "컨테이너들은 드라마를 본다."),
        ("서울으로 사람로 책과 데이터과", "서울로 사람으로 책과 데이터와"),
    ],
)
def test_particles_are_found_and_fixed(wrong: str, right: str):
    right = right.replace("의존성<sup>Dependencies</sup>을", "의존성<sup>Dependencies</sup>을")
    assert fixed("particle", wrong) == right
    assert findings("particle", right) == []


@pytest.mark.parametrize(
    "text",
    [
        "회의가 끝나고 나이와 가이드, 결과와 효과를 다시 새로 보았다.",
        "아는 것과 있는 것, 많은 것, 들를 곳과 이를 곳.",
        "그는 “이 모델은 크다”고 했고 **이** 모델을 가리켰다.",
        "1) 이 모델, (이 모델), [이 문서](https://e.org)를 본다.",
        "라마 3은 라마 3는 뒤이다. 웹3가 온다.",
        "RAG은 RAG는 뜻이 같다. LLMs는 LLMs은 복수다.",
        "`git commit`을 하고 `--flag`를 준다.",
        "<br>이 줄은 새 줄이다.",
        "늦가을 한옥마을 저녁노을과 관련지을 온실효과",
        "김하은 기자는 니카라과 산책로에서 소아과 의사를 만났다.",
        "100가지, 3가지, API가격, GPT이후",
    ],
)
def test_words_that_only_look_like_a_wrong_particle_are_left_alone(text: str):
    assert findings("particle", text) == []


def test_the_place_of_a_finding_is_the_word_with_its_particle():
    text = "먼저 API은 빠르다."
    (found,) = findings("particle", text)
    assert text[slice(*found.span)] == "API은"


def test_decomposed_hangul_is_composed_and_code_is_left():
    text = (
        unicodedata.normalize("NFD", "한글 모델") + " `" + unicodedata.normalize("NFD", "값") + "`"
    )
    assert fixed("unicode-form", text) == "한글 모델 `" + unicodedata.normalize("NFD", "값") + "`"


@pytest.mark.parametrize("character", ["\u200b", "\u00ad", "\ufeff", "\u200e", "\u2060"])
def test_characters_of_no_width_are_removed(character: str):
    assert fixed("unicode-form", f"모델{character}이 읽는다.") == "모델이 읽는다."


def test_a_half_typed_syllable_is_completed():
    assert fixed("unicode-form", "모데ㄹ이 읽는다.") == "모델이 읽는다."


@pytest.mark.parametrize(
    "text", ["👨‍👩‍👧 가족", "재미있다ㅋㅋㅋ", "ㄱ과 ㄴ, ‘ㅏ’를 배운다.", "ㅠㅠ"]
)
def test_emoji_laughter_and_letters_are_good_characters(text: str):
    assert findings("unicode-form", text) == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("GPT 는 `map` 을 쓴다.", "GPT는 `map`을 쓴다."),
        ("데이터를  읽는다 .", "데이터를 읽는다."),
        ("점수는 50 % 다.", "점수는 50% 다."),
        ("끝났다.그는 갔다.", "끝났다. 그는 갔다."),
        ("용어( 여기 )는", "용어(여기)는"),
    ],
)
def test_spaces_are_fixed(wrong: str, right: str):
    assert fixed("spacing", wrong) == right


@pytest.mark.parametrize(
    "text",
    [
        "줄 끝의 두 칸은  \n줄바꿈이다.",
        "GPT 이 모델과 AI 모델, AI모델, 3개월, 80 GB, 10 개.",
        "“끝났다.”라고 했다. “끝났다.”고 했다.",
        ".gitignore 와일드카드 ...",
        "`a`  \n`b`",
    ],
)
def test_good_spaces_are_left_alone(text: str):
    assert findings("spacing", text) == []


def test_a_fix_of_a_space_that_would_break_bold_is_not_offered():
    (found,) = findings("spacing", "**용어(Term)** 는 뜻이 있다.")
    assert found.fix is None


def pair(*units: tuple[Kind, str]) -> list[str]:
    """The words that the register rule finds in an article of ``units``."""
    entries = [
        Entry(str(number), kind, "x", target=Target(text, State.REVIEWED))
        for number, (kind, text) in enumerate(units)
    ]
    article = registry.pair("a", entries, ("en", "ko"), Matcher(()))
    found = registry.run([article], registry.select(["register-mixed"]))
    return [each.target[slice(*each.span)] for each in found]


P = Kind.PARAGRAPH


def test_the_minority_register_is_named_by_unit():
    polite = (P, "모델은 글을 읽습니다. 그리고 씁니다.")
    plain = (P, "모델은 글을 읽었다. 빠르다.")
    assert pair(polite, polite, plain) == ["읽었다"]
    assert pair(plain, plain, (P, "글을 읽습니다.")) == ["읽습니다"]
    assert pair(plain, plain, (P, "글을 읽어요.")) == ["읽어요"]


def test_titles_quotations_and_fragments_have_no_register():
    plain = (P, "모델은 글을 읽는다.")
    assert pair(plain, (Kind.HEADING, "직접 해 보세요."), (Kind.CAPTION, "사진입니다.")) == []
    assert pair(plain, (P, "그는 “빠릅니다. 좋아요.”라고 말했다."), (P, "캐나다. 필요.")) == []
    assert pair((P, "값이 아니다."), plain) == []


def test_an_article_that_is_evenly_mixed_has_no_minority():
    assert pair((P, "글을 읽는다."), (P, "글을 읽습니다.")) == []


@pytest.mark.parametrize(
    ("source", "target", "rule"),
    [
        ("The court never ruled.", "법원은 판결했다.", "negation-mismatch"),
        ("He said it works.", "그것은 작동한다.", "attribution-mismatch"),
        ("It may rain.", "비가 온다.", "hedge-mismatch"),
    ],
)
def test_news_sense_is_a_warning(source: str, target: str, rule: str):
    (found,) = findings(rule, target, source)
    assert found.severity == "warning"


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("It did not fail.", "성공했다. 문제는 전혀 없었다."),
        ("Don't forget to save.", "저장하세요."),
        ("In May it shipped.", "5월에 나왔다."),
        ("Filter it according to the input.", "입력에 맞춰 거른다."),
        ("The API was deprecated.", "이 API는 더 이상 쓰이지 않습니다."),
    ],
)
def test_free_translations_keep_their_sense(source: str, target: str):
    for rule in ("negation-mismatch", "attribution-mismatch", "hedge-mismatch"):
        assert findings(rule, target, source) == []
