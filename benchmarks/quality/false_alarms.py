"""Count the findings of each rule on untouched human pairs, and list every one.

    python benchmarks/quality/false_alarms.py [--pairs TSV] [--glossary YAML] [--lists DIR]
        [--judged TSV] [--rule NAME …]

``--lists`` writes one TSV a rule with both texts. ``--judged`` brings the committed list up to
date: every error-level finding with room for a judgement and its reason; what was judged before
stays judged. A finding is ``true`` (the two texts differ where they should not), ``false`` (the
rule is wrong), or ``house`` (right by our glossary, which the translators did not have).
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from corpus import GLOSSARY, SEGMENTS, STATE_RULES, Row, find, matcher, rows

from bilingual.checks import registry
from bilingual.model import Scope

HEAD = ("rule", "source", "id", "message", "judgement", "reason")
QUANTITIES = ("number-mismatch", "unit-mismatch", "date-mismatch", "money-mismatch")


@dataclass(frozen=True, slots=True)
class Alarm:
    """A finding on a human pair."""

    rule: str
    severity: str
    row: Row
    message: str


def main() -> None:
    """Run the rules on all pairs, print the counts, write the lists."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pairs", type=Path, default=SEGMENTS)
    parser.add_argument("--glossary", type=Path, default=GLOSSARY)
    parser.add_argument("--lists", type=Path)
    parser.add_argument("--judged", type=Path)
    parser.add_argument("--rule", action="append", default=[])
    options = parser.parse_args()
    pairs = rows(options.pairs)
    found = alarms(pairs, options.glossary, options.rule)
    table(pairs, found)
    if options.lists:
        lists(found, options.lists)
    if options.judged:
        judged(found, options.judged)


def alarms(pairs: list[Row], glossary: Path, names: list[str]) -> list[Alarm]:
    """Return the findings of the rules ``names`` (all that look at texts when empty)."""
    chosen = names or [name for name in registry.rules() if name not in STATE_RULES]
    selection = registry.select([n for n in chosen if registry.rule(n).scope is not Scope.NEWSROOM])
    terms = matcher(glossary)
    articles: dict[str, list[Row]] = defaultdict(list)
    for row in pairs:
        articles[row.article].append(row)
    return [
        Alarm(
            finding.rule,
            finding.severity.value,
            units[int(finding.unit or 0)],
            str(finding.message),
        )
        for units in articles.values()
        for finding in find([(row.en, row.ko) for row in units], ("en", "ko"), terms, selection)
    ]


def table(pairs: list[Row], found: list[Alarm]) -> None:
    """Print findings of each rule by source, and how many segments there are for one with any."""
    sources = sorted({row.source for row in pairs})
    sizes = Counter(row.source for row in pairs)
    print(f"| rule | level | findings | segments with one | {' | '.join(sources)} |")
    print("|---|---|---:|---:|" + "---:|" * len(sources))
    segments: dict[str, set[Row]] = defaultdict(set)
    levels: dict[str, str] = {}
    for alarm in found:
        segments[alarm.rule].add(alarm.row)
        levels[alarm.rule] = min(levels.get(alarm.rule, "z"), alarm.severity)
    for rule in sorted(segments):
        count = sum(alarm.rule == rule for alarm in found)
        by_source = Counter(row.source for row in segments[rule])
        cells = " | ".join(str(by_source[source]) for source in sources)
        share = f"{len(segments[rule])} (1 in {len(pairs) // len(segments[rule])})"
        print(f"| `{rule}` | {levels[rule]} | {count} | {share} | {cells} |")
    quantity = {row for rule in QUANTITIES for row in segments[rule] if row.source == "ntrex"}
    print(f"\n{len(pairs)} segments: {', '.join(f'{name} {sizes[name]}' for name in sources)}.")
    print(f"Quantity findings on ntrex: {len(quantity)} of {sizes['ntrex']} segments.")


def lists(found: list[Alarm], folder: Path) -> None:
    """Write the findings of each rule with both texts to ``folder``/rule.tsv."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in registry.rules():
        with (folder / f"{name}.tsv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter="\t", lineterminator="\n")
            writer.writerow(("source", "id", "severity", "message", "en", "ko"))
            writer.writerows(
                (a.row.source, a.row.id, a.severity, a.message, a.row.en, a.row.ko)
                for a in found
                if a.rule == name
            )


def judged(found: list[Alarm], path: Path) -> None:
    """Write the error-level findings to ``path``, with the judgements that stand there."""
    known: dict[tuple[str, ...], tuple[str, str]] = {}
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                known[tuple(row[key] for key in HEAD[:4])] = (row["judgement"], row["reason"])
    kept = 0
    counts: Counter[tuple[str, str]] = Counter()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(HEAD)
        for alarm in sorted(found, key=lambda a: (a.rule, a.row.source, a.row.id, a.message)):
            if alarm.severity != "error":
                continue
            key = (alarm.rule, alarm.row.source, alarm.row.id, alarm.message)
            judgement = known.get(key, ("", ""))
            kept += bool(judgement[0])
            counts[alarm.rule, judgement[0] or "unjudged"] += 1
            writer.writerow((*key, *judgement))
    print(f"\n{path.name}: {sum(counts.values())} error-level findings, {kept} judged.")
    for (rule, judgement), count in sorted(counts.items()):
        print(f"  {rule}: {count} {judgement}")


if __name__ == "__main__":
    main()
