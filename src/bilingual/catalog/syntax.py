r"""The syntax of PO files: text to records and a record to lines, with the line of every fault.

Written here rather than taken from polib, which drops the previous source of obsolete entries
(``#~| msgid``: a stale unit that comes back would seem current), breaks strings at U+2028 and
U+0085, and needs 81 µs for an entry. Source: the GNU gettext manual, "The Format of PO Files".
Lines end at ``\n`` or ``\r\n`` and at nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from bilingual.catalog.comments import of_an_entry
from bilingual.errors import ContentError
from bilingual.model import msg

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bilingual.model import Message

KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d+)\])?[ \t]*(?=\")")
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
BLANK = " \t\r\f\v\ufeff"
NOTHING: Mapping[str, str] = MappingProxyType({})

ESCAPES = {
    "\\": "\\", '"': '"', "n": "\n", "t": "\t", "r": "\r",
    "a": "\a", "b": "\b", "f": "\f", "v": "\v",
}  # fmt: skip
ESCAPE = re.compile(r"\\([0-7]{1,3}|x[0-9A-Fa-f]{2}|.)")
_STRING = r'"[^"\\\n]*+(?:\\[^\n][^"\\\n]*+)*+"'
_TEXT = rf"{_STRING}(?:\n{_STRING})*+"
PLAIN = re.compile(
    r"(?P<comments>(?:# [^\n]*\n)*+)(?P<extracted>(?:#\. [^\n]*\n)*+)"
    r"(?P<references>(?:#: [^\n]*\n)*+)(?:#, (?P<flags>[^\n]*)\n)?"
    rf"(?:#\| msgid (?P<previous>{_TEXT})\n)?(?:msgctxt (?P<msgctxt>{_STRING})\n)?"
    rf"msgid (?P<msgid>{_TEXT})\nmsgstr (?P<msgstr>{_TEXT})\n?\Z"
)
"""An entry as this module and gettext's tools write it: nearly every one there is."""
OBSOLETE = re.compile(r'^#~ (?=msg|")', re.MULTILINE)
LIVE = re.compile(r'^(?:msg|")', re.MULTILINE)
OPENING = re.compile(r"#(?!~)|#~\||#~ msgctxt|#~ msgid |msgctxt|msgid[ \"]")
"""What begins an entry whatever stands above it."""
RAW = re.compile(r'[\\"\n\t\r\a\x08\f\v]')
WRITTEN = {character: f"\\{name}" for name, character in ESCAPES.items()}


@dataclass(slots=True)
class PoEntry:
    """One PO entry as it stands in its file, strings unescaped, comments without their marks."""

    comments: Sequence[str] = ()
    """Translator comments (``# ``)."""
    extracted: Sequence[str] = ()
    """Extracted comments (``#. ``)."""
    references: Sequence[str] = ()
    flags: Sequence[str] = ()
    other: Sequence[str] = ()
    """Whole comment lines of kinds that this version of the format does not know."""
    previous: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    """Keyword to text of ``#|`` lines."""
    texts: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    """Keyword (``msgctxt``, ``msgid``, ``msgid_plural``, ``msgstr``, ``msgstr[0]`` …) to text."""
    obsolete: bool = False
    line: int = 0
    """Of its ``msgid``."""

    @property
    def finished(self) -> bool:
        """True when a ``msgstr`` has been read: the next comment begins the next record."""
        return any(keyword.startswith("msgstr") for keyword in self.texts)


@dataclass(slots=True)
class _Open(PoEntry):
    """A record whose lines are still being read."""

    comments: list[str] = field(default_factory=list)
    extracted: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)
    previous: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)


def read(text: str, *, path: str = "") -> list[PoEntry]:
    """Return the records of the PO ``text``, the header first, in file order.

    Raises ``ContentError`` with ``path`` and the line of the first fault.
    """
    try:
        found = _plain(text)
    except ContentError:
        found = None  # the reader of lines finds the same fault, with its line
    return list(_Reader(path).records(text.split("\n"))) if found is None else found


