"""A unit is written in another register than the rest of the article.

What
    Looks at how the sentences of a Korean target end and reports the units that differ from most
    others: 했다 in an article in 합니다체, 합니다 or 해요 in one in 해라체.
Why
    An article addresses its readers in one register. Drafts switch between paragraphs, and
    reviewers who see one unit at a time do not notice.
Wrong
    en: The model reads the text.
    ko: 모델은 글을 읽습니다.
    en: It cuts the words.
    ko: 모델은 단어를 조각냅니다.
    en: Then it counts.
    ko: 그다음 수를 센다.

    en: The model reads the text.
    ko: 모델은 글을 읽는다.
    en: It cuts the words. They are short.
    ko: 단어를 조각낸다. 조각은 짧다.
    en: Then it counts.
    ko: 그다음 수를 세요.
Right
    en: The model reads the text.
    ko: 모델은 글을 읽는다.
    en: It cuts the words.
    ko: 단어를 조각냈다.
    en: “It is fast,” he said.
    ko: 그는 “아주 빠릅니다.”라고 말했다.
    en: Try it yourself
    ko: 직접 해 보세요.
    kind: heading

    en: The model reads the text. Try it.
    ko: 모델은 글을 읽습니다. 직접 해 보세요.
    en: How does it count?
    ko: 어떻게 셀까요? 이것은 중요합니다.
Known limits
    Headings, fields, captions, cells, quotations and sentences without a full stop are not checked.
    하세요, 할까요? and 이죠 fit both polite registers. 해요체 in 합니다체 is found only if it is
    the exception, one sentence in ten. A block quotation counts as the article's own words.
Fix
    Rewrite the ending; the newsroom decides which register is right.
Source
    국립국어원 on 상대 높임법.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bilingual.checks.base import Violation
from bilingual.language.ko.register import Register, endings
from bilingual.model import N_, Kind, Message, Scope, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bilingual.checks.base import PairSubject

SEVERITY = Severity.WARNING
SCOPE = Scope.PAIR
LANGUAGES = ("ko",)

MIXED = N_("{word} is {register}; most of the article is {most}")
_KINDS = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.FOOTNOTE, Kind.DEFINITION, Kind.HTML})
_PLAIN = frozenset({Register.PLAIN})
_EXCEPTION = 10


def check(pair: PairSubject) -> Iterator[Violation]:
    """Yield a violation for each unit with a sentence in a register that is not the article's."""
    found = [
        (unit, [*endings(unit.target.words)])
        for unit in pair.units
        if unit.entry.kind in _KINDS and unit.target.text
    ]
    counts = Counter(ending.register for _, each in found for ending in each)
    odd, most = _odd(counts)
    if not odd:
        return
    for unit, each in found:
        for ending in each:
            if ending.register in odd:
                values = {
                    "word": ending.word,
                    "register": ending.register.value,
                    "most": most.value,
                }
                yield Violation(Message(MIXED, values), (ending.start, ending.end), unit=unit)
                break


def _odd(counts: Mapping[Register, int]) -> tuple[frozenset[Register], Register]:
    """Return the registers that are exceptions, and the one of most sentences."""
    plain = counts.get(Register.PLAIN, 0)
    formal, informal = counts.get(Register.FORMAL, 0), counts.get(Register.INFORMAL, 0)
    polite = formal + informal + counts.get(Register.POLITE, 0)
    most = Register.FORMAL if formal >= informal else Register.INFORMAL
    if plain > polite:
        return frozenset(Register) - _PLAIN, Register.PLAIN
    odd = _PLAIN if plain < polite else frozenset[Register]()
    less = Register.INFORMAL if most is Register.FORMAL else Register.FORMAL
    if counts.get(less, 0) * _EXCEPTION <= counts.get(most, 0):
        odd |= {less}
    return odd, most
