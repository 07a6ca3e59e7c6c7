"""Spaces where Korean has none, or none where it has one.

What
    Finds, in Korean targets: two spaces between words; a particle separated from its word (GPT 는,
    `code` 를, 모델 을); a space before a comma, full stop, exclamation mark or question mark;
    spaces inside round brackets; no space after a sentence (했다.그는); and a number separated from
    its percent sign (50 %).
Why
    Particles belong to the word before them. A line may break at a wrong space, and search finds
    two words.
Wrong
    en: GPT is a model.
    ko: GPT 는 모델이다.

    en: It reads  data.
    ko: 데이터를  읽는다.

    en: Call `map`, then stop.
    ko: `map` 을 부른 뒤 멈춘다 .

    en: It stopped. He left.
    ko: 멈췄다.그는 떠났다.

    en: A term (here) grew by 50%.
    ko: 용어( 여기 )가 50 % 늘었다.
Right
    en: GPT-5.4 of OpenAI grew 10 times to 80 GB in 3 months.
    ko: OpenAI의 GPT-5.4는 10배 커져 3개월 만에 80 GB가 됐다.

    en: AI models are fast. See .gitignore and ... more.
    ko: AI 모델과 AI모델은 빠르다. .gitignore와 ... 더 보라.

    en: This village and the gold and silver.
    ko: GPT 이 모델과 3 만 개, 금 은 동을 본다.
Known limits
    Our articles write numbers together with their unit nouns (10개, 3월), but 한글 맞춤법 제43항
    allows 10 개 too, so neither is reported. A space between a Latin word and a Hangul noun is
    optional (AI 모델, AI모델); units in Latin letters may be separate (80 GB). Of the particles,
    이, 도, 만 and others that are also words are not checked. Deciding which words form a compound
    needs a dictionary.
Fix
    Removes or adds the space, unless that would change how the Markdown reads.
Source
    한글 맞춤법 제41항 (particles), 제43항 (units), 문장 부호 1 to 4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.checks.base import Violation
from bilingual.language.ko.spacing import spacing_errors
from bilingual.model import N_, Fix, Message, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import Subject

SEVERITY = Severity.WARNING
LANGUAGES = ("ko",)

SURPLUS = N_("a space too many")
MISSING = N_("a space is missing")
REMOVE = N_("remove the space")
ADD = N_("add the space")


def check(subject: Subject) -> Iterator[Violation]:
    """Yield a violation for each extra or missing space in the target."""
    target = subject.target
    for slip in spacing_errors(target.words):
        fixed = target.text[: slip.start] + slip.replacement + target.text[slip.end :]
        missing = slip.end == slip.start
        same = "*" not in target.text and "_" not in target.text
        if not same:
            from bilingual.markdown.inline import inlines  # noqa: PLC0415 - loads slowly

            shape = [each.kind for each in target.inlines]
            same = [each.kind for each in inlines(fixed)] == shape
        fix = Fix(Message(ADD if missing else REMOVE), fixed) if same else None
        span = (max(0, slip.start - 1), slip.end + 1)
        yield Violation(Message(MISSING if missing else SURPLUS), span, fix=fix)
