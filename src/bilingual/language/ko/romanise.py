"""Write Korean people's names in Latin letters (김민수 → Kim Min-su) and find them by sound.

The convention is that of most English newspapers in Korea: family name first, in its most common
spelling; the given name by the Revised Romanization, its two syllables joined by
a hyphen, the second in lower case. Sound changes between syllables are not letters (Bit-na).

Source: 국어의 로마자 표기법 (문화체육관광부 고시 제2014-42호), 제2장 for letters, 제3장 제4항
for names (the hyphen is allowed there), 제7항 for spellings in use; family names by the most
frequent spelling in passports (외교부, 여권 로마자 성명 통계, 2024-10-31; 정: Jung 46 %, Jeong
42 %), rare ones by the Revised Romanization.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_INITIALS = (
    "g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p",
    "h",
)  # fmt: skip
_VOWELS = (
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we",
    "wi", "yu", "eu", "ui", "i",
)  # fmt: skip
_FINALS = (
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p",
    "t", "t", "ng", "t", "t", "k", "t", "p", "t",
)  # fmt: skip
_FAMILIES = (
    "김:Kim 이:Lee 박:Park 최:Choi 정:Jung 강:Kang 조:Cho 윤:Yoon 장:Jang 임:Lim 한:Han "
    "오:Oh 서:Seo 신:Shin 권:Kwon 황:Hwang 안:Ahn 송:Song 전:Jeon 홍:Hong 유:Yoo 류:Ryu 고:Ko "
    "문:Moon 양:Yang 손:Son 배:Bae 백:Baek 허:Heo 남:Nam 심:Shim 노:Noh 하:Ha 곽:Kwak 성:Sung "
    "차:Cha 주:Joo 우:Woo 구:Koo 민:Min 나:Na 진:Jin 지:Ji 엄:Um 채:Chae 원:Won 천:Cheon "
    "방:Bang 공:Kong 현:Hyun 함:Ham 변:Byun 염:Yeom 여:Yeo 추:Choo 도:Do 소:So 석:Seok 선:Sun "
    "설:Seol 마:Ma 길:Gil 연:Yeon 위:Wi 표:Pyo 명:Myung 기:Ki 반:Ban 라:Ra 왕:Wang 금:Keum "
    "옥:Ok 육:Yook 인:In 맹:Maeng 제:Je 모:Mo 탁:Tak 국:Kook 어:Eo 은:Eun 편:Pyeon 용:Yong "
    "남궁:Namgung 황보:Hwangbo 제갈:Jegal 사공:Sagong 선우:Sunwoo 독고:Dokgo 서문:Seomun"
)
FAMILIES: Mapping[str, str] = dict(pair.split(":") for pair in _FAMILIES.split())
"""Family name to its spelling."""
DOUBLE = tuple(family for family in FAMILIES if len(family) == 2)
UNAMBIGUOUS = ("남궁", "제갈", "사공", "독고")
"""Those that do not look like a one-syllable family name and a given name: 남궁훈, Namgung Hun."""
_OTHER_SPELLINGS = (
    "Gim Rhee Yi Bak Pak Choe Chey Jeong Chung Chong Gang Khang Joh Yun Youn Chang Im Rim Yim Suh "
    "Gwon Kweon An Whang Jun Chun Yu Ryoo Lyu Ko Koh Goh Mun Sohn Pae Paik Baik Hur Huh Sim Roh No "
    "Kwag Seong Ju Chu Wu Gu Koo Ra Chin Eom Chai Weon Pang Gong Byeon Yeum Seol Gi Geum Kum "
    "Yuk Che Kuk Gook Myeong Eun Namkung Namkoong Whangbo"
)
OTHER_SPELLINGS = frozenset(_OTHER_SPELLINGS.split())
"""Other spellings of family names in passports."""
MIN_PART_SIMILARITY, MIN_SIMILARITY = 0.5, 0.75
"""How similar a spelling must be to the rule's to be the same name: each half, and their mean."""
_VARIANTS = (
    ("young", "yeong"), ("kyoung", "gyeong"), ("kyung", "gyeong"), ("myung", "myeong"),
    ("hyun", "hyeon"), ("yeon", "yeon"), ("oo", "u"), ("ee", "i"), ("woo", "u"), ("wu", "u"),
    ("uh", "eo"), ("sh", "s"), ("ck", "k"), ("ph", "p"),
)  # fmt: skip
"""Spellings in use, and how the Revised Romanization writes the same sound."""
_VOWEL = re.compile("[aeiouyw]")
_FOLD = str.maketrans({"k": "g", "t": "d", "p": "b", "r": "l"})
_WORD = re.compile(r"(?<![\w-])[A-Z][a-z]+(?:-[A-Za-z][a-z]+)?(?![\w-])")


