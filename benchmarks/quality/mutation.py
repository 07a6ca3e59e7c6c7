"""Plant one error of each family into good human pairs, and count those the right rule finds.

    python benchmarks/quality/mutation.py [--pairs TSV] [--count N] [--seed N] [--misses DIR]
        [--family NAME …]

An error is found when a rule that is named for its family says something about the mutated text
that it does not say about the human one. Each family is planted into up to ``--count`` rows, chosen
by the seed. ``--misses`` writes one TSV a family with the errors that were not found.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter, defaultdict
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import plants
import plants_english as english
import plants_korean as korean
from corpus import SEGMENTS, TERMS, Row, existing, find, matcher, rows

from bilingual.checks import registry
from bilingual.model import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bilingual.checks.registry import Selection
    from bilingual.glossary.match import Matcher

QUANTITY = ("number-mismatch", "unit-mismatch", "date-mismatch", "money-mismatch")
NAMES = ("term-not-kept", "term-missing")
SENTENCES = ("sentence-dropped", "length-ratio")
STRICT, USUAL = 98, 90
KOREAN_SOURCE = ("ko", "en")


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of error, and the rules of which one has to find it."""

    plant: Callable[..., object]
    rules: tuple[str, ...]
    goal: int
    """Per cent to be found."""
    article: bool = False
    """True when the plant takes a whole article's units."""
    languages: tuple[str, str] = ("en", "ko")
    """Of the source, and of the target that the error is in."""

    @property
    def name(self) -> str:
        """Its name: the plant's."""
        return self.plant.__name__.replace("_", "-")


FAMILIES = (
    Family(plants.digit, QUANTITY, STRICT),
    Family(plants.magnitude, QUANTITY, STRICT),
    Family(plants.unit, QUANTITY, STRICT),
    Family(plants.date, ("date-mismatch", "number-mismatch"), STRICT),
    Family(plants.minus, QUANTITY, STRICT),
    Family(plants.name_dropped, NAMES, STRICT),
    Family(plants.name_changed, NAMES, STRICT),
    Family(plants.forbidden_term, ("term-forbidden",), STRICT),
    Family(plants.missing_term, ("term-missing",), STRICT),
    Family(plants.link_dropped, ("link-mismatch",), STRICT),
    Family(plants.link_changed, ("link-mismatch",), STRICT),
    Family(plants.link_swapped, ("link-mismatch",), STRICT),
    Family(plants.code_changed, ("code-mismatch",), STRICT),
    Family(plants.code_dropped, ("code-mismatch",), STRICT),
    Family(plants.particle, ("particle",), STRICT),
    Family(plants.particle_latin, ("particle",), STRICT),
    Family(korean.particle_digit, ("particle",), STRICT),
    Family(korean.particle_unit, ("particle",), STRICT),
    Family(korean.particle_bracket, ("particle",), STRICT),
    Family(korean.particle_code, ("particle",), STRICT),
    Family(korean.particle_emphasis, ("particle",), STRICT),
    Family(korean.particle_link, ("particle",), STRICT),
    Family(plants.emphasis_broken, ("emphasis-mismatch", "emphasis-unrendered"), USUAL),
    Family(plants.emphasis_dropped, ("emphasis-mismatch",), USUAL),
    Family(plants.emphasis_unrendered, ("emphasis-unrendered",), USUAL),
    Family(plants.sentence_dropped, SENTENCES, USUAL),
    Family(
        plants.cells_swapped, (*QUANTITY, "code-mismatch", "link-mismatch"), USUAL, article=True
    ),
    Family(plants.left_in_source, ("source-copied",), USUAL),
    Family(plants.sentence_left_in_source, ("source-copied", "wrong-script"), USUAL),
    Family(plants.register_mixed, ("register-mixed",), USUAL, article=True),
    Family(plants.nfd, ("unicode-form",), USUAL),
    Family(plants.compatibility_jamo, ("unicode-form",), USUAL),
    Family(plants.wrong_script, ("wrong-script",), USUAL),
    Family(plants.html_dropped, ("html-mismatch",), USUAL),
    Family(plants.image_dropped, ("image-mismatch",), USUAL),
    Family(plants.placeholder_changed, ("placeholder-mismatch",), USUAL),
    Family(plants.word_doubled, ("duplicate-word",), USUAL),
    Family(korean.negation_lost, ("negation-mismatch",), USUAL),
    Family(korean.negation_gained, ("negation-mismatch",), USUAL),
    Family(korean.attribution_lost, ("attribution-mismatch",), USUAL),
    Family(korean.attribution_gained, ("attribution-mismatch",), USUAL),
    Family(korean.hedge_lost, ("hedge-mismatch",), USUAL),
    Family(korean.hedge_gained, ("hedge-mismatch",), USUAL),
    Family(english.digit_en, QUANTITY, STRICT, languages=KOREAN_SOURCE),
    Family(english.magnitude_en, QUANTITY, STRICT, languages=KOREAN_SOURCE),
    Family(english.unit_en, QUANTITY, STRICT, languages=KOREAN_SOURCE),
    Family(english.date_en, ("date-mismatch", "number-mismatch"), STRICT, languages=KOREAN_SOURCE),
    Family(english.name_changed_en, NAMES, STRICT, languages=KOREAN_SOURCE),
    Family(english.link_dropped_en, ("link-mismatch",), STRICT, languages=KOREAN_SOURCE),
    Family(english.link_changed_en, ("link-mismatch",), STRICT, languages=KOREAN_SOURCE),
    Family(english.link_swapped_en, ("link-mismatch",), STRICT, languages=KOREAN_SOURCE),
    Family(english.code_changed_en, ("code-mismatch",), STRICT, languages=KOREAN_SOURCE),
    Family(english.code_dropped_en, ("code-mismatch",), STRICT, languages=KOREAN_SOURCE),
    Family(english.left_in_source_en, ("source-copied",), USUAL, languages=KOREAN_SOURCE),
    Family(english.words_left_in_source_en, ("wrong-script",), USUAL, languages=KOREAN_SOURCE),
    Family(english.sentence_dropped_en, SENTENCES, USUAL, languages=KOREAN_SOURCE),
    Family(english.emphasis_dropped_en, ("emphasis-mismatch",), USUAL, languages=KOREAN_SOURCE),
)  # fmt: skip


