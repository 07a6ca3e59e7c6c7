"""Pair the units of an article with the entries of its catalog."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bilingual.catalog.update import update

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bilingual.model import Catalog, Entry, Unit


@dataclass(frozen=True, slots=True)
class Pairing:
    """The units of an article with their entries."""

    units: tuple[Unit, ...]
    entries: tuple[Entry | None, ...]
    """For each unit its entry; None for one that is not translated, such as a bare number."""
    current: bool
    """False when the catalog is older than the article (``catalog-outdated``). The
    entries are then what ``update`` would make of it: changed units are stale, new ones initial,
    with the ids that ``segment`` will give them."""

    def pairs(self) -> Iterator[tuple[int, Unit, Entry]]:
        """Yield the index of each translated unit, the unit and its entry, in article order."""
        for index, (unit, entry) in enumerate(zip(self.units, self.entries, strict=True)):
            if entry is not None:
                yield index, unit, entry


def pair(catalog: Catalog, units: Sequence[Unit]) -> Pairing:
    """Return ``units`` (all of the article's, in its order) with their entries in ``catalog``."""
    current = is_current(catalog, units)
    live = iter(catalog.live if current else update(catalog, units).catalog.live)
    entries = tuple(next(live) if unit.translatable else None for unit in units)
    return Pairing(tuple(units), entries, current)


def is_current(catalog: Catalog, units: Sequence[Unit]) -> bool:
    """Return True when the live entries of ``catalog`` are the translatable ones of ``units``."""
    wanted = [unit.source for unit in units if unit.translatable]
    return [entry.source for entry in catalog.live] == wanted
