r"""Read and write the syntax of PO files; errors have a line number.

polib is not used, for it drops the previous source of obsolete entries (``#~| msgid``: a stale unit
that is restored would seem current), breaks strings at U+2028 and U+0085, and needs 81 µs for an
entry. Source: the GNU gettext manual, "The Format of PO Files". Lines end only at ``\n`` or
``\r\n``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from bilingual.catalog.comments import is_about_target
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
"""An entry as this module and gettext's tools write it: nearly every entry."""
OBSOLETE = re.compile(r'^#~ (?=msg|")', re.MULTILINE)
LIVE = re.compile(r'^(?:msg|")', re.MULTILINE)
OPENING = re.compile(r"#(?!~)|#~\||#~ msgctxt|#~ msgid |msgctxt|msgid[ \"]")
"""What always begins a new entry."""
RAW = re.compile(r'[\\"\n\t\r\a\x08\f\v]')
ESCAPED = {character: f"\\{name}" for name, character in ESCAPES.items()}


@dataclass(slots=True)
class PoEntry:
    """One PO entry of a file, with strings unescaped and comments without their markers."""

    comments: Sequence[str] = ()
    """Translator comments (``# ``)."""
    extracted: Sequence[str] = ()
    """Extracted comments (``#. ``)."""
    references: Sequence[str] = ()
    flags: Sequence[str] = ()
    other: Sequence[str] = ()
    """Complete comment lines of kinds that this version of the format does not know."""
    previous: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    """Keyword to text of ``#|`` lines."""
    texts: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    """Keyword (``msgctxt``, ``msgid``, ``msgid_plural``, ``msgstr``, ``msgstr[0]`` …) to text."""
    obsolete: bool = False
    line: int = 0
    """The line of its ``msgid``."""

    @property
    def finished(self) -> bool:
        """True when a ``msgstr`` has been read: the next comment begins the next record."""
        return any(keyword.startswith("msgstr") for keyword in self.texts)


@dataclass(slots=True)
class _Open(PoEntry):
    """An entry whose lines are still being read."""

    comments: list[str] = field(default_factory=list)
    extracted: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)
    previous: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)


def read(text: str, *, path: str = "") -> list[PoEntry]:
    """Return the entries of the PO ``text`` in file order, the header first.

    Raises ``ContentError`` with ``path`` and the line of the first error.
    """
    try:
        found = _plain(text)
    except ContentError:
        found = None  # reading line by line finds the same error, with its line
    return list(_Reader(path).records(text.split("\n"))) if found is None else found


