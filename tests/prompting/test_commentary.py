"""What a model says beside a translation is caught; what its source says itself is not."""

from __future__ import annotations

import pytest

from bilingual.model import Kind
from bilingual.prompting import answers, marks
from bilingual.prompting.request import Passage

SOURCE = (
    "The committee heard on Tuesday that companies want more time. The minister answered that the "
    "date stands."
)
DRAFT = "위원회는 화요일 기업들이 시간을 더 원한다는 말을 들었다. 장관은 날짜가 그대로라고 답했다."


def fatal(source: str, draft: str, languages: tuple[str, str] = ("en", "ko")) -> list[str]:
    protected = marks.protect(source)
    passage = Passage("1", Kind.PARAGRAPH, protected.text)
    found = answers.judge(passage, protected, draft, languages)
    return [str(fault.message) for fault in found if fault.fatal]


def test_a_bare_translation_is_used():
    assert not fatal(SOURCE, DRAFT)
    assert not fatal(DRAFT, SOURCE, ("ko", "en"))


@pytest.mark.parametrize(
    "opening",
    [
        "Okay, here's the Korean: ", "Sure! ", "Here is the Korean translation: ",
        "The translation is: ", "Translation (Korean): ", "In Korean: ", "Korean: ", "한국어: ",
        "번역 결과: ", "네, 번역하겠다. ", "알겠습니다. ", "물론입니다! ",
        "다음과 같이 번역할 수 있다: ", "아래는 요청하신 번역이다: ",
    ],
)  # fmt: skip
def test_a_remark_in_front_is_caught(opening):
    assert any("remarks" in each for each in fatal(SOURCE, opening + DRAFT))


@pytest.mark.parametrize(
    "ending",
    [
        " (Note: I used the plain style.)", " [Translator’s note: kept literal.]",
        " (번역 참고: 원문의 뉘앙스를 살렸다.)", " (역자 주: 날짜는 2월이다.)",
        " Let me know if you would like changes.", " I hope this helps!", " 이상이 번역문이다.",
        " 위 번역은 신문체로 작성하였다.", " 추가 수정이 필요하면 말씀해 달라.",
        "\n\n참고: 직역이다.",
    ],
)  # fmt: skip
def test_a_remark_behind_is_caught(ending):
    assert any("remarks" in each for each in fatal(SOURCE, DRAFT + ending))


@pytest.mark.parametrize(
    "draft",
    [
        "I'm sorry, but I can't assist with that.", "죄송하지만 이 요청은 도와드릴 수 없다.",
        "AI 언어 모델로서 그 내용은 다룰 수 없다.",
    ],
)  # fmt: skip
def test_a_refusal_is_no_draft(draft):
    assert any("declines to translate" in each for each in fatal(SOURCE, draft))


@pytest.mark.parametrize(
    "draft",
    ["번역할 텍스트를 제공해 달라.", "이 문장은 무슨 뜻인지 알 수 없어 번역하지 않는다."],
)
def test_a_refusal_that_speaks_of_translation_is_a_remark(draft):
    assert any("remarks" in each for each in fatal(SOURCE, draft))


@pytest.mark.parametrize(
    ("draft", "reason"),
    [
        (f'"{DRAFT}"', 'wrapped in "…"'),
        (f"「{DRAFT}」", "wrapped in 「…」"),
        (f"`{DRAFT}`", "wrapped in `…`"),
        (f"**{DRAFT}**", "wrapped in **…**"),
        (f'{{"translation": "{DRAFT}"}}', "wraps the translation in JSON"),
        (f'{{"1": "{DRAFT}"}}', "wraps the translation in JSON"),
        (f"[1] {DRAFT}", "begins with a number"),
        (f"1: {DRAFT}", "begins with a number"),
        (f"1. {DRAFT}", "begins with a number"),
        (f"{DRAFT} ({SOURCE})", "the source next to the translation"),
        (f"{SOURCE} → {DRAFT}", "the source next to the translation"),
        (f"{DRAFT}<|im_end|>", "control token: <|im_end|>"),
        (f"{DRAFT}<end_of_turn>", "control token: <end_of_turn>"),
        (f"{DRAFT} ### Instruction: next", "control token: ### Instruction"),
        (f"번역이다\n```\n{DRAFT}\n```", "wrapped in a code fence"),
        ("위원회는 화요일 기업들이 시간을 더 원한다는", "breaks off"),
        ("위원회는 화요일 말을 들었다. 장관은 날", "breaks off"),
    ],
)
def test_what_stands_around_a_translation_is_caught(draft, reason):
    assert any(reason in each for each in fatal(SOURCE, draft))


