"""The human pairs that both measures look at, and how the rules are run on them."""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bilingual.checks import registry
from bilingual.glossary.match import Matcher
from bilingual.glossary.schema import parse
from bilingual.model import Entry, Kind, State, Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bilingual.checks.registry import Selection
    from bilingual.model import Finding

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SEGMENTS = ROOT.parent / "shared" / "corpus" / "segments.tsv"
GLOSSARY = ROOT / "glossary.yaml"
TERMS = HERE / "terms.yaml"
STATE_RULES = {"unreviewed", "stale", "untranslated", "orphan", "catalog-outdated"}
"""About work in progress; finished human pairs have none."""


@dataclass(frozen=True, slots=True)
class Row:
    """One human pair."""

    source: str
    """Which project it is from."""
    id: str
    en: str
    ko: str

    @property
    def article(self) -> str:
        """The document it stands in."""
        return f"{self.source}/{self.id.split('#')[0]}"


def rows(path: Path = SEGMENTS) -> list[Row]:
    r"""Return the pairs of the TSV at ``path``, in its order; exits with a word when it is absent.

    Columns are ``source``, ``id``, ``en`` and ``ko``, without any quoting; ``\n`` and ``\t`` in a
    cell are a line break and a tab.
    """
    if not path.exists():
        sys.exit(f"{path} is not here: name a TSV of human pairs with --pairs")
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Row(row["source"], row["id"], _decoded(row["en"]), _decoded(row["ko"]))
            for row in reader
        ]


def _decoded(cell: str) -> str:
    return cell.replace("\\n", "\n").replace("\\t", "\t")


def matcher(path: Path = GLOSSARY) -> Matcher:
    """Return the matcher of the glossary at ``path``."""
    return Matcher(parse(path.read_text("utf-8"), path=path.name).terms)


def existing(names: Iterable[str]) -> list[str]:
    """Return those of ``names`` that are rules."""
    return [name for name in names if name in registry.rules()]


def find(
    texts: Iterable[tuple[str, str]],
    languages: tuple[str, str],
    terms: Matcher,
    selection: Selection,
    *,
    kind: Kind = Kind.PARAGRAPH,
) -> Iterator[Finding]:
    """Give the findings on ``texts``, source and target each, as one article's units.

    A finding's ``unit`` is the index of its pair.
    """
    entries = [
        Entry(str(index), kind, source, target=Target(target, State.REVIEWED))
        for index, (source, target) in enumerate(texts)
    ]
    pair = registry.pair("article", entries, languages, terms)
    yield from registry.run([pair], selection)
