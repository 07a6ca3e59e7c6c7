"""TMX 1.4b: the exchange format of translation memories; bytes ↔ model.

Source: LISA OSCAR, TMX 1.4b Specification (2005). Properties are those that OmegaT writes, so that
a memory keeps its contexts there: ``file``, ``id``, ``prev``, ``next``; ``x-origin`` is new.

Inline tags are formatting of other formats. Their native code is kept where it is HTML or
Markdown, which articles are made of, and left out where it is anything else; text that ``hi``
marks is text like any other.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from bilingual.errors import ContentError
from bilingual.exchange.base import Contents
from bilingual.model import MemoryPair, Message, msg

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

XML_LANG = "xml:lang"
CODES = frozenset({"bpt", "ept", "ph", "it", "ut"})
"""Inline elements whose content is native code."""
NATIVE = re.compile(
    r"</?(?:a|abbr|b|br|code|del|em|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|u)\b[^<>]*>"
    r"|[*_`~]+|!?\[|\](?:\([^()]*\))?",
    re.IGNORECASE,
)
"""Code that means in an article what it meant where it came from."""
TIME = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z")
DEEPEST = 64
"""Elements within elements; a segment has five or six."""
DECLARED = re.compile(rb"\s*<\?xml[^>]*?\bencoding\s*=\s*[\"']([\w.:-]+)")
ENCODING = msg('save it as UTF-8, with `encoding="UTF-8"` in its first line')
ALLOWED = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold (its section 2.2)."""


def parse(content: bytes, languages: Sequence[str], *, path: str = "") -> Contents:
    """Return what the TMX document ``content`` holds in the two ``languages``.

    Raises ``ContentError`` with the line of the problem: no TMX, an encoding or XML that cannot be
    read or declares entities, no translation unit that holds both languages.
    """
    reader = _Reader(languages, path)
    return reader.read(content)


def serialize(pairs: Iterable[MemoryPair], source_language: str, tool: str = "1") -> bytes:
    """Return the TMX document that holds ``pairs``, in their order; ``tool`` is our version.

    It depends on nothing else: the same pairs make the same bytes.
    """
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<tmx version="1.4">\n'
        f'  <header creationtool="bilingual" creationtoolversion={quoteattr(tool)} '
        'segtype="block" o-tmf="bilingual" adminlang="en" '
        f'srclang={quoteattr(source_language)} datatype="plaintext"/>\n'
        "  <body>\n"
    )
    body = "".join(f"{line}\n" for pair in pairs for line in _unit(pair))
    return f"{head}{body}  </body>\n</tmx>\n".encode()


# Writing


def _unit(pair: MemoryPair) -> Iterator[str]:
    size = "sentence" if pair.segment else "block"
    yield f'    <tu srclang={quoteattr(pair.source_language)} segtype="{size}">'
    properties = {
        "file": pair.slug,
        "id": pair.unit,
        "prev": pair.before[0],
        "next": pair.after[0],
        "x-origin": pair.origin,
        "x-prev-target": pair.before[1],
        "x-next-target": pair.after[1],
    }
    for kind, value in properties.items():
        if value:
            yield f"      <prop type={quoteattr(kind)}>{_escaped(value)}</prop>"
    yield f"      <tuv {_attributes({XML_LANG: pair.source_language})}>"
    yield f"        <seg>{_escaped(pair.source)}</seg>"
    yield "      </tuv>"
    time = re.sub(r"[-:]", "", pair.time)
    made = {XML_LANG: pair.target_language, "changedate": time, "changeid": pair.reviewer}
    yield f"      <tuv {_attributes(made)}>"
    yield f"        <seg>{_escaped(pair.target)}</seg>"
    yield "      </tuv>"
    yield "    </tu>"


def _attributes(values: dict[str, str]) -> str:
    return " ".join(
        f"{name}={quoteattr(ALLOWED.sub('', value))}" for name, value in values.items() if value
    )


def _escaped(text: str) -> str:
    return escape(ALLOWED.sub("", text), {"\r": "&#13;"})


# Reading


@dataclass(slots=True)
class _Variant:
    """One ``tuv``."""

    language: str
    text: str = ""
    time: str = ""
    person: str = ""


@dataclass(slots=True)
class _Unit:
    """One ``tu``."""

    line: int
    source_language: str
    segment: bool
    properties: dict[str, str] = field(default_factory=dict)
    variants: list[_Variant] = field(default_factory=list)


