"""Korean people's names: found in text, written in Latin letters, recognised by sound."""

from __future__ import annotations

import pytest

from bilingual.language.ko.person import byline, find_people
from bilingual.language.ko.romanise import find_spelling, romanise


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("김민수", "Kim Min-su"),
        ("정하린", "Jung Ha-rin"),
        ("오세민", "Oh Se-min"),
        ("이유아", "Lee Yu-a"),
        ("홍빛나", "Hong Bit-na"),  # no assimilation: not Bin-na
        ("김설리", "Kim Seol-li"),
        ("남궁민수", "Namgung Min-su"),
        ("선우재덕", "Sunwoo Jae-deok"),
        ("허준", "Heo Jun"),
        ("남궁훈", "Namgung Hun"),
        ("황보라", "Hwang Bo-ra"),
    ],
)
def test_a_name_is_romanised_family_first_with_a_hyphen(name: str, written: str):
    assert romanise(name) == written


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("최수연", "NAVER CEO Choi Soo-yeon said so.", "Choi Soo-yeon"),
        ("곽노정", "Kwak Noh-Jung of SK hynix", "Kwak Noh-Jung"),
        ("최태원", "SK Group Chairman Chey Tae-won", "Chey Tae-won"),
        ("한지원", "By Jiwon Han", "Jiwon Han"),
        ("유경수", "Ryu Kyungsoo met Kim Kyung-soo", "Ryu Kyungsoo"),
        ("김민수", "Park Min-su met Meta Superintelligence Labs", ""),
        ("박서준", "Memory Park Seoul", ""),
    ],
)
def test_the_bearers_own_spelling_is_recognised_by_sound(name: str, text: str, form: str):
    assert find_spelling(name, text) == form


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("최수연 네이버 대표는 “AI를 쓴다”고 말했다.", ["최수연"]),
        ("곽노정 SK하이닉스 대표이사 사장이 밝혔다.", ["곽노정"]),
        ("김민수 서울대 컴퓨터공학부 교수가 논문을 냈다.", ["김민수"]),
        ("배경훈 과학기술정보통신부 장관과 하정우 대통령실 AI미래기획수석", ["배경훈", "하정우"]),
        ("이해진(네이버 창업자) 의장이 나섰다.", ["이해진"]),
        ("이번 대회에서 우승한 김지은 씨는", ["김지은"]),
        ("오세민 기자", ["오세민"]),
        ("남궁민수 대표와 백지영 상무", ["남궁민수", "백지영"]),
        ("남궁훈 전 대표와 김범수 카카오 전 의장", ["남궁훈", "김범수"]),
        ("박지수(45)는 떠났다.", ["박지수"]),
        ("김민수는 “새 조직을 만든다”고 말했다.", ["김민수"]),
        ("전문가는 “새 조직을 만든다”고 말했다.", []),
        ("연구진은 “정확도가 높다”며 이렇게 설명했다.", []),
        ("구성원(30)은 “정확도가 높다”고 말했다.", []),
        ("이날 서울대 교수 3명이 참석했다.", []),
        ("고려대 교수팀과 민주당 의원들이 반대했다.", []),
        ("한국인 교수와 반도체 연구원이 참석했다.", []),
        ("지금은 선수를 바꿀 때 점수가 유지된다.", []),
        ("방대한 양의 텍스트와 위대한 선수", []),
        ("데이터 유효성 검사를 한다.", []),
        ("성남시 시장과 강연자 교수", []),
        ("하사비스 CEO는 말했다.", []),
    ],
)
def test_people_are_found_by_their_title(text: str, names: list[str]):
    assert [person.name for person in find_people(text)] == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("정하린", "정하린"),
        ("오세민 기자", "오세민"),
        ("박지수=서울", "박지수"),
        ("편집국", ""),
        ("이미지", ""),
    ],
)
def test_a_byline_is_a_name(text: str, name: str):
    assert byline(text) == name
