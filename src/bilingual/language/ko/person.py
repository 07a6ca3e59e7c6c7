"""Find the names of Korean people in Korean text: 김민수 대표는, 최수연 네이버 대표, 오세민 기자.

A name consists of syllables that names have, and is followed by a title (directly or after the
name of an office), an age (김민수(45)) or a quotation (김민수는 “…”고 말했다). A name found so is
then found without a title too (``find_known``). Precision comes first: the model copes with a
missing name, but would use a wrong one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bilingual.language.ko.ending import is_ending
from bilingual.language.ko.romanise import DOUBLE, FAMILIES, UNAMBIGUOUS

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

GIVEN = (
    "가강건겸경계관광교구국권규균근금기길나남노다달대덕도동두득라락란래량련렬령로록롱류륜름리린림마만명모무묵문미민"
    "배백범별병보복봉빈빛사산삼상새서석선설섭성세소솔송수숙순슬승시식신아안애양언여연열영예오옥온완용우욱운웅원월유"
    "윤율은을익인일임자잔장재전정제조종주준중지직진찬창채천철초춘치태택하학한해향헌혁현형혜호홍화환황효후훈휘휴흔"
    "흠흥희"
)
"""Syllables of given names."""
_NEVER_LAST = "한도시대사상장전달만을로마"
"""Syllables that words end in, and names hardly ever."""
_LAST = {
    "은": "지영다하세예가나고시주정성혜소채유재서태경",
    "성": "준재은지우현호태진혜유규민주원영윤만보삼수용일종창철",
    "인": "정해다상혜성영세유가재나하아",
    "자": "영순명미숙경춘복옥화금은",
}
"""Last syllables that other words have too (지금은, 유효성), and what precedes them in names."""
TITLES = (
    "대표이사|대표|부회장|회장|사장|부사장|전무|상무|의장|이사장|총괄|본부장|부문장|센터장|연구소장|소장|원장|부원장|"
    "실장|팀장|국장|과장|차장|부장|그룹장|단장|위원장|위원|교수|박사|연구원|선임연구원|책임연구원|수석연구원|수석|장관|차관|"
    "총리|대통령|의원|시장|지사|대사|청장|처장|총장|학장|판사|변호사|변리사|회계사|기자|특파원|논설위원|편집장|"
    "앵커|감독|작가|애널리스트|엔지니어|디자이너|매니저|디렉터|창업자|공동창업자|최고경영자|최고기술책임자|"
    "CEO|CTO|CFO|COO|CIO|CPO|CSO|씨|선수|옹"
)
_OFFICE = r"(?:(?:[가-힣A-Za-z0-9·&.()-]{2,20}|전|현|前|現)\s){0,3}?"
"""What may be between a name and its title: 최수연 네이버 대표, 남궁훈 카카오 전 대표."""
_PARTICLES = (
    r"(?:은|는|이|가|을|를|의|와|과|도|에게|에게서|께서|께|로|으로|이다|였다|이었다|라고|이라고|만|까지|부터|님|"
    r"에|한테|처럼|보다|등|측|및|이며|며|이자|겸)?"
)
_FAMILY = f"(?:{'|'.join(DOUBLE)}|[{''.join(each for each in FAMILIES if len(each) == 1)}])"
_TWO = "".join(
    (
        f"[{GIVEN}](?:[{''.join(each for each in GIVEN if each not in {*_NEVER_LAST, *_LAST})}]",
        *(f"|(?<=[{before}]){last}" for last, before in _LAST.items()),
        ")",
    )
)
_ONE = f"[{''.join(each for each in GIVEN if each not in {*_NEVER_LAST, *_LAST})}]"
_NAME = f"(?:{_FAMILY}{_TWO}|(?:{'|'.join(UNAMBIGUOUS)}){_ONE})"
_TITLED = (
    rf"(?:\([^()]{{1,40}}\))?\s(?P<office>{_OFFICE})"
    rf"(?:[가-힣A-Za-z]{{2,8}}?)??(?:{TITLES}){_PARTICLES}(?![가-힣A-Za-z])"
)
_AGED = r"\([1-9]\d세?[),·]"
_SPEAKS = (
    r"[은는]\s(?:“[^”\n]{1,300}”|\"[^\"\n]{1,300}\")(?:이?라)?(?:고|며|면서)\s?[^.\n]{0,20}?"
    r"(?:말했|밝혔|전했|덧붙였|강조했|설명했|주장했|답했|되물었|지적했)"
)
_PERSON = re.compile(
    rf"(?<![가-힣A-Za-z0-9])(?P<name>{_NAME})(?:{_TITLED}|(?P<other>{_AGED}|{_SPEAKS}))"
)
_GROUPS = re.compile(
    r".(?:문가|용자|비자|가자|권자|교수|선수|구진|사진|작진|재진|[가-힣]원|무관|치인|업인|호인|영진)"
)
"""Words for a role or a group, by their last two syllables: they may be quoted (전문가는 “…”고
말했다), and are a name only before a title."""
_MODIFIES = re.compile(
    r"(?:은|는|을|를|이|가|의|에|에서|와|과|도|로|한|된|할|던|고|며|면|서|인|등)\s"
)
"""Endings of words that are not an office: 김치는 …"""
_WORDS = (
    "한국계 정상회 이용료 하반기 상반기 전성기 조정은 고정은 공정은 진정은 "
    "한정은 주문서 공문서 명세서 공무원 도서관 성균관 연구원 연구소 원자력 "
    "방사선 유지보 성장세 지난해 주총회 이화여 신재생 우주선 주인공 기관지 "
    "조선소 정수기 전자기 표준화 정규화 이미지 하이라 마이크 마이너 소주주 "
    "대주주 신기술 고기능 이모지 이해관 정기주 정규직 비정규 인도인 미국인 전문가 구성원 설명서 "
    "민주주 여성계 주최측"
)
WORDS = frozenset(_WORDS.split())
"""Words that look like a name."""
_LIKELY = re.compile(rf"(?<![가-힣A-Za-z0-9]){_NAME}")
_RUN = re.compile(r"(?<![가-힣A-Za-z0-9])[가-힣]{3,}")
_NAME_ONLY = re.compile(rf"(?P<name>{_NAME})(?:\s(?:{TITLES}))?(?:\s*[=·,/]\s*[^\n]{{0,40}})?")


class Person(NamedTuple):
    """A Korean name in a text."""

    name: str
    start: int
    """Offset in the text, in code points."""
    end: int


def find_people(text: str) -> Iterator[Person]:
    """Yield the names of people in the Korean ``text``, in order."""
    position = 0
    while found := _PERSON.search(text, position):
        is_group = found["other"] and _GROUPS.fullmatch(found["name"])
        if found["name"] in WORDS or is_group or _MODIFIES.search(found["office"] or ""):
            position = found.start() + 1
            continue
        yield Person(found["name"], found.start("name"), found.end("name"))
        position = found.end("name")


def find_known(text: str, known: Container[str]) -> Iterator[str]:
    """Yield the ``known`` names in the Korean ``text``, with or without a title, in order.

    Only an ending may follow one: 김민수와, and not 김민수학원.
    """
    for found in _RUN.finditer(text):
        word = found[0]
        for size in (4, 3):
            if word[:size] in known and is_ending(word[size:]):
                yield word[:size]
                break


def byline(text: str) -> str:
    """Return the name in ``text`` when it has only a name and perhaps a title; else empty."""
    found = _NAME_ONLY.fullmatch(text.strip())
    return found["name"] if found and found["name"] not in WORDS else ""


def possible_names(text: str) -> Iterator[str]:
    """Yield all that may be a name in the Korean ``text``, with or without a title."""
    for found in _LIKELY.finditer(text):
        yield found[0]
