"""What a draft holds that is no translation: a model's own words, and what it wrapped them in.

Models announce a translation, explain it, offer more, or decline; they put it in quotation marks or
JSON, after the source or a number; control tokens appear. A draft may have the same words because
its source has them, so each pattern comes with what such a source contains, in either language.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bilingual.language.injection.phrases import CONTROL
from bilingual.model import N_, Message

if TYPE_CHECKING:
    from collections.abc import Iterator

FENCED = N_("the answer is wrapped in a code fence")
REMARK = N_("the answer contains the model's own remarks: {words}")
DECLINED = N_("the answer declines to translate: {words}")
QUOTED = N_("the answer is wrapped in {signs}, which the source is not")
IN_JSON = N_("the answer wraps the translation in JSON")
NUMBERED = N_("the answer begins with a number that the source does not have: {words}")
BESIDE = N_("the answer contains the source next to the translation")
CONTROLS = N_("the answer contains a model's control token: {words}")

FENCE = re.compile(r"\A\s*(`{3,}|~{3,})[^\n]*\n(.*?)\n?\s*\1\s*\Z", re.DOTALL)
A_FENCE = re.compile(r"^\s*(?:`{3,}|~{3,})", re.MULTILINE)


_YES = (
    r"(?:okay|ok|all ?right|sure(?: thing)?|certainly|of course|absolutely|got it|understood|"
    r"네|예|알겠습니다|물론입니다|물론이죠|좋습니다)"
)
_LANGUAGE = r"(?:korean|english|한국어|영어|영문|국문)"
_NOTE = (
    r"(?:(?:translator['’]s )?notes?|tn|번?역자\s?주|옮긴이(?:의)?\s?주|역주|참고(?:\s?사항)?|주의)"
)
_OF_LANGUAGES = (
    r"translat|interpret|render|locali[sz]|languag|\bkorean\b|\benglish\b|번역|역주|통역|옮기|언어|한국어|"
    r"영어|영문|국문"
)
"""What is in a source that speaks of translations itself."""
_Way = tuple[str, re.Pattern[str], re.Pattern[str]]


def _way(template: str, said: str, meant: str) -> _Way:
    """Return a message, what a model says, and what is in a source that says so itself."""
    return template, re.compile(said, re.IGNORECASE), re.compile(meant, re.IGNORECASE)


WAYS = (
    # Here is the translation: …; 번역할 텍스트를 제공해 달라.
    _way(
        REMARK,
        r"번역|\A[^.\n]{0,40}\btranslat(?:ion|ed|or)\b|"
        r"\btranslat(?:ion|ed|or)\b(?! into)[^.\n]{0,30}\W*\Z",
        _OF_LANGUAGES,
    ),
    # Sure! …
    _way(
        REMARK,
        rf"\A\W*{_YES}\s?[,!.]",
        r"\b(?:ok|okay|right|sure|certainly|of course|absolutely|yes|yeah|good|fine|understood)\b|"
        r"네|예|물론|그래|알겠|당연|좋|가능|맞|그렇|그럼",
    ),
    # Korean: …
    _way(REMARK, rf"\A\W*(?:in |to )?{_LANGUAGE}(?: version| text)?\W{{0,3}}[:：]", _LANGUAGE),
    # … (Note: it is literal.)
    _way(
        REMARK,
        rf"[(\[（【]\W{{0,2}}{_NOTE}\s*[:：.)–—-][^\n]*\Z|\n\s*\W*{_NOTE}\s*[:：)].*\Z",
        r"\bnotes?\b|expla(?:n|in)|caution|attention|warning|important|tips?\b|참고|주의|설명|"
        r"주\s?[:：)]|역주",
    ),
    # … Let me know if you need changes.
    _way(
        REMARK,
        r"[.!?)\n]\s*\W{0,3}(?:(?:please )?let me know\b|(?:i )?hope (?:this|that|it) helps|"
        r"would you like\b|도움이 되[길기었]|추가[^.\n]{0,25}(?:말씀|말해|알려))[^\n]*\Z",
        r"\b(?:know|tell|help|ask|contact|question|hope|request|like|free)|알려|말해|말씀|연락|문의|질문|"
        r"도움|필요|요청|편하|자유롭|언제든|원하|어떨까",
    ),
    # I'm sorry, but I can't help with that.
    _way(
        DECLINED,
        r"\A\W*(?:죄송|미안|유감|아쉽)[^.\n]{0,80}(?:수 없|수는 없|못[하합한]|않)|"
        r"\A\W*(?:(?:i['’]?m|i am|we['’]re) )?(?:sorry|afraid|unable)\b|"
        r"\A\W*(?:unfortunately, )?i (?:cannot|can['’]t|won['’]t)\b",
        r"\b(?:sorry|apolog\w*|afraid|unfortunate\w*|regret\w*|forgive|excuse|can['’]?t|cannot)\b|"
        r"\bwon['’]t\b|죄송|미안|유감|사과|아쉽|안타깝|수 없|못|않",
    ),
    _way(
        DECLINED,
        r"\A\W*as an? (?:ai|language model)\b|\A\W*(?:AI|인공지능)\s?(?:언어\s?)?(?:모델)?로서",
        r"\bAI\b|인공지능|artificial|모델|model",
    ),
)
"""What a model says about its answer."""
ENGLISH = re.compile(
    r"(?<![A-Za-z'’])(?:[A-Z]?[a-z’']+)(?: [a-z’']+){2,}(?=[.!?:)\]]|\s*\Z)", re.MULTILINE
)
"""Running words in a Korean draft: a model's own when the source does not have them."""
_PAIRS = {
    '"': '"', "“": "”", "'": "'", "‘": "’", "「": "」", "『": "』", "«": "»", "《": "》", "`": "`",
    "**": "**", "__": "__", "*": "*", "_": "_",
}  # fmt: skip
_OPENING = re.compile(r"\*\*|__|[\"“'‘「『«《`*_]")
_WRAPPING = re.compile(r"[\"“”'‘’「」『』«»《》`*_]")
_JSON = re.compile(
    r"\A\s*[{\[].*\"\s*:\s*[\"{\[].*[}\]]\s*\Z|\A\s*\"\w{1,20}\"\s*:\s*\"", re.DOTALL
)
_NUMBERED = re.compile(r"\A\s*(?:\[(\d{1,3})\]|\((\d{1,3})\)|<(\d{1,3})>|(\d{1,3})\s?[.:)\]])\s")
_DIGITS = re.compile(r"\d+")
_PROTOCOL = re.compile(
    rf"{CONTROL.pattern}|#{{2,}}\s*(?:System|Instructions?|Response|Assistant|User|Input|Output)\b"
    r"|\[/?(?:INST|ASSISTANT|USER)\]|<\|?(?:eot|eos|bos|end|start)(?:_\w+)?\|?>"
)
_WORD = re.compile(r"[a-z]{2,}|[가-힣]{2,}")
RUNNING = 4
"""Words without a capital letter, or of Hangul, that make up a text which has to be translated."""


