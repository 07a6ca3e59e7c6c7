"""A catalog brought up to its article: every unit keeps its identity and its work across edits."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bilingual.catalog.align import align, in_order
from bilingual.catalog.po import free
from bilingual.catalog.trivial import carried
from bilingual.model import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bilingual.model import Catalog, Unit


@dataclass(frozen=True, slots=True)
class Update:
    """A catalog that fits its article, and what became of each unit, by id."""

    catalog: Catalog
    new: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    """Same text, same place among the others; and edited units that had no target yet."""
    moved: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    """The text changed in this update, and there is a target made from another."""
    accepted: tuple[str, ...] = ()
    """The text changed without a change of meaning: the target stands for the new text."""
    gone: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()
    """Came back, with the target that they had."""

    @property
    def changed(self) -> bool:
        """True when a unit came, went, moved or changed."""
        lists = (self.new, self.moved, self.stale, self.accepted, self.gone, self.restored)
        return any(lists)


def update(
    catalog: Catalog, units: Sequence[Unit], *, accept: Callable[[str, str], bool] | None = None
) -> Update:
    """Return ``catalog`` with the translatable ones of ``units`` (in article order) as its entries.

    Targets, states, origins and notes stay with their unit. A changed unit keeps its target as
    stale, with the source the target was made from; when the text comes back to that source, it
    is stale no longer. A change that left the words alone is accepted for its target (see
    ``trivial``); so is one, new or waiting as stale, that ``accept`` says yes to, asked with the
    source the target was made from and the present one. What left the article stays as obsolete
    where there is work in it.
    """
    wanted = [unit for unit in units if unit.translatable]
    live = catalog.live
    gone = [entry for entry in catalog.entries if entry.obsolete]
    found = align(live, gone, wanted)
    place = {id(entry): number for number, entry in enumerate(live)}
    stood = sorted(index for index in found if id(found[index]) in place)
    order = in_order([place[id(found[index])] for index in stood])
    unmoved = {stood[position] for position in order}

    said: dict[str, list[str]] = {name: [] for name in LISTS}
    taken = {entry.id for entry in catalog.entries}
    entries: list[Entry] = []
    for index, unit in enumerate(wanted):
        old = found.get(index)
        if old is None:
            entry = _new(unit, taken)
            taken.add(entry.id)
            name = "new"
        else:
            entry, name = _followed(old, unit, accept=accept)
            if name == "kept" and old.obsolete:
                name = "restored"
            elif name == "kept" and index not in unmoved:
                name = "moved"
        said[name].append(entry.id)
        entries.append(entry)
    used = {id(entry) for entry in found.values()}
    left = [entry for entry in live if id(entry) not in used]
    said["gone"] = [entry.id for entry in left]
    kept = [replace(entry, obsolete=True) for entry in left if has_work(entry)]
    asleep = [entry for entry in gone if id(entry) not in used]
    return Update(
        replace(catalog, entries=(*entries, *asleep, *kept)),
        **{name: tuple(ids) for name, ids in said.items()},
    )


LISTS = ("new", "kept", "moved", "stale", "accepted", "gone", "restored")


def identity(text: str, taken: Iterable[str]) -> str:
    """Return the id of a new unit with this source: eight hexadecimal digits of its hash.

    Two branches that add one text agree on it. A text that stands twice, or whose id an edited
    unit still has, gets a number behind.
    """
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    return free(digest, taken)


def has_work(entry: Entry) -> bool:
    """Return True when somebody would miss ``entry``: it has, or had, a target, or a note."""
    return bool(entry.target.text or entry.notes or entry.extra or entry.history)


def _new(unit: Unit, taken: Iterable[str]) -> Entry:
    return Entry(
        identity(unit.source, taken), unit.kind, unit.source, unit.path, author_notes=unit.notes
    )


def _followed(  # noqa: PLR0911 - one fate after the other
    old: Entry, unit: Unit, *, accept: Callable[[str, str], bool] | None
) -> tuple[Entry, str]:
    """Return ``old`` with the text of ``unit``, and which list it belongs to."""
    entry = replace(
        old,
        kind=unit.kind,
        source=unit.source,
        path=unit.path,
        author_notes=unit.notes,
        obsolete=False,
    )
    target = old.target
    made_from = old.source if target.previous is None else target.previous
    if unit.source == old.source:
        if target.stale and accept is not None and accept(made_from, unit.source):
            return replace(entry, target=replace(target, previous=None)), "accepted"
        return entry, "kept"
    if not target.text:
        return replace(entry, target=replace(target, failure="")), "kept"
    if made_from == unit.source:
        return replace(entry, target=replace(target, previous=None)), "kept"
    text = carried(made_from, unit.source, target.text)
    if text is not None:
        return replace(entry, target=replace(target, text=text, previous=None)), "accepted"
    if accept is not None and accept(made_from, unit.source):
        return replace(entry, target=replace(target, previous=None)), "accepted"
    return replace(entry, target=replace(target, previous=made_from)), "stale"
