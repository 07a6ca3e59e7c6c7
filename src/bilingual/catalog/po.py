"""Parse and serialize a catalog as PO text.

The text uses what gettext's tools understand: ``fuzzy`` for a draft, ``#| msgid`` for the source a
stale target was made from, ``#~`` for a unit that left the article. What they do not know (state
``final``, origin, reviewer, time, notes, earlier targets) is in comments that they preserve. It
contains nothing that changes by itself: no dates, no line numbers, no wrapping.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from bilingual.catalog import comments, completeness, history_comments, syntax
from bilingual.errors import ContentError
from bilingual.model import Catalog, Entry, Kind, State, Target, msg

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bilingual.catalog.syntax import PoEntry

PLURALS = {"ko": "nplurals=1; plural=0;", "en": "nplurals=2; plural=(n != 1);"}
"""Unicode CLDR's cardinal rules for gettext; units have no plurals, but tools need the field."""
OWN_FIELDS = (
    "Project-Id-Version", "Language", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
    "Plural-Forms", "X-Source-Language", "X-Article",
)  # fmt: skip
"""Header fields that this module writes; any other is kept."""
EMPTY_FIELDS = ("PO-Revision-Date", "Last-Translator", "Language-Team")
"""Fields that ``msgfmt --check`` requires. They are empty, so that nothing changes by itself;
values that a PO editor writes are kept."""
UNTOUCHED = Entry("", Kind.PARAGRAPH, "").target
"""The target of an untranslated entry, which needs no comments."""
_NO_PATH: tuple[str, ...] = ()


def parse(text: str, *, path: str = "", own: bool = False) -> Catalog:
    """Return the catalog in the PO ``text``; ``path`` is its file, for errors and for the slug.

    ``own`` is True for a file in the newsroom's own folder of catalogs.

    Reads catalogs that other tools saved, and any other PO file: an entry without ``msgctxt`` gets
    the id ``#n`` (the n-th entry), a missing language is ``en`` for the source and empty for the
    target, and of plural entries the first form is read. Raises ``ContentError`` with the line of
    the error: invalid syntax, git's conflict marks, an empty file, two entries with one id, a
    catalog of this package that was cut off.
    """
    records = syntax.read(text, path=path)
    if not records:
        raise ContentError(
            msg("the catalog is empty"),
            path=path,
            line=1,
            hint=msg("restore it from git; or delete it and run `bilingual segment`"),
        )
    head = records[0] if _is_header(records[0]) else None
    fields = dict(_fields(head.texts["msgstr"])) if head else {}
    if "X-Article" in fields:
        completeness.ensure_complete(text, records, path)
    elif own and head and len(records) == 1:
        completeness.ensure_header(text, fields, OWN_FIELDS, path)
    article = fields.get("X-Article") or _reference(records)
    entries = _with_unique_ids(list(_entries(records, fields)), path)
    return Catalog(
        slug=_slug(path, article, fields),
        source_language=fields.get("X-Source-Language") or "en",
        target_language=fields.get("Language", ""),
        path=article,
        entries=tuple(entry for _, entry in entries),
        headers=tuple(_other_fields(fields)),
        comment=tuple(head.comments) if head else (),
    )


def lines(text: str) -> Mapping[str, int]:
    """Return the line of each entry's ``msgid`` in the PO ``text``, by id; raises as ``parse``."""
    entries = list(_entries(syntax.read(text), {}))
    return {entry.id: line for line, entry in reversed(entries)}


def serialize(catalog: Catalog) -> str:
    """Return the PO text of ``catalog``: live entries in their order, then obsolete ones."""
    blocks = [_header(catalog)]
    ordered = sorted(catalog.entries, key=lambda entry: entry.obsolete)
    blocks.extend("\n".join(_lines(entry, catalog.path)) for entry in ordered)
    return "\n\n".join(blocks) + "\n"


# Reading


def _is_header(record: PoEntry) -> bool:
    return record.texts["msgid"] == "" and "msgctxt" not in record.texts


def _fields(header: str) -> Iterator[tuple[str, str]]:
    for line in header.split("\n"):
        name, colon, value = line.partition(":")
        if colon:
            yield name.strip(), value.strip()