def found(source: str, target: str, languages: tuple[str, str]) -> Iterator[Message]:
    """Yield what is no translation in ``target``, a draft for ``source``, both without marks."""
    yield from _said(source, target, languages[1])
    yield from _around(source, target)
    if _has_source(source, target):
        yield Message(BESIDE)


def _said(source: str, target: str, language: str) -> Iterator[Message]:
    """Yield the model's own words."""
    for template, said, meant in WAYS:
        if (match := said.search(target)) and not said.search(source) and not meant.search(source):
            yield Message(template, {"words": short(match[0])})
            return
    running = ENGLISH.finditer(target) if language == "ko" else ()
    for match in running:
        if match[0].casefold() not in source.casefold():
            yield Message(REMARK, {"words": short(match[0])})
            return


def _around(source: str, target: str) -> Iterator[Message]:
    """Yield what the translation is wrapped in, and what shows of the protocol."""
    if FENCE.match(target) or (A_FENCE.search(target) and not A_FENCE.search(source)):
        yield Message(FENCED)
    if signs := _wrapped(source, target):
        yield Message(QUOTED, {"signs": signs})
    if _JSON.match(target) and not _JSON.match(source):
        yield Message(IN_JSON)
    if words := _numbered(source, target):
        yield Message(NUMBERED, {"words": words})
    if (control := _PROTOCOL.search(target)) and not _PROTOCOL.search(source):
        yield Message(CONTROLS, {"words": short(control[0])})


def short(text: str) -> str:
    """Return as much of ``text`` as a message shows."""
    return " ".join(text.split())[:40]


def _wrapped(source: str, target: str) -> str:
    """Return the signs around the whole ``target`` that ``source`` does not have."""
    text = target.strip()
    opening = _OPENING.match(text)
    if not opening:
        return ""
    first, last = opening[0], _PAIRS[opening[0]]
    inner = text[len(first) : -len(last)]
    if not text.endswith(last) or len(inner) < len(last) or first in inner or last in inner:
        return ""
    ends = source.strip()[:1] + source.rstrip(" .,!?…")[-1:]
    return "" if _WRAPPING.search(ends) else f"{first}…{last}"


def _numbered(source: str, target: str) -> str:
    match = _NUMBERED.match(target)
    if match is None:
        return ""
    number = next(filter(None, match.groups()))
    return "" if number in _DIGITS.findall(source) else match[0].strip()


def _has_source(source: str, target: str) -> bool:
    """Return True when the ``target`` has all of the ``source`` in it, and more."""
    before, after = " ".join(source.split()), " ".join(target.split())
    return len(after) > len(before) and len(_WORD.findall(before)) >= RUNNING and before in after
