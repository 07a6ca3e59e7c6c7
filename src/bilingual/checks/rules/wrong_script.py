"""The target has characters of a script that its language does not use.

What
    Finds Chinese and Japanese fragments in Korean, Hangul and Chinese characters in English, and
    Cyrillic, Arabic, Thai, Hebrew or Devanagari in either, outside code and addresses, where the
    source does not have the same. Latin letters are normal in Korean, but no word starts in Hangul
    and goes on in lower-case Latin letters.
Why
    Engines that were trained on several languages switch to another one in mid-sentence.
Wrong
    en: Follow the steps below.
    ko: 아래 操作步骤는 다음과 같다.

    en: It reads the data.
    ko: 모델이 データを 읽는다.

    ko: 모델은 단어를 조각낸다.
    en: The model cuts 단어를 into pieces.

    en: It was released in April.
    ko: 4월에 выпущен 공개됐다.

    en: Companies charge for each million tokens.
    ko: 기업들은 메illion 토큰마다 요금을 매긴다.
Right
    en: Beijing and the U.S. met OpenAI.
    ko: 베이징(北京)과 美 정부가 OpenAI를 만났다.

    en: It runs on macOS and uses the KakaoTalk app.
    ko: 맥OS에서 돌아가고 카카오톡 app을 쓴다.

    en: The word 操作 means operation.
    ko: 단어 操作은 조작을 뜻한다.

    ko: 정(情)은 말로 옮기기 어렵다.
    en: Jeong (정, 情) resists translation; so does “눈치”.
Known limits
    In Korean, hanja in brackets after Hangul distinguish homonyms, and a single character such as
    美, 中 or 前 is press usage; both are skipped. In English, Hangul in brackets, quotation marks
    or emphasis names a word. A fragment that the source has too is a quotation.
Fix
    Translate it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bilingual.checks.base import Violation
from bilingual.language.script import script_runs
from bilingual.model import N_, Message, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import Side, Subject
    from bilingual.language.script import ScriptRun

SEVERITY = Severity.ERROR

FOREIGN = {
    "han": N_("{text} is written in Chinese characters"),
    "kana": N_("{text} is written in Japanese"),
    "hangul": N_("{text} is written in Hangul"),
    "cyrillic": N_("{text} is written in Cyrillic"),
    "arabic": N_("{text} is written in Arabic"),
    "thai": N_("{text} is written in Thai"),
    "hebrew": N_("{text} is written in Hebrew"),
    "devanagari": N_("{text} is written in Devanagari"),
}
PRESS = frozenset(
    "美中日韓北英獨佛露伊印臺對前故新反親非與野靑檢軍警政民黨株約計男女夫妻父母子弟大小高低强弱"
)
"""Hanja that headlines use alone."""
HALF = N_("{text} begins in Hangul and goes on in Latin letters")
_HALF = re.compile(r"[가-힣]+[a-z]{2,}")
_GLOSS = re.compile(r"[(（\[「『《〈\"'“‘*_·,/~]\s?\Z")
_OPEN = re.compile(r"[(（][^()（）]*\Z|[\"“‘「『][^\"”’」』]*\Z")
_OTHER = {
    "en": re.compile(r"[^\x00-\u024f\u2000-\u206f]"),
    "ko": re.compile(
        r"[^\x00-\u024f\u2000-\u22ff\u3000-\u3004\u3008-\u303f\uac00-\ud7a3\uff00-\uff0f\ufffc]"
    ),
}
"""Quick test for characters that a good target cannot have."""


def check(subject: Subject) -> Iterator[Violation]:
    """Yield a violation for each run of another script in the target."""
    target, source = subject.target, subject.source
    for found in _HALF.finditer(target.words) if target.language == "ko" else ():
        if found[0] not in source.text:
            yield Violation(Message(HALF, {"text": found[0]}), found.span())
    if not _OTHER[target.language].search(target.words):
        return
    for run in script_runs(target.words):
        if _is_own(run, target) or _is_named(run, target):
            continue
        if run.script != "hangul" and run.text in source.text:
            continue
        if run.script not in {"han", "kana", "hangul"} and any(
            each.script == run.script for each in script_runs(source.text)
        ):
            continue
        message = Message(FOREIGN[run.script], {"text": run.text})
        yield Violation(message, (run.start, run.end))


def _is_own(run: ScriptRun, side: Side) -> bool:
    return run.script == "hangul" and side.language == "ko"


def _is_named(run: ScriptRun, side: Side) -> bool:
    """Return True if such characters are a gloss or press usage."""
    before = side.text[: run.start]
    if side.language == "ko":
        opened = re.search(r"[(（\[][^()（）\[\]가-힣]*\Z", before)
        if opened and before[: opened.start()].rstrip("*_\"'”’ ")[-1:].isalnum():
            return True
        return len(run.text) == 1 and run.text in PRESS
    return bool(_GLOSS.search(before) or _OPEN.search(before))
