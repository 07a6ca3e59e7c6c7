from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bilingual.model import Kind
from bilingual.prompting import answers, marks
from bilingual.prompting.request import Answer, Passage, Reply, Request

LONG = (
    "The company said on Tuesday that the new model costs far less to run than the one before it."
)
OTHER = "Analysts said that the price of memory will decide who can afford to serve it next year."


def request(*texts: str) -> Request:
    """A single text is asked for in brief, several by id."""
    passages = tuple(Passage(str(i), Kind.PARAGRAPH, text) for i, text in enumerate(texts, 1))
    return Request("en", "ko", passages, brief=len(texts) == 1)


def read(answer: str, *texts: str, finish: str = "stop") -> Answer:
    return reading_of(request(*texts), answer, finish)


def reading_of(asked: Request, answer: str, finish: str = "stop") -> Answer:
    """Read and check a reply; the texts are those without a problem."""
    checked = answers.checked(asked, answers.read(asked, Reply(answer, finish)))
    return replace(checked, texts=checked.good)


def said(reading: Answer, passage: str) -> list[str]:
    return [str(fault.message) for fault in reading.problems.get(passage, ())]


def judged(
    source: str, draft: str, *, kind: Kind = Kind.PARAGRAPH, into: str = "ko"
) -> dict[str, bool]:
    """Return the problems of ``draft``, each with whether it is fatal."""
    languages = ("ko", "en") if into == "en" else ("en", "ko")
    protected = marks.protect(source)
    passage = Passage("1", kind, protected.text)
    return {str(f.message): f.fatal for f in answers.judge(passage, protected, draft, languages)}


def test_a_single_answer_is_its_text():
    assert read(" 안녕 \n", "Hello").texts == {"1": "안녕"}


def test_rows_are_matched_by_id_in_whatever_order():
    assert read('{"2": "나", "1": "가"}', "a", "b").texts == {"1": "가", "2": "나"}


@pytest.mark.parametrize(
    "answer",
    [
        '{"translations": [{"id": "1", "text": "가"}, {"id": 2, "text": "나"}]}',
        '```json\n{"1": "가", "2": "나"}\n```',
        '{"translations": {"1": "가", "2": "나"}}',
    ],
)
def test_other_shapes_of_the_same_rows_are_understood(answer):
    assert read(answer, "a", "b").texts == {"1": "가", "2": "나"}


def test_a_missing_row_leaves_the_others_where_those_behind_it_kept_their_ids():
    reading = read('{"1": "가", "3": "다"}', "a", "b", "c")
    assert reading.texts == {"1": "가", "3": "다"}
    assert said(reading, "2") == ["the answer has no translation for this unit"]


def test_without_the_last_row_no_row_is_trusted():
    """The model ran two texts together, and each behind them is one id too far."""
    merged = {"1": "첫 문장과 둘째 문장이다.", "2": "셋째 문장이다."}
    reading = read(json.dumps(merged), "First.", "Second.", "Third.")
    assert reading.texts == {}
    assert "may be shifted" in said(reading, "2")[0]
    assert said(reading, "3") == ["the answer has no translation for this unit"]


def test_a_doubled_row_is_not_used():
    reading = read('{"1": "가", "1": "나", "2": "다"}', "a", "b")
    assert reading.texts == {"2": "다"}
    assert said(reading, "1") == ["the answer has this unit twice"]


def test_rows_nobody_asked_for_make_all_doubtful():
    assert read('{"1": "가", "2": "나", "3": "다"}', "a", "b").texts == {}


def test_one_translation_for_two_different_texts_is_a_shift():
    reading = read(json.dumps({"1": "같은 문장이다.", "2": "같은 문장이다."}), LONG, OTHER)
    assert reading.texts == {}
    assert "may be shifted" in said(reading, "1")[0]


def test_one_translation_for_the_same_text_twice_is_none():
    answer = json.dumps({"1": "같은 문장이다.", "2": "같은 문장이다."})
    assert len(read(answer, LONG, LONG).texts) == 2


