"""Fit the weights of ``bilingual.prompting.tokens`` to a real vocabulary, and print their error.

python benchmarks/tokens.py     (needs the extra ``test``: bpe-openai, and numpy)

The data are pages of the corpus and runs of its segments in both languages: half for fitting, the
other half for testing. The newsroom's own articles, which are not fitted, are tested one by one.
"""

from __future__ import annotations

import csv
import random
import re
from pathlib import Path

import bpe_openai
import numpy as np

from bilingual.prompting.tokens import PIECE, tokens

ROOT = Path(__file__).parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
NAMES = (
    "LATIN_WORD", "LATIN_LONG", "HANGUL_WORD", "HANGUL_INNER", "SYLLABLE", "THREE_DIGITS",
    "DIGITS_BEHIND_BLANK", "LINE_END", "SIGN_RUN", "FURTHER_SIGN", "OTHER",
)  # fmt: skip
STRETCH = 20
"""The number of segments in a combined text."""


def features(text: str) -> list[float]:
    """Return how often each weight counts in ``text``."""
    found = dict.fromkeys(NAMES, 0.0)
    for piece in PIECE.finditer(text):
        kind, length, start = piece.lastindex, piece.end() - piece.start(), piece.start()
        if kind == 1:
            found["LATIN_WORD"] += 1
            found["LATIN_LONG"] += max(length - 6, 0)
        elif kind == 2:
            found["HANGUL_WORD"] += 1
            found["SYLLABLE"] += length
            found["HANGUL_INNER"] += start == 0 or not text[start - 1].isspace()
        elif kind == 4:
            blank = len(piece["space"])
            found["THREE_DIGITS"] += -(-(length - blank) // 3)
            found["DIGITS_BEHIND_BLANK"] += blank
        elif kind == 5:
            found["LINE_END"] += 1
        elif kind == 6:
            found["SIGN_RUN"] += 1
            found["FURTHER_SIGN"] += max(length - 2, 0)
        else:
            found["OTHER"] += 1
    return list(found.values())


def texts() -> list[str]:
    """Return the corpus's pages and runs of its segments, shuffled the same in each run."""
    found = [path.read_text("utf-8") for path in sorted(CORPUS.glob("articles/**/*.md"))]
    with (CORPUS / "segments.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    random.Random(1).shuffle(rows)  # noqa: S311 - a shuffle, no secret
    for start in range(0, len(rows) - STRETCH, STRETCH):
        part = rows[start : start + STRETCH]
        found += ["\n".join(row[language] for row in part) for language in ("en", "ko")]
    random.Random(2).shuffle(found)  # noqa: S311
    return found


def main() -> None:
    """Print the weights, the error on the held-out half, and on the newsroom's own files."""
    encoding = bpe_openai.get_encoding("o200k_base")

    def real(text: str) -> int:
        return len(encoding.encode_ordinary(text))

    found = texts()
    half = len(found) // 2
    wanted = np.array([real(text) for text in found], float)
    table = np.array([features(text) for text in found])
    weight = 1 / np.maximum(wanted, 50)
    fitted, *_ = np.linalg.lstsq(
        table[:half] * weight[:half, None], wanted[:half] * weight[:half], rcond=None
    )
    for name, value in zip(NAMES, fitted, strict=True):
        print(f"{name:20} {value:.3f}")
    error = np.array([tokens(text) for text in found[half:]]) / wanted[half:] - 1
    low, high = np.percentile(error, [1, 99])
    print(f"held-out, weights of the package: 98 of 100 between {low:+.1%} and {high:+.1%}")
    for path in sorted((ROOT / "articles").rglob("*.md")):
        text = re.sub(r"\A---.*?---\n", "", path.read_text("utf-8"), flags=re.DOTALL)
        print(f"{tokens(text) / real(text) - 1:+7.1%}  {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
