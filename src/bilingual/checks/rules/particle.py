"""A Korean particle has the wrong form for the word before it.

What
    Looks at 은/는, 이/가, 을/를, 과/와 and 으로/로 behind Latin words, acronyms, digits, units,
    brackets, code and emphasis, and behind Hangul where the word can be nothing else. How a word
    is read decides: by the glossary's `reading`, then by letters and numbers (GPT 지피티, LLM 엘엘엠,
    100 백, % 퍼센트).
Why
    `URL를` and `GPT이` read like machine output to every Korean reader.
Wrong
    en: The URL is long.
    ko: URL가 길다.

    en: GPT-5.4 leads.
    ko: **GPT-5.4**이 앞선다.

    en: Large language models (LLMs) read it.
    ko: 대규모 언어 모델(LLM)를 읽는다.

    en: It took 10 of the 41%.
    ko: 41%을 얻었고 10를 더했다.

    glossary: {id: qwen, en: Qwen, ko: keep, reading: 큐원, kind: model}
    en: Qwen is open.
    ko: Qwen는 공개됐다.

    en: Call `fetch_model` with Seoul.
    ko: 서울으로 `fetch_model`를 부른다.
Right
    en: The URL of GPT-5.4 leads to LLMs, 41%, 10 and `fetch_model`.
    ko: URL은 GPT-5.4가 LLM을, 41%를, 10을, `fetch_model`을 서울로 이끈다.

    en: Bots, bits, Llama 3 and PRs are read in two ways.
    ko: Bot이 bit을, Llama 3가 PR을, Bot가 bit를, Llama 3이 PR를 읽는다.

    en: In autumn the villages have effects beyond national borders.
    ko: 가을 마을은 국가 경계를 넘는 효과와 차이가 있는 경로다.
Known limits
    Where a word can be read in two ways, nothing is said. Behind Hangul, 가, 이, 는 and 로 are
    judged only for names of the glossary, for they end other words too (국가, 차이, 있는, 경로).
    The copula (이다, 이라는) is not looked at.
Fix
    The other form of the particle.
Source
    한글 맞춤법; 외래어 표기법 for how English words end in Hangul.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.checks.base import Fault
from bilingual.language.ko.particle import slips
from bilingual.model import Fix, Message, Severity, mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import Subject

SEVERITY = Severity.ERROR
LANGUAGES = ("ko",)

WRONG = mark("{right} follows {word}, not {wrong}")
WRITE = mark("write {word}{right}")


def check(subject: Subject) -> Iterator[Fault]:
    """Give a fault for each particle of the wrong form in the target."""
    target = subject.target
    readings = {
        hit.end: hit.term.reading if not _is_hangul(hit.form[-1]) else hit.form
        for hit in target.hits
        if hit.term.reading or _is_hangul(hit.form[-1])
    }
    for slip in slips(target.text, readings.get):
        wrong = target.text[slip.start : slip.end]
        values = {"word": slip.word, "right": slip.right, "wrong": wrong}
        mended = target.text[: slip.start] + slip.right + target.text[slip.end :]
        yield Fault(
            Message(WRONG, values),
            (slip.start, slip.end),
            fix=Fix(Message(WRITE, values), mended),
        )


def _is_hangul(character: str) -> bool:
    return "가" <= character <= "힣"