HEARING = (
    "The committee heard on Tuesday that companies want more time to label what they make.",
    "The minister answered that the date in the law stands and that guidance follows in May.",
    "A civic group said that labels nobody can read are no labels, and showed some.",
    "Lawyers for the industry asked for a longer period before the first fines are due.",
)
HEARD = (
    "위원회는 화요일 기업들이 만드는 것에 라벨을 붙일 시간을 더 원한다는 말을 들었다.",
    "장관은 법에 정한 날짜는 그대로이고 지침은 5월에 나온다고 답했다.",
    "시민단체는 아무도 읽을 수 없는 라벨은 라벨이 아니라고 말하며 몇 개를 보여 줬다.",
    "업계 변호사들은 첫 과태료가 부과되기 전에 더 긴 기간을 요청했다.",
)
MISPLACED = ["the answer may have another unit's translation here"]


def both_ways(*texts: str) -> list[Answer]:
    """Read an answer of Korean ``texts``, and of the English ones in the same places."""
    english = [HEARING[HEARD.index(text)] if text in HEARD else text for text in texts]
    readings = []
    for languages, sources, answered in (
        (("en", "ko"), HEARING, texts),
        (("ko", "en"), HEARD, english),
    ):
        passages = tuple(Passage(str(n), Kind.PARAGRAPH, text) for n, text in enumerate(sources, 1))
        rows = {str(n): text for n, text in enumerate(answered, 1)}
        readings.append(reading_of(Request(*languages, passages), json.dumps(rows)))
    return readings


def test_texts_in_their_own_rows_are_used():
    for reading in both_ways(*HEARD):
        assert len(reading.texts) == 4
        assert not reading.problems


@pytest.mark.parametrize(("one", "other"), [(0, 1), (1, 2), (2, 3), (0, 3)])
def test_two_rows_in_each_others_place_are_not_used_and_the_others_are(one, other):
    texts = list(HEARD)
    texts[one], texts[other] = texts[other], texts[one]
    for reading in both_ways(*texts):
        assert {int(key) - 1 for key in reading.problems} == {one, other}
        assert said(reading, str(one + 1)) == MISPLACED


def test_a_row_cut_in_two_that_moves_the_others_down_makes_all_doubtful():
    halves = "위원회는 화요일 기업들이 만드는 것에", "라벨을 붙일 시간을 더 원한다는 말을 들었다."
    passages = tuple(Passage(str(n), Kind.PARAGRAPH, text) for n, text in enumerate(HEARING, 1))
    texts = (*halves, *HEARD[1:3])
    rows = {str(n): text for n, text in enumerate(texts, 1)}
    reading = reading_of(Request("en", "ko", passages), json.dumps(rows))
    assert not reading.texts
    assert said(reading, "1") == MISPLACED


def test_two_rows_run_together_that_move_the_others_up_make_all_doubtful():
    passages = tuple(Passage(str(n), Kind.PARAGRAPH, text) for n, text in enumerate(HEARING, 1))
    texts = (f"{HEARD[0]} {HEARD[1]}", HEARD[2], "업계 변호사들은 더 긴 기간을", "요청했다.")
    rows = {str(n): text for n, text in enumerate(texts, 1)}
    reading = reading_of(Request("en", "ko", passages), json.dumps(rows))
    assert not reading.texts


def test_rows_that_moved_by_one_are_found_by_their_numbers_and_names():
    sources = ("Muse Spark: 52", "GPT-5.4: 57", "Claude Opus 4.6: 53", "Grok 4.20: 48")
    drafts = ("뮤즈 스파크: 52", "뮤즈 스파크 52점", "GPT-5.4: 57", "Claude Opus 4.6: 53")
    assert not read(json.dumps({str(n): t for n, t in enumerate(drafts, 1)}), *sources).texts


def test_texts_that_are_alike_in_all_that_is_compared_stay_where_they_are():
    """Nothing tells two such rows apart, and a right answer must not be asked for again."""
    sources = ("Nobody agreed.", "Nobody spoke.", "Nobody left.")
    drafts = ("아무도 동의하지 않았다.", "아무도 말하지 않았다.", "아무도 떠나지 않았다.")
    assert len(read(json.dumps({str(n): t for n, t in enumerate(drafts, 1)}), *sources).texts) == 3


@pytest.mark.parametrize("texts", [("a",), ("a", "b")])
def test_an_answer_cut_at_the_token_limit_is_not_used(texts):
    reading = read('{"1": "가", "2": "나"}', *texts, finish="length")
    assert not reading.texts
    assert said(reading, "1") == ["the answer was cut off at the token limit"]


