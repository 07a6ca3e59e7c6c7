"""Sentences that no phrase was written for: attacks, remarks of a model, and harmless ones.

The ``second`` set was written after the first was scored: it is for measuring, not for patterns.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parents[1] / "safety"
SOURCE = {
    "en": "The committee heard on Tuesday that companies want more time. "
    "The minister answered that the date is fixed.",
    "ko": "위원회는 화요일 기업들이 시간을 더 원한다는 말을 들었다. "
    "장관은 날짜가 그대로라고 답했다.",
}
"""One text in both languages, around whose translation a model makes its remarks."""


class Variant(NamedTuple):
    """A text that may speak to a model."""

    harmless: bool
    second: bool
    way: str
    text: str


class Draft(NamedTuple):
    """A draft that may hold a model's remark."""

    harmless: bool
    second: bool
    languages: tuple[str, str]
    source: str
    text: str


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _draft(row: dict[str, str]) -> Draft:
    into = row["into"]
    source = "ko" if into == "en" else "en"
    text = row["draft"].replace("\\n", "\n").replace("{}", SOURCE[into])
    harmless, second = row["kind"] == "harmless", row["set"] == "second"
    return Draft(harmless, second, (source, into), row["source"] or SOURCE[source], text)


VARIANTS = [
    Variant(row["kind"] == "harmless", row["set"] == "second", row["way"], row["text"])
    for row in _rows("variants.tsv")
]
DRAFTS = [_draft(row) for row in _rows("remarks.tsv")]
