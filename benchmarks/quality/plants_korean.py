"""More errors for a good Korean target: particles behind what is no Hangul, and the news' sense.

A negation, an attribution or a hedge is lost or gained, and the sentence stays fluent.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from plants import CODE, PARTICLES, READINGS, SENTENCE_END

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

    from corpus import Row

DIGIT_FINALS = {"0": True, "1": True, "2": False, "3": True, "4": False, "5": False, "6": True,
                "7": True, "8": True, "9": False}  # fmt: skip
"""Whether a digit ends with a consonant as it is read: 영, 일, 이, 삼, 사, 오, 육, 칠, 팔, 구."""
UNIT_FINALS = {
    "%": False, "GB": False, "MB": False, "KB": False, "TB": False, "°C": False,
    "km": False, "kg": True, "ms": False, "px": True,
}  # fmt: skip
"""퍼센트, 기가바이트, … 킬로미터, 킬로그램, 픽셀: as nearly all readers say them."""
ENGLISH_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z`\[])")
PARTICLE = "은|는|을|를|과|와"
BEHIND = r"(?=[ ,.])"


def _cut(row: Row, start: int, end: int, put: str) -> Row:
    return replace(row, ko=row.ko[:start] + put + row.ko[end:])


def _wrong(row: Row, random: Random, pattern: str, final_of: Mapping[str, bool]) -> Row | None:
    """Write the other particle behind what ``pattern`` finds, where the one there is right."""
    places = []
    for found in re.finditer(pattern, row.ko):
        final = final_of.get(found["word"])
        if final is not None and (found["particle"] in "은을과") is final:
            places.append((*found.span("particle"), PARTICLES[found["particle"]]))
    return _cut(row, *random.choice(places)) if places else None


def particle_digit(row: Row, random: Random) -> Row | None:
    """Write the other particle behind a number: 6는, 2을."""
    return _wrong(
        row, random,
        rf"(?<![\w.-])(?<![A-Za-z] )[\d,.]*(?P<word>\d)(?P<particle>{PARTICLE}){BEHIND}",
        DIGIT_FINALS,
    )  # fmt: skip


def particle_unit(row: Row, random: Random) -> Row | None:
    """Write the other particle behind a unit: 80GB을, 41%을."""
    units = "|".join(UNIT_FINALS)
    return _wrong(
        row, random, rf"(?<=\d)\s?(?P<word>{units})(?P<particle>{PARTICLE}){BEHIND}", UNIT_FINALS
    )


def _hangul(row: Row, random: Random, pattern: str) -> Row | None:
    """Write the other particle behind a mark that stands behind Hangul."""
    places = []
    for found in re.finditer(pattern, row.ko):
        final = (ord(found["word"]) - 0xAC00) % 28 != 0
        if (found["particle"] in "은을과이") is final:
            places.append((*found.span("particle"), PARTICLES[found["particle"]]))
    return _cut(row, *random.choice(places)) if places else None


def particle_bracket(row: Row, random: Random) -> Row | None:
    """Write the other particle behind a bracket: 용어(Term)은."""
    return _hangul(
        row, random, rf"(?P<word>[가-힣])\([^()가-힣]+\)(?P<particle>{PARTICLE}|이|가){BEHIND}"
    )


def particle_emphasis(row: Row, random: Random) -> Row | None:
    """Write the other particle behind emphasised or linked words: **모델**는."""
    return _hangul(
        row, random,
        rf"(?:(?P<a>\*\*?)(?![\s*])[^*\n]*?(?P<word>[가-힣])(?P=a))(?P<particle>을|를|은|는){BEHIND}",
    )  # fmt: skip


def particle_link(row: Row, random: Random) -> Row | None:
    """Write the other particle behind a link: [모델](/m)는."""
    return _hangul(
        row, random,
        rf"(?<!!)\[[^\[\]]*(?P<word>[가-힣])\]\([^()\s]+\)(?P<particle>을|를|은|는|과|와){BEHIND}",
    )  # fmt: skip


CODE_FINALS = {
    **{name: READINGS[name] for name in ("API", "URL", "JSON", "GPU", "HTML", "CSS", "DOM")},
    "key": False, "state": False, "props": False, "map": True, "null": True, "string": True,
    "true": False, "false": False, "input": True, "button": True, "children": True, "action": True,
    "main": True, "name": True, "value": False, "data": False, "memo": False, "useState": False,
    "useEffect": False, "children ": True, "type": False, "ref": False, "token": True,
    "option": True, "Option": True, "Vec": True, "async": False, "model": True, "form": True,
}  # fmt: skip
"""Names in code, and whether they end with a consonant as programmers read them."""


def particle_code(row: Row, random: Random) -> Row | None:
    """Write the other particle behind code: `map`를, `state`을."""
    return _wrong(
        row, random,
        rf"`<?(?P<word>[A-Za-z]+)(?:\(\)| ?/?>)?`(?P<particle>{PARTICLE}|이|가){BEHIND}",
        CODE_FINALS,
    )  # fmt: skip


def _swap(
    row: Row,
    random: Random,
    ways: tuple[tuple[str, str], ...],
    fits: Callable[[str], object],
) -> Row | None:
    """Put the second of one of ``ways`` for the first, a pattern, in a sentence that ``fits``.

    ``fits`` is asked of the English sentence in the same place; both texts have as many.
    """
    sentences, english = SENTENCE_END.split(row.ko), ENGLISH_END.split(row.en)
    if len(sentences) != len(english):
        return None
    places, start = [], 0
    for korean, source in zip(sentences, english, strict=True):
        begin = row.ko.index(korean, start)
        start = begin + len(korean)
        if not fits(source):
            continue
        covered = [code.span() for code in CODE.finditer(korean)]
        places += [
            (begin + found.start(), begin + found.end(), found.expand(put))
            for pattern, put in ways
            for found in re.finditer(pattern, korean)
            if not any(first < found.end() and found.start() < last for first, last in covered)
        ]
    return _cut(row, *random.choice(places)) if places else None


NEGATIVE = re.compile(
    r"n['’]t\b|\b(?:not|no|nor|none|nothing|nobody|never|neither|cannot|without|unable|un\w+|"
    r"in\w{4,}|im\w{4,}|fail\w*|lack\w*|refus\w*|den\w+|avoid\w*|only|except|unless|until|but|"
    r"rather|instead|stop\w*|prevent\w*|less|few\w*|hard\w*|dis\w+|non|non-\w+)\b",
    re.IGNORECASE,
)
LOSE_NEGATION = (
    (r"하지 (?:않는|못한)다(?=[.,])", "한다"), (r"하지 (?:않았|못했)다(?=[.,])", "했다"),
    (r"하지 (?:않|못)습니다(?=[.,])", "합니다"), (r"하지 (?:않았|못했)습니다(?=[.,])", "했습니다"),
    (r"되지 않는다(?=[.,])", "된다"), (r"되지 않았다(?=[.,])", "됐다"),
    (r"되지 않습니다(?=[.,])", "됩니다"), (r"수 없다(?=[.,])", "수 있다"),
    (r"수 없습니다(?=[.,])", "수 있습니다"), (r"수 없었다(?=[.,])", "수 있었다"),
    (r"(?<=[이가은는도]) 없다(?=[.,])", " 있다"),
    (r"(?<=[이가은는도]) 없습니다(?=[.,])", " 있습니다"),
    (r"[이가] 아닙니다(?=[.,])", "입니다"), (r"[이가] 아니다(?=[.,])", "이다"),
    (r"지 않은(?= )", "는"), (r"지 않는(?= )", "는"), (r"지 않고(?= )", "고"),
    (r"지 않아도(?= )", "어도"), (r"지 않으면(?= )", "면"),
)  # fmt: skip
GAIN_NEGATION = (
    (r"한다(?=[.,])", "하지 않는다"), (r"했다(?=[.,])", "하지 않았다"),
    (r"합니다(?=[.,])", "하지 않습니다"), (r"했습니다(?=[.,])", "하지 않았습니다"),
    (r"된다(?=[.,])", "되지 않는다"), (r"됩니다(?=[.,])", "되지 않습니다"),
    (r"수 있다(?=[.,])", "수 없다"), (r"수 있습니다(?=[.,])", "수 없습니다"),
)  # fmt: skip


DENIED = re.compile(r"n['’]t\b|\b(?:not|cannot|never|no|nor|neither|none)\b")


def negation_lost(row: Row, random: Random) -> Row | None:
    """Lose a negation that the source has."""
    return _swap(row, random, LOSE_NEGATION, DENIED.search)


def negation_gained(row: Row, random: Random) -> Row | None:
    """Deny what the source affirms without any negative word."""
    return _swap(row, random, GAIN_NEGATION, lambda text: not NEGATIVE.search(text))


LOSE_ATTRIBUTION = (
    (r"(?<=[가-힣])다고 (?:말|전|밝|설명|주장|덧붙|강조|보도|발표|언급)[가-힣]*다(?=[.,])", "다"),
    (r"라고 (?:말|전|밝|설명|주장|덧붙|강조|보도|발표|언급)[가-힣]*다(?=[.,])", "다"),
    (r"[^ ,.]+에 따르면,? ", ""), (r"는 것으로 알려졌다(?=[.,])", "다"),
)  # fmt: skip
GAIN_ATTRIBUTION = (
    (r"(?<=[했됐었았])다(?=\.)", "다고 밝혔다"), (r"(?<=[한된온난])다(?=\.)", "다고 말했다"),
    (r"(?<=[했됐었았])다(?=\.)", "던 것으로 알려졌다"), (r"습니다(?=\.)", "다고 합니다"),
)  # fmt: skip
SAID = re.compile(
    r"\b(?:said|says?|told|according to|reportedly|announced|claimed|stated)\b", re.IGNORECASE
)
SPEECH = re.compile(
    r"[\"“”]|\b(?:sa(?:id|ys?|ying)|t(?:old|ells?)|according|report\w*|alleg\w*|announc\w*|claim\w*|"
    r"stat\w*|not(?:ed|es)|add(?:ed|s)|explain\w*|argu\w*|call\w*|ask\w*|believ\w*|think|thought)\b",
    re.IGNORECASE,
)  # fmt: skip


def attribution_lost(row: Row, random: Random) -> Row | None:
    """State as a fact what the source lets somebody say, outside quotations."""
    if re.search(r"[\"“”‘]", row.ko):
        return None
    return _swap(row, random, LOSE_ATTRIBUTION, SAID.search)


def attribution_gained(row: Row, random: Random) -> Row | None:
    """Let somebody say what the source states itself."""
    return _swap(row, random, GAIN_ATTRIBUTION, lambda text: not SPEECH.search(text))


LOSE_HEDGE = (
    (r"할 수 있다(?=[.,])", "한다"), (r"할 수 있습니다(?=[.,])", "합니다"),
    (r"될 수 있다(?=[.,])", "된다"), (r"될 수 있습니다(?=[.,])", "됩니다"),
    (r"할 수도 있다(?=[.,])", "한다"), (r"할 수도 있습니다(?=[.,])", "합니다"),
    (r"될 수도 있습니다(?=[.,])", "됩니다"), (r"하는 것으로 보인다(?=[.,])", "한다"),
    (r"한 것으로 보인다(?=[.,])", "했다"),
    (r"할 것으로 (?:보인다|예상된다|전망된다)(?=[.,])", "한다"),
    (r"될 것으로 (?:보인다|예상된다|전망된다)(?=[.,])", "된다"),
    (r"일 수 있습니다(?=[.,])", "입니다"),
    (r"일 수 있다(?=[.,])", "이다"), (r"한 것 같다(?=[.,])", "했다"), (r"아마도? ", ""),
)  # fmt: skip
GAIN_HEDGE = (
    (r"(?<=[가-힣])했다(?=\.)", "한 것으로 보인다"), (r"한다(?=\.)", "할 것으로 보인다"),
    (r"합니다(?=\.)", "할지도 모릅니다"), (r"됩니다(?=\.)", "될 가능성이 있습니다"),
    (r"입니다(?=\.)", "인 것 같습니다"), (r"됐다(?=\.)", "된 듯하다"),
)  # fmt: skip
MAY = re.compile(
    r"\b(?:may|might|perhaps|possibly|probably|likely|seems?|appears?)\b", re.IGNORECASE
)
DOUBT = re.compile(
    r"\b(?:may|might|can|could|would|will|should|perhaps|maybe|possib\w+|probab\w+|likel\w+|seem\w*|"
    r"appear\w*|suggest\w*|expect\w*|believ\w*|think|estimat\w*|potential\w*|if|looks?|about)\b",
    re.IGNORECASE,
)


def hedge_lost(row: Row, random: Random) -> Row | None:
    """Be sure of what the source only supposes."""
    return _swap(row, random, LOSE_HEDGE, lambda text: MAY.search(text) and " can " not in text)


def hedge_gained(row: Row, random: Random) -> Row | None:
    """Only suppose what the source is sure of."""
    return _swap(row, random, GAIN_HEDGE, lambda text: not DOUBT.search(text))
