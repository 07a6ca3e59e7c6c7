"""Endings that cannot end a Korean sentence: a particle, a connective, a word before a noun.

Every Korean sentence ends in its predicate or, in headline style, in a noun. One that ends in 을,
에서, 하며, 하는 or 및 is unfinished. Nouns with such endings (마을, 평가, 회의, 결과) are listed.

Source: 한글 맞춤법 and 표준국어문법론 on 조사, 연결 어미 and 관형사형 어미.
"""

from __future__ import annotations

import re

from bilingual.language.ko.register import of_word

_WORD = re.compile(r"[가-힣]+\Z")
_PARTICLE = (
    r"[을를는은의에와과이가도로만]|에서|에게|에게서|께서|으로|으로서|으로써|로서|로써|부터|까지|"
    r"처럼|마다|조차|마저"
)
_CONNECTIVE = (
    r"[고며면]|[라다]고|지만|[는은인]데|도록|려고|면서|거나|므로|니까|[아어여해되]서|[아어여해되]야|"
    r"되어|하여|[하되]지|[하되있없쉽르렇]게|해|때문에"
)
_BEFORE_NOUN = r"[한할된될던든]|싶은|있을|없을|알려진|달하는"
_ENDING = re.compile(rf"(?:{_PARTICLE}|{_CONNECTIVE}|{_BEFORE_NOUN})\Z")
_NOUN = re.compile(
    r"(?:[마가노고]을|"
    r"[회주정논동합문강심결명협건임편항모질토제거민주]의|"
    r"[차아길깊사높나종놀린먹넓데레웨바타파카하와걸]이|"
    r"[국평추증물작문주유호종고저원단대인허참휴불여상첨부업악치활]가|"
    r"[결효성초통경학사부]과|"
    r"[속정제온확이지보시의태한각강밀빈용연궤인난족뢰상선]도|[불미대낭]만|"
    r"[도경회진통크제유프애]로|"
    r"[광보사권경최참재창원신선충제피]고|[화측표장지대국도반전단]면|"
    r"[제권무북기상하남시국유]한|최대한|[역분]할|"
    r"[이피올견방난침손]해|지난해|새해)\Z"
)
_BEFORE_ANOTHER = """
    및 또는 혹은 그리고 하지만 그러나 더 더욱 가장 매우 아주 너무 특히 잘 왜 어떻게 언제 여전히 이미
    아직 약 총 첫 그 이 저 새 새로운 다른 여러 몇 모든 각 각각의 특정 해당 이런 그런 어떤 같은 있는
    없는 알려진 따라 즉 다시 먼저 직접 자세히 바로 곧 지난 오는
"""
_LOOSE = frozenset(_BEFORE_ANOTHER.split())
"""Words that are always followed by another one."""
_POSSIBLE = re.compile(r"(?P<before>[가-힣]) (?:수|줄)\Z")
_RIEUL = 8
"""The final consonant ㄹ of 할 수, in Unicode's order."""
_NOMINAL = re.compile(
    r"(?:[함됨힘짐킴]|[있없았었였했됐렸겠않같많]음|(?<!게)(?<!책)(?<!타)(?<!프레)(?<!모)(?<!위)임)\Z"
)
"""Nominalised predicates, as in notes: 밝힘, 공개함, 없음."""
_BRIEF = re.compile(
    r"(?:(?<![마가노고])을|를|[하되있없]는|[라다]는|[하되]며|(?:\A|\s)(?:및|또는))\Z"
)
_TOPIC = re.compile(
    r"(?:[A-Za-z0-9)\"'’”*_`\ufffc]|[가-힣]{2}(?<![하되있없않시키싶같맞쓰르들주오가나보추]))"
    r"[은는] |"
    r"[가-힣](?:에서는|에는|으로는|이는|들은|들이|가) "
)


def is_unfinished(text: str, *, brief: bool = False) -> bool:
    """Return True when ``text`` ends in a way that cannot end a sentence.

    With ``brief`` only endings count that cannot end a headline, cell or caption either.
    """
    if brief:
        return _BRIEF.search(text) is not None
    found = _WORD.search(text)
    if found is None:
        return False
    word = found[0]
    if word in _LOOSE and (not found.start() or text[found.start() - 1].isspace()):
        return True
    if (possible := _POSSIBLE.search(text)) is not None:
        return (ord(possible["before"]) - 0xAC00) % 28 == _RIEUL
    return _ENDING.search(word) is not None and _NOUN.search(word) is None


def ends_in_predicate(text: str) -> bool:
    """Return True when ``text`` ends in a predicate: at most its full stop is missing."""
    found = _WORD.search(text)
    if found is None:
        return False
    return of_word(found[0]) is not None or _NOMINAL.search(found[0]) is not None


def has_topic(text: str) -> bool:
    """Return True when ``text`` has a topic or a subject."""
    return _TOPIC.search(text) is not None
