"""English words that deny, attribute and hedge.

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
        r"\b(?:(?:do|does|did|is|are|was|were|has|have|had|will|would|can|could|should|must)"
        r"(?: not|n['’]t)|cannot|won['’]t|never|neither)\b(?! (?:only|just|merely|simply|"
        r"necessarily|hesitate|forget|worry|be) ?)",
        re.IGNORECASE,
    ),
    "attribution": re.compile(
        r"\b(?:(?<!be )(?<!are )(?<!were )(?<!been )(?<!we )(?:said|told)|announced|reportedly|"
        r"allegedly|"
        r"According to|(?<=, )according to|sources? (?:say|said)|claimed|stated|tweeted)\b"
    ),
    "hedge": re.compile(
        r"\b(?:might|may(?= \w)|perhaps|possibly|probably|presumably|apparently|likely to|"
        r"(?:seems?|appears?|appeared|seemed) (?:to|that|likely)|reportedly|allegedly)\b"
    ),
})  # fmt: skip
CLUES: Mapping[str, re.Pattern[str]] = MappingProxyType({
    "negation": re.compile(r"[Nn](?:[Oo][Tt]|['’][Tt]|[Ee](?:[Vv]|[Ii][Tt]))"),
    "attribution": re.compile(
        "said|told|announced|reportedly|allegedly|ccording to|source|claimed|stated|tweeted"
    ),
    "hedge": re.compile(
        "might|may |perhaps|possibly|probably|presumably|apparently|likely to|seem|appear|"
        "reportedly|allegedly"
    ),
})  # fmt: skip
"""What stands in all that ``SURE`` finds, and is found faster: most texts have nothing of it."""
TRACES: Mapping[str, re.Pattern[str]] = MappingProxyType({
    "negation": re.compile(
        r"n['’]t\b|\b(?:not|no|nor|non|none|nothing|nobody|nowhere|never|neither|cannot|without|"
        r"unless|"
        r"until|except|only|but|instead|rather|hardly|barely|scarcely|rarely|seldom|few|fewer|"
        r"little|less|"
        r"least|fail\w*|lack\w*|refus\w*|den(?:y|ies|ied)|reject\w*|avoid\w*|prevent\w*|stop\w*|"
        r"cease\w*|miss\w*|absent|absence|empty|away|beyond|too|free|rid|despite|although|though|"
        r"while|un\w{3,}|in\w{4,}|im\w{4,}|dis\w{3,}|ir\w{4,}|il\w{4,}|mis\w{3,}|\w{3,}less|"
        r"skip\w*|"
        r"omit\w*|deprecat\w*|privacy|private|ignor\w*|exclud\w*|forb\w+|prohibit\w*|ban\w*|"
        r"halt\w*|los[et]\w*|wrong|false|bad|"
        r"difficult|hard|wary|against|other|different|remov\w*|minus|zero|nil|out|off|still|yet|"
        r"else|"
        r"any|ever|just|all|must|have to|has to|had to|need\w*|close\w*|simpl\w*|instead)\b|non-",
        re.IGNORECASE,
    ),
    "attribution": re.compile(
        r"[\"“”‘]|\b(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|report\w*|alleg\w*|according|"
        r"announc\w*|"
        r"claim\w*|stat(?:e|es|ed|ing|ement)|not(?:e|es|ed|ing)|add(?:s|ed|ing)?|explain\w*|"
        r"wr[io]t\w*|"
        r"tweet\w*|confirm\w*|argu\w*|warn\w*|call\w*|ask\w*|repl\w*|answer\w*|insist\w*|think\w*|"
        r"believ\w*|suggest\w*|reveal\w*|disclos\w*|post\w*|declar\w*|express\w*|describ\w*|cit\w*|"
        r"quot\w*|comment\w*|respond\w*|admit\w*|acknowledg\w*|stress\w*|emphasi\w*|point\w*|"
        r"mention\w*|"
        r"promis\w*|pledg\w*|vow\w*|threat\w*|denie[sd]|den(?:y|ying)|agre\w*|recall\w*|remark\w*|"
        r"know\w*|"
        r"known|show\w*|found|find\w*|expect\w*|estimat\w*|predict\w*|plan\w*|decid\w*|urg\w*|"
        r"accus\w*|talk\w*|sp(?:eak|oke)\w*|ha[sd] it|hear\w*|seem\w*|appear\w*|apparent\w*|"
        r"learn\w*|"
        r"inform\w*|thank\w*|conclud\w*|propos\w*|read\w*|sent|sign\w*|issu\w*|releas\w*|unveil\w*|"
        r"introduc\w*|publish\w*|present\w*|hint\w*|feel\w*|felt|rumo\w*|demand\w*|request\w*|"
        r"order\w*)\b",
        re.IGNORECASE,
    ),
    "hedge": re.compile(
        r"\b(?:may|might|can|could|would|will|should|must|perhaps|maybe|possib\w*|probab\w*|"
        r"likel\w*|unlikely|"
        r"potential\w*|presum\w*|apparent\w*|appear\w*|seem\w*|suggest\w*|expect\w*|believ\w*|"
        r"think\w*|"
        r"thought|estimat\w*|predict\w*|forecast\w*|report\w*|alleg\w*|supposed\w*|suspect\w*|"
        r"hope\w*|"
        r"fear\w*|risk\w*|chance\w*|look\w*|sound\w*|feel\w*|felt|as if|as though|guess\w*|"
        r"assum\w*|"
        r"if|whether|about|around|roughly|some|sometimes|often|usually|generally|tend\w*|"
        r"project\w*|"
        r"plan\w*|intend\w*|consider\w*|seen?|view\w*|said|sa(?:y|ys)|according|going to|set to|"
        r"due to|"
        r"want\w*|kind of|sort of|arguabl\w*|almost|like|nearly|indicat\w*|impl\w*|evident\w*|"
        r"clear\w*|obvious\w*|threat\w*|poised|destined|probably|appeared|shall|anticipat\w*|"
        r"show\w*|"
        r"wonder\w*|imagin\w*|claim\w*|argu\w*|worr\w*|concern\w*|propos\w*|is to|are to|was to|"
        r"were to)\b",
        re.IGNORECASE,
    ),
})  # fmt: skip
