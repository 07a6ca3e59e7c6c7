"""Cut a unit's text into sentences (segments).

A sentence ends at ``.``, ``!``, ``?`` or ``…``, with the quotation marks and brackets after it,
before a space and something that can begin a sentence. It does not end inside numbers and dates
(``2026. 4. 8.``), after abbreviations and initials, after a number that begins the text
(``52. That's …`` is one thing with its score), inside code, links and addresses, nor inside a
quotation that goes on (“예.”라고 말했다).

Source: the rules of SRX 2.0 as segmentation tools use them, cut down to two languages.
"""

from __future__ import annotations

import re

from bilingual.language.mask import BLANK, mask_code
from bilingual.model import Segment

END = re.compile(
    r"(?P<stop>[.!?…。！？][.!?…。！？]*)(?P<close>[\"'”’»」』)\]*_~`]*)(?P<gap>\s+|(?=[가-힣\"“‘「『(])|\Z)"
)
"""Where a sentence may end. Korean writers sometimes leave the space out (했다.그는)."""
PARAGRAPH = re.compile(r"\n\s*\n|  \n|\\\n")
"""Where one always ends."""
_ABBREVIATED = """
    mr mrs ms dr prof sr jr st gen col sgt capt lt rep sen gov pres hon rev messrs mme mlle no nos
    vol vols fig figs eq eqs sec ch chs pp ed eds al vs v etc e.g i.e cf viz approx dept est inc
    ltd co corp bros univ assn ave blvd rd mt ft jan feb mar apr jun jul aug sept sep oct nov dec
    mon tue wed thu fri sat sun u.s u.k u.n d.c a.m p.m ph.d m.d b.a m.a ca
"""
ABBREVIATIONS = frozenset(_ABBREVIATED.split())
_ENDING = "inc ltd co corp etc u.s u.k u.n d.c a.m p.m ph.d jr sr al"
MAY_END = frozenset(_ENDING.split())
"""Abbreviations that do end a sentence when a word follows that begins one."""
_STARTING = """
    The A An In It He She They We I But And This That These Those Its His Her Their Our At On For
    As When While If Some Many No Not So Then There Now Meanwhile However Yet Still Once By
"""
STARTERS = frozenset(_STARTING.split())
"""Words that begin a sentence rather than go on with a name (U.S. Federal Reserve)."""
NUMBERED = re.compile(r"(?:\A|[.!?…]\s+|\n)[*_\"'“‘(]*\d{1,3}\Z")
WORD_BEFORE = re.compile(r"[\w.’'-]+\Z")
KOREAN_END = re.compile(r"(?:다|요|까|죠|니|라|자|네|군|음|함|임|됨|오|게|지|며)\Z")
QUOTING = re.compile(
    r"(?:라고|라는|라며|고|며|는|이라|라|하고|면서|란|이란|에|의|을|를|이|가|은|도|로|와|과)"
)


def segments(text: str, language: str, words: str = "") -> tuple[Segment, ...]:
    """Return the sentences of ``text`` in ``language``, in order.

    They and the white space between them make up the whole text. A text without any letters is
    one segment; an empty one has none. ``words`` is ``masked(text)``, if at hand.
    """
    found: list[Segment] = []
    start = 0
    for end in (*_bounds(text, words or mask_code(text), language), len(text)):
        piece = text[start:end]
        inner = piece.strip()
        if inner:
            left = start + len(piece) - len(piece.lstrip())
            found.append(Segment(inner, left, left + len(inner)))
        start = end
    return tuple(found)


def _bounds(text: str, words: str, language: str) -> list[int]:
    """Return the offsets at which a sentence ends and another may begin."""
    soft = [
        found.end("close")
        for found in END.finditer(words)
        if found.end() < len(text) and _ends(words, found, language)
    ]
    if "\n" not in words:
        return soft
    return sorted({*soft, *(found.end() for found in PARAGRAPH.finditer(words))})


def _ends(text: str, found: re.Match[str], language: str) -> bool:
    stop = found["stop"]
    before, after = text[: found.start()], text[found.end() :]
    gap, close = found["gap"], found["close"]
    if not gap and not (before and "가" <= before[-1] <= "힣" and KOREAN_END.search(before)):
        return False
    if _quoted_on(close, after, gap) or _in_brackets(before, close, text, found.end()):
        return False
    if stop == "." and not _full_stop(before, after, language, quoted=bool(close)):
        return False
    if stop in {"…", "..", "..."} and after[:1].islower():
        return False
    first = after.lstrip("\"'“‘«「『([*_~`> ")[:1]
    return not (first.islower() and language == "en" and stop == ".")


def _quoted_on(close: str, after: str, gap: str) -> bool:
    """Return True when the sentence goes on after a quotation: “예.”라고, "No." he said."""
    if not any(quote in close for quote in "\"'”’»」』"):
        return False
    return bool(not gap and QUOTING.match(after)) or after[:1].islower()


def _in_brackets(before: str, close: str, text: str, end: int) -> bool:
    """Return True inside round brackets that close later in the sentence."""
    opened = before.rfind("(")
    if opened < 0 or ")" in before[opened:] or ")" in close:
        return False
    closing = text.find(")", end)
    return 0 <= closing - end < 200


def _starts(after: str) -> bool:
    word = re.match(r"[\"'“‘(]*([A-Za-z]+)", after)
    return word is not None and word[1] in STARTERS


def _full_stop(before: str, after: str, language: str, *, quoted: bool) -> bool:
    word = WORD_BEFORE.search(before)
    last = word[0] if word else ""
    follows = after[:1]
    if last.isdigit():
        # 2026. 4. 8., and an ordinal or a score at the start: 1. 첫째, 52. That's …
        return not (follows.isdigit() or NUMBERED.search(before) or _dated(before))
    if quoted:
        return True
    bare = last.lower().strip("'’-")
    if language == "ko" and last and "가" <= last[-1] <= "힣":
        return True
    if re.fullmatch(r"[A-Z]", last) or re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", last):
        return bare in MAY_END and _starts(after)
    if bare in ABBREVIATIONS:
        return bare in MAY_END and _starts(after)
    return before[-1:] != BLANK or not follows.islower()


def _dated(before: str) -> bool:
    return bool(re.search(r"(?<!\d)[12]\d{3}\.\s?\d{1,2}(?:\.\s?\d{1,2})?\Z", before))
