"""Find particles after plain Hangul that certainly have the wrong form.

Without a dictionary most Hangul before 은, 는, 과 or 로 may be a verb's stem, or the particle may
be part of the word (있는, 많은, 결과, 경로). The rest is certain: 를 and 와 never follow a
consonant, 을 and 으로 never a vowel except in a few words, which are listed.

Source: 표준국어대사전 for those words; the stems are of verbs that end in a consonant and take 는
(먹는, 찾는).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bilingual.language.ko.reading import Sound, of_hangul

if TYPE_CHECKING:
    from collections.abc import Iterator

_CANDIDATE = re.compile(
    r"[을를은는과와으로](?<=[가-힣].)(?:(?<=[을를은는과와])|(?:(?<=으)로|(?<=로))(?:서|써|부터)?)"
    r"(?:도|의|만)?(?=[\s,.!?;:)\]\"'”’]|\Z)"
)
_WORD = re.compile(r"[가-힣]+\Z")
_ALONE = frozenset(
    [
        "가",
        "늦가",
        "초가",
        "한가",
        "올가",
        "지난가",
        "노",
        "저녁노",
        "아침노",
        "고",
        "지",
        "이",
        "뒤이",
        "나",
        "부",
        "퍼부",
        "쏟아부",
        "들이부",
        "그",
        "저",
        "휘저",
        "자",
        "모",
        "끌어모",
        "그러모",
        "긁어모",
        "불러모",
        "으",
    ]
)
"""가을, 노을, 고을, and the verbs 지을, 이을, 나을, 부을, 그을, 저을, 자을, 모을; with 은 too."""
_COMPOUND_VERB = re.compile(
    r"(?:결론|관련|연관|마무리|특징|구분|이름|매듭|짝|농사|무리|한정|규정|종결|일단락|미소|웃음)지\Z"
)
"""관련지을 and other verbs in 짓다."""
_VILLAGE = re.compile(r"(?<![출라테르파악경하엄])마\Z")
"""마을, also in compounds; not 드라마 and the like."""
_STEMS = frozenset(
    "있없않겠먹찾받읽앉얻걷듣묻믿닫뜯쏟붙맡뱉웃씻벗앗솟짓잇낫맞꽂맺잊찢쫓갖굶뽑잡돕눕줍꼽갚덮엎낳넣놓쌓닿"
    "잃앓끓뚫꿇끊밟긁늙얽묶볶섞깎닦꺾낚엮겪막죽박찍었았였했됐렸갔왔봤졌켰겼쳤샀썼탔팠쉈줬뒀놨밌멋맑춥덥곱밉쉽"
)
"""Syllables with a final consonant that verb stems end in; 는 after them is an ending."""
_RARE_STEMS = re.compile(
    r"(?:꼬집|[아어]입|힘입|살아남|휘감|[아어]담|뛰어넘|[아어]넘|[아어]심|뒤집|[아어]품|되씹|눌러앉|[아어]참|굶주)\Z"
)
_GWA = re.compile(
    r"(?:[효초투여]|(?<![가-힣])(?:부|사|내|외|치|이|모|다|교|제|고|수|개|미|대|의|무|재|풋사|소아|피부|인사|총무|회계|"
    r"서무|교무|정보|국어|영어|고양이|장미|공개사|재부|관세부|세금부|조세부|벌금부)|산부인|흉부외|정형외|성형외|신경외|니카라)과\Z"
)
"""효과, 사과, 초과, 부과, 내과 and other nouns that end in 과 after a vowel."""
_RO = re.compile(
    r"(?:(?<![가-힣])(?:경|진|항|통|선|종|백|협|판|험|관|난|근|공|행|원|향|침|광|전|함|혼|탈|실|참|활|육|국|"
    r"간|갱|격|견|군|농|단|당|동|등|만|망|면|목|문|반|방|북|산|상|생|석|성|속|송|순|신|십|안|암|약|양|억|연|열|영|"
    r"옥|온|완|왕|용|운|은|음|인|임|잔|장|적|정|존|중|즉|진|집|찬|창|천|청|축|춘|충|측|특|폭|핵|현|환|황|흑)로|"
    r"(?:경|진|항|통|선|판|난|근|용광|신작|교차|대|순환|방조|증폭|전환|고속도|활주|바닷|산책|등산|십자|도|회|미|"
    r"수|가|기|지|유|하|탐방|통신|전송|급식|배수|해안|자연|한길|올림픽|강변|동부|서부|테헤란)로|"
    r"(?:앞|뒷|옆|밖|속|참|맘대|그대|제멋대|마음대|곧바|스스|함부|억지|때때|바|따|새|서|홀|절|별|이대|저대|뜻대|"
    r"멋대|말대|날|진실|임의|그런대|되는대|곳곳으|손수|실제|정말|진짜|갑자기|이리|저리|그리|달|무시)로)\Z"
)
_NAMES = re.compile(
    r"(?<![가-힣])[김이박최정강조윤장임한오서신권황안송류홍전고문양손배백허남심노하곽성차우구민진]"
    r"(?:하|시|예|혜|다|가|주|세|고|조|나|지|서|채|라|아|희|재|해|노|여)은\Z"
)
"""Names that end in 은 after a vowel: 김하은."""


def wrong_particles(words: str) -> Iterator[int]:
    """Yield the offset of each particle of ``words`` that certainly has the wrong form."""
    for found in _CANDIDATE.finditer(words):
        start = found.start()
        if not of_hangul(words[start - 1]) <= _WRONG[words[start]]:
            continue
        noun = _WORD.search(words, max(0, start - 12), start)
        if noun and not _is_own(noun[0], found[0]):
            yield start


_WRONG = {
    "을": frozenset({Sound.VOWEL}),
    "은": frozenset({Sound.VOWEL}),
    "과": frozenset({Sound.VOWEL}),
    "를": frozenset({Sound.CONSONANT, Sound.RIEUL}),
    "는": frozenset({Sound.CONSONANT, Sound.RIEUL}),
    "와": frozenset({Sound.CONSONANT, Sound.RIEUL}),
    "으": frozenset({Sound.VOWEL, Sound.RIEUL}),
    "로": frozenset({Sound.CONSONANT}),
}
"""The sounds that a particle cannot follow, by its first syllable."""


def _is_own(noun: str, particle: str) -> bool:
    """Return True when ``particle`` may be part of the word or a verb's ending."""
    form = particle[0]
    if form == "으":
        return False
    if len(noun) == 1 and form not in "을를":
        return True
    listed = noun in _ALONE or _COMPOUND_VERB.search(noun) is not None
    if form == "을":
        return listed or _VILLAGE.search(noun) is not None
    if form == "은":
        return listed or _NAMES.search(noun + form) is not None
    if form == "는":
        return noun[-1] in _STEMS or _RARE_STEMS.search(noun) is not None
    exceptions = {"과": _GWA, "로": _RO}.get(form)
    return noun == "들" or (exceptions is not None and exceptions.search(noun + form) is not None)
