"""How the newsroom writes people's names that its glossary does not have."""

from __future__ import annotations

from bilingual.engines.base import Passage
from bilingual.engines.names import Names
from bilingual.model import Kind, Term


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
    names = Names([("정하린", "Jung Ha-rin")])
    assert asked(names, "정하린", key="author") == {"정하린": "Jung Ha-rin"}
    assert asked(names, "정하린", key="tags.0") == {}


def test_what_the_glossary_has_is_left_to_it():
    term = Term("choi", {"en": ("Choi Soo-yeon",), "ko": ("최수연",)})
    assert asked(Names([]), "최수연 네이버 대표는", terms=[term]) == {}


def test_a_foreign_name_is_known_by_the_brackets_it_once_stood_with():
    names = Names([("윌리엄 울프(William Wulf) 교수는 말했다.", "Professor William Wulf said.")])
    assert asked(names, "윌리엄 울프는 떠났다.") == {"윌리엄 울프": "William Wulf"}
    assert asked(names, "William Wulf left.", into="ko") == {"William Wulf": "윌리엄 울프"}


def test_a_korean_name_in_english_has_the_hangul_that_stood_beside_it_or_none():
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
