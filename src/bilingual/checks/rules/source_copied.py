"""The target repeats the source instead of translating it.

What
    Finds targets in the source's language: English words and no Hangul, or Hangul and hardly
    anything else; and sentences of the source that are left untranslated in the target.
Why
    Engines return what they cannot translate, and a copy looks like a finished unit.
Wrong
    en: The weights are closed for now.
    ko: The weights are closed for now.

    en: Meta released it. The weights are closed for now, the company said.
    ko: 메타가 공개했다. The weights are closed for now, the company said.

    ko: 가중치는 공개되지 않았다.
    en: 가중치는 공개되지 않았다.
Right
    en: GPT-5.4, Gemini 3.1 Pro
    ko: GPT-5.4, Gemini 3.1 Pro

    en: Meta AI Research Blog
    ko: Meta AI Research Blog

    en: He cites “Attention is all you need” by Google.
    ko: 그는 구글의 “Attention is all you need”를 인용한다.

    en: Run `pip install bilingual-newsroom` in a shell of your choice
    ko: 원하는 셸에서 `pip install bilingual-newsroom`을 실행
Known limits
    Names and titles stay as they are: text with fewer than three ordinary words in lower case is
    skipped, and so are words in quotation marks, brackets, links and emphasis.
Fix
    Translate it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bilingual.checks.base import Violation
from bilingual.model import N_, Message, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import Side, Subject

SEVERITY = Severity.ERROR

COPIED = N_("the source is not translated here")
SENTENCE = N_("a sentence of the source is not translated: {sentence}")
HANGUL = re.compile(r"[가-힣]")
LATIN = re.compile(r"[A-Za-z]")
ORDINARY = re.compile(r"[a-z](?<![\w.@/#-].)[a-z]+(?![\w@/#-]|\.\w)")
QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]|[‘「『《〈][^’」』》〉]*[’」』》〉]|\([^()]*\)")
WORDS = 3
"""Minimum ordinary words for English to be text rather than a name."""


def check(subject: Subject) -> Iterator[Violation]:
    """Yield a violation when the target, or a sentence of it, is in the source's language."""
    source, target = subject.source, subject.target
    if target.language == "ko":
        if not LATIN.search(target.text):
            return
        if not HANGUL.search(target.text):
            if _ordinary(target.words) >= WORDS and _ordinary(source.words) >= WORDS:
                yield Violation(Message(COPIED), (0, len(target.text)))
            return
        yield from _sentences(source, target)
    else:
        letters = len(LATIN.findall(target.words))
        if len(HANGUL.findall(target.words)) > max(4, letters):
            yield Violation(Message(COPIED), (0, len(target.text)))


def _ordinary(words: str) -> int:
    return len(ORDINARY.findall(words))


def _sentences(source: Side, target: Side) -> Iterator[Violation]:
    """Yield the sentences that are in both texts and are not quotations."""
    if _ordinary(target.words) < 2 * WORDS:
        return
    given = {" ".join(sentence.text.split()) for sentence in source.segments}
    for sentence in target.segments:
        words = target.words[sentence.start : sentence.end]
        bare = QUOTED.sub(" ", words)
        if (
            " ".join(sentence.text.split()) in given
            and not HANGUL.search(words)
            and _ordinary(bare) >= 2 * WORDS
        ):
            span = (sentence.start, sentence.end)
            yield Violation(Message(SENTENCE, {"sentence": sentence.text}), span)
