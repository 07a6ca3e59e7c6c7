"""Time the glossary's matcher with 300, 5,000 and 50,000 generated terms.

    python benchmarks/glossary_size.py [--units N] [--rounds N]

It prints microseconds per unit (both its texts), the median of the rounds, and the ratio to the
smallest glossary. Terms are combined from real words of both languages, so that many of them begin
like words of the texts, which are the newsroom's own catalogs, repeated. Building the matcher is
timed separately: it is done once for a run.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import time
from pathlib import Path

from bilingual.catalog import po
from bilingual.glossary.match import Matcher
from bilingual.model import Term

ROOT = Path(__file__).resolve().parents[1]
SIZES = (300, 5_000, 50_000)


def main() -> None:
    """Time all sizes alternately, print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--units", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    texts = units(options.units)
    matchers: dict[int, Matcher] = {}
    built: dict[int, float] = {}
    for size in SIZES:
        start = time.perf_counter()
        matchers[size] = Matcher(terms(size, texts))
        for language in ("en", "ko"):
            matchers[size].scan("Muse 뮤즈", language)
        built[size] = time.perf_counter() - start
    times: dict[int, list[float]] = {size: [] for size in SIZES}
    hits: dict[int, int] = {}
    for _ in range(options.rounds):
        for size, matcher in matchers.items():
            start = time.perf_counter()
            hits[size] = sum(
                len(matcher.scan(english, "en")) + len(matcher.scan(korean, "ko"))
                for english, korean in texts
            )
            times[size].append(time.perf_counter() - start)
    first = statistics.median(times[SIZES[0]])
    print(f"{len(texts)} units, {options.rounds} rounds\n")
    print("terms    µs a unit    ratio    hits a unit    built in")
    for size in SIZES:
        median = statistics.median(times[size])
        print(
            f"{size:>6}{median / len(texts) * 1e6:>12.1f}{median / first:>9.2f}"
            f"{hits[size] / len(texts):>14.2f}{built[size]:>10.2f} s"
        )


def units(count: int) -> list[tuple[str, str]]:
    """Return ``count`` units of the newsroom's catalogs, English and Korean."""
    found: list[tuple[str, str]] = []
    for language in ("en", "ko"):
        for file in sorted((ROOT / "locales" / language / "articles").glob("*.po")):
            for entry in po.parse(file.read_text("utf-8"), path=file.name).live:
                both = (entry.source, entry.target.text)
                found.append(both if language == "ko" else both[::-1])
    return [found[index % len(found)] for index in range(count)]


def terms(count: int, texts: list[tuple[str, str]]) -> list[Term]:
    """Return ``count`` terms of two or three words each; the same ones in every run."""
    dice = random.Random(7)  # noqa: S311 - no secret, the same in every run
    english = sorted({word for text, _ in texts for word in re.findall(r"[A-Za-z]{3,}", text)})
    korean = sorted({word for _, text in texts for word in re.findall(r"[가-힣]{2,}", text)})
    return [
        Term(
            f"term-{number}",
            {
                "en": (" ".join(dice.choices(english, k=2 + number % 2)),),
                "ko": (" ".join(dice.choices(korean, k=2 + number % 2)),),
            },
        )
        for number in range(count)
    ]


if __name__ == "__main__":
    main()
