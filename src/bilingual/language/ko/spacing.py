"""Find spaces that a Korean text has too many, or too few.

Source: 한글 맞춤법 제41항 (particles are attached to the word before them) and its 문장 부호 (what
punctuation attaches to).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bilingual.language.mask import BLANK

if TYPE_CHECKING:
    from collections.abc import Iterator


class SpacingError(NamedTuple):
    """A wrong or missing space: the text from ``start`` to ``end`` should be ``replacement``."""

    start: int
    """Offset in the text, in code points."""
    end: int
    replacement: str


_QUOTING = r"(?:라고|라는|라며|고 |는 |란 |며 |에 |의 )"
_BEFORE_MARK = rf"[가-힣A-Za-z0-9)\]”’{BLANK}]"
_PARTICLE = r"(?:은|는|을|를|의|와|에서|에게|으로|으로써|로서|로써|에는|에서는|에도|까지|부터|처럼)"
SPACES = (
    (re.compile(rf"(?<=[^\s|])(?<![.!?:…])(?P<space>  +)(?=[^\s|{BLANK}])"), " "),
    # After Latin letters, code and brackets it can only be a particle.
    (
        re.compile(
            rf"(?<=[A-Za-z{BLANK})*])(?P<space> )(?={_PARTICLE}(?=[\s,.]))"
            r"(?!은 (?:동|메달|가격|광산))"
        ),
        "",
    ),
    (re.compile(r"(?<=[가-힣])(?P<space> )(?=[를을](?=[\s,]))"), ""),
    (
        re.compile(rf"(?<={_BEFORE_MARK})(?P<space> +)(?=[,!?](?![!?=]|\w)(?:\s|\Z|[\"'”’)*]))"),
        "",
    ),
    (re.compile(r"(?<=[가-힣)])(?P<space> +)(?=\.(?:\s|\Z))"), ""),
    (re.compile(r"(?<=[가-힣A-Za-z]\()(?P<space> +)(?=[가-힣A-Za-z0-9])"), ""),
    (re.compile(r"(?<=[가-힣A-Za-z0-9])(?P<space> +)(?=\)[가-힣\s,.])"), ""),
    (re.compile(r"(?<=\d)(?P<space> )(?=%(?![\w%]))"), ""),
    (
        re.compile(r"(?<=[다요까죠][.!?])(?P<space>)(?=[가-힣])(?!" + _QUOTING + ")"),
        " ",
    ),
)


CLUE = re.compile(
    rf" (?:[ ,!?.)%]|[을를]|(?<=[A-Za-z{BLANK})*] )[은는의와에으로까부처]|(?<=\( ))|"
    r"\.[가-힣]|![가-힣]|\?[가-힣]"
)
"""A fast necessary condition of ``SPACES``: most texts do not match it."""


def spacing_errors(text: str) -> Iterator[SpacingError]:
    """Yield the spacing errors of ``text``, in which code and addresses are masked."""
    if not CLUE.search(text):
        return
    for pattern, replacement in SPACES:
        for found in pattern.finditer(text):
            yield SpacingError(*found.span("space"), replacement)
