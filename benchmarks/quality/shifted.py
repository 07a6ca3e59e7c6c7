"""Count how many answers with shifted rows are caught, and how many right ones are refused.

    python benchmarks/quality/shifted.py [--pairs TSV] [--rows 8] [--every N]
        [--lists FILE]

An answer has the human translations of some units in a row, with every id once, so that nothing
but the texts can tell. It counts as caught when no text is used beside another's source, and as
refused when a text of an untouched answer is not used.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from corpus import ROOT, SEGMENTS, rows

from bilingual.model import Kind
from bilingual.newsroom import Newsroom
from bilingual.prompting import answers, marks
from bilingual.prompting.request import Passage, Reply, Request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

LEAST = 3
"""Rows of an answer in which something can be shifted."""


@dataclass(frozen=True, slots=True)
class Window:
    """Units in a row, as an engine is asked for them, and their human translations."""

    project: str
    place: str
    languages: tuple[str, str]
    sources: tuple[str, ...]
    targets: tuple[str, ...]


def main() -> None:
    """Plant each fault at each place of every window, print what was caught."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pairs", type=Path, default=SEGMENTS)
    parser.add_argument("--rows", type=int, default=8)
    parser.add_argument("--every", type=int, default=1, help="take each n-th window only")
    parser.add_argument("--lists", type=Path)
    options = parser.parse_args()
    found = [*windows(documents(options.pairs), options.rows), *windows(ours(), options.rows)]
    missed = table(found[:: options.every])
    if options.lists:
        options.lists.write_text("\n".join(missed) + "\n", "utf-8")


def documents(path: Path) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """Give the project, the name and the pairs of each document of the corpus."""
    for name, group in groupby(rows(path), key=lambda row: row.article.split(":")[0]):
        yield name.split("/")[0], name, [(row.en, row.ko) for row in group]


def ours() -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """Give the same of the repository's own articles."""
    newsroom = Newsroom.open(ROOT)
    for path in sorted((ROOT / "locales").glob("*/articles/*.po")):
        slug, target = path.stem, path.parent.parent.name
        live = [entry for entry in newsroom.catalog(slug, target).live if entry.target.text]
        pairs = [(entry.source, entry.target.text) for entry in live]
        yield "own articles", slug, pairs if target == "ko" else [pair[::-1] for pair in pairs]


def windows(found: Iterator[tuple[str, str, list[tuple[str, str]]]], size: int) -> Iterator[Window]:
    """Give the documents' windows of ``size`` rows, in both directions."""
    for project, name, pairs in found:
        for start in range(0, len(pairs), size):
            some = pairs[start : start + size]
            if len(some) < LEAST:
                continue
            place = f"{name} {start}"
            for languages, order in ((("en", "ko"), 1), (("ko", "en"), -1)):
                sources, targets = zip(*(marks.aligned(*pair[::order]) for pair in some),
                                       strict=True)  # fmt: skip
                yield Window(project, place, languages, sources, targets)


def used(window: Window, texts: Sequence[str]) -> dict[int, str]:
    """Return the texts of an answer that become drafts, by their row."""
    passages = tuple(
        Passage(str(number), Kind.PARAGRAPH, text) for number, text in enumerate(window.sources)
    )
    answer = json.dumps({str(number): text for number, text in enumerate(texts)})
    request = Request(*window.languages, passages)
    checked = answers.checked(request, answers.read(request, Reply(answer)))
    return {int(key): text for key, text in checked.good.items()}


def swapped(texts: Sequence[str], row: int, chance: Random) -> list[str]:  # noqa: ARG001
    """Two neighbours in each other's place."""
    return [*texts[:row], texts[row + 1], texts[row], *texts[row + 2 :]]


def crossed(texts: Sequence[str], row: int, chance: Random) -> list[str]:
    """Two that do not stand side by side in each other's place."""
    other = chance.choice([each for each in range(len(texts)) if abs(each - row) > 1] or [row])
    changed = list(texts)
    changed[row], changed[other] = texts[other], texts[row]
    return changed


def cut(texts: Sequence[str], row: int, chance: Random) -> list[str]:  # noqa: ARG001
    """One text cut in two at a space, what follows one row too low, the last lost."""
    words = texts[row].split(" ")
    halves = [" ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])]
    return [*texts[:row], *halves, *texts[row + 1 : -1]]


def joined(texts: Sequence[str], row: int, chance: Random) -> list[str]:  # noqa: ARG001
    """Two texts in one row, what follows one row too high, the last cut in two to fill its own."""
    words = texts[-1].split(" ")
    halves = [" ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])]
    one = f"{texts[row]} {texts[row + 1]}"
    return [*texts[:row], one, *texts[row + 2 : -1], *halves]


FAULTS: tuple[Callable[[Sequence[str], int, Random], list[str]], ...] = (
    swapped, crossed, cut, joined,
)  # fmt: skip


def table(found: Sequence[Window]) -> list[str]:
    """Print the figures; return where a fault was missed or a right answer refused."""
    chance = Random(1)  # noqa: S311 - the same plants each time
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    missed: list[str] = []
    for window in found:
        tally = counts[window.project]
        into = f"{window.place} {'→'.join(window.languages)}"
        tally["windows"] += 1
        if len(used(window, window.targets)) < len(window.targets):
            tally["refused"] += 1
            missed.append(f"refused\t{into}")
        for fault in FAULTS:
            name = fault.__name__
            last = len(window.targets) - (1 if fault is not joined else 2)
            for row in range(last):
                texts = fault(window.targets, row, chance)
                wrong = {n for n, text in enumerate(texts) if text != window.targets[n]}
                if not wrong or "" in texts:
                    continue
                tally[name] += 1
                if wrong.isdisjoint(used(window, texts)):
                    tally[f"{name} caught"] += 1
                else:
                    missed.append(f"{name} at {row}\t{into}")
    names = [fault.__name__ for fault in FAULTS]
    print("| project | windows | refused |", *(f"{name} |" for name in names))
    print("|---|---:|---:|" + "---:|" * len(names))
    whole: Counter[str] = sum(counts.values(), Counter())
    for project, tally in (*sorted(counts.items()), ("**all**", whole)):
        shares = (
            f"{100 * tally[f'{name} caught'] / tally[name]:.1f} % of {tally[name]:,} |"
            for name in names
        )
        print(f"| {project} | {tally['windows']:,} | {tally['refused']} |", *shares)
    return missed


if __name__ == "__main__":
    main()
