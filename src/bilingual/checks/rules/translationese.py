"""A Korean sentence follows its English original too closely.

What
    Finds a few well-documented patterns: doubled passives (되어지다, 보여지다, 쓰여지다, 불리우다),
    가지고 있다 for "have", 에 의해 …되다 for "by", 필요로 하다 for "need", and a plural 들 after
    많은 or 여러.
Why
    Each one is understandable and none is wrong enough to stop an article; together they make a
    page read like a translation.
Wrong
    en: The model was made by two teams.
    ko: 이 모델은 두 팀에 의해 만들어졌다.

    en: It is shown on the page.
    ko: 이것은 화면에 보여진다.

    en: The company has three offices.
    ko: 이 회사는 사무실 세 곳을 가지고 있다.

    en: It needs a GPU.
    ko: 이 모델은 GPU를 필요로 한다.

    en: Many models failed.
    ko: 많은 모델들이 실패했다.
Right
    en: The model was made by two teams. It is shown on the page and needs a GPU.
    ko: 두 팀이 만든 모델이다. 화면에 보이며 GPU가 필요하다.

    en: She has a bag with her. Many models failed.
    ko: 그는 가방을 가지고 나갔다. 모델 여럿이 실패했다.
Known limits
    Advice only, and at most once per pattern in a unit: style is the writer's decision. Where “by”
    means a cause or a law (법에 의해), 에 의해 may be right.
Fix
    Rewrite the sentence with the active voice, 있다 or 필요하다.
Source
    국립국어원, 번역 투 자료; 이오덕 on doubled passives.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bilingual.checks.base import Confidence, Violation
from bilingual.model import N_, Message, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import Subject

SEVERITY = Severity.INFO
CONFIDENCE = Confidence.HINT
LANGUAGES = ("ko",)

TWICE = N_("{words} is passive twice")
AGENT = N_("{words}: who acts can be the subject")
HAVE = N_("{words}: 있다 says it")
NEED = N_("{words}: 필요하다 says it")
PLURAL = N_("{words}: the plural is said twice")

PATTERNS = (
    (
        re.compile(
            r"[가-힣]*(?:되어[지진질집졌]|보여[지진질집졌]|쓰여[지진질집졌]|불[리려]우[는다]|잊혀[지진질집졌]|"
            r"나뉘어[지진질집졌]|모여[지진질집졌])[가-힣]*"
        ),
        TWICE,
    ),
    (
        re.compile(
            r"[가-힣A-Za-z]+에 의해(?:서)? (?:[가-힣A-Za-z]+ ){0,3}[가-힣]*"
            r"(?:되|된|됩|됐|어졌|어진|여졌|여진)"
            r"[가-힣]*"
        ),
        AGENT,
    ),
    (re.compile(r"[가-힣]+[을를] 가지고 있[가-힣]*"), HAVE),
    (re.compile(r"[가-힣A-Za-z]+[을를] 필요로 [하한할합했][가-힣]*"), NEED),
    (re.compile(r"(?:많은|여러|수많은|다양한) [가-힣]+들(?=[이을은의과에도])"), PLURAL),
)
CLUE = re.compile(
    "되어|보여|쓰여|불리우|불려우|잊혀|나뉘어|모여|에 의해|을 가지고|를 가지고|을 필요로|를 필요로|"
    "많은 |여러 |다양한 "
)
"""Characters of which every pattern needs one: most texts have none."""
_LAW = re.compile(r"(?:법|규정|조항|법률|조약|협약|계약|명령|헌법)에 의해")


def check(subject: Subject) -> Iterator[Violation]:
    """Yield a violation for the first place of each pattern in the target."""
    words = subject.target.words
    if not CLUE.search(words):
        return
    for pattern, template in PATTERNS:
        found = pattern.search(words)
        if found and not _LAW.search(found[0]):
            yield Violation(Message(template, {"words": found[0]}), found.span())
