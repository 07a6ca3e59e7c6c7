"""Find the register of each Korean sentence by its ending.

해라체 (한다, 했다) is the register of news, 합니다체 (합니다) and 해요체 (해요) address a reader;
an article keeps to one. Requests, questions and asides (하세요, 하십시오, 할까요, 이죠, 네요) are
part of either polite register, so they only count as polite.

Source: 표준국어문법론 and 국립국어원 on 상대 높임법: the ending of the sentence decides.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class Register(Enum):
    """How a sentence addresses its reader."""

    PLAIN = "해라체"
    FORMAL = "합니다체"
    INFORMAL = "해요체"
    POLITE = "존댓말"
    """Polite without saying which of the two: 하세요, 할까요?, 이죠."""


class Ending(NamedTuple):
    """The last word of a sentence and its register."""

    register: Register
    word: str
    """The last word, as the text has it."""
    start: int
    """Offset of the word in the text, in code points."""
    end: int


_END = re.compile(
    r"(?P<word>[가-힣](?<![가-힣].)[가-힣]*)[)\]*_~]*(?P<mark>[.!?…]+)(?=[\s*_~)\]<]|\Z)"
)
_QUOTE = re.compile("[“‘\"「『']")
_STOP = re.compile("[.!?…]")
_QUOTED = re.compile(r"“[^”]*”|‘[^’]*’|\"[^\"]*\"|「[^」]*」|『[^』]*』|(?<![A-Za-z])'[^'\n]*'")
LAST = frozenset("다까요오죠")
"""The last syllable of every such ending."""
_FORMAL = re.compile(r"(?P<stem>[가-힣])(?:니다|니까|시다)\Z")
_POLITE = re.compile(
    r"(?:세요|셔요|십시오|시오|까요|나요|가요|죠|지요|네요|군요|데요|게요|든요|처럼요)\Z"
)
_INFORMAL = re.compile(r"[가-힣]요\Z")
_BIEUP = 17
"""The final consonant ㅂ of 합니다, in Unicode's order."""
_PLAIN = re.compile(r"[가-힣]다\Z")
_NOUNS = re.compile(
    r"(?:필|중|수|주|개|소|강|동|가|민|긴|고|유)요\Z|"
    r"(?:캐나|바|판|우간|르완|람|혼|플로리|버뮤|마|보)다\Z"
)
"""Nouns (중요, 캐나다) and particles (마다, 보다) that end like a sentence."""


def endings(text: str) -> Iterator[Ending]:
    """Yield the endings of the sentences of ``text``; quotations and nouns have none."""
    if not _STOP.search(text):
        return
    bare = text
    if _QUOTE.search(text):
        bare = _QUOTED.sub(lambda found: "\ufffc" * len(found[0]), text)
    for found in _END.finditer(bare):
        register = of_word(found["word"])
        if register is not None:
            yield Ending(register, found["word"], *found.span("word"))


@lru_cache(4096)  # endings repeat
def of_word(word: str) -> Register | None:
    """Return the register of a sentence's last ``word``; None when it has none."""
    if word[-1:] not in LAST:
        return None
    formal = _FORMAL.search(word)
    if formal and (ord(formal["stem"]) - 0xAC00) % 28 == _BIEUP:  # 아니다 is not formal
        return Register.FORMAL
    if word == "니다" or _NOUNS.search(word):
        return None
    for pattern, register in (
        (_POLITE, Register.POLITE),
        (_INFORMAL, Register.INFORMAL),
        (_PLAIN, Register.PLAIN),
    ):
        if pattern.search(word):
            return register
    return None
