"""From targets back to an article: the source's own text with its units replaced.

Whatever a target says, the merged article has the source's block structure. A target is escaped
where it would begin a block; then the merged text is cut into blocks once and compared, whatever
its targets look like. Where it still differs, the unit in whose lines it does is escaped harder,
and at last refused: it keeps its source, and the caller is told.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bilingual.errors import ContentError
from bilingual.markdown import blocks, escape, fields, front_matter, html, structure, table
from bilingual.markdown.inline import inlines
from bilingual.markdown.lines import BLANK, Lines
from bilingual.markdown.place import Document, Layout, UnitLocation
from bilingual.model import N_, Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


EMPTY = N_("The target is empty.")
STRUCTURE = N_("The target would change the structure of the article.")
IMAGE = N_("The target would break the image around it.")
FRONT_MATTER = N_("The target cannot be written in front matter.")
_ROUNDS = (8, 64)
"""How often, at least and at most, the merged text is looked at for one more unit to blame before
all that are not beyond doubt give way together."""
_LOOKED_AT = 2_000_000
"""How many characters these looks may cover: with the rounds it bounds the cost of hostile
targets."""
_PLAIN_HTML = re.compile(r"[^<\n]*\Z")


@dataclass(frozen=True, slots=True)
class TargetRefusal:
    """A target that could not be laid into the article; its unit keeps its source there."""

    index: int
    """Of the unit in ``Document.units``."""
    reason: Message


@dataclass(frozen=True, slots=True)
class MergedArticle:
    """A merged article."""

    text: str
    refusals: tuple[TargetRefusal, ...] = ()


@dataclass(slots=True)
class _Laid:
    """A target as it is laid into its place."""

    text: str
    safe: bool
    """True when it should change no block: others are suspected first."""
    harder: bool = False


def merge(document: Document, targets: Mapping[int, str], *, prove: bool = True) -> MergedArticle:
    """Lay targets into an article; the keys of ``targets`` are indexes of ``document.units``.

    A unit without a target keeps its source. Targets equal to their sources give the article
    byte for byte; equal arguments give equal results. Without ``prove`` the article is not cut
    into blocks again for targets that begin no block by their look: for drafts that come one by
    one, before a merge of all of them. Raises ``IndexError`` for a key that is no unit.
    """
    laid: dict[int, _Laid] = {}
    refused: dict[int, Message] = {}
    for index, target in sorted(targets.items()):
        unit, place = document.units[index], document.places[index]
        if target == unit.source:
            continue
        if not target.strip(BLANK):
            refused[index] = Message(EMPTY)
            continue
        result = _lay(document, place, unit.source, target)
        if isinstance(result, Message):
            refused[index] = result
        else:
            laid[index] = result
    _refuse_fields(document, targets, laid, refused)
    text = _joined(document, laid)
    if laid and (prove or not all(each.safe for each in laid.values())):
        text = _settled(document, targets, laid, refused, text)
    return MergedArticle(
        text, tuple(TargetRefusal(index, refused[index]) for index in sorted(refused))
    )


def _joined(document: Document, laid: Mapping[int, _Laid]) -> str:
    text = document.text
    parts: list[str] = []
    position = 0
    for index, each in laid.items():
        place = document.places[index]
        parts.append(text[position : place.start])
        parts.append(each.text)
        position = place.end
    parts.append(text[position:])
    return "".join(parts)


def _settled(
    document: Document,
    targets: Mapping[int, str],
    laid: dict[int, _Laid],
    refused: dict[int, Message],
    text: str,
) -> str:
    """Compare the structure, and give way unit by unit until it is the source's."""
    least, most = _ROUNDS
    limit = min(most, max(least, _LOOKED_AT // (len(text) + 1)))
    for rounds in range(limit + 3):
        line = _first_difference(document, text)
        if line is None:
            return text
        suspects = [index for index, each in laid.items() if not each.safe] or list(laid)
        if rounds <= limit and suspects:
            suspects = [_blamed(document, laid, text, line, suspects)]
        for index in suspects:
            harder = None
            if not laid[index].harder and rounds <= limit + 1:
                harder = _lay_harder(document.places[index], targets[index])
            if harder is None:
                del laid[index]
                refused[index] = Message(STRUCTURE)
            else:
                laid[index] = harder
        text = _joined(document, laid)
    return text if _first_difference(document, text) is None else _given_up(document, laid, refused)


def _given_up(document: Document, laid: dict[int, _Laid], refused: dict[int, Message]) -> str:
    refused.update(dict.fromkeys(laid, Message(STRUCTURE)))
    laid.clear()
    return document.text


def _first_difference(document: Document, text: str) -> int | None:
    """Return the line of ``text``, from 0, at which its structure leaves the source's."""
    line = 0
    names = iter(document.skeleton)
    for name, line in structure.outline(blocks.parse(text)):
        if name != next(names, None):
            return line
    return None if next(names, None) is None else line


def _blamed(
    document: Document,
    laid: Mapping[int, _Laid],
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
    for index, each in laid.items():
        place = document.places[index]
        if index in suspected:
            begins.append(place.start + shift)
        shift += len(each.text) - (place.end - place.start)
    return suspects[max(bisect_right(begins, limit - 1) - 1, 0)]


def _lay(document: Document, place: UnitLocation, source: str, target: str) -> _Laid | Message:
    return _LAYOUTS[place.layout](document, place, source, target)


def _lay_harder(place: UnitLocation, target: str) -> _Laid | None:
    """Lay a target in the way that changes least around it; None when there is no such way."""
    if place.layout in {Layout.PROSE, Layout.LINE}:
        return _Laid(escape.hard(escape.lines(target)), safe=False, harder=True)
    if place.layout is Layout.CELL:
        words = escape.hard(escape.lines(target)).replace("\\|", "|")
        return _Laid(table.encoded(words), safe=False, harder=True)
    return None


def _one_line(target: str) -> str:
    return " ".join(part.strip(BLANK) for part in escape.lines(target))


def _line(_document: Document, _place: UnitLocation, _source: str, target: str) -> _Laid:
    return _Laid(escape.escaped(_one_line(target)), safe=False)


def _heading(_document: Document, _place: UnitLocation, _source: str, target: str) -> _Laid:
    return _Laid(escape.heading(target), safe=True)


def _title(_document: Document, place: UnitLocation, _source: str, target: str) -> _Laid:
    return _Laid(escape.title(target, place.quote), safe=False)


def _attribute(_document: Document, place: UnitLocation, _source: str, target: str) -> _Laid:
    return _Laid(html.attribute_only(_one_line(target), place.quote), safe=False)


def _cell(document: Document, place: UnitLocation, _source: str, target: str) -> _Laid:
    words = table.encoded(_one_line(target))
    text = document.text
    begin = max(text.rfind("\n", 0, place.start), text.rfind("\r", 0, place.start)) + 1
    if "|" not in text[begin : place.start]:
        # Without a pipe before it, the cell begins its line; and what the source has there (a
        # "-") may be what keeps the line from going on a paragraph above it.
        return _Laid(escape.escaped(words), safe=False)
    return _Laid(words, escape.is_safe(words.replace("\\|", "")))


def _prose(document: Document, place: UnitLocation, source: str, target: str) -> _Laid:
    words = escape.lines(target)
    before = source.split("\n")
    same = len(words) == len(before)
    out: list[str] = []
    safe = True
    for number, line in enumerate(words):
        if same and number and line == before[number]:
            # It stood here in the source and began nothing.
            out.append(line)
        elif escape.is_safe(line):
            out.append(line)
        else:
            safe = False
            out.append(escape.escaped(line, number))
    # One line where there were three could be the term of a definition that follows.
    # And what began the source's first line may have kept it from going on the one above it.
    safe = safe and same and escape.is_safe(before[0])
    return _Laid(_with_gaps(document, place, out), safe)


def _with_gaps(document: Document, place: UnitLocation, words: list[str]) -> str:
    """Join lines by what stands between the unit's lines in the article, as far as it goes."""
    text, spans = document.text, place.spans
    if len(words) == 1:
        return words[0]
    gaps = [text[a[1] : b[0]] for a, b in itertools.pairwise(spans)]
    gap = gaps[-1] if gaps else document.ending + _continuation(text, place)
    gaps.extend([gap] * (len(words) - 1 - len(gaps)))
    parts = [words[0]]
    for between, line in zip(gaps, words[1:], strict=False):
        parts.extend((between, line))
    return "".join(parts)


def _continuation(text: str, place: UnitLocation) -> str:
    """Return the prefix of a line that goes on where the unit's first line began.

    ``>`` stays; a list's marker, a footnote's label become spaces as wide. What stands before a
    text in HTML is not a prefix from its first tag on.
    """
    start = place.start
    prefix = text[max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1 : start]
    if place.layout is Layout.HTML:
        prefix = prefix.partition("<")[0]
    return re.sub(r"[^\t>]", " ", prefix)


def _html(document: Document, place: UnitLocation, _source: str, target: str) -> _Laid:
    words = html.text_only("\n".join(escape.lines(target)))
    safe = bool(_PLAIN_HTML.match(words))
    return _Laid(_with_gaps(document, place, escape.lines(words)), safe)


def _alt(_document: Document, _place: UnitLocation, _source: str, target: str) -> _Laid | Message:
    for everything in (False, True):
        words = escape.alt(target, everything=everything)
        text = f"![{words}](x)"
        found = inlines(text)
        if found and (found[0].kind, found[0].end, found[0].destination) == (
            "image",
            len(text),
            "x",
        ):
            return _Laid(words, safe="\\" not in words and "<" not in words)
    return Message(IMAGE)


def _field(document: Document, place: UnitLocation, _source: str, target: str) -> _Laid | Message:
    field = place.field
    if field is None:
        return Message(FRONT_MATTER)
    source = Lines(document.text).source if "\r" in document.text else document.text
    source = source.removeprefix("\ufeff")
    text = fields.written(field, source, target.replace("\r\n", "\n").replace("\r", "\n"))
    if text is None:
        return Message(FRONT_MATTER)
    return _Laid(text.replace("\n", document.ending), safe=True)


_LAYOUTS: Mapping[Layout, Callable[[Document, UnitLocation, str, str], _Laid | Message]] = {
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
    laid: dict[int, _Laid],
    refused: dict[int, Message],
) -> None:
    """Read the front matter back; refuse the fields that do not read as they should."""
    indexes = [index for index in laid if document.places[index].layout is Layout.FIELD]
    if not indexes or _reads_back(document, targets, laid, indexes):
        return
    kept = {index: laid.pop(index) for index in indexes}
    for index in indexes:
        trial = {**{i: laid[i] for i in indexes if i in laid}, index: kept[index]}
        if _reads_back(document, targets, trial, list(trial)):
            laid[index] = kept[index]
        else:
            refused[index] = Message(FRONT_MATTER)
    ordered = dict(sorted(laid.items()))
    laid.clear()
    laid.update(ordered)


def _reads_back(
    document: Document,
    targets: Mapping[int, str],
    laid: Mapping[int, _Laid],
    indexes: Iterable[int],
) -> bool:
    only = {index: laid[index] for index in sorted(indexes)}
    before, after = (Lines(text).source for text in (document.text, _joined(document, only)))
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
