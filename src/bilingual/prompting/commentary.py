"""What a draft holds that is no translation: a model's own words, and what it wrapped them in.

Models announce a translation, explain it, ask what else to do, or decline; they put it in quotation
marks, in JSON, behind the source, behind a number; their own protocol shows through. The same words
may stand in a draft because the source has them, so each way comes with what stands in a source
that says so itself, in either language.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bilingual.language.injection.phrases import CONTROL
from bilingual.model import N_, Message

if TYPE_CHECKING:
    from collections.abc import Iterator

FENCED = N_("the answer is wrapped in a code fence")
REMARK = N_("the answer holds the model's own remarks: {words}")
DECLINED = N_("the answer declines to translate: {words}")
QUOTED = N_("the answer is wrapped in {signs}, which the source is not")
IN_JSON = N_("the answer wraps the translation in JSON")
NUMBERED = N_("the answer begins with a number that the source does not have: {words}")
BESIDE = N_("the answer holds the source beside the translation")
CONTROLS = N_("the answer holds a model's control token: {words}")

FENCE = re.compile(r"\A\s*(`{3,}|~{3,})[^\n]*\n(.*?)\n?\s*\1\s*\Z", re.DOTALL)
A_FENCE = re.compile(r"^\s*(?:`{3,}|~{3,})", re.MULTILINE)


class _Way(NamedTuple):
    """One way of saying something that is no translation."""

    said: re.Pattern[str]
    meant: re.Pattern[str]
    """What stands in a source that says it itself."""
    into: str = ""
    """The target language that it is a remark in; empty for both."""


NEVER = r"(?!)"
"""Stands in no source: English words in a Korean draft that its source does not have."""


def _way(meant: str, *said: str, into: str = "") -> _Way:
    whole = re.compile("".join(said), re.IGNORECASE | re.DOTALL)
    return _Way(whole, re.compile(meant, re.IGNORECASE), into)


_AGREED = (
    r"(?:okay|ok|alright|all right|sure(?: thing)?|certainly|of course|absolutely|got it|"
    r"understood)"
)
_LANGUAGE = r"(?:korean|english)"
_GIVEN = r"(?:번역(?:문|본| 결과)?|한국어(?: 번역(?:문)?)?|영어(?: 번역(?:문)?)?|영문|국문)"
_NOTE = (
    r"(?:(?:translator|translation|editor)(?:['’]s)? notes?|notes?(?: on (?:the )?translation)?|"
    r"t/n|tn|explanation|번역\s?(?:참고|메모|설명|노트)|(?:번)?역자\s?주|옮긴이(?:의)?\s?주|역주|"
    r"참고(?:\s?사항)?|주의|설명)"
)
_YES = r"(?:네|예|물론\w*|알겠\w*|좋\w*)[,.!]?"
REMARKS = (
    # Sure! Okay, …
    _way(NEVER, rf"\A\W*{_AGREED}\s?[,!.]", into="ko"),
    _way(r"네|예|물론|그래|알겠|당연|좋|가능|맞|그렇|그럼", rf"\A\W*{_AGREED}\s?[,!.]", into="en"),
    # Here is the translation: …
    _way(NEVER, r"\A\W*(?:\w+[,!.] )?here(?:['’]s| is| are) (?:the|your|my|a) ", into="ko"),
    _way(
        r"번역|영어|영문|한국어|국문",
        r"\A\W*(?:\w+[,!.] )?here(?:['’]s| is| are) (?:the|your|my|a) [^.\n]{0,40}",
        r"(?:translat|english|korean)",
        into="en",
    ),
    # The translation is: …  Korean: …  한국어: …
    _way(
        r"translat|\b(?:korean|english)\b|번역|한국어|영어|영문|국문",
        rf"\A\W*(?:(?:the|my) )?(?:{_LANGUAGE} )?(?:translation|translated (?:text|version))\b",
        rf"(?: (?:in|into|to) {_LANGUAGE})?(?: \({_LANGUAGE}\))?(?: is| would be| reads)?",
        rf"\W{{0,4}}[:：]|\A\W*(?:in |to )?{_LANGUAGE}(?: version| text)?\W{{0,3}}[:：]",
        rf"|\A\W*{_GIVEN}\W{{0,3}}[:：]",
    ),
    # 네, 번역하겠다. 다음과 같이 번역할 수 있다: …
    _way(
        r"translat|번역",
        rf"\A\W*(?:{_YES} )?(?:다음은|다음과 같이|아래는|아래와 같이|이는|요청(?:하신|한)|주어진|",
        r"해당|제공(?:된|하신)|위)[^\n]{0,30}번역[^\n]{0,25}?[.:：]",
        rf"|\A\W*{_YES} [^.\n]{{0,20}}번역(?:하겠|해 ?드리|할게|합니다|한다)",
        r"|\A\W*번역(?:하겠|해 ?드리|할게|하면)[^\n]{0,15}?[.:：]",
    ),
    _way(
        rf"\b(?:{_AGREED}|see|fine|good|right|know|yes|noted)\b|알겠|물론|네\b|예\b",
        r"\A\W*(?:알겠(?:습니다|다|어요)|물론(?:입니다|이죠|이다))\s?[.!]",
    ),
    # … (Note: I kept it literal.)
    _way(
        r"\bnotes?\b|expla(?:n|in)|caution|attention|warning|important|tips?\b|\bTN\b|"
        r"참고|주의|설명|주\s?[:：)]|역주",
        rf"[(\[（【]\s*\W{{0,2}}{_NOTE}\s*[:：.)\-–—][^\n]*\Z",
        rf"|\n\s*\W*{_NOTE}\s*[:：)].*\Z",
    ),
    # … Let me know if you would like changes.
    _way(
        NEVER,
        r"(?:\A|[.!?)\n] ?)\W{0,3}(?:(?:please )?let me know\b|(?:i )?hope (?:this|that|it) helps|",
        r"(?:please )?feel free to|if you (?:need|have|would like|want)\b|would you like\b|",
        r"do you want me to|is there anything else|i (?:have )?(?:translated|kept|used|chose)\b|",
        r"(?:this|the (?:above )?)\s?translation\b)",
        into="ko",
    ),
    _way(
        r"알려|말해|말씀|연락|문의|질문|도움|필요|부담|편하|자유롭|언제든|원하|번역",
        r"[.!?)\n] ?\W{0,3}(?:(?:please )?let me know (?:if|whether)|i hope (?:this|that|it) helps",
        r"|(?:please )?feel free to (?:ask|let me|reach)|would you like me to|",
        r"(?:this|the (?:above )?)\s?translation (?:is|keeps|uses|preserves)|",
        r"i (?:have )?translated)",
        into="en",
    ),
    _way(
        r"translat|번역",
        r"(?:[.!?]\s+|\n)\W*(?:이상(?:이|은|으로)?|위(?:의|는)?|이|본|상기)\s?[^.\n]{0,12}번역",
        r"[^\n]{0,60}\Z",
    ),
    _way(
        r"\b(?:know|tell|help|ask|contact|question|hope|request)|feel free|필요|도움|요청",
        r"[.!?]\s+\W*(?:추가|더|다른|수정)[^.\n]{0,25}(?:요청|필요|수정|질문|궁금)[^.\n]{0,15}",
        r"(?:말씀|말해|알려)[^\n]{0,12}\Z|[.!?]\s+도움이 되(?:길|기를|었기를|었으면)[^\n]{0,15}\Z",
    ),
)
REFUSALS = (
    _way(
        r"\b(?:sorry|apolog\w*|afraid|unfortunate\w*|regret\w*|forgive|excuse)\b|"
        r"죄송|미안|유감|사과|아쉽",
        r"\A\W*(?:죄송|미안|유감|아쉽)[^.\n]{0,80}(?:수 없|수는 없|못[하합한]|않)",
        r"|\A\W*(?:i['’]?m|i am|we['’]re) (?:sorry|afraid|unable)",
        r"|\A\W*(?:sorry|unfortunately), ?(?:but )?i\b",
    ),
    _way(
        r"translat|번역",
        r"번역할 (?:텍스트|문장|내용|글|원문|문구)[^.\n]{0,25}",
        r"(?:제공|입력|보내|알려|공유|적어|주세요|없|달라)",
        r"|번역(?:하지 (?:않|못|아니)|을 (?:하지|할 수 없|제공할 수)|할 수(?:는)? 없)",
        r"|\b(?:provide|send|share|paste|give me)\b[^.\n]{0,25}\b(?:text|passage|sentence)s?\b",
        r"[^.\n]{0,30}\btranslat",
        r"|\A\W*i (?:cannot|can['’]t|can not|am unable to|won['’]t|will not) ",
        r"(?:translate|help|assist|do)\b",
    ),
    _way(
        r"\bAI\b|인공지능|artificial",
        r"\A\W*as an ai\b|\A\W*(?:AI|인공지능)\s?(?:언어\s?)?(?:모델)?로서",
    ),
)
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
    """Give what is no translation in ``target``, a draft for ``source``, both without marks."""
    yield from _said(source, target, languages[1])
    yield from _around(source, target)
    if _beside(source, target):
        yield Message(BESIDE)


def _said(source: str, target: str, language: str) -> Iterator[Message]:
    """Give the model's own words."""
    for template, ways in ((REMARK, REMARKS), (DECLINED, REFUSALS)):
        for way in ways:
            if way.into in {"", language} and (said := way.said.search(target)):
                if way.said.search(source) or way.meant.search(source):
                    continue
                yield Message(template, {"words": short(said[0])})
                break


def _around(source: str, target: str) -> Iterator[Message]:
    """Give what the translation is wrapped in, and what shows of the protocol."""
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
    """Return the signs that stand around the whole ``target`` and nowhere in ``source``."""
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


def _beside(source: str, target: str) -> bool:
    """Return True when the ``target`` has all of the ``source`` in it, and more."""
    ours, theirs = " ".join(source.split()), " ".join(target.split())
    return len(theirs) > len(ours) and len(_WORD.findall(ours)) >= RUNNING and ours in theirs
