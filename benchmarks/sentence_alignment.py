"""Measure how often sentence alignment finds the right target sentence, and how often not.

python benchmarks/sentence_alignment.py [--pairs segments.tsv] [--source ntrex] [--seed 1]

Consecutive sentence pairs are combined into paragraphs of two to five. In a third of them two
target sentences are joined, in some 40 % one is split at a comma, so that a tenth has both and as
many sentences as its source. The span of each sentence is requested; it is right when it covers
its whole translation and nothing else. Translators join and split far less. The TSV has the
columns source, id, en and ko (see `quality/corpus.py`).
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "quality"))

from corpus import SEGMENTS, rows  # in the folder quality

from bilingual.language.sentence import segments
from bilingual.language.sentence_alignment import counterpart

SHORTEST = 8
"""The least code points of a part that is split off."""
END = {"ko": "다.", "en": "."}


def sentences(text: str, language: str) -> list[str]:
    """Return the sentences of ``text``."""
    return [each.text for each in segments(text, language)]


def joined(target: list[tuple[set[int], str]], choose: random.Random) -> None:
    """Join two sentences of ``target``."""
    at = choose.randrange(len(target) - 1)
    (one, first), (other, second) = target[at : at + 2]
    first = first.rstrip('.!?"”')
    target[at : at + 2] = [(one | other, f"{first}, {second}")]


def cut(target: list[tuple[set[int], str]], choose: random.Random, language: str) -> None:
    """Split a sentence of ``target`` in two, where one has a comma."""
    able = [at for at, (of, text) in enumerate(target) if len(of) == 1 and ", " in text]
    if not able:
        return
    at = choose.choice(able)
    of, text = target[at]
    first, second = text.split(", ", 1)
    if min(len(first), len(second)) >= SHORTEST:
        target[at : at + 1] = [
            (of, first + END[language]),
            (of, second[0].upper() + second[1:]),
        ]


def measure(pairs: list[tuple[str, str]], language: str, seed: int) -> tuple[int, int, int]:
    """Return how many spans were right, wrong, and not found."""
    choose = random.Random(seed)  # noqa: S311 - the same each time
    right = wrong = none = 0
    at = 0
    while at < len(pairs):
        size = choose.choice((2, 3, 3, 4, 4, 5))
        part = pairs[at : at + size]
        at += size
        target = [({number}, text) for number, (_, text) in enumerate(part)]
        dice = choose.random()
        if dice < 0.35 and len(target) > 1:
            joined(target, choose)
        if dice < 0.12 or dice > 0.72:
            cut(target, choose, language)
        theirs = sentences(" ".join(text for _, text in target), language)
        if len(theirs) != len(target):
            continue  # no translator splits here
        ours = [source for source, _ in part]
        for number in range(len(ours)):
            own = [place for place, (of, _) in enumerate(target) if number in of]
            pure = all(target[place][0] == {number} for place in own)
            found = counterpart(ours, theirs, (number, number + 1))
            if found is None:
                none += 1
            elif pure and found == (own[0], own[-1] + 1):
                right += 1
            else:
                wrong += 1
    return right, wrong, none


def main() -> None:
    """Print a table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pairs", type=Path, default=SEGMENTS)
    options.add_argument("--source", default="ntrex")
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    found = [row for row in rows(chosen.pairs) if row.source == chosen.source]
    print("| into | sentences | found | wrong of those |")
    print("|---|---:|---:|---:|")
    for languages in (("en", "ko"), ("ko", "en")):
        texts = [tuple(getattr(row, each) for each in languages) for row in found]
        pairs = [
            (source, target)
            for source, target in texts
            if len(sentences(source, languages[0])) == len(sentences(target, languages[1])) == 1
        ]
        right, wrong, none = measure(pairs, languages[1], chosen.seed)
        asked = right + wrong + none
        print(
            f"| {languages[1]} | {asked:,} | {100 * (right + wrong) / asked:.0f} % "
            f"| {100 * wrong / (right + wrong):.1f} % |"
        )


if __name__ == "__main__":
    main()
