r"""Readers see the asterisks of an emphasis.

What
    Finds `**` (and `*`, where the source has emphasis) that opens and closes but is not emphasis:
    its closing mark follows punctuation and precedes a letter, which is common before Korean
    particles.
Why
    Readers see `**용어(Term)**는` with its asterisks.
Wrong
    en: A **term** is a word.
    ko: **용어(Term)**는 말이다.

    en: It is **50%** of all.
    ko: 전체의 **50%**를 차지한다.

    en: He said **"no"** again.
    ko: 그는 **"아니요"**라고 다시 말했다.

    en: It *trails* by five.
    ko: 5점 *뒤진다(trail)*고 한다.
Right
    en: A **term** is a word.
    ko: **용어**(Term)는 말이다.

    en: It is **50%** of all.
    ko: 전체의 **50%** 이상을 **차지한다.**

    en: Two to the power of `2**3**` is 2 ** 8.
    ko: 2의 `2**3**`제곱은 2 ** 8이다.

    en: 5 * 3 is 15\*.
    ko: 5 * 3은 15\*다.
Known limits
    Some renderers (kramdown) do show this as emphasis; CommonMark, GitHub, Hugo and Astro do not.
Fix
    Moves a bracket or quotation mark at the end out of the emphasis; otherwise moves the particle
    into it.
Source
    CommonMark 0.31, section 6.2: right-flanking delimiter runs. Twelve cases and their fixes were
    tried with markdown-it-py 4, Hugo 0.111 (goldmark), micromark 4 with GFM and remark 15 with GFM
    (the engine of Astro): all show the asterisks before, and none after the eleven fixes offered
    (``그것은**(괄호)**이다`` has none).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bilingual.checks.base import Confidence, Violation
from bilingual.model import N_, Fix, Message, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import Side, Subject

SEVERITY = Severity.ERROR
CONFIDENCE = Confidence.CERTAIN

SHOWN = N_("{words} shows its asterisks: no emphasis ends here")
MOVE = N_("write {words}")
BLANK = "\ufffc"
DELIMITED = re.compile(
    r"(?<![\\*A-Za-z0-9])(?P<mark>\*{1,3})(?=[^\s*])[^*\n]*?[^\s*\\](?P=mark)(?!\*)"
)
TAIL = re.compile(r"(?P<word>.*?\w)(?P<tail>\s?[(（\[].*[)）\]])", re.DOTALL)
QUOTED = re.compile(
    r"(?P<open>[\"'“‘「『<《])(?P<word>[^\"'“”‘’「」『』<>《》]+)(?P<close>[\"'”’」』>》])"
)
FOLLOWING = re.compile(r"[가-힣]+")


def check(subject: Subject) -> Iterator[Violation]:
    """Yield a violation for each pair of marks that stays literal in the target."""
    target = subject.target
    if "*" not in target.text:
        return
    single = len(subject.source.of_kind("emphasis")) > len(target.of_kind("emphasis"))
    for found in DELIMITED.finditer(_literal(target)):
        marks = found["mark"]
        if len(marks) == 1 and not single:
            continue
        start, end = found.span()
        words = target.text[start:end]
        yield Violation(
            Message(SHOWN, {"words": words}), (start, end), fix=_fix(target.text, start, end, marks)
        )


def _literal(side: Side) -> str:
    """Return the text with all marks that make emphasis, code or links blanked out."""
    characters = list(side.text)
    for each in side.inlines:
        inner = each.kind in {"emphasis", "strong", "strike", "link"}
        spans = (
            [(each.start, each.inner_start), (each.inner_end, each.end)]
            if inner
            else [(each.start, each.end)]
        )
        for start, end in spans:
            characters[start:end] = BLANK * (end - start)
    return "".join(characters)


def _fix(text: str, start: int, end: int, marks: str) -> Fix | None:
    """Return the text with the emphasis rewritten, if a parser then reads it as emphasis."""
    from bilingual.markdown.inline import inlines  # noqa: PLC0415 - the parser loads slowly

    inner = text[start + len(marks) : end - len(marks)]
    before = sum(each.kind in {"emphasis", "strong"} for each in inlines(text))
    for fixed, stop in _candidates(text, end, inner, marks):
        whole = text[:start] + fixed + text[stop:]
        if sum(each.kind in {"emphasis", "strong"} for each in inlines(whole)) > before:
            return Fix(Message(MOVE, {"words": fixed}), whole)
    return None


def _candidates(text: str, end: int, inner: str, marks: str) -> Iterator[tuple[str, int]]:
    """Yield each replacement, and the end of the text it replaces."""
    tail = TAIL.fullmatch(inner)
    if tail:
        yield f"{marks}{tail['word']}{marks}{tail['tail']}", end
    quoted = QUOTED.fullmatch(inner)
    if quoted:
        yield f"{quoted['open']}{marks}{quoted['word']}{marks}{quoted['close']}", end
    following = FOLLOWING.match(text, end)
    if following:
        yield f"{marks}{inner}{following[0]}{marks}", following.end()
