"""Recognise edits of a source that keep its meaning, so that its target can be kept.

There are two kinds. *Carried over* are edits that keep every word, number and piece of code: white
space, emphasis, commas, the shape of quotes and dashes, a link's address. They are accepted
automatically, and the target gets the new address. *Trivial* edits may also correct a typo: one
letter of a longer word. They are accepted only on request (``segment --trivial``), and never where
a number, a name, a negation or the kind of sentence changed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import zip_longest

ADDRESS = re.compile(
    r"(?<=\]\()<?([^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)>?(?=\)|\s+[\"'(])"
    r"|<(https?://[^\s<>]+|[^\s<>@]+@[^\s<>]+)>"
    r"|(?<![\w(<\[])(https?://[^\s<>)\]]*[\w/])"
)
"""A link's or image's address, an autolink, a bare address."""
CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
TAG = re.compile(r"</?[A-Za-z][^<>]*>")
WORD = re.compile(
    r"[-+−±~≈<>≤≥]?[$€£¥₩]?\d+(?:[.,:/]\d+)*(?:[%‰°×]|[^\W\d_]+)?|[^\W\d_]+(?:['’][^\W\d_]+)*"
    r"|\d+|[?!%‰$€£¥₩×÷=+<>|\[\]~^#@&/\\{}]"
)
"""What has meaning: numbers with their signs and units, words, punctuation that is not layout."""
NEGATIONS = re.compile(
    r"(?i)\b(?:no|not|non|never|none|nor|neither|nobody|nothing|without|cannot|hardly|barely"
    r"|unless|except|\w+n['’]t)\b|않|없|아니|아닌|못|(?<!\w)안(?!\w)|말[고라아]"
)
QUANTITIES = frozenset(
    {
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve", "dozen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy",
        "eighty", "ninety", "hundred", "thousand", "million", "billion", "trillion", "half",
        "third", "quarter", "double", "triple", "first", "second", "once", "twice", "percent",
        "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "halves",
        "quarters", "thirds", "dozens", "tens", "doubled", "tripled", "doubles", "triples",
        "point", "points", "millions", "billions", "trillions", "thousands", "hundreds",
    }
)  # fmt: skip
NUMERALS = frozenset("영공일이삼사오육륙칠팔구십백천만억조경한두세네닷엿셋넷섯곱덟홉열물른흔쉰순")
"""Syllables of Korean numbers: changing one changes the number."""
PREFIXES = ("un", "in", "im", "ir", "il", "dis", "non", "a", "de", "re", "mis", "anti", "over",
            "under", "ex", "pre", "post", "sub", "inter")  # fmt: skip
"""A word that gains or loses one of these is another word."""
MIN_TYPO_LETTERS = 5
"""In a shorter word one other letter makes another word, not a typo."""


def carry_over(old: str, new: str, target: str) -> str | None:
    """Return ``target`` for the source ``new`` when ``old`` → ``new`` keeps the words.

    Changed addresses are changed in the target too. None when the edit changes more than that,
    or when the target lacks a changed address.
    """
    if meaning(old) != meaning(new):
        return None
    before, after = addresses(old), addresses(new)
    if len(before) != len(after):
        return None
    moves = {one: other for one, other in zip(before, after, strict=True) if one != other}
    if not moves:
        return target
    if Counter(before) != Counter(addresses(target)) or len(set(before)) != len(before):
        return None
    return _replace_addresses(target, moves)


def is_trivial(old: str, new: str) -> bool:
    """Return True when a person may accept the edit ``old`` → ``new`` for all its targets.

    True for what ``carry_over`` accepts without an address, and for typos: the same number of
    words, each the same except for one letter of a longer word. False when a number, a name, a
    negation, a piece of code, a link or the kind of sentence changed.
    """
    if CODE.findall(old) != CODE.findall(new) or len(addresses(old)) != len(addresses(new)):
        return False
    if [found.casefold() for found in NEGATIONS.findall(old)] != [
        found.casefold() for found in NEGATIONS.findall(new)
    ]:
        return False
    before, after = meaning(old), meaning(new)
    return all(
        one is not None and other is not None and (one == other or _is_typo(one, other))
        for one, other in zip_longest(before, after)
    )


def meaning(text: str) -> tuple[str, ...]:
    """Return the parts of ``text`` with meaning, in order: words, numbers, code, tags."""
    parts: list[str] = []
    start = 0
    for found in CODE.finditer(text):
        parts += _words(ADDRESS.sub(" ", text[start : found.start()]))
        parts.append(found[0])
        start = found.end()
    return (*parts, *_words(ADDRESS.sub(" ", text[start:])))


def addresses(text: str) -> tuple[str, ...]:
    """Return the addresses in ``text`` in order: of links and images, autolinks, bare ones."""
    outside = CODE.sub(lambda found: " " * len(found[0]), text)
    return tuple(next(filter(None, found.groups()), "") for found in ADDRESS.finditer(outside))


def _words(text: str) -> list[str]:
    composed = unicodedata.normalize("NFC", text)
    parts: list[str] = []
    start = 0
    for tag in TAG.finditer(composed):
        parts += WORD.findall(_bare(composed[start : tag.start()]))
        parts.append(tag[0])
        start = tag.end()
    return parts + WORD.findall(_bare(composed[start:]))


def _bare(text: str) -> str:
    """Return ``text`` without emphasis markers and without escapes of punctuation."""
    return re.sub(r"\\(?=[^\w\s])|\*+|(?<!\w)_+|_+(?!\w)|~~", "", text)


def _replace_addresses(target: str, moves: dict[str, str]) -> str:
    pieces: list[str] = []
    start = 0
    outside = CODE.sub(lambda found: "\0" * len(found[0]), target)
    for found in ADDRESS.finditer(outside):
        group = found.lastindex or 0
        old = found[group] if group else ""
        if old in moves:
            pieces += [target[start : found.start(group)], moves[old]]
            start = found.end(group)
    return "".join(pieces) + target[start:]


def _is_typo(one: str, other: str) -> bool:
    """Return True when ``one`` and ``other`` are the same word with one letter wrong."""
    if not (one.isalpha() and other.isalpha()) or min(len(one), len(other)) < 2:
        return False
    if one[0] != one[0].lower() or other[0] != other[0].lower():
        return False  # a capital: it may be a name
    if _changes_number(one, other):
        return False
    # Jamo are the letters of Korean: one wrong jamo is a typo, as is one wrong Latin letter.
    before, after = (unicodedata.normalize("NFD", word) for word in (one, other))
    if min(len(before), len(after)) < MIN_TYPO_LETTERS:
        return False
    longer, shorter = sorted((before, after), key=len, reverse=True)
    if longer.endswith(shorter) and longer[: len(longer) - len(shorter)] in PREFIXES:
        return False
    return _one_edit(before, after)


def _changes_number(one: str, other: str) -> bool:
    """Return True when one of the two words, or what differs between them, is a number."""
    if one.casefold() in QUANTITIES or other.casefold() in QUANTITIES:
        return True
    return any(a != b and {a, b} <= NUMERALS for a, b in zip(one, other, strict=False))


def _one_edit(one: str, other: str) -> bool:
    """Return True when one letter is inserted, omitted, replaced or swapped with the next."""
    begin = 0
    while begin < min(len(one), len(other)) and one[begin] == other[begin]:
        begin += 1
    one, other = one[begin:], other[begin:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    if len(one) == len(other) == 2:
        return one == other[::-1]
    return len(one) <= 1 and len(other) <= 1
