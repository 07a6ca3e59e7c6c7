"""Read what a newsroom remembers from the files that git keeps: catalogs and imported memories.

Of a catalog every target that a person approved, with the source it was made from: of a stale one
that is the earlier source, and one whose unit left its article still is a good translation. A
unit and its target that have the same number of sentences are remembered sentence by sentence, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.catalog import po
from bilingual.exchange import tmx
from bilingual.language.sentence import segments
from bilingual.model import MemoryPair, State
from bilingual.newsroom import paths, reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bilingual.model import Catalog, Entry
    from bilingual.newsroom import Newsroom

FOLDER = "memory"
"""Where imported memories are in a newsroom."""


def names(newsroom: Newsroom) -> list[str]:
    """Return the files that the memory is made of, relative to the newsroom, sorted."""
    catalogs = [
        paths.catalog_path(slug, language)
        for language in newsroom.config.newsroom.languages
        for slug in newsroom.catalogs(language)
    ]
    return sorted([*catalogs, *imported(newsroom)])


def imported(newsroom: Newsroom) -> list[str]:
    """Return the files of imported memories, relative to the newsroom, sorted."""
    found = (newsroom.root / FOLDER).glob("*.tmx")
    return sorted(f"{FOLDER}/{file.name}" for file in found if not file.name.startswith("."))


def origin(name: str) -> str:
    """Return the origin of what the imported memory ``name`` holds."""
    return f"import:{name}"


def read(newsroom: Newsroom, name: str, content: bytes) -> list[MemoryPair]:
    """Return what the file ``name`` with this ``content`` gives to the memory.

    Raises ``ContentError`` when it cannot be read.
    """
    if name.endswith(".tmx"):
        found = tmx.parse(content, newsroom.config.newsroom.languages, path=name)
        return with_origin(found.pairs, name)
    catalog = po.parse(reading.text(content, name), path=name)
    return list(of_catalog(catalog))


def with_origin(pairs: Sequence[MemoryPair], name: str) -> list[MemoryPair]:
    """Return ``pairs`` as pairs of the imported memory ``name``."""
    return [
        MemoryPair(
            each.source, each.target, each.source_language, each.target_language, origin(name),
            each.slug, each.unit, each.segment, each.reviewer, each.time, each.before, each.after,
        )
        for each in pairs
    ]  # fmt: skip


def of_catalog(catalog: Catalog, *, sentences: bool = True) -> Iterator[MemoryPair]:
    """Yield what people approved in ``catalog``: units, and their ``sentences``."""
    live = catalog.live
    entries: list[Entry | None] = [None, *live, None]
    around = {entry.id: entries[place : place + 3 : 2] for place, entry in enumerate(live)}
    for entry in catalog.entries:
        if entry.target.text and entry.target.state.rank >= State.REVIEWED.rank:
            before, after = around.get(entry.id, [None, None])
            unit = _unit(catalog, entry, before, after)
            yield unit
            if sentences:
                yield from _sentences(unit)


def _unit(catalog: Catalog, entry: Entry, before: Entry | None, after: Entry | None) -> MemoryPair:
    target = entry.target
    return MemoryPair(
        target.previous if target.previous is not None else entry.source,
        target.text,
        catalog.source_language,
        catalog.target_language,
        target.origin,
        catalog.slug,
        entry.id,
        reviewer=target.reviewer,
        time=target.time,
        before=_texts(before),
        after=_texts(after),
    )


def _texts(neighbour: Entry | None) -> tuple[str, str]:
    return (neighbour.source, neighbour.target.text) if neighbour is not None else ("", "")


def _sentences(unit: MemoryPair) -> Iterator[MemoryPair]:
    """Yield the sentences of ``unit`` with their targets, where both have as many."""
    sources = [each.text for each in segments(unit.source, unit.source_language)]
    targets = [each.text for each in segments(unit.target, unit.target_language)]
    if len(sources) != len(targets) or len(sources) < 2:
        return
    pairs = [("", ""), *zip(sources, targets, strict=True), ("", "")]
    for before, (source, target), after in zip(pairs, pairs[1:], pairs[2:], strict=False):
        yield MemoryPair(
            source, target, unit.source_language, unit.target_language, unit.origin, unit.slug,
            unit.unit, segment=True, reviewer=unit.reviewer, time=unit.time,
            before=before, after=after,
        )  # fmt: skip