def syllables(text: str) -> str:
    """Return the Hangul ``text`` in Latin letters, with hyphens between syllables."""
    letters = [_syllable(each) for each in text]
    for place in range(len(letters) - 1):
        if letters[place].endswith("l") and letters[place + 1].startswith("r"):
            letters[place + 1] = f"l{letters[place + 1][1:]}"
    return "-".join(letters)


def split(name: str) -> tuple[str, str]:
    """Return the family name, which may be unknown, and the given name of ``name``."""
    size = 2 if name[:2] in (DOUBLE if len(name) > 3 else UNAMBIGUOUS) else 1
    return name[:size], name[size:]


@lru_cache(maxsize=1024)
def romanise(name: str) -> str:
    """Return a person's Korean ``name`` in Latin letters: ``Kim Min-su``."""
    family, given = split(name)
    first = FAMILIES.get(family) or syllables(family).replace("-", "").capitalize()
    return f"{first} {syllables(given).capitalize()}" if given else first


def find_spelling(name: str, text: str) -> str:
    """Return how the English ``text`` spells the Korean ``name``; empty when it does not.

    Compares sounds: the family name may be first or last, and the spelling a person's own.
    """
    best, highest = "", 0.0
    for form in latin_names(text):
        similarity = _similarity(name, form)
        if similarity >= MIN_SIMILARITY and similarity > highest:
            best, highest = form, similarity
    return best


def latin_names(text: str) -> Iterator[str]:
    """Yield what may be a Korean name in the English ``text``: two or three capitalised words."""
    words = list(_WORD.finditer(text))
    for place, first in enumerate(words):
        end = first.end()
        for word in words[place + 1 : place + 3]:
            if text[end : word.start()] != " ":
                break
            end = word.end()
            yield text[first.start() : end]


def _similarity(name: str, form: str) -> float:
    family, given = split(name)
    words = form.split(" ")
    rule = (_sound(FAMILIES.get(family, syllables(family))), _sound(syllables(given)))
    best = 0.0
    for cut in range(1, len(words)):
        halves = (_sound("".join(words[:cut])), _sound("".join(words[cut:])))
        for first, second in (halves, halves[::-1]):
            similarity = (_ratio(rule[0], first), _ratio(rule[1], second))
            hard = _ratio(_VOWEL.sub("", rule[1]), _VOWEL.sub("", second))
            if min(similarity) >= MIN_PART_SIMILARITY and hard > MIN_PART_SIMILARITY:
                best = max(best, sum(similarity) / 2)
    return best


def _ratio(first: str, second: str) -> float:
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _sound(text: str) -> str:
    """Return ``text`` with one spelling for each sound that may be spelled in several ways."""
    folded = text.lower().replace("-", "").replace(" ", "")
    for used, rule in _VARIANTS:
        folded = folded.replace(used, rule)
    return folded.translate(_FOLD)


def _syllable(syllable: str) -> str:
    code = ord(syllable) - ord("가")
    if not 0 <= code < 11172:
        raise ValueError(f"{syllable!r} is no Hangul syllable")
    return _INITIALS[code // 588] + _VOWELS[code // 28 % 21] + _FINALS[code % 28]
