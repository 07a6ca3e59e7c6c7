"""Where a Korean text has a space too many, or one too few.

Source: 한글 맞춤법 제41항 (particles are written onto the word before them) and its 문장 부호 (what
marks attach to).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bilingual.language.mask import BLANK

if TYPE_CHECKING:
    from collections.abc import Iterator


class Slip(NamedTuple):
    """A wrong space: what stands between ``start`` and ``end`` should be ``put``."""

    start: int
    """Offset in the text, in code points."""
    end: int
    put: str


_QUOTING = r"(?:라고|라는|라며|고 |는 |란 |며 |에 |의 )"
_BEFORE_MARK = rf"[가-힣A-Za-z0-9)\]”’{BLANK}]"
_PARTICLE = r"(?:은|는|을|를|의|와|에서|에게|으로|으로써|로서|로써|에는|에서는|에도|까지|부터|처럼)"
SPACES = (
    (re.compile(rf"(?<=[^\s|])(?<![.!?:…])(?P<space>  +)(?=[^\s|{BLANK}])"), " "),
    # Behind Latin letters, code and brackets a particle can be nothing else.
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
"""What none of the slips can do without: most texts have nothing of it."""


def slips(text: str) -> Iterator[Slip]:
    """Give the wrong spaces of ``text``, in which code and addresses are blanked out."""
    if not CLUE.search(text):
        return
    for pattern, put in SPACES:
        for found in pattern.finditer(text):
            yield Slip(*found.span("space"), put)
