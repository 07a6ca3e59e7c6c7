r"""Wrong Unicode form: decomposed Hangul, stray jamo, invisible characters.

What
    Finds decomposed Hangul (NFD), jamo of the compatibility block inside words (모데ㄹ), half-width
    jamo, and zero-width characters (zero-width spaces, soft hyphens, direction marks), outside code
    and addresses.
Why
    Search does not find 한글 when it is six characters. Decomposed text comes from file names of
    macOS, stray jamo from a half-typed syllable, zero-width characters from web pages.
Wrong
    en: Hangul
    ko: 한글

    en: The model reads.
    ko: 모데ㄹ이 읽는다.

    en: Hangul
    ko: ﾡﾢ한글
Right
    en: Hangul is an alphabet, haha.
    ko: 한글은 자모 문자다 ㅋㅋ. ‘ㄱ’은 초성이고 ㄹ 받침도 있다.

    en: A family 👨‍👩‍👧 reads.
    ko: 한 가족이 👨‍👩‍👧 읽는다.
Known limits
    Compatibility jamo on their own are letters that a text is about, or laughter (ㅋㅋ).
Fix
    Composes the Hangul (NFC) and removes invisible characters; joins a stray jamo with the syllable
    before it where the two make one.
Source
    Unicode Standard Annex #15; chapter 18.6 of the Unicode Standard on Hangul.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from bilingual.checks.base import Confidence, Violation
from bilingual.language.mask import BLANK
from bilingual.model import N_, Fix, Message, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import Subject

SEVERITY = Severity.ERROR
CONFIDENCE = Confidence.CERTAIN

DECOMPOSED = N_("Hangul is decomposed (NFD)")
JAMO = N_("{text} has a stray jamo")
INVISIBLE = N_("an invisible character, {name}")
COMPOSE = N_("compose it (NFC)")
JOIN = N_("write {text}")
REMOVE = N_("remove it")

_JAMO = r"\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff"
_UNSEEN = r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_ODD = re.compile(rf"[{_JAMO}{_UNSEEN}\u3131-\u318e\uffa0-\uffdc]")
_CONJOINING = re.compile(rf"[가-힣]*[{_JAMO}]+(?:[가-힣]*[{_JAMO}]+)*")
_HALF = re.compile(r"[\uffa0-\uffdc]+")
_STRAY = re.compile(r"(?P<syllable>[가-힣])(?P<jamo>[ㄱ-ㅎ])(?![ㅋㅎㅠㅜㅇㄱ-ㅎ])|[ㄱ-ㅎ][ㅏ-ㅣ]+")
_LAUGHTER = frozenset("ㅋㅎㅠㅜ")
_INVISIBLE = re.compile(rf"[{_UNSEEN}]+")
_FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"


def check(subject: Subject) -> Iterator[Violation]:
    """Yield a violation for each run of characters in the wrong form."""
    words = subject.target.words
    if words.isascii() or not _ODD.search(words):
        return
    text = subject.target.text
    composed = _composed(text, words)
    for pattern in (_CONJOINING, _HALF):
        if found := pattern.search(words):
            fix = Fix(Message(COMPOSE), composed) if composed != text else None
            yield Violation(Message(DECOMPOSED), found.span(), fix=fix)
            break
    for found in _STRAY.finditer(words):
        yield from _stray(text, found)
    for found in _INVISIBLE.finditer(words):
        start, end = found.span()
        if "\u200d" in found[0] and _joins(words[start - 1 : start], words[end : end + 1]):
            continue
        values = {"name": f"U+{ord(found[0][0]):04X}"}
        fixed = f"{text[:start]}{text[end:]}"
        yield Violation(Message(INVISIBLE, values), found.span(), fix=Fix(Message(REMOVE), fixed))


def _stray(text: str, found: re.Match[str]) -> Iterator[Violation]:
    start, end = found.span()
    fix = None
    if found["jamo"]:
        syllable, jamo = found["syllable"], found["jamo"]
        if jamo in _LAUGHTER and not "가" <= text[end : end + 1] <= "힣":
            return
        if (ord(syllable) - 0xAC00) % 28 == 0 and jamo in _FINALS:
            whole = chr(ord(syllable) + _FINALS.index(jamo))
            fix = Fix(Message(JOIN, {"text": whole}), f"{text[:start]}{whole}{text[end:]}")
    elif "ㅇㅏ" not in found[0] and start and text[start - 1] in "'\"‘“(":
        return
    yield Violation(Message(JAMO, {"text": found[0]}), (start, end), fix=fix)


def _joins(before: str, after: str) -> bool:
    """Return True between the parts of an emoji, or of a script that needs the joiner."""
    return all(
        character and unicodedata.category(character) in {"So", "Mn", "Sk", "Lo", "Mc"}
        for character in (before, after)
    )


def _composed(text: str, words: str) -> str:
    """Return ``text`` with its Hangul composed where ``words`` is not blanked out."""
    pieces = []
    for found in re.finditer(rf"{BLANK}+|[^{BLANK}]+", words):
        piece = text[found.start() : found.end()]
        if found[0][0] != BLANK:
            piece = _HALF.sub(lambda half: "".join(map(_full, half[0])), piece)
            piece = _CONJOINING.sub(lambda hangul: unicodedata.normalize("NFC", hangul[0]), piece)
        pieces.append(piece)
    return "".join(pieces)


def _full(jamo: str) -> str:
    """Return a half-width ``jamo`` in its usual width: ``<narrow> 3131``."""
    wide = unicodedata.decomposition(jamo).split()
    return chr(int(wide[1], 16)) if len(wide) == 2 else ""