def _plain(text: str) -> list[PoEntry] | None:
    """Read ``text`` entry by entry; None where only a look at each line tells what belongs where.

    The entries between blank lines are read with one expression each, obsolete ones without their
    marks; what it does not know (the comments of other tools) is left to the reader of lines.
    """
    records: list[PoEntry] = []
    number = 1
    for block in text.split("\n\n"):
        found = PLAIN.match(block)
        if not found and "#~ msgid" in block and not LIVE.search(block):
            found = PLAIN.match(OBSOLETE.sub("", block))
        if found:
            records.append(_entry(block, found, number))
        elif block.strip(BLANK + "\n"):
            if not OPENING.match(block):
                return None
            reader = _Reader("")
            records += reader.records(block.split("\n"), number)
            if reader.record != _Open():
                return None  # comments that belong to what follows
        number += block.count("\n") + 2
    return records


def _entry(block: str, found: re.Match[str], number: int) -> PoEntry:
    """Return the entry that ``PLAIN`` found in ``block``, whose first line is ``number``."""
    comments, extracted, references, flags, previous, msgctxt, msgid, msgstr = found.groups()
    texts = {} if msgctxt is None else {"msgctxt": _joined(msgctxt)}
    texts["msgid"] = _joined(msgid)
    texts["msgstr"] = _joined(msgstr)
    return PoEntry(
        [line.rstrip(BLANK)[2:] for line in comments.split("\n")[:-1]] if comments else (),
        _words(extracted),
        _words(references),
        [flag.strip() for flag in flags.split(",") if flag.strip()] if flags else (),
        (),
        NOTHING if previous is None else {"msgid": _joined(previous)},
        texts,
        obsolete=found.string is not block,
        line=number + found.string.count("\n", 0, found.start("msgid")),
    )


@lru_cache(1024)  # neighbours have the same article, and mostly the same headings above
def _words(comments: str) -> tuple[str, ...]:
    """Return what the lines of ``comments`` say behind their marks."""
    return tuple([line[2:].strip(BLANK) for line in comments.split("\n")[:-1]])


def _joined(strings: str) -> str:
    """Return the text of the quoted ``strings``, one a line."""
    text = strings[1:-1]
    if "\n" in text:
        text = text.replace('"\n"', "")
    return ESCAPE.sub(_meant, text) if "\\" in text else text


def _meant(found: re.Match[str]) -> str:
    name = found[1]
    if name in ESCAPES:
        return ESCAPES[name]
    if name[0] in "01234567":
        return chr(int(name, 8))
    if name[0] == "x" and len(name) > 1:
        return chr(int(name[1:], 16))
    raise ContentError(
        msg("unknown escape {escape}", escape=f"\\{name}"),
        hint=msg("write {escaped} for a backslash", escaped=f"\\\\{name}"),
    )


