"""Merge targets into an article: the source's own text with its units replaced.

The merged article always has the source's block structure. A target is escaped where it would
begin a block; then the merged text is parsed once and its blocks are compared. Where they still
differ, the unit at that line is escaped more strictly, and in the end refused: it keeps its source,
and the refusal is returned.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bilingual.errors import ContentError
from bilingual.markdown import blocks, escape, fields, front_matter, html, structure, table
from bilingual.markdown.document import Document, Layout, UnitLocation
from bilingual.markdown.inline import inlines
from bilingual.markdown.lines import BLANK, Lines
from bilingual.model import N_, Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


EMPTY = N_("The target is empty.")
STRUCTURE = N_("The target would change the structure of the article.")
IMAGE = N_("The target would break the image around it.")
FRONT_MATTER = N_("The target cannot be written in front matter.")
_ROUNDS = (8, 64)
"""How often, at least and at most, the merged text is parsed to find one more suspect, before all
suspects are escaped or refused together."""
_MAX_CHARACTERS = 2_000_000
"""How many characters these rounds may parse, which bounds the cost of hostile targets."""
_PLAIN_HTML = re.compile(r"[^<\n]*\Z")


@dataclass(frozen=True, slots=True)
class TargetRefusal:
    """A target that could not be inserted into the article; its unit keeps its source there."""

    index: int
    """The index of the unit in ``Document.units``."""
    reason: Message


@dataclass(frozen=True, slots=True)
class MergedArticle:
    """A merged article, and the targets that are not in it."""

    text: str
    refusals: tuple[TargetRefusal, ...] = ()


@dataclass(slots=True)
class _Insert:
    """A target as it is inserted into the article."""

    text: str
    safe: bool
    """True when it should change no block: others are suspected first."""
    strict: bool = False


def merge(document: Document, targets: Mapping[int, str], *, prove: bool = True) -> MergedArticle:
    """Return the article with ``targets``, whose keys are indexes of ``document.units``.

    A unit without a target keeps its source. Targets equal to their sources give the article
    byte for byte; equal arguments give equal results. Without ``prove`` the article is not parsed
    again when no target looks as if it began a block: for single drafts, before a merge of all of
    them. Raises ``IndexError`` for a key without a unit.
    """
    inserts: dict[int, _Insert] = {}
    reasons: dict[int, Message] = {}
    for index, target in sorted(targets.items()):
        unit, location = document.units[index], document.locations[index]
        if target == unit.source:
            continue
        if not target.strip(BLANK):
            reasons[index] = Message(EMPTY)
            continue
        result = _place(document, location, unit.source, target)
        if isinstance(result, Message):
            reasons[index] = result
        else:
            inserts[index] = result
    _refuse_fields(document, targets, inserts, reasons)
    text = _join(document, inserts)
    if inserts and (prove or not all(each.safe for each in inserts.values())):
        text = _resolve(document, targets, inserts, reasons, text)
    return MergedArticle(
        text, tuple(TargetRefusal(index, reasons[index]) for index in sorted(reasons))
    )


def _join(document: Document, inserts: Mapping[int, _Insert]) -> str:
    text = document.text
    parts: list[str] = []
    position = 0
    for index, each in inserts.items():
        location = document.locations[index]
        parts.append(text[position : location.start])
        parts.append(each.text)
        position = location.end
    parts.append(text[position:])
    return "".join(parts)


def _resolve(
    document: Document,
    targets: Mapping[int, str],
    inserts: dict[int, _Insert],
    reasons: dict[int, Message],
    text: str,
) -> str:
    """Compare the structure, and escape or refuse units until it is the source's."""
    least, most = _ROUNDS
    limit = min(most, max(least, _MAX_CHARACTERS // (len(text) + 1)))
    for rounds in range(limit + 3):
        line = _difference(document, text)
        if line is None:
            return text
        suspects = [index for index, each in inserts.items() if not each.safe] or list(inserts)
        if rounds <= limit and suspects:
            suspects = [_suspect_at(document, inserts, text, line, suspects)]
        for index in suspects:
            insert = None
            if not inserts[index].strict and rounds <= limit + 1:
                insert = _place_strictly(document.locations[index], targets[index])
            if insert is None:
                del inserts[index]
                reasons[index] = Message(STRUCTURE)
            else:
                inserts[index] = insert
        text = _join(document, inserts)
    return text if _difference(document, text) is None else _refuse_all(document, inserts, reasons)


def _refuse_all(
    document: Document, inserts: dict[int, _Insert], reasons: dict[int, Message]
) -> str:
    reasons.update(dict.fromkeys(inserts, Message(STRUCTURE)))
    inserts.clear()
    return document.text


def _difference(document: Document, text: str) -> int | None:
    """Return the line of ``text``, from 0, where its structure first differs from the source's."""
    line = 0
    names = iter(document.skeleton)
    for name, line in structure.outline(blocks.parse(text)):
        if name != next(names, None):
            return line
    return None if next(names, None) is None else line


def _suspect_at(
    document: Document,
    inserts: Mapping[int, _Insert],
    text: str,
    line: int,
    suspects: list[int],
) -> int:
    """Return the one of ``suspects`` nearest before the end of ``line`` of the merged text."""
    lines = Lines(text)
    limit = len(text)
    if line + 1 < len(lines.starts):
        limit = lines.original(lines.starts[line + 1])
    begins: list[int] = []
    shift = 0
    suspected = set(suspects)
    for index, each in inserts.items():
        location = document.locations[index]
        if index in suspected:
            begins.append(location.start + shift)
        shift += len(each.text) - (location.end - location.start)
    return suspects[max(bisect_right(begins, limit - 1) - 1, 0)]


def _place(
    document: Document, location: UnitLocation, source: str, target: str
) -> _Insert | Message:
    return _LAYOUTS[location.layout](document, location, source, target)


def _place_strictly(location: UnitLocation, target: str) -> _Insert | None:
    """Return a target escaped strictly; None when its layout has no stricter form."""
    if location.layout in {Layout.PROSE, Layout.LINE}:
        return _Insert(escape.escape_strictly(escape.lines(target)), safe=False, strict=True)
    if location.layout is Layout.CELL:
        words = escape.escape_strictly(escape.lines(target)).replace("\\|", "|")
        return _Insert(table.encode(words), safe=False, strict=True)
    return None


def _one_line(target: str) -> str:
    return " ".join(part.strip(BLANK) for part in escape.lines(target))


def _line(_document: Document, _place: UnitLocation, _source: str, target: str) -> _Insert:
    return _Insert(escape.escape_line(_one_line(target)), safe=False)


def _heading(_document: Document, _place: UnitLocation, _source: str, target: str) -> _Insert:
    return _Insert(escape.heading(target), safe=True)


def _title(_document: Document, location: UnitLocation, _source: str, target: str) -> _Insert:
    return _Insert(escape.title(target, location.quote), safe=False)


def _attribute(_document: Document, location: UnitLocation, _source: str, target: str) -> _Insert:
    return _Insert(html.attribute_only(_one_line(target), location.quote), safe=False)


def _cell(document: Document, location: UnitLocation, _source: str, target: str) -> _Insert:
    words = table.encode(_one_line(target))
    text = document.text
    begin = max(text.rfind("\n", 0, location.start), text.rfind("\r", 0, location.start)) + 1
    if "|" not in text[begin : location.start]:
        # Without a pipe before it, the cell begins its line; and what the source has there (a
        # "-") may keep the line from continuing a paragraph above it.
        return _Insert(escape.escape_line(words), safe=False)
    return _Insert(words, escape.is_safe(words.replace("\\|", "")))


def _prose(document: Document, location: UnitLocation, source: str, target: str) -> _Insert:
    words = escape.lines(target)
    before = source.split("\n")
    same = len(words) == len(before)
    out: list[str] = []
    safe = True
    for number, line in enumerate(words):
        if same and number and line == before[number]:
            # The source has the same line here, and it begins no block.
            out.append(line)
        elif escape.is_safe(line):
            out.append(line)
        else:
            safe = False
            out.append(escape.escape_line(line, number))
    # One line where there were three could be the term of a definition that follows.
    # And the start of the source's first line may keep it from continuing the line above it.
    safe = safe and same and escape.is_safe(before[0])
    return _Insert(_with_gaps(document, location, out), safe)


def _with_gaps(document: Document, location: UnitLocation, words: list[str]) -> str:
    """Join lines by the text between the unit's lines in the article, repeating the last one."""
    text, spans = document.text, location.spans
    if len(words) == 1:
        return words[0]
    gaps = [text[a[1] : b[0]] for a, b in itertools.pairwise(spans)]
    gap = gaps[-1] if gaps else document.ending + _continuation(text, location)
    gaps.extend([gap] * (len(words) - 1 - len(gaps)))
    parts = [words[0]]
    for between, line in zip(gaps, words[1:], strict=False):
        parts.extend((between, line))
    return "".join(parts)


def _continuation(text: str, location: UnitLocation) -> str:
    """Return the prefix of a line that continues the unit's first line.

    ``>`` is kept; a list's marker or a footnote's label becomes spaces of its width. Before a
    text in HTML the prefix ends at the first tag.
    """
    start = location.start
    prefix = text[max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1 : start]
    if location.layout is Layout.HTML:
        prefix = prefix.partition("<")[0]
    return re.sub(r"[^\t>]", " ", prefix)


def _html(document: Document, location: UnitLocation, _source: str, target: str) -> _Insert:
    words = html.text_only("\n".join(escape.lines(target)))
    safe = bool(_PLAIN_HTML.match(words))
    return _Insert(_with_gaps(document, location, escape.lines(words)), safe)


def _alt(_document: Document, _place: UnitLocation, _source: str, target: str) -> _Insert | Message:
    for everything in (False, True):
        words = escape.alt(target, everything=everything)
        text = f"![{words}](x)"
        found = inlines(text)
        if found and (found[0].kind, found[0].end, found[0].destination) == (
            "image",
            len(text),
            "x",
        ):
            return _Insert(words, safe="\\" not in words and "<" not in words)
    return Message(IMAGE)


def _field(
    document: Document, location: UnitLocation, _source: str, target: str
) -> _Insert | Message:
    field = location.field
    if field is None:
        return Message(FRONT_MATTER)
    source = Lines(document.text).source if "\r" in document.text else document.text
    source = source.removeprefix("\ufeff")
    text = fields.write(field, source, target.replace("\r\n", "\n").replace("\r", "\n"))
    if text is None:
        return Message(FRONT_MATTER)
    return _Insert(text.replace("\n", document.ending), safe=True)


_LAYOUTS: Mapping[Layout, Callable[[Document, UnitLocation, str, str], _Insert | Message]] = {
    Layout.PROSE: _prose,
    Layout.HEADING: _heading,
    Layout.LINE: _line,
    Layout.CELL: _cell,
    Layout.ALT: _alt,
    Layout.TITLE: _title,
    Layout.HTML: _html,
    Layout.ATTRIBUTE: _attribute,
    Layout.FIELD: _field,
}


def _refuse_fields(
    document: Document,
    targets: Mapping[int, str],
    inserts: dict[int, _Insert],
    reasons: dict[int, Message],
) -> None:
    """Read the front matter back, and refuse the fields that do not read as their targets."""
    indexes = [index for index in inserts if document.locations[index].layout is Layout.FIELD]
    if not indexes or _reads_back(document, targets, inserts, indexes):
        return
    kept = {index: inserts.pop(index) for index in indexes}
    for index in indexes:
        trial = {**{i: inserts[i] for i in indexes if i in inserts}, index: kept[index]}
        if _reads_back(document, targets, trial, list(trial)):
            inserts[index] = kept[index]
        else:
            reasons[index] = Message(FRONT_MATTER)
    ordered = dict(sorted(inserts.items()))
    inserts.clear()
    inserts.update(ordered)


def _reads_back(
    document: Document,
    targets: Mapping[int, str],
    inserts: Mapping[int, _Insert],
    indexes: Iterable[int],
) -> bool:
    only = {index: inserts[index] for index in sorted(indexes)}
    before, after = (Lines(text).source for text in (document.text, _join(document, only)))
    fences = front_matter.locate(before), front_matter.locate(after)
    if fences[0] is None or fences[1] is None:
        return False
    try:
        old, new = (
            dict(_leaves(front_matter.decode(text, fence), ()))
            for text, fence in zip((before, after), fences, strict=True)
            if fence is not None
        )
    except ContentError:
        return False
    for index in only:
        path = document.units[index].path
        value = targets[index].replace("\r\n", "\n").replace("\r", "\n")
        read = new.get(path)
        if not isinstance(read, str) or read.rstrip("\n") != value.rstrip("\n"):
            return False
        old[path] = read
    return old == new


def _leaves(value: object, path: tuple[str, ...]) -> Iterable[tuple[tuple[str, ...], object]]:
    if len(path) > 16:
        return
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, (*path, str(key)))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _leaves(item, (*path, str(index)))
    else:
        yield path, value
