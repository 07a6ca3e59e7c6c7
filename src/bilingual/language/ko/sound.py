"""Compare Korean and English words by sound: 텐서 is similar to tensor, not to model.

Both are reduced to their consonants, in classes that Korean spelling of foreign words keeps apart
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
"""ㅇ is silent at the beginning of a syllable, and at its end no English consonant."""
_LATIN = re.compile(r"tch|ch|sh|ph|th|ck|ng|qu|[a-z]")
_CLASSES = {
    **dict.fromkeys(["k", "g", "c", "q", "ck", "qu"], "k"), **dict.fromkeys(["t", "d", "th"], "t"),
    **dict.fromkeys(["p", "b", "f", "v", "ph"], "p"), **dict.fromkeys(["l", "r"], "l"),
    **dict.fromkeys(["s", "sh"], "s"), **dict.fromkeys(["j", "z", "ch", "tch"], "c"),
    "x": "ks", "m": "m", "n": "n", "ng": "n", "h": "h",
}  # fmt: skip
_WORD = re.compile(r"[가-힣]+|[A-Za-z]+")
MIN_CONSONANTS, MIN_CONSONANTS_JOINED = 3, 4
"""Fewer consonants are similar by chance: of one word, and of two joined (다른 and "two lines")."""


@lru_cache(maxsize=4096)
def skeleton(word: str) -> str:
    """Return the classes of the consonants of a Hangul or Latin ``word``, without vowels."""
    if "가" <= word[0] <= "힣":
        parts: list[str] = []
        for syllable in word:
            code = ord(syllable) - ord("가")
            parts += [_INITIALS[code // 588], _FINALS[code % 28]]
        return "".join(parts).replace("-", "")
    return "".join(_CLASSES.get(found[0], "") for found in _LATIN.finditer(word.lower()))


def similarity(korean: str, english: str) -> float:
    """Return the similarity in sound, 0 to 1, of the two most similar words of two texts.

    Two consecutive English words may be one in Korean: 풀스택, full-stack.
    """
    words = _WORD.findall(english)
    single = [skeleton(word) for word in words]
    others = [(word, MIN_CONSONANTS) for word in single]
    others += [(first + second, MIN_CONSONANTS_JOINED) for first, second in pairwise(single)]
    best = 0.0
    for word in _WORD.findall(korean):
        if not "가" <= word[0] <= "힣":
            continue
        first = skeleton(word)
        for second, least in others:
            if min(len(first), len(second)) >= least and first[0] == second[0]:
                best = max(best, subsequence_share(first, second))
    return best


@lru_cache(maxsize=8192)
def subsequence_share(first: str, second: str) -> float:
    """Return the longest common subsequence as a share of both; ``first`` may have particles."""
    row = [0] * (len(second) + 1)
    for one in first:
        before = 0
        for place, other in enumerate(second, 1):
            kept = row[place]
            row[place] = before + 1 if one == other else max(row[place], row[place - 1])
            before = kept
    length = min(len(first), len(second) + 2)
    return 2 * row[-1] / (max(length, row[-1]) + len(second))
