"""Korean words that deny, attribute and hedge.

``SURE`` finds what certainly does so; ``TRACES`` anything that may say the same in other words,
so that a translation without any trace has lost it.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SURE: Mapping[str, re.Pattern[str]] = MappingProxyType({
    "negation": re.compile(
        r"지(?:는|도)? (?:않았|못했|않는다|못한다|않습니|못합니)|"
        r"(?<!수밖에 )(?<!밖에 )(?<!불과하지 )"
        r"(?:할|될|볼|알|쓸|갈|줄) 수(?:가|는)? 없(?:다|었|습)|아니(?:다|었)[.고]"
    ),
    "attribution": re.compile(
        r"(?:다고|라고|고) (?:말했|밝혔|전했|설명했|주장했|덧붙였|강조했|보도했|발표했)|알려졌다|"
        r"(?:다고|라고) 한다\.|에 따르면"
    ),
    "hedge": re.compile(
        r"것으로 (?:보인|보였|추정|예상|전망|추측)|듯하|듯했|것 같(?:다|습)|아마도?\s|"
        r"가능성이 (?:있|크|높)|"
        r"[을할될갈볼줄일]지도 모른"
    ),
})  # fmt: skip
CLUES: Mapping[str, re.Pattern[str]] = MappingProxyType({
    "negation": re.compile("[않못없]|아니[다었]"),
    "attribution": re.compile("고 [말밝전설주덧강보발한]|알려졌다|에 따르면"),
    "hedge": re.compile("것으로 |듯하|듯했|것 같|아마|가능성이 |지도 모른"),
})  # fmt: skip
"""What stands in all that ``SURE`` finds, and is found faster: most texts have nothing of it."""
TRACES: Mapping[str, re.Pattern[str]] = MappingProxyType({
    "negation": re.compile(
        r"않|못|없|아니|아닌|아닙|아님|지 (?:말|마|맙)|말고|말아|말라|(?<![가-힣])안 |"
        r"안[되돼된될됩해하한]|"
        r"불[가-힣]|비[가-힣]|미[가-힣]|무[가-힣]|부[족재정적당]|금지|거부|거절|부인|실패|반대|"
        r"드물|거의|모르|모른|"
        r"몰[랐라]|막[는았아을]|전에|제외|외에|밖에|대신|보다|만이|만을|뿐|어렵|어려|힘들|싫|"
        r"피[하해]|중단|그만|빠[지진졌]|"
        r"결코|절대|잃|사라|벗어|잘못|틀[리린렸]|달리|다른|다르|달라|아직|여전히|취소|누락|생략|"
        r"절[대댈]|멈[추췄]|까지|나쁘|"
        r"반[하해]|탈[락퇴]|차단|방지|면[하해제]|덜|그치|그친|그쳤|머[물무]|불과|더 이상|반드시|"
        r"어떻게|왜|도 |겠습니까|"
        r"[까가]\?"
    ),
    "attribution": re.compile(
        r"[“”\"‘]|말[하했씀을한]|밝[히혔힌혀]|(?<![안완온건선])전[하했한해]|알려|알렸|따르면|"
        r"의하면|설명|주장|라[고는며]|다[고는며]|냐[고는며]|자[고는며]|"
        r"발표|덧붙|강조|지적|보도|언급|인용|고 [하했한할]|적[었고은]|썼|쓰[여였고]|경고|확인|"
        r"답[하했변]|이야기|얘기|선언|"
        r"고백|증언|진술|폭로|공개|소식|소문|주문|요구|부탁|약속|표[명현]|평[가했]|질문|물[었어]|"
        r"묻|외[쳤치]|토로|당부|"
        r"논평|트윗|트위터|글을|했대|란다|단다|대요|공표|성명|보고|시사|촉구|요청|비[난판]|칭찬|"
        r"호소|회상|고[지시]|털어|내[놨놓]|"
        r"통보|지시|건[넸네]|명시|주장|해명|인정|제안|권[고했]|명[령했]|비유|제기|기재|규정|제시"
    ),
    "hedge": re.compile(
        r"수 있|수도|수 없|보[인이여였일임입]|듯|같[다은이았습아]|아마|가능|예상|전망|추[정측]|"
        r"[을를할될갈볼줄일날질릴]지|모른|모르|모를|"
        r"겠|예정|짐작|우려|여겨|여기|생각|것이다|것입니다|거[예다]|것이[라며]|알려|확률|공산|"
        r"마도|혹시|어쩌면|필시|분명|"
        r"것[을임은]|기대|다고 [하한]|따르면|추산|의심|잠재|법[하한]|만[하한]|우[려]|도 (?:된|좋|"
        r"됩|괜)|위험|쉽[다게습]|쉬[운]|십상|"
        r"기도|경우|때로|흔히|대개|대체로|주로|일부|다소|약간|좀|왠지|[려러]고|기 마련|일 것|"
        r"할 것|될 것|[을릴길킬칠]\s?것|계획|준비|"
        r"느[끼낌껴]|허용|허락|원[하한]|싶|(?<!아)마|셈|편이|필요|[ㄹ] 것|경향|유력|관측|제기|시사"
    ),
})  # fmt: skip