def _other_fields(fields: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the header fields that other tools wrote."""
    for name, value in fields.items():
        if name not in OWN_FIELDS and (value or name not in EMPTY_FIELDS):
            yield name, value


def _reference(records: list[PoEntry]) -> str:
    for record in records:
        for line in record.references:
            return line.split()[0].partition(":")[0]
    return ""


def _slug(path: str, article: str, fields: Mapping[str, str]) -> str:
    """Return the slug from the file's name, or from the header where git renamed the file."""
    if path.endswith(".po"):
        return path.rpartition("/")[2].removesuffix(".po")
    folders = article.split("/")
    return folders[-2] if len(folders) > 1 else fields.get("Project-Id-Version", "")


def _entries(records: list[PoEntry], fields: Mapping[str, str]) -> Iterator[tuple[int, Entry]]:
    """Yield each entry with the line of its ``msgid``."""
    body = [record for record in records if not _is_header(record)]
    for number, record in enumerate(body, 1):
        yield record.line, _entry(record, f"#{number}", fields.get("Last-Translator", ""))


def _entry(record: PoEntry, name: str, translator: str) -> Entry:
    values = list(comments.key_values(record.comments)) if record.comments else []
    kind, path, author_notes, unknown = _read_extracted(tuple(record.extracted))
    extra = tuple(record.other)
    if values or unknown or record.flags:
        extra = (
            *(f"# {line}" for key, line in values if not key),
            *(f"#. {line}" for line in unknown),
            *(f"#, {flag}" for flag in record.flags if flag != "fuzzy"),
            *extra,
        )
    target = _target(record, dict(values) if values else {}, translator)
    notes = comments.notes(values) if values else ()
    history = history_comments.read(values) if values else ()
    texts = record.texts
    # By position: keywords would cost as much as the rest of this function.
    return Entry(
        texts.get("msgctxt") or name, kind, texts["msgid"], path, target,
        notes, author_notes, record.obsolete, extra, history,
    )  # fmt: skip


@lru_cache(1024)  # the units under one heading have the same
def _read_extracted(
    extracted: tuple[str, ...],
) -> tuple[Kind, tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return kind, path, author's notes and the other comments."""
    kind, path = Kind.PARAGRAPH, _NO_PATH
    values = list(comments.key_values(extracted, comments.EXTRACTED))
    unknown: list[str] = []
    for key, value in values:
        found = comments.parse_description(key, value)
        if found:
            kind, path = found
        elif not key:
            unknown.append(value)
    return kind, path, comments.notes(values), tuple(unknown)


def _target(record: PoEntry, values: Mapping[str, str], translator: str) -> Target:
    text = record.texts.get("msgstr", record.texts.get("msgstr[0]", ""))
    if not values and not record.flags:
        # Most have no comments: they are untranslated, or a PO editor's user approved them.
        return Target(text, State.REVIEWED, "", translator) if text else UNTOUCHED
    origin, time = values.get("origin", ""), values.get("time", "")
    failure, reviewer = values.get("failure", ""), values.get("reviewer", "")
    drafted = values.get("drafted", "")
    if not text:
        return Target(origin=origin, reviewer=reviewer, time=time, failure=failure)
    kept = values.get("state", "")
    fuzzy = "fuzzy" in record.flags
    previous = record.previous.get("msgid") if fuzzy else None
    if previous == record.texts["msgid"]:
        previous = None
    if not fuzzy:
        # Removing the flag in a PO editor approves the text; the header names the translator.
        state = State.FINAL if kept == State.FINAL else State.REVIEWED
        reviewer = reviewer or translator
    elif previous is not None and kept in (State.REVIEWED, State.FINAL):
        state = State(kept)
    else:
        state = State.TRANSLATED
    return Target(text, state, origin, reviewer, time, previous, failure, drafted)


def _with_unique_ids(entries: list[tuple[int, Entry]], path: str) -> list[tuple[int, Entry]]:
    """Return ``entries`` with unique ids.

    Two live entries with one id are an error. An obsolete one may share the id of a live one
    (``msgmerge`` writes that when a source changed): it gets an id of its own.
    """
    lines: dict[str, int] = {}
    for line, entry in entries:
        if entry.obsolete:
            continue
        if entry.id in lines:
            raise ContentError(
                msg(
                    'a second entry with msgctxt "{id}" (see line {line})',
                    id=entry.id,
                    line=lines[entry.id],
                ),
                path=path,
                line=line,
                hint=msg("delete one of the two"),
            )
        lines[entry.id] = line
    taken = set(lines)
    distinct: list[tuple[int, Entry]] = []
    for line, entry in entries:
        if entry.obsolete:
            name = unique_id(entry.id, taken)
            taken.add(name)
            distinct.append((line, entry if name == entry.id else replace(entry, id=name)))
        else:
            distinct.append((line, entry))
    return distinct


def unique_id(name: str, taken: Iterable[str]) -> str:
    """Return ``name``, with the first number appended that makes it differ from all ``taken``."""
    number, candidate = 1, name
    while candidate in taken:
        number += 1
        candidate = f"{name}-{number}"
    return candidate


# Writing


def _header(catalog: Catalog) -> str:
    values = {
        "Project-Id-Version": catalog.slug,
        "Language": catalog.target_language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS.get(catalog.target_language, PLURALS["en"]),
        "X-Source-Language": catalog.source_language,
        "X-Article": catalog.path,
    }
    fields = {name: values[name] for name in OWN_FIELDS} | dict.fromkeys(EMPTY_FIELDS, "")
    text = "".join(f"{name}: {value}\n" for name, value in (fields | dict(catalog.headers)).items())
    above = [f"# {line}".rstrip() for line in catalog.comment]
    return "\n".join([*above, 'msgid ""', *syntax.string("msgstr", text)])


def _lines(entry: Entry, article: str) -> Iterator[str]:
    target = entry.target
    if target is not UNTOUCHED or entry.notes or entry.history:
        for line in _keyed_lines(entry):
            yield f"# {line}"
    yield from (line for line in entry.extra if line[:2] in ("# ", "#"))
    yield _description(entry.kind, entry.path)
    for note in entry.author_notes:
        yield from (f"#. {line}" for line in comments.note_lines(note))
    yield from (line for line in entry.extra if line[:2] == "#.")
    if article:
        yield f"#: {article}"
    draft = target.text and (target.stale or target.state not in (State.REVIEWED, State.FINAL))
    flags = [line[3:] for line in entry.extra if line.startswith("#, ")]
    flags = ["fuzzy", *flags] if draft else flags
    if flags:
        yield f"#, {', '.join(flags)}"
    yield from (line for line in entry.extra if line[:2] == "#=")
    comment = "#~" if entry.obsolete else "#"
    if target.text and target.previous is not None:
        yield from syntax.string("msgid", target.previous, f"{comment}| ")
    prefix = "#~ " if entry.obsolete else ""
    yield from syntax.string("msgctxt", entry.id, prefix)
    yield from syntax.string("msgid", entry.source, prefix)
    yield from syntax.string("msgstr", _with_line_breaks_of(target.text, entry.source), prefix)


@lru_cache(1024)
def _description(kind: Kind, path: tuple[str, ...]) -> str:
    return f"#. {comments.describe(kind, path)}"


def _keyed_lines(entry: Entry) -> Iterator[str]:
    """Yield the ``key: value`` lines of ``entry``, with the former state of a stale one."""
    target = entry.target
    state = ""
    if target.text and (target.state is State.FINAL or (target.stale and target.state.rank > 1)):
        state = target.state
    values = {
        "origin": target.origin,
        "state": state,
        "reviewer": target.reviewer,
        "drafted": target.drafted if target.text else "",
        "time": target.time,
        "failure": target.failure,
    }
    for key, value in values.items():
        if value:
            yield comments.one_line(f"{key}: {value}")
    for note in entry.notes:
        yield from comments.note_lines(note)
    for each in entry.history:
        yield from history_comments.lines(each)


def _with_line_breaks_of(target: str, source: str) -> str:
    """Return ``target`` with the same line breaks at its ends as ``source``.

    ``msgfmt --check`` requires it; at the ends of a unit they are layout, not text.
    """
    if not target:
        return target
    begin = "\n" if source.startswith("\n") else ""
    end = "\n" if source.endswith("\n") else ""
    return f"{begin}{target.strip(chr(10))}{end}"
