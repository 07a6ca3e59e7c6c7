"""Find text in other scripts than Latin, as far as Korean and English articles need it.

Source: Unicode Standard Annex #24, script property; the blocks of the scripts engines mix up.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_KANA = r"\u3041-\u3096\u30a1-\u30fa\uff66-\uff9f"
_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3005\U00020000-\U0003ffff"
_HANGUL = r"\uac00-\ud7a3\u3131-\u318e\u1100-\u11ff"
_RUNS = re.compile(
    rf"(?P<kana>[{_KANA}][{_KANA}\u30fc{_HAN}]*|[{_HAN}]+[{_KANA}][{_KANA}\u30fc{_HAN}]*)"
    rf"|(?P<han>[{_HAN}]+)"
    rf"|(?P<hangul>[{_HANGUL}]+(?:[ ,\u00b7]+[{_HANGUL}]+)*)"
    r"|(?P<cyrillic>[\u0400-\u04ff]{2,})|(?P<arabic>[\u0600-\u06ff]{2,})"
    r"|(?P<thai>[\u0e00-\u0e7f]{2,})|(?P<hebrew>[\u0590-\u05ff]{2,})"
    r"|(?P<devanagari>[\u0900-\u097f]{2,})"
)


class ScriptRun(NamedTuple):
    """Consecutive characters of one script."""

    script: str
    """``kana`` (with the Han characters of the same word), ``han``, ``hangul`` and others."""
    text: str
    start: int
    """Offset in the text, in code points."""
    end: int


def script_runs(text: str) -> Iterator[ScriptRun]:
    """Yield the runs of ``text`` in another script than Latin, in order."""
    for found in _RUNS.finditer(text):
        yield ScriptRun(found.lastgroup or "", found[0], *found.span())
