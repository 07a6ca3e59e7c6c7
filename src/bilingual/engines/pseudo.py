"""Filler for layout work: words as long as a translation that no reader takes for one.

Into English the source is written in accented Latin letters, a third longer than an English
translation is; into Korean it becomes Hangul in the order of the alphabet, as long as a Korean
translation is. Marks, numbers, placeholders and punctuation stay. The same text gives the same
filler, on every machine.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from bilingual.engines.base import Engine, EngineTraits
from bilingual.engines.options import EngineOptions
from bilingual.engines.price import FREE
from bilingual.prompting import marks
from bilingual.prompting.request import Answer, Usage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bilingual.prompting.request import Passage, Request

NAME = "pseudo"
VERSION = "2"
"""Of the filler; it is part of the key, so that a new one is made and not found."""
USUAL = {("en", "ko"): 0.55, ("ko", "en"): 1 / 0.55}
"""Code points of target for one of source in news prose."""
PADDING = 35
"""Per cent by which the English filler is longer than a translation: it must fit all the same."""
OPENING, CLOSING = "⟦", "⟧"

KEPT = re.compile(
    rf"{marks.MARK.pattern}|&#?\w+;|\\.|"
    r"\{\{.*?\}\}|\{[^{}\n]*\}|%\([^)\n]*\)[a-z]|%[sdif]\b"
)
"""Marks, HTML's character references, Markdown's escapes, placeholders."""
WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:['’][A-Za-z]+)*|[가-힣]+")
HANGUL = "가나다라마바사아자차카타파하"
ACCENTS = str.maketrans("aeiouycdgsAEIOUYCDGS", "áéíóúýćđğşÁÉÍÓÚÝĆĐĞŞ")
"""The other letters stay as they are, so that the checks read the words as Latin ones."""
VOWELS = "aeiouAEIOU"

# The Revised Romanisation of Korean, letter by letter: filler says nothing aloud.
INITIALS = (
    "g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t",
    "p", "h",
)  # fmt: skip
MEDIALS = (
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo",
    "we", "wi", "yu", "eu", "ui", "i",
)  # fmt: skip
FINALS = (
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p",
    "p", "t", "t", "ng", "t", "t", "k", "t", "p", "h",
)  # fmt: skip


class Pseudo(Engine):
    """The engine; it costs nothing and sends nothing."""

    def __init__(self, *, padding: int = PADDING, brackets: bool = True) -> None:
        self._padding = padding
        self._brackets = brackets

    @property
    def origin(self) -> str:
        """``mt:pseudo/filler``."""
        return f"mt:{NAME}/filler"

    @property
    def traits(self) -> EngineTraits:
        """As many units as there are in a section at once; asked again it says the same."""
        return EngineTraits(batch=50, revises=False, retries=0, price=FREE)

    def key(self, request: Request) -> str:
        """Return the texts, their languages and how they are padded."""
        texts = tuple(passage.text for passage in request.passages)
        how = (VERSION, self._padding, self._brackets, request.target_language)
        return f"{NAME} {how!r} {texts!r}"

    def ask(self, request: Request) -> Answer:
        """Return filler for every passage of ``request``."""

        def say(passage: Passage) -> str:
            text = filler(
                passage.text, request.source_language, request.target_language, self._padding
            )
            return f"{OPENING}{text}{CLOSING}" if self._brackets else text

        texts = {each.id: say(each) for each in request.passages}
        return Answer(texts, usage=Usage(requests=1))


def engine(table: Mapping[str, object]) -> Engine:
    """Return the engine with its settings; raises ``ConfigurationError`` on a wrong table."""
    settings = EngineOptions(NAME, table)
    padding = settings.count("padding", PADDING)
    brackets = settings.switch("brackets", default=True)
    settings.done()
    return Pseudo(padding=padding, brackets=brackets)


def filler(text: str, source: str, target: str, padding: int = PADDING) -> str:
    """Return filler in the language ``target`` for ``text`` in the language ``source``."""
    growth = USUAL.get((source, target), 1.0)
    words = (
        _Hangul(growth, zlib.crc32(text.encode("utf-8", "surrogatepass")))
        if target == "ko"
        else _Latin(growth, 1 + padding / 100)
    )
    parts: list[str] = []
    position = 0
    for kept in KEPT.finditer(text):
        parts += [WORD.sub(words, text[position : kept.start()]), kept[0]]
        position = kept.end()
    return "".join((*parts, WORD.sub(words, text[position:])))


class _Hangul:
    """Hangul in the order of the alphabet, each word from another letter on.

    Where the words begin follows from ``start``, so that texts of one length differ: an answer that
    says the same of two is taken for shifted.
    """

    def __init__(self, growth: float, start: int) -> None:
        self._growth = growth
        self._next = start
        self._owed = 0.0
        """Code points that the words until now are short of, or beyond (negative)."""

    def __call__(self, found: re.Match[str]) -> str:
        # A space goes with nearly every word and stays one: the word makes up for it.
        wanted = self._owed + (len(found[0]) + 1) * self._growth - 1
        length = max(1, round(wanted))
        self._owed = wanted - length
        first = self._next >> 16
        self._next = (self._next * 1103515245 + 12345) % 2**31  # as C's own rand does
        return "".join(HANGUL[(first + i) % len(HANGUL)] for i in range(length))


class _Latin:
    """The word itself, Hangul in Latin letters, with accents, its vowels drawn out."""

    def __init__(self, growth: float, padded: float) -> None:
        self._growth = growth
        self._padded = padded
        self._owed = 0.0

    def __call__(self, found: re.Match[str]) -> str:
        word = found[0]
        if "가" <= word[0] <= "힣":
            wanted = self._owed + ((len(word) + 1) * self._growth - 1) * self._padded
            word = "".join(map(_romanised, word))
        else:
            wanted = self._owed + len(word) * self._padded
        drawn = _drawn(word, max(len(word), round(wanted)))
        self._owed = wanted - len(drawn)
        return drawn


def _romanised(syllable: str) -> str:
    number = ord(syllable) - ord("가")
    return INITIALS[number // 588] + MEDIALS[number % 588 // 28] + FINALS[number % 28]


def _drawn(word: str, length: int) -> str:
    """Return ``word`` with accents and with plain vowels after its own, ``length`` long."""
    vowels = [i for i, letter in enumerate(word) if letter in VOWELS] or [len(word) - 1]
    more, rest = divmod(length - len(word), len(vowels))
    extra = {i: more + (n < rest) for n, i in enumerate(vowels)}
    return "".join(
        letter.translate(ACCENTS) + letter.lower() * extra.get(i, 0)
        for i, letter in enumerate(word)
    )
