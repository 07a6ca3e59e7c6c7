"""Return the last sound of a word when it is read aloud in Korean, in any script.

Particles and the copula have two forms, chosen by that sound. For Hangul it is in the syllable;
for Latin letters, digits and symbols it is that of the Korean reading: URL is 유알엘, 6 is 육, 80GB
is 팔십 기가바이트. Where readings differ (3 in a name is 삼 or 스리) all their sounds are returned,
and where none is known, none.

Sources: 국립국어원's answers on particles after Latin letters and numbers (they follow the sound);
외래어 표기법 제3장 제1절 (how English words that end in a given way are written, and so read, in
Korean).
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Sound(Enum):
    """The last sound of a word, as far as particles depend on it."""

    VOWEL = "vowel"
    RIEUL = "rieul"
    """The consonant ㄹ, which takes 로 and otherwise the forms after a consonant."""
    CONSONANT = "consonant"


Sounds = frozenset[Sound]
UNKNOWN: Sounds = frozenset()
VOWEL: Sounds = frozenset({Sound.VOWEL})
RIEUL: Sounds = frozenset({Sound.RIEUL})
CONSONANT: Sounds = frozenset({Sound.CONSONANT})

_LETTERS: Mapping[str, Sounds] = MappingProxyType(
    {"l": RIEUL, "m": CONSONANT, "n": CONSONANT, "r": RIEUL}
)
"""The letters whose names end in a consonant: 엘, 엠, 엔, 알. The standard dictionary also has 아르
for the last; nobody writes PR를."""
_SINO = (
    CONSONANT, RIEUL, VOWEL, CONSONANT, VOWEL, VOWEL, CONSONANT, RIEUL, RIEUL, VOWEL,
)  # fmt: skip
"""영 (공), 일, 이, 삼, 사, 오, 육, 칠, 팔, 구."""
_ENGLISH = (
    VOWEL, CONSONANT, VOWEL, VOWEL, VOWEL, VOWEL, VOWEL, CONSONANT, VOWEL, CONSONANT,
)  # fmt: skip
"""제로, 원, 투, 스리, 포, 파이브, 식스, 세븐, 에이트, 나인: how names with digits may be read."""
_TRILLIONS = range(12, 16)
"""Numbers with this many zeros are read 조, the only power of ten that ends in a vowel."""
_UNIT_READINGS: tuple[tuple[Sounds, str], ...] = (
    (VOWEL, "B KB MB GB TB PB KiB MiB GiB TiB Mb Gb bit kbit bps Kbps Mbps Gbps m km cm mm nm"),
    (VOWEL, "ha L l mL ml dL W kW MW GW TW V kV mV A mA Hz kHz MHz GHz THz s ms ns cal kcal"),
    (VOWEL, "fps FLOPS TFLOPS PFLOPS pt in ft lb dpi ppi eV TOPS"),
    (RIEUL, "J kJ MJ Pa hPa kPa MPa mol"),
    (CONSONANT, "g kg mg min rpm ppm"),
    (UNKNOWN, "K k M h px T b rad Wh kWh MWh GWh Ah mAh dB"),
)
_UNITS: Mapping[str, Sounds] = MappingProxyType(
    {unit: sounds for sounds, units in _UNIT_READINGS for unit in units.split()}
)
"""How a unit after a number is read: 80GB is 팔십 기가바이트, 5kg 오 킬로그램, 70B 칠십비."""
_SYMBOLS: Mapping[str, Sounds] = MappingProxyType(
    {"%": VOWEL, "％": VOWEL, "℃": VOWEL, "°": VOWEL, "℉": VOWEL, "‰": UNKNOWN, "㎏": CONSONANT,
     "㎞": VOWEL, "㎝": VOWEL, "㎜": VOWEL, "㎡": VOWEL, "㎥": VOWEL}
)  # fmt: skip
"""퍼센트 or 프로, 도, 제곱미터 …"""
_CURRENCIES: Mapping[str, Sounds] = MappingProxyType(
    {"$": VOWEL, "€": VOWEL, "£": VOWEL, "¥": VOWEL, "₩": CONSONANT}
)
"""Written before the number, read after it: 달러, 유로, 파운드, 엔 (위안), 원."""
_READ_AS_WORDS: tuple[tuple[Sounds, str], ...] = (
    (VOWEL, "c# f# chile nestle ukulele finale simile pele guacamole anime minestrone calzone"),
    (VOWEL, "ubuntu salome resume acme daphne ariadne karaoke recipe github hub sqlite lite vite"),
    (VOWEL, "site website byte state update note go"),
    (RIEUL, "seoul"),
    (RIEUL | VOWEL, "c++"),
    (
        CONSONANT,
        "git web app map bot chatbot internet net facebook tiktok slack notebook hook",
    ),
    (CONSONANT, "callback stack block click type prototype chip reddit gitlab lab template laptop"),
    (CONSONANT, "desktop bootstrap input output unit"),
    (UNKNOWN, "latex tex attr good theme restaurant avant prop de the le org"),
)
_WHOLE_WORDS: Mapping[str, Sounds] = MappingProxyType(
    {word: sounds for sounds, words in _READ_AS_WORDS for word in words.split()}
)
"""Words whose reading does not follow from their spelling, or differs between readers."""
_ACRONYMS: Mapping[str, Sounds] = MappingProxyType(
    {"MIT": VOWEL, "BTC": UNKNOWN, "KRW": UNKNOWN, "POSTECH": UNKNOWN, "IKEA": VOWEL}
)
"""Acronyms whose reading does not follow from their letters (many read BTC as 비트코인)."""
_ENDS: tuple[tuple[re.Pattern[str], Sounds], ...] = tuple(
    (re.compile(rf"(?:{ends})\Z"), sounds)
    for ends, sounds in (
        (r"[aiouyw]|ee|[iuo]e", VOWEL),  # 자바, 제미나이, 장고, 루비, 텐서플로
        (r"r|re", VOWEL),  # 도커, 소프트웨어
        (r"[szxfv]|ce|se|ze|ge|ve|fe|he", VOWEL),  # 스, 즈, 엑스, 프, 브, 지, 시
        (r"[sgpta]h|[^e]ch|arch|ouch", VOWEL),  # 시, 프, 스, 치
        (r"[^o]d|de", VOWEL),  # 클라우드, 노드
        (r"[nclsprfxk]t", VOWEL),  # 에이전트, 리액트, 테스트
        (r"[rlns]k|[rlns]ke|[aio]ke", VOWEL),  # 네트워크, 링크, 태스크
        (r"[lmrs]p", VOWEL),  # 헬프, 점프
        (r"[aeiou]?be", VOWEL),  # 유튜브, 어도비
        (r"n|ng|[aiou]ne|m|[aio]me", CONSONANT),  # 파이썬, 스프링, 머신, 시스템, 크롬
        (r"[^cs]ic", CONSONANT),  # 앤트로픽
        (r"l|le", RIEUL),  # 엑셀, 구글
    )
)
"""Endings of English words whose Korean reading follows from the rules. Left out, as it does not:
-t, -p, -k, -b, -g after a vowel (깃 but 비트, 앱 but 루프, 웹 but 허브), -ck, -te, -pe."""
_ACRONYM = re.compile(r"[A-Z]+\Z")
_VOWELS = re.compile(r"[AEIOUYaeiouy]")
_ROMAN = re.compile(r"(?<![A-Z])(?:[IVX]{2,})\Z")
_PRONOUNCEABLE = re.compile(r"[B-DF-HJ-NP-TV-Z]{1,3}[AEIOUY]{1,2}[B-DF-HJ-NP-TV-Z]{1,2}\Z")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)*\Z")
_MEASURE = re.compile(r"(?P<number>\d[\d,.]*)\s?(?P<unit>[A-Za-zμµ]+)\Z")
_SHARP = re.compile(r"(?<![A-Za-z])[A-Za-z][+#]+\Z")
_WORD = re.compile(r"(?<!['’À-ɏ])(?<![A-Za-z])[A-Za-z]+\Z")
_NAMED = re.compile(r"[A-Za-z][A-Za-z0-9_.]*[-‐‑\s]?\Z|[A-Za-z]\)\Z|(?<!제)(?<=[가-힣])\Z")
_NOUN = re.compile(r"(?P<noun>[가-힣]+)\s\Z")
_REFERENCE = re.compile(
    r"(?:그림|표|예제|예|단계|번호|숫자|값|약|총|최대|최소|평균|각각|전체|크기|길이|개수|수|확률|비율|점수|"
    r"식|제|대|코드|항목|질문|문제|서기|또는|및|각|비트|차원|인덱스|"
    r"[은는이가을를에의로와과도며고서어아여해면지])\Z"
)


def of_hangul(syllable: str) -> Sounds:
    """Return the last sound of a Hangul ``syllable``; unknown for any other character."""
    if not "가" <= syllable <= "힣":
        return UNKNOWN
    coda = (ord(syllable) - 0xAC00) % 28
    return VOWEL if not coda else RIEUL if coda == 8 else CONSONANT  # 8 is ㄹ


@lru_cache(maxsize=4096)
def of_word(word: str) -> Sounds:
    """Return the possible last sounds of the Latin ``word``: letters only, in any case."""
    lower = word.lower()
    found = _ACRONYM.search(word)
    if word in _ACRONYMS:
        return _ACRONYMS[word]
    if lower in _WHOLE_WORDS and not word[-2:].isupper():
        return _WHOLE_WORDS[lower]
    if len(word) == 1:
        return _LETTERS.get(lower, VOWEL)
    if found and (len(found[0]) > 1 or len(word) < 4):
        return _of_acronym(found[0])
    return _of_spelling(word)


def _of_spelling(word: str) -> Sounds:
    """Return the possible last sounds of a ``word`` in lower or mixed case."""
    lower = word.lower()
    if word[-1] == "s" and word[:-1].isupper():
        return UNKNOWN  # LLMs is read with its s or without
    if not _VOWELS.search(word):  # src, npm, str: spelled; Mr, Twp: unknown
        spelled = word.islower() and lower[-1] != "r"  # many read str as 스트링
        return _LETTERS.get(lower[-1], VOWEL) if spelled else UNKNOWN
    part = re.split(r"(?<=[a-z])(?=[A-Z])", word)[-1].lower()
    if part in _WHOLE_WORDS:
        return _WHOLE_WORDS[part]
    if len(part) < 3 and part != lower:  # ToMe is 토미
        return UNKNOWN
    for pattern, sounds in _ENDS:
        if pattern.search(part):
            # Short ones may be spelled: .aar, dir, ing
            short = len(part) < 4 and word.islower()
            return sounds | _LETTERS.get(part[-1], VOWEL) if short else sounds
    return UNKNOWN


def _of_acronym(letters: str) -> Sounds:
    """Return the possible last sounds of capital ``letters``: spelled, or read as a word (RAM)."""
    last = letters[-1].lower()
    spelled = _LETTERS.get(last, VOWEL)
    if _ROMAN.search(letters):
        return UNKNOWN
    if len(letters) < 3 or not _VOWELS.search(letters):  # AI, IT, UN
        return spelled
    for pattern, sounds in _ENDS:
        if pattern.search(letters.lower()):
            return spelled | sounds
    # Some readers read ZIP, RAG and OPEC as words.
    return UNKNOWN if _PRONOUNCEABLE.search(letters) else spelled


def of_number(number: str, before: str = "") -> Sounds:
    """Return the possible last sounds of ``number``; ``before`` is the text before it.

    After a name its digits may be read in English (라마 스리, 지피티 파이브).
    """
    digits = number.replace(",", "")
    whole = digits.rpartition(".")[2]
    zeros = len(whole) - len(whole.rstrip("0"))
    if zeros and len(whole) > zeros and "." not in digits and zeros in _TRILLIONS:
        return VOWEL
    read = _SINO[int(whole[-1])]
    if (len(whole) > 2 or "." in digits) and _NAMED.search(
        before
    ):  # H100 is 에이치백, Python 3.6 삼점육
        return read
    noun = _NOUN.search(before)
    if _NAMED.search(before) or (
        noun and len(digits) == 1 and digits != "0" and not _REFERENCE.search(noun["noun"])
    ):
        read |= _in_english(whole)
    for sign, sounds in _CURRENCIES.items():
        if before.endswith(sign):
            read |= sounds
    return read


def _in_english(whole: str) -> Sounds:
    number = int(whole[-2:])
    if 10 <= number < 20:  # 텐, 일레븐; 트웰브; 서틴 … 나인틴
        return VOWEL if number == 12 else CONSONANT
    if number and number % 10 == 0:
        return VOWEL  # 트웬티
    return _ENGLISH[number % 10]


def of_text(text: str) -> Sounds:
    """Return the possible last sounds of ``text``, those of its last word; none when not read."""
    last = text[-1:]
    if "가" <= last <= "힣":
        return of_hangul(last)
    if last.isascii() and last.isdigit():
        return _of_digits(text)
    if last in _SYMBOLS:
        return _SYMBOLS[last] if text[:-1].rstrip(" ")[-1:].isdigit() else UNKNOWN
    named = _SHARP.search(text)
    if named:
        return _WHOLE_WORDS.get(named[0].lower(), UNKNOWN)
    return _of_latin(text)


def _of_latin(text: str) -> Sounds:
    measure = _MEASURE.search(text)
    if measure and not re.search(r"[A-Za-z]-?\Z", text[: measure.start()]):
        unit = measure["unit"]
        if unit in _UNITS:
            return _UNITS[unit]
        return of_word(unit) if len(unit) > 2 or len(unit) == 1 else UNKNOWN
    found = _WORD.search(text)
    return of_word(found[0]) if found else UNKNOWN


def _of_digits(text: str) -> Sounds:
    found = _NUMBER.search(text)
    if not found:
        return UNKNOWN
    before = text[: found.start()]
    if before[-1:] in {"/", ":", "^", ".", ",", "_"}:
        return UNKNOWN  # a fraction, a time, a ratio, an exponent
    return of_number(found[0], before)