def test_half_a_json_is_not_used():
    reading = read('{"1": "가", "2": "나', "a", "b")
    assert not reading.texts
    assert "not the JSON object" in said(reading, "2")[0]


@pytest.mark.parametrize(
    ("draft", "reason"),
    [
        ("```\n회사는 화요일에 밝혔다.\n```", "the answer is wrapped in a code fence"),
        ("Here is the translation: 회사는 화요일에 밝혔다.", "remarks"),
        ("Sure! 회사는 화요일에 밝혔다.", "remarks"),
        ("번역: 회사는 화요일에 밝혔다.", "remarks"),
        ("다음은 요청하신 한국어 번역입니다: 회사는 밝혔다.", "remarks"),
        ("회사는 화요일에 밝혔다.\n\n참고: 직역입니다.", "remarks"),
        ("회사는 화요일에\n밝혔다.", "the answer has 2 lines where the source has one"),
        ("회사는 밝혔다. " * 9, "the answer repeats itself"),
        (LONG, "the answer is the source, not a translation"),
        ("The firm told reporters on Tuesday that it costs less.", "the answer is not in Korean"),
        ("", "the answer is empty"),
    ],
)
def test_what_is_no_translation_is_refused(draft, reason):
    found = judged(LONG, draft)
    assert any(reason in message and fatal for message, fatal in found.items()), found


def test_chinese_characters_in_korean_are_worth_asking_again_but_not_fatal():
    assert judged(LONG, "회사는 화요일에 模型이 훨씬 저렴하다고 밝혔다.") == {
        "the answer contains Chinese characters: 模型": False
    }


def test_chinese_characters_of_the_source_may_stay():
    assert not judged(
        "The word 人 means person in the old script.", "人은 옛 글자로 사람을 뜻한다."
    )


def test_polite_endings_are_not_the_register_of_news():
    assert list(judged(LONG, "회사는 화요일에 모델이 훨씬 저렴하다고 밝혔습니다.").values()) == [
        False
    ]


def test_a_name_may_stay_as_it_is_in_a_cell():
    assert not judged("Claude Opus 4.6", "Claude Opus 4.6", kind=Kind.CELL)


def test_a_good_draft_has_no_problems():
    assert not judged(
        LONG, "회사는 새 모델의 운영 비용이 이전 모델보다 훨씬 적게 든다고 화요일 밝혔다."
    )
    assert not judged(
        "메타는 143억 달러를 투자했다고 밝혔다.",
        "Meta said it had invested $14.3 billion.",
        into="en",
    )


def test_korean_left_in_english_is_worth_asking_again():
    found = judged(
        "메타는 스케일AI에 143억 달러를 투자했다.", "Meta put $14.3 billion in 스케일AI.", into="en"
    )
    assert found == {"the answer contains Korean: 스케일": False}


def test_a_copy_of_the_korean_is_refused():
    assert judged("메타가 새 모델을 공개했다.", "메타가 새 모델을 공개했다.", into="en") == {
        "the answer is the source, not a translation": True
    }


def test_a_lost_mark_is_named():
    found = judged("Run `make demo` now to see it.", "지금 실행해 보라.")
    assert found == {"the mark <x1/> is missing": True}


@pytest.mark.parametrize(
    "draft",
    [
        "회사는 새 모델을 발표했다. 값은 그대로다. 회사는 새 모델을 발표했다. 값은 그대로다.",
        "회사는 새 모델을 발표했다. 값은 그대로라고 밝혔다. 값은 그대로라고 밝혔다.",
    ],
)
def test_a_draft_that_says_it_twice_is_refused(draft):
    found = judged("The company showed a new model. The price stays, it said.", draft)
    assert any("repeats itself" in each for each in found)


def test_a_source_that_says_it_twice_may_be_translated_so():
    source = "We will not sell it. We will not sell it."
    assert not judged(source, "우리는 팔지 않겠다고 했다. 우리는 팔지 않겠다고 했다.")


def test_a_source_that_repeats_itself_may_do_so_in_translation():
    assert not judged("Ha ha ha ha ha ha ha ha!", "하하하하하하하하하하하하!")