def main() -> None:
    """Plant, count, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pairs", type=Path, default=SEGMENTS)
    parser.add_argument("--count", type=int, default=300, help="errors of each family")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", type=Path)
    parser.add_argument("--family", action="append", default=[])
    options = parser.parse_args()
    pairs = rows(options.pairs)
    terms = matcher(TERMS)
    print("| family | rules | planted | found | % | goal | |")
    print("|---|---|---:|---:|---:|---:|---|")
    for family in FAMILIES:
        if options.family and family.name not in options.family:
            continue
        random = Random(f"{options.seed} {family.name}")  # noqa: S311 - repeatable
        planted, missed = measured(family, pairs, terms, random, options.count)
        print(_line(family, planted, len(missed)), flush=True)
        if options.misses:
            _write(options.misses, family, missed)


def measured(
    family: Family, pairs: Sequence[Row], terms: Matcher, random: Random, count: int
) -> tuple[int, list[tuple[Row, Row]]]:
    """Return how many errors of ``family`` were planted, and the rows whose error was missed."""
    selection = registry.select(existing(family.rules)) if existing(family.rules) else None
    units = _articles(pairs) if family.article else [[row] for row in pairs]
    random.shuffle(units)
    if family.article:
        units *= 8  # few articles, many places in each
    planted, missed = 0, []
    seen: set[tuple[Row, ...]] = set()
    for before in units:
        if planted == count:
            break
        after = family.plant(before if family.article else before[0], random)
        if after is None:
            continue
        mutated = after if isinstance(after, list) else [after]
        changed = tuple(row for row, old in zip(mutated, before, strict=True) if row != old)
        if not changed or changed in seen:
            continue
        seen.add(changed)
        planted += 1
        if selection is None or not _found(family, before, mutated, terms, selection):
            missed += [(old, row) for row, old in zip(mutated, before, strict=True) if row != old][
                :1
            ]
    return planted, missed


def _articles(pairs: Sequence[Row]) -> list[list[Row]]:
    articles: dict[str, list[Row]] = defaultdict(list)
    for row in pairs:
        articles[row.article].append(row)
    return [units for units in articles.values() if len(units) > 1]


def _found(
    family: Family,
    before: Sequence[Row],
    after: Sequence[Row],
    terms: Matcher,
    selection: Selection,
) -> bool:
    """Return True when a rule says more about the units ``after`` than about those ``before``."""
    kind = Kind.CELL if family.plant is plants.cells_swapped else Kind.PARAGRAPH

    def said(units: Sequence[Row]) -> Counter[tuple[str, str]]:
        texts = [(row.en, row.ko) for row in units]
        if family.languages == KOREAN_SOURCE:
            texts = [(ko, en) for en, ko in texts]
        found = find(texts, family.languages, terms, selection, kind=kind)
        return Counter((finding.rule, str(finding.message)) for finding in found)

    return bool(said(after) - said(before))


def _line(family: Family, planted: int, missed: int) -> str:
    found = planted - missed
    share = 100 * found / planted if planted else 0.0
    named = ", ".join(f"`{name}`" for name in existing(family.rules))
    if not named:
        verdict = f"no rule yet ({', '.join(family.rules)})"
    elif not planted:
        verdict = "no place in these pairs"
    else:
        verdict = "reached" if share >= family.goal else "not reached"
    return (
        f"| {family.name} | {named or '-'} | {planted} | {found} | {share:.1f} | {family.goal} "
        f"| {verdict} |"
    )


def _write(folder: Path, family: Family, missed: Sequence[tuple[Row, Row]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{family.name}.tsv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(("source", "id", "en", "ko", "mutated"))
        side = attrgetter(family.languages[1])
        writer.writerows((old.source, old.id, old.en, old.ko, side(new)) for old, new in missed)


if __name__ == "__main__":
    main()
