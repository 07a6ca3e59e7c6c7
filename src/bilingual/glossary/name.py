"""Find names in running text, and Korean names followed by their original in brackets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bilingual.glossary.collocation import ENDINGS, STOP, stem
from bilingual.language.ko.ending import is_ending

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

TOKEN = re.compile(r"(?<![\w$@#/.])[A-Za-zÀ-ɏ0-9]+(?:[.&’'+-][A-Za-zÀ-ɏ0-9]+)*\+*")
NUMBER = re.compile(r"\d+(?:\.\d+)*[A-Za-z]?")
BASED = re.compile(r"-[a-z]{3,}$")
"""What English appends to a name: GPT-5-based."""
LINKS = frozenset({"of", "for", "de", "von", "van"})
_DATES = (
    "January February March April May June July August September October November "
    "December Monday Tuesday Wednesday Thursday Friday Saturday Sunday Jan Feb Mar Apr "
    "Jun Jul Aug Sep Sept Oct Nov Dec Q1 Q2 Q3 Q4 H1 H2 AM PM Table Figure Section "
    "Chapter Part Step Mr Ms Mrs Dr"
)
DATES = frozenset(_DATES.split())
_UNITS = (
    "KB MB GB TB PB KiB MiB GiB TiB Kb Mb Gb Tb Hz kHz MHz GHz W kW MW GW V mV KM MM CM "
    "USD KRW EUR K M B T X I OK"
)
UNITS = frozenset(_UNITS.split())
SENTENCE_END = re.compile(r"(?:^|[.!?:;…。][\"”’')\]*_]*\s|\n)[\s\"“‘'(*_>\[]*$")
GLOSS = re.compile(
    r"(?P<mark>[\"'”’*_]{0,3})\s?\((?P<name>[A-Za-z][A-Za-z0-9À-ɏ .&’'+/-]{0,60}?)"
    r"(?:, ?(?P<short>[A-Z][A-Za-z0-9-]{1,15}))?\)"
)
REVERSE = re.compile(
    r"(?<![\w-])(?P<name>[A-Z]{2,}[A-Z0-9]*)\((?P<form>[가-힣]+(?: [가-힣]+){0,3})\)"
)
MODIFIER = re.compile(
    r"(?:이|그|새|한|지난|이번|한편|및|또는|같은)|.*(?:는|은|할|운|던|린|며|해|적인|에서)"
)
"""Korean words that precede a name and are not part of it."""
KOREAN_WORD = re.compile(r"[가-힣A-Za-z0-9·.-]+")
HANGUL = re.compile(r"[가-힣]")
VERBS = "하되시당받지"
"""How verbs begin that are derived from nouns; after a name they are part of the name."""
HANGUL_RUN = re.compile(r"[가-힣]+")
DIGIT = re.compile(r"\d")
MIN_COMPOUND = 4
"""The least number of syllables of a Korean word that can be a complete term: 인공지능."""
MAX_ORIGINAL_WORDS = 6
"""The most words in the original of a first mention; longer brackets are a remark."""


class Name(NamedTuple):
    """A name as written in a text, without endings."""

    form: str
    start: int
    end: int


class Gloss(NamedTuple):
    """A Korean form with its original: ``뮤즈 스파크(Muse Spark)``."""

    korean: str
    original: str
    start: int
    """The offset of the Korean form."""
    inner: tuple[int, int]
    """The span of the original."""


def names(text: str, *, korean: bool, common: Collection[str] = ()) -> Iterator[Name]:
    """Yield the names in Latin letters of ``text``, in which code and addresses are masked.

    In Korean text every capitalised Latin word is one. In English they are consecutive capitalised
    words, acronyms, words with digits or inner capitals, and single capitalised words inside a
    sentence; not the first word of a sentence when ``common`` has it in lower case.
    """
    run: list[re.Match[str]] = []
    for token in TOKEN.finditer(text):
        if run and text[run[-1].end() : token.start()] != " ":
            yield from _name(run, text, korean=korean, common=common)
            run = []
        word = token[0]
        fits = _is_name(word)
        if run and (NUMBER.fullmatch(word) or word in LINKS):
            fits = True
        if fits and stem(word) not in DATES and word not in UNITS:
            run.append(token)
            if stem(word) == word:
                continue
        yield from _name(run, text, korean=korean, common=common)
        run = []
    yield from _name(run, text, korean=korean, common=common)


def _is_name(word: str) -> bool:
    """Return True for a word that has a capital, or letters and digits."""
    if not word[0].isalpha():
        return False
    if any(map(str.isupper, word)):
        return True
    return len(word) > 3 and any(map(str.isdigit, word)) and not re.fullmatch(r"v[\d.]+", word)


def _name(
    run: list[re.Match[str]], text: str, *, korean: bool, common: Collection[str]
) -> Iterator[Name]:
    tokens = list(run)
    while tokens and (tokens[-1][0] in LINKS or tokens[-1][0].lower() in STOP):
        tokens.pop()
    while tokens and (tokens[0][0] in LINKS or not _may_begin(tokens[0], text, common)):
        tokens.pop(0)
    if not tokens:
        return
    start, end = tokens[0].start(), tokens[-1].end()
    glued = HANGUL_RUN.match(text, end)
    if glued and (glued[0][0] in VERBS or not is_ending(glued[0])) and glued[0] not in ENDINGS:
        return  # SK하이닉스 is another name than SK
    form = BASED.sub("", stem(text[start:end]))
    if len(form) < 2 or not _is_name(form.split()[0]):
        return
    single = len(tokens) == 1
    plain = single and not any(map(str.isdigit, form)) and not any(map(str.isupper, form[1:]))
    if plain and not korean and (_begins(text, start) or form.lower() in common):
        return
    if single and re.fullmatch(r"[A-Z]{2,}s", form):
        form = form[:-1]  # LLMs
    yield Name(form, start, start + len(form))


def _may_begin(token: re.Match[str], text: str, common: Collection[str]) -> bool:
    word = token[0]
    if word.lower() in STOP and not (word.isupper() and len(word) > 1):
        return False
    plain = not any(map(str.isupper, word[1:])) and word.isalpha()
    return not (plain and word.lower() in common and _begins(text, token.start()))


def _begins(text: str, place: int) -> bool:
    return SENTENCE_END.search(text, max(place - 12, 0), place) is not None


def glosses(text: str) -> Iterator[Gloss]:
    """Yield the Korean forms of ``text`` that are followed by their original in brackets."""
    for found in GLOSS.finditer(text):
        original = found["name"].strip()
        count = len(re.split(r"[ -]", original))
        if count > MAX_ORIGINAL_WORDS:
            continue
        korean = _before(text[max(found.start() - 80, 0) : found.start()], original)
        if HANGUL.search(korean) and (
            HANGUL.search(korean.split()[-1]) or korean.split()[-1] in original.split()
        ):
            start = found.start() - len(korean)
            yield Gloss(korean, original, start, found.span("name"))
            if found["short"]:
                yield Gloss(korean, found["short"], start, found.span("short"))
    for found in REVERSE.finditer(text):
        yield Gloss(found["form"], found["name"], found.start("form"), found.span("name"))


def _before(text: str, original: str) -> str:
    """Return the words at the end of ``text`` that can be the Korean form of ``original``.

    At most as many as it has; for an acronym one for each capital, until they have four syllables.
    """
    parts = re.split(r"[ -]", original)
    capitals = sum(map(str.isupper, original))
    acronym = len(parts) == 1 and capitals > 1
    count = capitals if acronym else len(parts)
    words: list[str] = []
    for word in reversed(re.split(r"[ \n]", text)):
        bare = word.lstrip("*_\"'“‘(")
        if not KOREAN_WORD.fullmatch(bare):
            break
        foreign = MODIFIER.fullmatch(bare) or stem(bare) != bare or DIGIT.match(bare)
        if words and bare not in parts and foreign:
            break
        words.append(bare)
        enough = acronym and sum(map(len, words)) >= MIN_COMPOUND
        if len(words) == count or enough or bare != word:
            break
    return " ".join(reversed(words))
