"""English expressions of negation, attribution and hedging.

``SURE`` finds certain ones; ``TRACES`` finds anything that may express the same in other words, so
that a translation without any trace has lost it. Both are applied to one sentence at a time.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_NO_DENIAL = (
    "only|just|merely|simply|necessarily|always|entirely|quite|exactly|hesitate|forget|worry|"
    "matter|mind|wait|be afraid|yet|until|even|so much|have to|need to|need"
)
"""What follows ``not`` in phrases that other languages express without one: not only."""
SURE: Mapping[str, re.Pattern[str]] = MappingProxyType({
    "negation": re.compile(
        r"(?<!\bif )(?:\b(?:do|does|did|is|are|was|were|has|have|had|will|would|can|could|should|"
        r"must|may|might)(?: not|n['’]t)|\bcannot|\bwon['’]t|\bnever|\bneither|"
        r"\b(?:is|are|was|were|has|have|had) no)\b"
        rf"(?! (?:{_NO_DENIAL})\b)(?![^.?!]*\b(?:until|unless|except|other than|but|only|\?))",
        re.IGNORECASE,
    ),
    "attribution": re.compile(
        r"\b(?:(?<!be )(?<!are )(?<!were )(?<!been )(?<!we )(?<!being )(?:said|told)|announced|"
        r"reportedly|allegedly|According to|(?<=, )according to|"
        r"sources? (?:say|said)|claimed|tweeted|(?:he|she|they|who|officials|company) (?:says|"
        r"added|explained|warned|argued|insisted))\b"
    ),
    "hedge": re.compile(
        r"\b(?:(?<!you )(?<!we )(?:might|may(?= [a-z]))(?! (?:want|wish|need|notice|have to|be "
        r"(?:asked|wondering|tempted)|also|still|well|not)\b)|perhaps|possibly|probably|"
        r"presumably|apparently|likely to|"
        r"(?:seems?|appears?|appeared|seemed) (?:to|that|likely)|reportedly|allegedly)\b"
    ),
})  # fmt: skip
CLUES: Mapping[str, re.Pattern[str]] = MappingProxyType({
    "negation": re.compile(r"[Nn](?:[Oo]|['’][Tt]|[Ee](?:[Vv]|[Ii][Tt]))"),
    "attribution": re.compile(
        "said|told|says|announced|reportedly|allegedly|ccording to|source|claimed|tweeted|added|"
        "explained|warned|argued|insisted"
    ),
    "hedge": re.compile(
        "might|may |perhaps|possibly|probably|presumably|apparently|likely to|seem|appear|"
        "reportedly|allegedly"
    ),
})  # fmt: skip
"""A fast necessary condition of ``SURE``: most texts do not match it."""
TRACES: Mapping[str, re.Pattern[str]] = MappingProxyType({
    "negation": re.compile(
        r"n['’]t\b|\b(?:not|no|nor|non|none|nothing|nobody|nowhere|never|neither|cannot|without|"
        r"unless|until|except|only|but|instead|rather|hardly|barely|scarcely|rarely|seldom|few|"
        r"fewer|little|less|least|fail\w*|lack\w*|refus\w*|den(?:y|ies|ied)|reject\w*|avoid\w*|"
        r"prevent\w*|stop\w*|ceas\w*|miss\w*|absent|absence|empty|beyond|too|free|rid|despite|"
        r"un(?!der|til|it|ion|iq|iv|less)\w{3,}|in(?:valid|correct|complete|compatible|visible|accurate|"
        r"active|ability|consist\w*|depend\w*|direct\w*|effect\w*|efficien\w*|secur\w*|definit\w*|"
        r"finit\w*|formal\w*|sufficien\w*|adequa\w*|appropriat\w*|deed)|im(?:possib\w*|mutab\w*|"
        r"proper\w*|perfect\w*|plicit\w*|practical)|dis(?!play|cuss|trib|tin|cov|h|k|pat|pos)\w{3,}|"
        r"ir(?:r\w{3,})|il(?:l\w{3,})|mis\w{3,}|\w{3,}less|skip\w*|omit\w*|deprecat\w*|privacy|"
        r"private|ignor\w*|exclud\w*|forb\w+|prohibit\w*|ban(?:ned|s)?|halt\w*|los[et]\w*|wrong|"
        r"false|difficult|hard|wary|against|oppos\w*|other than|different\w*|remov\w*|minus|zero|"
        r"nil|out of|off|still|yet|else|any|away|close[ds]?|anti\w*|limit\w*|restrict\w*|block\w*|"
        r"de\w+ed|separat\w*|end\w*|have to|has to|had to|must|need\w*|just|all|late|later)\b|non-",
        re.IGNORECASE,
    ),
    "attribution": re.compile(
        r"[\"“”‘]|\b(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|report(?:s|ed|edly|ing)?|"
        r"alleg\w*|according|announc\w*|claim\w*|stat(?:ed|ing|ement)|notes|noted|adds|added|"
        r"adding|explain\w*|wrote|writes|tweet\w*|confirm(?:s|ed)|argu(?:e|es|ed|ing)|warn(?:s|ed)|"
        r"called|asked|repl(?:y|ies|ied)|answered|insist\w*|think\w*|thought|believ\w*|"
        r"suggest(?:s|ed|ing)?|reveal\w*|disclos\w*|posted|declar(?:es|ed)|express\w*|"
        r"describ(?:es|ed)|cit(?:es|ed|ing)|quot\w*|comment(?:s|ed)|respond\w*|admit\w*|"
        r"acknowledg\w*|stress\w*|emphasi\w*|point(?:s|ed) out|mention(?:s|ed)|promis\w*|pledg\w*|"
        r"vow\w*|threat\w*|den(?:y|ying|ies|ied)|agreed|recall\w*|remark\w*|known|showed|shows|"
        r"found|expect\w*|estimat\w*|predict\w*|planned|decided|urg(?:e|es|ed|ing)|accus\w*|talk\w*|"
        r"sp(?:eak|oke)\w*|ha[sd] it|hear|heard|seem\w*|appear\w*|apparent\w*|learn(?:ed|t)|"
        r"inform\w*|thank\w*|conclud\w*|propos\w*|hint\w*|feel\w*|felt|rumo\w*|demand\w*|"
        r"brand(?:s|ed)|criti\w*|prais\w*|blam\w*|asserts?|asserted|testif\w*|joke[ds]?|contend\w*|"
        r"view(?:s|ed)|survey\w*|poll\w*|stud(?:y|ies)|unveiled|introduced|released|published)\b",
        re.IGNORECASE,
    ),
    "hedge": re.compile(
        r"\b(?:may|might|can|could|would|will|should|perhaps|maybe|possib\w*|probab\w*|likel\w*|"
        r"unlikely|potential\w*|presum\w*|apparent\w*|appear\w*|seem\w*|suggest\w*|expect\w*|"
        r"believ\w*|think\w*|thought|estimat\w*|predict\w*|forecast\w*|reported\w*|alleg\w*|"
        r"supposed\w*|suspect\w*|hop(?:e|es|ed|ing)|fear\w*|risk\w*|chance\w*|looks?|sounds?|"
        r"feels?|felt|as if|as though|guess\w*|assum\w*|whether|sometimes|often|usually|generally|"
        r"tend\w*|projected|plan(?:s|ned)|intend\w*|consider\w*|seen|viewed|going to|set to|due to|"
        r"kind of|sort of|arguabl\w*|almost|nearly|indicat\w*|impl(?:y|ies|ied)|evident\w*|"
        r"obvious\w*|threat\w*|poised|destined|shall|anticipat\w*|wonder\w*|imagin\w*|claim\w*|"
        r"argu(?:e|es|ed)|worr\w*|concern\w*|propos\w*|is to|are to|was to|were to|if|about|some|"
        r"ought|must be|in theory|want\w*)\b",
        re.IGNORECASE,
    ),
})  # fmt: skip
