r"""A table has other rows or columns in the target.

What
    Compares the tables of two whole documents (`check --pair`) in order: how many tables there are,
    and how many rows and columns each has.
Why
    A lost cell moves every number after it into another column.
Wrong
    en: | Model | Score |\n|---|---|\n| Muse Spark | 52 |\n| GPT-5.4 | 57 |
    ko: | 모델 | 점수 |\n|---|---|\n| 뮤즈 스파크 | 52 |

    en: | Model | Score | Price |\n|---|---|---|\n| Muse Spark | 52 | |
    ko: | 모델 | 점수 |\n|---|---|\n| 뮤즈 스파크 | 52 |
Right
    en: | Model | Score |\n|---|---|\n| Muse Spark | |
    ko: | 모델 | 점수 |\n|:---|---:|\n| 뮤즈 스파크 |
Known limits
    GitHub's tables fill up short rows by themselves, so a row that ends early has not lost a cell.
    In a catalog the article's tables stay as they are.
Fix
    Give the table the rows and columns of the source.
Source
    GitHub Flavored Markdown Spec, section 4.10.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bilingual.checks.base import Confidence, Violation
from bilingual.model import N_, Message, Scope, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import Outline, PairSubject

SEVERITY = Severity.ERROR
SCOPE = Scope.PAIR
CONFIDENCE = Confidence.CERTAIN

SHAPE = N_("{rows} rows of {columns} cells, in the source {other_rows} of {other_columns}")
COUNT = N_("{target} tables, in the source {source}")


class _Table(NamedTuple):
    rows: int
    columns: int
    line: int


def check(subject: PairSubject) -> Iterator[Violation]:
    """Yield a violation for each table of another shape."""
    source, target = (list(_tables(outline)) for outline in subject.outlines)
    if len(source) != len(target):
        line = target[-1].line + 1 if target else 1
        values = {"source": len(source), "target": len(target)}
        yield Violation(Message(COUNT, values), line=line)
        return
    for before, after in zip(source, target, strict=True):
        if before[:2] != after[:2]:
            values = {
                "rows": after.rows, "columns": after.columns,
                "other_rows": before.rows, "other_columns": before.columns,
            }  # fmt: skip
            yield Violation(Message(SHAPE, values), line=after.line + 1)


def _tables(outline: Outline) -> Iterator[_Table]:
    rows = columns = first = 0
    for name, line in outline:
        if name == "table_open":
            rows = columns = 0
            first = line
        elif name == "tr_open":
            rows += 1
        elif name == "th_open":
            columns += 1
        elif name == "table_close":
            yield _Table(rows, columns, first)
