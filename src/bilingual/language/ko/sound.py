"""How alike a Korean and an English word sound: 텐서 and tensor, not 텐서 and model.

Both are cut down to their consonants, in classes that Korean spelling of foreign words keeps apart
(외래어 표기법: f and p are both ㅍ, l and r both ㄹ, z and j both ㅈ).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

_INITIALS = tuple("kknttlmppss-cccktph")
_FINALS = (
    "-", "k", "k", "ks", "n", "nc", "nh", "t", "l", "lk", "lm", "lp", "ls", "lt", "lp", "lh", "m",
    "p", "ps", "s", "s", "-", "c", "c", "k", "t", "p", "h",
)  # fmt: skip
"""ㅇ is a vowel's seat at the beginning of a syllable, and at its end no letter of English."""
_LATIN = re.compile(r"tch|ch|sh|ph|th|ck|ng|qu|[a-z]")
_CLASSES = {
    **dict.fromkeys(["k", "g", "c", "q", "ck", "qu"], "k"), **dict.fromkeys(["t", "d", "th"], "t"),
    **dict.fromkeys(["p", "b", "f", "v", "ph"], "p"), **dict.fromkeys(["l", "r"], "l"),
    **dict.fromkeys(["s", "sh"], "s"), **dict.fromkeys(["j", "z", "ch", "tch"], "c"),
    "x": "ks", "m": "m", "n": "n", "ng": "n", "h": "h",
}  # fmt: skip
_WORD = re.compile(r"[가-힣]+|[A-Za-z]+")
LEAST, LEAST_JOINED = 3, 4
"""Consonants below which a likeness is chance: of one word, and of two in a row (다른 is no
"two lines")."""


@lru_cache(maxsize=4096)
def skeleton(word: str) -> str:
    """Return the consonants of a Hangul or a Latin ``word``, in classes; vowels are left out."""
    if "가" <= word[0] <= "힣":
        parts: list[str] = []
        for syllable in word:
            code = ord(syllable) - ord("가")
            parts += [_INITIALS[code // 588], _FINALS[code % 28]]
        return "".join(parts).replace("-", "")
    return "".join(_CLASSES.get(found[0], "") for found in _LATIN.finditer(word.lower()))


def likeness(korean: str, english: str) -> float:
    """Return how alike the two most alike words of two texts sound: 0 to 1.

    Two English words in a row may be one in Korean: 풀스택, full-stack.
    """
    words = _WORD.findall(english)
    single = [skeleton(word) for word in words]
    others = [(word, LEAST) for word in single]
    others += [(first + second, LEAST_JOINED) for first, second in pairwise(single)]
    best = 0.0
    for word in _WORD.findall(korean):
        if not "가" <= word[0] <= "힣":
            continue
        first = skeleton(word)
        for second, least in others:
            if min(len(first), len(second)) >= least and first[0] == second[0]:
                best = max(best, share(first, second))
    return best


@lru_cache(maxsize=8192)
def share(first: str, second: str) -> float:
    """Return the longest common subsequence as a share of both; particles hang on ``first``."""
    row = [0] * (len(second) + 1)
    for one in first:
        before = 0
        for place, other in enumerate(second, 1):
            kept = row[place]
            row[place] = before + 1 if one == other else max(row[place], row[place - 1])
            before = kept
    length = min(len(first), len(second) + 2)
    return 2 * row[-1] / (max(length, row[-1]) + len(second))
