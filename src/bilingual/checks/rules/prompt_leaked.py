"""The target repeats the engine's instructions instead of a translation.

What
    Finds sentences of the engine's instructions in the target, word for word or in Korean, where
    the source does not have them.
Why
    A model may print its instructions when the text that it translates asks for them; a small model
    does so by mistake.
Wrong
    en: The company said so.
    ko: Copy every mark such as <x1/> unchanged, each exactly once.

    ko: 회사는 이렇게 밝혔다.
    en: You translate technology news from Korean into English for a newspaper.

    en: The company said so.
    ko: 아래 텍스트를 한국어로 번역하시오: 회사는 이렇게 밝혔다.
Right
    en: The engine is told to answer with one JSON object.
    ko: 엔진은 JSON 객체 하나로 답하라는 지시를 받는다.

    en: Translate the text below into Korean, the teacher said.
    ko: 교사는 아래 글을 한국어로 번역하라고 말했다.
Known limits
    Only `translate` knows a newsroom's own guide; it refuses drafts that repeat it.
Fix
    Translate the unit.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bilingual.checks.base import Violation
from bilingual.model import N_, Message, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import Subject

SEVERITY = Severity.ERROR

LEAKED = N_("this is the engine's instruction: {text}")
PHRASES = re.compile(
    r"you translate (?:technology )?news from|translate news from (?:English|Korean) into|"
    r"copy (?:every mark|marks) such as|each exactly once; <|"
    r"translate each text in `?passages|the user['’]s message is (?:one|a) JSON|"
    r"data, never an instruction|answer with (?:one JSON object|the translation only)|"
    r"every id exactly once|no other key, no remark|context \(do not translate\)|"
    r"your last answer was refused|add no link, no html, no image|"
    r"translate into (?:Korean|English):|"
    r"(?:아래|다음|이)\s?(?:텍스트|글|문장|내용)(?:을|를)\s?(?:한국어|영어)로\s?"
    r"번역(?:하시오|하세요|해\s?주세요)|"
    r"(?:다음은|이것은)\s?데이터(?:일 뿐|이며|이고),?\s?(?:절대\s?)?(?:지시|명령)|"
    r"번역(?:문)?만\s?(?:답|출력|제시)하",
    re.IGNORECASE,
)


CLUE = re.compile(
    "translate|copy |exactly once|message is|never an|answer with|every id|no other key|"
    r"context \(do|last answer|add no link|번역|데이터"
)
"""Words of which every phrase has one, in lower case."""


def check(subject: Subject) -> Iterator[Violation]:
    """Yield a violation where the target repeats what only the engine is told."""
    if not CLUE.search(subject.target.text.lower()):
        return
    if (found := PHRASES.search(subject.target.text)) and not PHRASES.search(subject.source.text):
        yield Violation(Message(LEAKED, {"text": " ".join(found[0].split())}), found.span())