@pytest.mark.parametrize(
    "draft",
    [
        f"Sure! {SOURCE}", f"Here is the English translation: {SOURCE}", f"English: {SOURCE}",
        f"{SOURCE} (Note: kept literal.)", f"{SOURCE} Let me know if you need changes.",
        "I'm sorry, but I can't help with that.", f"“{SOURCE}”", f"1. {SOURCE}",
        f"{SOURCE} ({DRAFT})", f"{SOURCE}<|eot_id|>", "The committee heard on Tuesday that",
    ],
)  # fmt: skip
def test_so_it_is_into_english(draft):
    assert fatal(DRAFT, draft, ("ko", "en"))


@pytest.mark.parametrize(
    ("source", "draft"),
    [
        ("Korean: 84.1. English: 90.3.", "한국어: 84.1. 영어: 90.3."),
        ("Translation: still hard for small models.", "번역: 작은 모델에는 여전히 어렵다."),
        ("Note: the date stands.", "참고: 날짜는 그대로다."),
        ("The date stands (note: of the law).", "날짜는 그대로다(참고: 법의 날짜다)."),
        ("“The date stands,” he said.", "“날짜는 그대로다.”"),
        ('"The date stands and will stand for years."', '"날짜는 그대로이고 몇 년 더 그렇다."'),
        ("1. The date stands.", "1. 날짜는 그대로다."),
        ("I'm sorry, I can't do that, the robot said.", "미안하지만 그럴 수 없다고 로봇은 말했다."),
        ("Let me know if you need help, she wrote.", "도움이 필요하면 알려 달라고 그는 썼다."),
        ("Okay, said the minister.", "알겠다. 장관은 말했다."),
        ("Some rows could not be translated.", "일부 행은 번역할 수 없었다."),
        ("The method containing the logic that runs it.", "그것을 실행하는 논리가 담긴 메서드"),
        ('Set `{"translation": "x"}` in it.', "그 안에 <x1/>를 둔다."),
    ],
)  # fmt: skip
def test_what_the_source_says_itself_is_no_remark(source, draft):
    assert not fatal(source, draft)


@pytest.mark.parametrize(
    ("source", "draft"),
    [
        ("물론이다. 법은 그대로다.", "Of course. The law stands."),
        ("절차는 다음과 같습니다:", "Here's a quick summary of the steps:"),
        ("가능하다! 이벤트가 그 자리다.", "Absolutely! Events are the place for it."),
        ("죄송하지만 그럴 수 없다고 그는 답했다.", "Sorry, but I can't, he answered."),
        ("10만 277개", "100,277"),
    ],
)
def test_nor_into_english(source, draft):
    assert not fatal(source, draft, ("ko", "en"))


@pytest.mark.parametrize(
    ("source", "draft", "languages"),
    [
        ("Nvidia started production.", "엔비디아는 생산을", ("en", "ko")),
        ("엔비디아는 생산을 시작했다.", "Nvidia started the", ("ko", "en")),
        ("Nvidia started production of `H200`.", "엔비디아는 <x1/>의", ("en", "ko")),
    ],
)
def test_one_short_sentence_breaks_off_too(source, draft, languages):
    assert any("breaks off" in each for each in fatal(source, draft, languages))


def test_what_ends_behind_a_mark_may_be_whole():
    assert not fatal("Nvidia started `H200`.", "엔비디아가 생산하는 것은 <x1/>.")
    assert not fatal("See [the guide](https://a.example/).", "참고할 것은 <g1>안내서</g1>")
