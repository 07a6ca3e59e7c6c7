"""What may be attached to a Korean noun.

Particles (조사), the copula 이다, the plural 들, common suffixes (측, 용, 급 …) and the verbs
하다 and 되다. Anything else attached to a noun makes it part of another word: 모델 is in
모델들은, and not in 모델링하는.

Source: 한글 맞춤법 제41항 (particles are written onto the word before them); the particles
are those of the standard dictionary (표준국어대사전).
"""

from __future__ import annotations

import re
from functools import lru_cache

SUFFIX = (
    "들|님|씨|측|사|용|급|형|식|적|별|상|간|화|류|판|내|외|당|당시|국|계|권|발|산|제|진|군|팀|뿐|만"
)
CASE = (
    "께서|에서|에게서|에게로|에게|한테서|한테|으로써|으로서|으로|로써|로서|로|이랑|랑|하고|과|와|"
    "의|은|는|이|가|을|를|에|께|아|야"
)
AUXILIARY = (
    "부터|까지|마저|조차|처럼|만큼|보다|밖에|대로|마다|이나마|나마|이나|나|이든지|든지|이든|든|"
    "이라도|라도|이란|란|이며|며|이고|고|이라는|라는|이라고|라고|이라며|라며|이라|라|은커녕|는커녕|"
    "커녕|치고|이야말로|야말로|이야|야|도|만|뿐|요|였|답게|같이"
)
COPULA = (
    "이다|다|이라면|라면|이라서|라서|이지만|지만|인데|인지|인가|이니|이므로|이기|이자|자|인|일|임|"
    "이었[가-힣]*|였[가-힣]*|입니[가-힣]*|이에요|예요|이죠|죠|일까|이어서|여서|이어야|여야|이던|"
    "이냐|냐"
)
VERB = (
    "(?:하|되|시키|당하|받|지)[가-힣]*|"
    "(?:한|할|함|합|해|했|된|될|됨|됩|돼|됐|시킨|시킬|시켜|시켰|시킴)[가-힣]*"
)
ENDING = re.compile(
    rf"(?:{SUFFIX})?(?:(?:{CASE})?(?:{AUXILIARY})?(?:{AUXILIARY})?(?:{CASE})?(?:{COPULA})?|{VERB}|"
    rf"(?:{AUXILIARY}|{CASE})?(?:{COPULA}))"
)


@lru_cache(maxsize=4096)
def is_ending(rest: str) -> bool:
    """Return True when a noun followed by the Hangul ``rest`` is still that noun.

    ``rest`` runs to the end of the Hangul; the empty string is an ending too.
    """
    return ENDING.fullmatch(rest) is not None
