r"""Text that readers do not see, or letters that are not what they look like.

What
    Finds zero-width characters, direction marks, tags, fillers and control characters in the
    source; in the target, those of them that `unicode-form` does not know; in both, inline HTML
    whose style hides its words, and words that mix Latin letters with Cyrillic or Greek letters of
    the same shape.
Why
    A model reads what a person does not see: an article can hide instructions to it (U+E0041 is an
    A that is not displayed). Search finds neither a word with a hidden character nor one with a
    letter of another alphabet.
Wrong
    en: A model <span style="display:none">and its prompt</span> reads.
    ko: 모델이 읽는다.

    en: Run the mоdel.
    ko: 모델을 돌린다.

    ko: 모델이 읽는다.
    en: The mоdel reads.
Right
    en: A family 👨‍👩‍👧 and a ❤️ for H<sub>2</sub>O, 5 μm
    ko: 가족 👨‍👩‍👧과 ❤️, H<sub>2</sub>O, 5μm

    en: <span style="color: red">Red</span> is a colour of Москва.
    ko: <span style="color: red">빨강</span>은 모스크바의 색이다.
Known limits
    Characters that an emoji or a script needs (joiners, selectors, flags) are not hidden text.
    Hidden characters are not sent to an engine; what HTML hides is sent, as data. White text on a
    white page is found only by the word white.
Fix
    Removes hidden characters from a target. In the article, remove them yourself.
Source
    Unicode Technical Report #36 (security considerations), Unicode Technical Standard #39.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bilingual.checks.base import Confidence, Violation
from bilingual.language.injection.hidden_characters import hidden, mixed, visible
from bilingual.model import N_, Fix, Message, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import Side, Subject

SEVERITY = Severity.WARNING
CONFIDENCE = Confidence.LIKELY
BLANK_TARGETS = True

HIDDEN = N_("{count} hidden characters, the first is {name}")
STYLED = N_("{tag} hides its words")
MIXED = N_("{text} mixes letters of two alphabets that look the same")
REMOVE = N_("remove them")
_KNOWN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+\Z")
"""What ``unicode-form`` reports in a target."""
_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?![.\d]*[1-9])|"
    r"font-size\s*:\s*0(?![.\d]*[1-9])|[^-]color\s*:\s*(?:white|#fff(?:fff)?|transparent)\b|"
    r"text-indent\s*:\s*-\d{3,}|\shidden(?=[\s=/>])",
    re.IGNORECASE,
)


def check(subject: Subject) -> Iterator[Violation]:
    """Yield a violation for each run of hidden characters, each tag that hides, each mixed word."""
    for place, message in _hidden(subject.source.text):
        yield Violation(message, source_span=place)
    target = subject.target.text
    for place, message in _hidden(target):
        if not _KNOWN.match(target[slice(*place)]):
            yield Violation(message, place, fix=Fix(Message(REMOVE), visible(target)))
    for side in (subject.source, subject.target):
        for place, message in _disguised(side):
            if side is subject.source:
                yield Violation(message, source_span=place)
            elif target[slice(*place)] not in subject.source.text:
                yield Violation(message, place)


def _hidden(text: str) -> Iterator[tuple[tuple[int, int], Message]]:
    for start, end in hidden(text):
        values = {"count": end - start, "name": f"U+{ord(text[start]):04X}"}
        yield (start, end), Message(HIDDEN, values)


def _disguised(side: Side) -> Iterator[tuple[tuple[int, int], Message]]:
    for start, end in mixed(side.words):
        yield (start, end), Message(MIXED, {"text": side.text[start:end]})
    if "<" not in side.text:
        return
    for each in side.of_kind("html"):
        tag = side.text[each.start : each.end]
        if _STYLE.search(tag):
            yield (each.start, each.end), Message(STYLED, {"tag": tag})