def _plain(text: str) -> list[PoEntry] | None:
    """Read ``text`` entry by entry; None where that needs reading line by line.

    Entries between blank lines are matched with one expression each, obsolete ones without their
    markers; other entries (with comments of other tools) are read by ``_Reader``.
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
    """Return the entry that ``PLAIN`` matched in ``block``, whose first line is ``number``."""
    comments, extracted, references, flags, previous, msgctxt, msgid, msgstr = found.groups()
    texts = {} if msgctxt is None else {"msgctxt": _join(msgctxt)}
    texts["msgid"] = _join(msgid)
    texts["msgstr"] = _join(msgstr)
    return PoEntry(
        [line.rstrip(BLANK)[2:] for line in comments.split("\n")[:-1]] if comments else (),
        _without_markers(extracted),
        _without_markers(references),
        [flag.strip() for flag in flags.split(",") if flag.strip()] if flags else (),
        (),
        NOTHING if previous is None else {"msgid": _join(previous)},
        texts,
        obsolete=found.string is not block,
        line=number + found.string.count("\n", 0, found.start("msgid")),
    )


@lru_cache(1024)  # neighbours have the same article, and mostly the same headings
def _without_markers(comments: str) -> tuple[str, ...]:
    """Return the lines of ``comments`` without their markers."""
    return tuple([line[2:].strip(BLANK) for line in comments.split("\n")[:-1]])


def _join(strings: str) -> str:
    """Return the text of the quoted ``strings``, of which each line has one."""
    text = strings[1:-1]
    if "\n" in text:
        text = text.replace('"\n"', "")
    return ESCAPE.sub(_character, text) if "\\" in text else text


def _character(found: re.Match[str]) -> str:
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
    """The state of reading one file: the open entry, and the string that may continue."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.number = 0
        self.record = _Open()
        self.begin = 0
        """Line of the first comment of the open entry; 0 before."""
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
            raise self._error(
                msg("the file ends within the comments of an entry"),
                line=self.begin,
                hint=msg("the file is cut off: restore it from git, or delete these comments"),
            )

    def _cut_off(self) -> bool:
        """Return True when the open comments are the beginning of an entry.

        Comments of people may follow the last entry: editors keep their settings there.
        """
        record = self.record
        machine = record.extracted or record.references or record.flags or record.other
        return bool(machine or record.previous) or any(map(is_about_target, record.comments))

    def _close(self) -> PoEntry:
        record = self.record
        if "msgid" not in record.texts:
            raise self._error(msg("an entry has no msgid"))
        if not record.finished:
            raise self._error(msg("the entry has no msgstr"), line=record.line)
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
                raise self._error(
                    msg("the catalog has an unresolved git conflict"),
                    hint=msg(
                        "keep one side and delete the conflict markers; the merge driver of "
                        "`bilingual init` avoids such conflicts"
                    ),
                )
            raise self._error(msg("not a line of a PO file"))
        keyword = found[1] if found[2] is None else f"{found[1]}[{found[2]}]"
        if keyword in texts:
            raise self._error(msg("a second {keyword} in one entry", keyword=keyword))
        if keyword.startswith("msgstr") and "msgid" not in texts:
            raise self._error(msg("msgstr without a msgid"))
        if keyword == "msgid":
            self.record.line = self.number
        texts[keyword] = self._string(line[found.end() :])
        self.open = (texts, keyword)

    def _continue(self, line: str) -> None:
        if self.open is None:
            raise self._error(msg("a string without a keyword before it"))
        texts, keyword = self.open
        texts[keyword] += self._string(line)

    def _string(self, quoted: str) -> str:
        found = STRING.fullmatch(quoted)
        if not found:
            closed = quoted.endswith('"') and len(quoted) > 1
            raise self._error(
                msg("an unescaped quotation mark in the string")
                if closed
                else msg("the string has no closing quotation mark"),
                hint=msg('write \\" for a quotation mark in a string')
                if closed
                else msg('end the line with "'),
            )
        return self._unescape(found[1]) if "\\" in found[1] else found[1]

    def _unescape(self, escaped: str) -> str:
        try:
            return ESCAPE.sub(_character, escaped)
        except ContentError as error:
            raise self._error(error.problem, hint=error.hint) from None

    def _error(
        self, problem: Message, *, line: int = 0, hint: Message | None = None
    ) -> ContentError:
        return ContentError(
            problem,
            path=self.path,
            line=line or self.number,
            hint=hint or msg("correct it in a text editor, or restore the file from git"),
        )


def string(keyword: str, text: str, prefix: str = "") -> Iterator[str]:
    """Yield the lines that write ``text`` under ``keyword``, each with ``prefix``.

    One line for each line of the text, unwrapped as with ``msgcat --no-wrap``: a change
    of one line of a unit is a change of one line of the file.
    """
    if "\n" not in text[:-1]:
        yield f'{prefix}{keyword} "{escape(text)}"'
        return
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    yield f'{prefix}{keyword} ""'
    for line in lines:
        yield f'{prefix}"{escape(line)}"'


def escape(text: str) -> str:
    """Return ``text`` as it is written between the quotes of a PO string."""
    return RAW.sub(_escape_sequence, text) if RAW.search(text) else text


def _escape_sequence(found: re.Match[str]) -> str:
    return ESCAPED[found[0]]