class _Reader:
    """Reads one document; nothing outside of it is ever fetched."""

    def __init__(self, languages: Sequence[str], path: str) -> None:
        self._languages = languages
        self._path = path
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.EntityDeclHandler = self._entity
        self._parser.buffer_text = True
        self._open: list[str] = []
        self._text: list[str] = []
        """The text of the ``seg`` or ``prop`` that is open."""
        self._code: list[str] = []
        self._header: dict[str, str] = {}
        self._unit: _Unit | None = None
        self._kind = ""
        self._found: dict[MemoryPair, None] = {}
        self._both = False
        """Whether any unit holds both languages, if only without words."""
        self._lacking: list[tuple[int, str]] = []
        """Line and languages of each unit that does not."""

    def read(self, content: bytes) -> Contents:
        """Return what ``content`` holds."""
        try:
            self._parser.Parse(content, True)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            hint = None if _as_declared(content) else ENCODING
            raise self._error(
                msg("not valid XML: {reason}", reason=reason), error.lineno, hint
            ) from error
        except (ValueError, LookupError) as error:  # an encoding that expat does not know
            found = DECLARED.match(content)
            name = found[1].decode() if found else "?"
            problem = msg("the encoding {name} cannot be read", name=name)
            raise self._error(problem, 1, ENCODING) from error
        line, there = self._lacking[0] if self._lacking else (0, "")
        if self._lacking and not self._both:
            pair = ", ".join(self._languages)
            raise self._error(
                msg(
                    "no translation unit has both {pair}: this one has {there}",
                    pair=pair,
                    there=there,
                ),
                line,
                msg("export it with both languages of `newsroom.languages`"),
            )
        return Contents(tuple(self._found), len(self._lacking), line)

    def _error(self, problem: Message, line: int = 0, hint: Message | None = None) -> ContentError:
        return ContentError(
            problem,
            path=self._path,
            line=line or self._parser.CurrentLineNumber,
            hint=hint or msg("export it again as TMX 1.4 from the tool it comes from"),
        )

    def _entity(self, name: str, *_rest: object) -> None:
        raise self._error(
            msg("the file declares the entity {name!r}", name=name),
            hint=msg("delete the declaration"),
        )

    def _start(self, name: str, values: dict[str, str]) -> None:
        if not self._open and name != "tmx":
            raise self._error(msg("not a TMX document (`<{name}>`)", name=name))
        self._open.append(name)
        if len(self._open) > DEEPEST:
            raise self._error(msg("elements are nested too deeply"))
        if name == "header":
            self._header = values
        elif name == "tu":
            # Both are the header's where a unit has none (TMX 1.4b, tu).
            language = values.get("srclang") or self._header.get("srclang", "")
            size = values.get("segtype") or self._header.get("segtype", "")
            self._unit = _Unit(self._parser.CurrentLineNumber, language, size == "sentence")
        elif name == "tuv" and self._unit is not None:
            language = values.get(XML_LANG) or values.get("lang") or ""
            date = values.get("changedate") or values.get("creationdate") or ""
            person = values.get("changeid") or values.get("creationid") or ""
            self._unit.variants.append(_Variant(language, "", _time(date), person))
        elif name == "seg":
            self._text = []
        elif name == "prop":
            self._kind, self._text = values.get("type", ""), []
        elif name in CODES:
            self._code = []

    def _end(self, name: str) -> None:
        self._open.pop()
        unit = self._unit
        if name in CODES:
            code = "".join(self._code)
            if NATIVE.fullmatch(code):
                self._text.append(code)
            self._code = []
        elif unit is None:
            return
        elif name == "seg" and unit.variants:
            unit.variants[-1].text = unicodedata.normalize("NFC", "".join(self._text))
        elif name == "prop" and self._open[-1] == "tu":
            unit.properties[self._kind] = unicodedata.normalize("NFC", "".join(self._text))
        elif name == "tu":
            self._finish(unit)
            self._unit = None

    def _characters(self, text: str) -> None:
        inside = self._open[-1]
        if inside in CODES:
            self._code.append(text)
        elif inside in {"seg", "prop", "hi"}:
            self._text.append(text)

    def _finish(self, unit: _Unit) -> None:
        """Take the pair of ``unit``, if it has text in both languages."""
        by_language = {
            known: variant
            for variant in reversed(unit.variants)
            if (known := _known(variant.language, self._languages))
        }
        if len(by_language) < len(self._languages):
            there = ", ".join(each.language or "?" for each in unit.variants) or "nothing"
            self._lacking.append((unit.line, there))
            return
        self._both = True
        first, second = self._languages
        wanted = _known(unit.source_language, self._languages)
        latest = next(iter(reversed(by_language)))
        source = wanted or latest
        target = second if source == first else first
        one, two = by_language[source], by_language[target]
        if not (one.text.strip() and two.text.strip()):
            return
        properties = unit.properties
        pair_ = MemoryPair(
            one.text,
            two.text,
            source,
            target,
            properties.get("x-origin", ""),
            properties.get("file", ""),
            properties.get("id", ""),
            unit.segment,
            two.person,
            two.time,
            (properties.get("prev", ""), properties.get("x-prev-target", "")),
            (properties.get("next", ""), properties.get("x-next-target", "")),
        )
        self._found[pair_] = None


def _known(tag: str, languages: Sequence[str]) -> str:
    """Return which of ``languages`` the tag ``tag`` means (``ko-KR`` is ``ko``); else nothing."""
    plain = tag.replace("_", "-").lower()
    for language in languages:
        if plain == language.lower() or plain.startswith(f"{language.lower()}-"):
            return language
    return ""


def _as_declared(content: bytes) -> bool:
    """Return False when ``content`` should be UTF-8 and is not."""
    found = DECLARED.match(content)
    other = found is not None and found[1].lower() != b"utf-8"
    if other or content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _time(date: str) -> str:
    """Return a date of TMX (``20260409T010203Z``) as catalogs write it; nothing for another."""
    found = TIME.fullmatch(date)
    return "{}-{}-{}T{}:{}:{}Z".format(*found.groups()) if found else ""
