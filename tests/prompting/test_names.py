"""How the newsroom writes people's names that its glossary does not have."""

from __future__ import annotations

import pytest

from bilingual.model import Kind, Term
from bilingual.prompting.names import Names
from bilingual.prompting.request import Passage


def asked(names: Names, text: str, *, key: str = "", into: str = "en", terms=()) -> dict[str, str]:
    passage = Passage("1", Kind.FIELD if key else Kind.PARAGRAPH, text, key)
    source = "ko" if into == "en" else "en"
    return dict(names.of([passage], source, into, terms))


def test_a_name_nobody_spelled_yet_is_romanised():
    assert asked(Names([]), "김민수 서울대 교수는 말했다.") == {"김민수": "Kim Min-su"}


def test_a_spelling_that_people_approved_goes_before_the_rule():
    names = Names(
        [
            ("박경수 대표가 말했다.", "CEO Park Kyung-soo said."),
            ("박경수 대표가 또 말했다.", "Park Kyung-soo said again."),
            ("박경수 대표", "CEO Park Gyeongsu"),
        ]
    )
    assert asked(names, "박경수 대표는 웃었다.") == {"박경수": "Park Kyung-soo"}


def test_a_byline_is_a_name_and_a_tag_is_none():
    names = Names([])
    assert asked(names, "정하린", key="author") == {"정하린": "Jung Ha-rin"}
    assert asked(names, "정하린", key="tags.0") == {}
    assert asked(names, "양자화", key="tags.0") == {}


def test_a_tag_that_is_a_person_known_by_name_is_spelled_as_approved():
    assert asked(Names([("정하린", "Jung Harin")]), "정하린", key="tags.0") == {
        "정하린": "Jung Harin"
    }


def test_what_the_glossary_has_is_left_to_it():
    term = Term("choi", {"en": ("Choi Soo-yeon",), "ko": ("최수연",)})
    assert asked(Names([]), "최수연 네이버 대표는", terms=[term]) == {}


def test_a_foreign_name_is_known_by_the_brackets_it_once_stood_with():
    names = Names([("윌리엄 울프(William Wulf) 교수는 말했다.", "Professor William Wulf said.")])
    assert asked(names, "윌리엄 울프는 떠났다.") == {"윌리엄 울프": "William Wulf"}
    assert asked(names, "William Wulf left.", into="ko") == {"William Wulf": "윌리엄 울프"}


def test_a_korean_name_in_english_keeps_the_hangul_next_to_it_or_has_none():
    names = Names([("정하린", "Jung Ha-rin"), ("오세민 기자는", "Reporter Oh Se-min")])
    assert asked(names, "Jung Ha-rin and Oh Se-min wrote it.", into="ko") == {
        "Jung Ha-rin": "정하린",
        "Oh Se-min": "오세민",
    }
    assert asked(Names([]), "Kim Min-su said so.", into="ko") == {}


def test_one_name_is_written_the_same_in_every_request():
    names = Names([])
    first = asked(names, "이현정 대표는 말했다.")
    assert first == asked(names, "이현정 대표가 말했다.") == {"이현정": "Lee Hyeon-jeong"}


NEWSROOM = [
    "---\ntitle: 김민수 “새 AI 조직 곧 출범”\n---\n\n김민수 네이버 대표는 박서준 연구원과 왔다.\n",
    "하루 뒤 남궁훈 전 대표가 답했다. 이미지 300장을 본 이해 당사자는 한국 정보를 믿지 않았다.\n",
]
"""Articles in which people stand with a title once."""


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("김민수 “새 AI 조직 곧 출범”… 박서준은 침묵", ["김민수", "박서준"]),
        ("김민수와 박서준이 다시 만났다.", ["김민수", "박서준"]),
        ("“김민수가 맞다”고 남궁훈에게도 알렸다.", ["김민수", "남궁훈"]),
        ("박서준·김민수, 무대에 서다", ["박서준", "김민수"]),
        ("김민수학원과 박서준길은 남궁훈련소 옆이다.", []),
        ("이미지와 이해관계, 한국 정보가 늘었다.", []),
        ("정하린이 왔다.", []),
    ],
)
def test_who_has_a_title_anywhere_in_the_newsroom_is_known_without_one(text, people):
    names = Names([], NEWSROOM)
    usual = {"김민수": "Kim Min-su", "박서준": "Park Seo-jun", "남궁훈": "Namgung Hun"}
    assert asked(names, text) == {name: usual[name] for name in people}


def test_who_was_approved_by_name_is_known_without_a_title_and_keeps_the_spelling():
    names = Names([("정하린, 서울에서 답하다", "Harin Jeong answers in Seoul")], NEWSROOM)
    assert asked(names, "정하린은 웃었다.") == {"정하린": "Harin Jeong"}
    assert asked(names, "Harin Jeong smiled.", into="ko") == {"Harin Jeong": "정하린"}


def test_a_word_that_was_once_taken_for_a_name_is_none():
    many = ["양자화 위원은 없다.", *["양자화가 답이다."] * 30]
    assert asked(Names([], many), "양자화는 어렵다.") == {}
    approved = [("양자화가 답이다.", "Quantization is the answer.")]
    assert asked(Names(approved, []), "양자화는 어렵다.") == {}


def test_only_names_that_occur_are_asked_for():
    texts = [f"김{first}{last} 대표가 왔다." for first in "민수지현서" for last in "준호영우진"]
    assert asked(Names([], texts), "김민준이 왔다.") == {"김민준": "Kim Min-jun"}


def test_the_newsrooms_texts_are_read_only_for_a_korean_one():
    def texts():
        raise AssertionError
        yield ""

    assert asked(Names([], texts()), "Kim Min-su said so.", into="ko") == {}
