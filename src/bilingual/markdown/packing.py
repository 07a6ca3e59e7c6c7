"""Convert a segmented article to JSON values and back, for the cache of segmentations.

Only the position of each unit is stored, for its text is in the article. Text that differs from
the article (a decoded field, a cell with escaped pipes, an author's note) is stored as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bilingual.markdown.document import Document, Layout, UnitLocation
from bilingual.markdown.fields import Field
from bilingual.model import Kind, Position, Unit

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from bilingual.markdown.blocks import Span

LAYOUTS = {layout.name: layout for layout in Layout}


def pack(document: Document) -> dict[str, Any]:
    """Return the JSON values of ``document`` without its text."""
    shapes: dict[Hashable, int] = {}
    paths: dict[Hashable, int] = {}
    names: dict[Hashable, int] = {}
    rows: list[list[int]] = []
    sources: dict[int, str] = {}
    notes: dict[int, Sequence[str]] = {}
    fields: dict[int, Sequence[object]] = {}
    for number, (unit, place) in enumerate(zip(document.units, document.locations, strict=True)):
        shape = (unit.kind.value, place.layout.name, place.quote)
        rows.append([
            shapes.setdefault(shape, len(shapes)),
            paths.setdefault(unit.path, len(paths)),
            int(unit.translatable),
            unit.position.line,
            unit.position.column,
            *[offset for span in place.spans for offset in span],
        ])  # fmt: skip
        if unit.source != "\n".join([document.text[start:end] for start, end in place.spans]):
            sources[number] = unit.source
        if unit.notes:
            notes[number] = unit.notes
        if (field := place.field) is not None:
            fields[number] = (
                field.path, field.value, field.start, field.end, field.style, field.flow,
            )  # fmt: skip
    outline = [names.setdefault(name, len(names)) for name in document.skeleton]
    return {
        "ending": document.ending,
        "shapes": list(shapes),
        "paths": list(paths),
        "rows": rows,
        "sources": sources,
        "notes": notes,
        "fields": fields,
        "names": list(names),
        "outline": outline,
    }


def unpack(text: str, packed: dict[str, Any]) -> Document:
    """Return the document that ``pack`` turned into ``packed``; ``text`` is its article."""
    shapes = [(Kind(kind), LAYOUTS[layout], quote) for kind, layout, quote in packed["shapes"]]
    paths = [tuple(path) for path in packed["paths"]]
    sources = {int(number): source for number, source in packed["sources"].items()}
    notes = {int(number): tuple(each) for number, each in packed["notes"].items()}
    fields = {
        int(number): Field(tuple(row[0]), *row[1:]) for number, row in packed["fields"].items()
    }
    units: list[Unit] = []
    places: list[UnitLocation] = []
    for number, (shape, path, translatable, line, column, *ends) in enumerate(packed["rows"]):
        kind, layout, quote = shapes[shape]
        start, end = ends[0], ends[-1]
        if len(ends) == 2:
            spans: tuple[Span, ...] = ((start, end),)
            source = text[start:end]
        else:
            spans = tuple(zip(ends[::2], ends[1::2], strict=True))
            source = "\n".join([text[a:b] for a, b in spans])
        units.append(
            Unit(
                kind,
                sources.get(number, source),
                paths[path],
                bool(translatable),
                notes.get(number, ()),
                Position(line, column, start, end),
            )
        )
        places.append(UnitLocation(spans, layout, quote, fields.get(number)))
    names = packed["names"]
    outline = tuple([names[name] for name in packed["outline"]])
    return Document(text, tuple(units), tuple(places), packed["ending"], outline=outline)
