"""Findings for people at a terminal: location, rule, message, and the words in question.

    locales/ko/articles/muse-spark.po:42:9: error number-mismatch: $14.3 billion became 143억 원
      en │ Meta invested $14.3 billion in Scale AI.
         │               ^^^^^^^^^^^^^
      ko │ 메타는 스케일 AI에 143억 원을 투자했다.
         │                    ^^^^^^^^

Long texts are cut around the words in question; a Hangul syllable is two columns wide.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from bilingual.language.message import say
from bilingual.language.width import columns
from bilingual.language.width import width as width_of
from bilingual.model import N_, Severity
from bilingual.report.base import plain, summary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bilingual.model import Finding
    from bilingual.report.base import CheckReport

COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
BOLD, DIM = "1", "2"
WIDTH = 100
"""Columns of a line when the caller knows no better."""

NONE = N_("No findings in {units}.")
FOUND = N_("{errors}, {warnings}, {remarks} in {units}.")
UNIT = (N_("{count} unit"), N_("{count} units"))
ERROR = (N_("{count} error"), N_("{count} errors"))
WARNING = (N_("{count} warning"), N_("{count} warnings"))
REMARK = (N_("{count} remark"), N_("{count} remarks"))
FIX = N_("fix: {description}")
LEVELS = {
    Severity.ERROR: N_("error"),
    Severity.WARNING: N_("warning"),
    Severity.INFO: N_("remark"),
}


def render(
    result: CheckReport,
    gettext: Callable[[str], str] = plain,
    *,
    colour: bool = False,
    width: int = WIDTH,
) -> str:
    """Return the findings of ``result`` as lines for a terminal ``width`` columns wide.

    ``gettext`` translates English templates for the reader; ``colour`` adds ANSI colours.
    Control characters in the texts are replaced, so that an article cannot steer the terminal.
    """
    paint = _paint if colour else _unpainted
    blocks = [
        "\n".join(_finding(finding, gettext, paint, max(width, 40))) for finding in result.findings
    ]
    return "\n".join([*blocks, _summary(result, gettext)]) + "\n"


def _paint(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m"


def _unpainted(text: str, _code: str) -> str:
    return text


def _finding(
    finding: Finding, gettext: Callable[[str], str], paint: Callable[[str, str], str], width: int
) -> Iterator[str]:
    colour = COLOURS[finding.severity]
    place = paint(f"{_visible(finding.path)}:{finding.line}:{finding.column}:", BOLD)
    level = paint(gettext(LEVELS[finding.severity]), colour)
    message = _visible(say(finding.message, gettext))
    yield f"{place} {level} {paint(finding.rule, BOLD)}: {message}"
    other = {"en": "ko", "ko": "en"}.get(finding.language, "")
    for language, text, span in (
        (other, finding.source, finding.source_span),
        (finding.language, finding.target, finding.span),
    ):
        if text.strip():
            yield from _excerpt(language, text, span, paint, colour, width)
    if finding.fix:
        description = _visible(say(finding.fix.description, gettext))
        yield f"     = {gettext(FIX).format(description=description)}"


def _excerpt(  # noqa: PLR0913, PLR0917 - a line, its words, and how it is drawn
    language: str,
    text: str,
    span: tuple[int, int],
    paint: Callable[[str, str], str],
    colour: str,
    width: int,
) -> Iterator[str]:
    """Yield the line with the words at ``span`` in the middle, and the line that marks them."""
    start, end = span
    # A line break inside the words ends what is marked; the line is what a person recognises.
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", max(start, begin))
    line = text[begin : stop if stop >= 0 else len(text)]
    start, end = start - begin, min(end - begin, len(line))
    room = width - 7
    left = _left(line, start, end, room)
    shown = _fitting(line[left:], room - (1 if left else 0))
    prefix = "…" if left else ""
    yield f"  {language:>2} {paint('│', DIM)} {_visible(prefix + shown)}"
    if end > start >= left:
        before = width_of(_visible(prefix + line[left:start]))
        marked = width_of(_visible(line[start : min(end, left + len(shown))]))
        # Marking a whole line points out nothing.
        if marked and not (start == 0 and end >= len(line.rstrip())):
            yield f"     {paint('│', DIM)} {' ' * before}{paint('^' * marked, colour)}"


def _left(line: str, start: int, end: int, room: int) -> int:
    """Return where the excerpt begins: 0 when the words fit from there."""
    if width_of(line[:end]) <= room - 1 or end <= start:
        return 0
    used = width_of(line[start:end])
    left = start
    while left and used < room * 2 // 3:
        left -= 1
        used += columns(line[left])
    # Begin at a word, where one begins before the marked ones.
    space = line.find(" ", left, start)
    return space + 1 if space >= 0 else left


def _fitting(text: str, room: int) -> str:
    if width_of(text) <= room:
        return text
    used = 1
    for index, character in enumerate(text):
        used += columns(character)
        if used > room:
            return text[:index] + "…"
    return text


def _visible(text: str) -> str:
    """Return ``text`` in one line, controls and bidirectional overrides shown as pictures."""
    return "".join(
        character
        if character.isprintable()
        else " "
        if character.isspace() or unicodedata.category(character) == "Zs"
        else chr(0x2400 + ord(character))
        if ord(character) < 0x20
        else "\N{REPLACEMENT CHARACTER}"
        for character in text
    )


def _summary(result: CheckReport, gettext: Callable[[str], str]) -> str:
    counts = summary(result)
    named = {
        name: gettext(forms[0] if counts[level] == 1 else forms[1]).format(count=counts[level])
        for name, level, forms in (
            ("errors", "error", ERROR),
            ("warnings", "warning", WARNING),
            ("remarks", "info", REMARK),
            ("units", "units", UNIT),
        )
    }
    return gettext(FOUND if result.findings else NONE).format(**named)
