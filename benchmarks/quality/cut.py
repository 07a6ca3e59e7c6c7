"""Count how many targets that were cut off are caught, and how many whole ones are accused.

    python benchmarks/quality/cut.py [--pairs TSV] [--half tuned|reported] [--lists FILE]

Of every human translation whose source ends with a sentence the last 10 to 70 % of the words of its
last sentence are cut, at random (seed 1); nothing but the text can tell. The weights were fitted to
every second document (``tuned``); the figures are of the others.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from corpus import ROOT, SEGMENTS
from shifted import documents, ours

from bilingual.language.sentence import segments
from bilingual.language.truncation import Break, ends, unfinished
from bilingual.markdown.segment import segment
from bilingual.model import Kind
from bilingual.prompting import marks

if TYPE_CHECKING:
    from collections.abc import Iterator

UNKNOWN = "kind not known"
"""Units of projects of which the corpus has no whole articles; they are judged as paragraphs."""
HALVES = ("tuned", "reported")


@dataclass(frozen=True, slots=True)
class Pair:
    """A human translation, as an engine sees it."""

    languages: tuple[str, str]
    kind: str
    source: str
    target: str


def main() -> None:
    """Judge every target, whole and cut, print the figures by the kind of unit."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pairs", type=Path, default=SEGMENTS)
    parser.add_argument("--half", choices=HALVES, default="reported")
    parser.add_argument("--lists", type=Path)
    options = parser.parse_args()
    listed = table(pairs(options.pairs, HALVES.index(options.half)))
    if options.lists:
        options.lists.write_text("\n".join(listed) + "\n", "utf-8")


def pairs(path: Path, half: int) -> Iterator[Pair]:
    """Give the pairs of every second document, in both directions."""
    whole = list(chain(documents(path), ours()))
    names = sorted({name for _, name, _ in whole})
    wanted = set(names[half::2])
    kinds = _kinds((path.parent / "articles", ROOT / "articles"))
    for _, name, found in whole:
        for pair in found if name in wanted else ():
            for languages, order in ((("en", "ko"), 1), (("ko", "en"), -1)):
                source, target = map(plain, marks.aligned(*pair[::order]))
                if source and target:
                    kind = kinds.get(source) or kinds.get(target) or UNKNOWN
                    yield Pair(languages, kind, source, target)


def _kinds(folders: tuple[Path, ...]) -> dict[str, str]:
    """Return the kinds of all units of the articles in ``folders``, by their text."""
    return {
        plain(marks.protect(unit.source).text): unit.kind.value
        for folder in folders
        for path in sorted(folder.rglob("*.md"))
        for unit in segment(path.read_text("utf-8")).units
    }


def plain(text: str) -> str:
    """Return ``text`` with its marks as ``unfinished`` has them."""
    return marks.blanked(text).strip()


def cut(target: str, language: str, chance: Random) -> str:
    """Return ``target`` without the last words of its last sentence; empty when it has too few."""
    last = segments(target, language)[-1]
    words = re.split(r"(?<=\S)(?= )", last.text)
    kept = len(words) - max(1, round(len(words) * chance.uniform(0.1, 0.7)))
    return target[: last.start] + "".join(words[:kept]) if kept > 0 else ""


def judged(pair: Pair, target: str) -> Break:
    """Return what is said of ``target``."""
    kind = Kind.PARAGRAPH if pair.kind == UNKNOWN else Kind(pair.kind)
    return unfinished(pair.source, target, pair.languages, kind)


def table(found: Iterator[Pair]) -> list[str]:
    """Print the figures; return what was missed and accused."""
    chance = Random(1)  # noqa: S311 - the same cuts each time
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    listed: list[str] = []
    for pair in found:
        kind = "others" if pair.kind not in {UNKNOWN, "paragraph", "item"} else pair.kind
        tally = counts[" → ".join(pair.languages), kind]
        tally["units"] += 1
        if (verdict := judged(pair, pair.target)) is not Break.NONE:
            tally["accused"] += 1
            tally["refused"] += verdict is Break.SURE
            listed.append(f"accused {verdict.value}\t{kind}\t{pair.source}\t{pair.target}")
        shorter = cut(pair.target, pair.languages[1], chance)
        if not shorter or not ends(pair.source):
            continue
        several = "several" if len(segments(pair.target, pair.languages[1])) > 1 else "single"
        tally[several] += 1
        verdict = judged(pair, shorter)
        tally[f"{several} caught"] += verdict is not Break.NONE
        tally[f"{several} sure"] += verdict is Break.SURE
        if verdict is Break.NONE:
            listed.append(f"missed\t{kind}\t{pair.source}\t{shorter}")
    print("| into | kind | units | accused | refused | one sentence | sure | several | sure |")
    print("|---|---|---:|---:|---:|---:|---:|---:|---:|")
    whole: Counter[str] = sum(counts.values(), Counter())
    for (languages, kind), tally in (*sorted(counts.items()), (("**all**", ""), whole)):
        accused = f"{tally['accused']} ({100 * tally['accused'] / tally['units']:.2f} %)"
        shares = " | ".join(
            f"{100 * tally[f'{several} caught'] / max(1, tally[several]):.1f} % of "
            f"{tally[several]:,} | {100 * tally[f'{several} sure'] / max(1, tally[several]):.1f} %"
            for several in ("single", "several")
        )
        print(f"| {languages} | {kind} | {tally['units']:,} | {accused} | {tally['refused']} "
              f"| {shares} |")  # fmt: skip
    return [each.replace("\n", "⏎") for each in listed]


if __name__ == "__main__":
    main()