class _Reader:
    """The state of reading one file: the open record, and the string that may go on."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.number = 0
        self.record = _Open()
        self.begin = 0
        """Line of the first comment of the open record; 0 before."""
        self.open: tuple[dict[str, str], str] | None = None

    def records(self, lines: Iterable[str], begin: int = 1) -> Iterator[PoEntry]:
        for number, raw in enumerate(lines, begin):
            line = raw.strip(BLANK)
            if not line:
                continue
            self.number = number
            first = line[0]
            if first == '"':
                self._continue(line)
                continue
            begins = (
                line.startswith(("msgctxt", "msgid ", 'msgid"', "#~ msgctxt", "#~ msgid "))
                and ("msgid" in self.record.texts)
            ) or (first == "#" and not line.startswith("#~") and self.record.finished)
            begins = begins or (line.startswith("#~|") and self.record.finished)
            if begins:
                yield self._close()
            if first == "#":
                self._comment(line)
            else:
                self._keyword(line, self.record.texts)
        if self.record.texts:
            yield self._close()
        elif self._cut_off():
            raise self._fault(
                msg("the file ends within the comments of an entry"),
                line=self.begin,
                hint=msg("the file is cut off: restore it from git, or delete these comments"),
            )

    def _cut_off(self) -> bool:
        """Return True when what is open is the beginning of an entry.

        Comments of people may stand below the last one: editors keep their settings there.
        """
        record = self.record
        machine = record.extracted or record.references or record.flags or record.other
        return bool(machine or record.previous) or any(map(of_an_entry, record.comments))

    def _close(self) -> PoEntry:
        record = self.record
        if "msgid" not in record.texts:
            raise self._fault(msg("an entry has no msgid"))
        if not record.finished:
            raise self._fault(msg("the entry has no msgstr"), line=record.line)
        self.record, self.open, self.begin = _Open(), None, 0
        return record

    def _comment(self, line: str) -> None:
        kind, rest = line[1:2], line[2:].strip(BLANK)
        record = self.record
        self.begin = self.begin or self.number
        if line.startswith("#~|"):
            self._previous(line[3:].strip(BLANK))
        elif kind == "~":
            if rest.startswith('"'):
                self._continue(rest)
            elif rest:
                record.obsolete = True
                self._keyword(rest, record.texts)
        elif kind == "|":
            self._previous(rest)
        else:
            self._remark(kind, rest, line)

    def _remark(self, kind: str, rest: str, line: str) -> None:
        record = self.record
        self.open = None
        if kind == ".":
            record.extracted.append(rest)
        elif kind == ":":
            record.references.append(rest)
        elif kind == ",":
            record.flags.extend(flag.strip() for flag in rest.split(",") if flag.strip())
        elif kind == "=":
            record.other.append(line)
        else:
            record.comments.append(line[2:] if kind in ("", " ", "\t") else line[1:])

    def _previous(self, rest: str) -> None:
        if rest.startswith('"'):
            self._continue(rest)
        elif rest:
            self._keyword(rest, self.record.previous)

    def _keyword(self, line: str, texts: dict[str, str]) -> None:
        found = KEYWORD.match(line)
        if not found:
            if line.startswith(CONFLICT):
                raise self._fault(
                    msg("the catalog has an unresolved git conflict"),
                    hint=msg(
                        "keep one side and delete the conflict markers; the merge driver of "
                        "`bilingual init` avoids such conflicts"
                    ),
                )
            raise self._fault(msg("not a line of a PO file"))
        keyword = found[1] if found[2] is None else f"{found[1]}[{found[2]}]"
        if keyword in texts:
            raise self._fault(msg("a second {keyword} in one entry", keyword=keyword))
        if keyword.startswith("msgstr") and "msgid" not in texts:
            raise self._fault(msg("msgstr without a msgid"))
        if keyword == "msgid":
            self.record.line = self.number
        texts[keyword] = self._string(line[found.end() :])
        self.open = (texts, keyword)

    def _continue(self, line: str) -> None:
        if self.open is None:
            raise self._fault(msg("a string without a keyword before it"))
        texts, keyword = self.open
        texts[keyword] += self._string(line)

    def _string(self, quoted: str) -> str:
        found = STRING.fullmatch(quoted)
        if not found:
            closed = quoted.endswith('"') and len(quoted) > 1
            raise self._fault(
                msg("an unescaped quotation mark in the string")
                if closed
                else msg("the string has no closing quotation mark"),
                hint=msg('write \\" for a quotation mark in a string')
                if closed
                else msg('end the line with "'),
            )
        return self._unescaped(found[1]) if "\\" in found[1] else found[1]

    def _unescaped(self, escaped: str) -> str:
        try:
            return ESCAPE.sub(_meant, escaped)
        except ContentError as error:
            raise self._fault(error.problem, hint=error.hint) from None

    def _fault(
        self, problem: Message, *, line: int = 0, hint: Message | None = None
    ) -> ContentError:
        return ContentError(
            problem,
            path=self.path,
            line=line or self.number,
            hint=hint or msg("correct it in a text editor, or restore the file from git"),
        )


def string(keyword: str, text: str, prefix: str = "") -> Iterator[str]:
    """Yield the lines that write ``text`` under ``keyword``; ``prefix`` stands before each.

    One line for each line of the text and no wrapping, as ``msgcat --no-wrap`` writes: a change
    of one line of a unit is a change of one line of the file.
    """
    if "\n" not in text[:-1]:
        yield f'{prefix}{keyword} "{escaped(text)}"'
        return
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    yield f'{prefix}{keyword} ""'
    for line in lines:
        yield f'{prefix}"{escaped(line)}"'


def escaped(text: str) -> str:
    """Return ``text`` as it stands between the quotes of a PO string."""
    return RAW.sub(_written, text) if RAW.search(text) else text


def _written(found: re.Match[str]) -> str:
    return WRITTEN[found[0]]
