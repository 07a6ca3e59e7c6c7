"""Update a catalog to its edited article; units keep their identity and their targets."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bilingual.catalog.align import align, in_order
from bilingual.catalog.po import unique_id
from bilingual.catalog.trivial import carry_over
from bilingual.model import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bilingual.model import Catalog, Unit


@dataclass(frozen=True, slots=True)
class Update:
    """The catalog of an article, and the ids of the units by what happened to them."""

    catalog: Catalog
    new: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    """Same text and same position among the others; also edited units without a target."""
    moved: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    """The text changed in this update, and the target was made from another text."""
    accepted: tuple[str, ...] = ()
    """The text changed without a change of meaning: the target is kept for the new text."""
    gone: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()
    """The text was obsolete and is in the article again, with its target."""

    @property
    def changed(self) -> bool:
        """True when a unit was added, removed, moved or changed."""
        lists = (self.new, self.moved, self.stale, self.accepted, self.gone, self.restored)
        return any(lists)


def update(
    catalog: Catalog, units: Sequence[Unit], *, accept: Callable[[str, str], bool] | None = None
) -> Update:
    """Return ``catalog`` with the translatable ones of ``units`` (in article order) as its entries.

    Targets, states, origins and notes stay with their unit. A changed unit keeps its target as
    stale, with the source the target was made from; when the text returns to that source, it is
    no longer stale. A change that keeps the words is accepted for its target (see ``trivial``).
    So is a change, new or stale, for which ``accept`` returns True; its arguments are the source
    the target was made from and the current one. Removed units with work become obsolete.
    """
    translatable = [unit for unit in units if unit.translatable]
    live = catalog.live
    gone = [entry for entry in catalog.entries if entry.obsolete]
    found = align(live, gone, translatable)
    place = {id(entry): number for number, entry in enumerate(live)}
    previous = sorted(index for index in found if id(found[index]) in place)
    order = in_order([place[id(found[index])] for index in previous])
    unmoved = {previous[position] for position in order}

    lists: dict[str, list[str]] = {name: [] for name in LISTS}
    taken = {entry.id for entry in catalog.entries}
    entries: list[Entry] = []
    for index, unit in enumerate(translatable):
        old = found.get(index)
        if old is None:
            entry = _new(unit, taken)
            taken.add(entry.id)
            name = "new"
        else:
            entry, name = _follow(old, unit, accept=accept)
            if name == "kept" and old.obsolete:
                name = "restored"
            elif name == "kept" and index not in unmoved:
                name = "moved"
        lists[name].append(entry.id)
        entries.append(entry)
    used = {id(entry) for entry in found.values()}
    left = [entry for entry in live if id(entry) not in used]
    lists["gone"] = [entry.id for entry in left]
    kept = [replace(entry, obsolete=True) for entry in left if has_work(entry)]
    still_gone = [entry for entry in gone if id(entry) not in used]
    return Update(
        replace(catalog, entries=(*entries, *still_gone, *kept)),
        **{name: tuple(ids) for name, ids in lists.items()},
    )


LISTS = ("new", "kept", "moved", "stale", "accepted", "gone", "restored")


def identity(text: str, taken: Iterable[str]) -> str:
    """Return the id of a new unit with this source: eight hexadecimal digits of its hash.

    Two branches that add the same text get the same id. A number is appended for a repeated text,
    or when an edited unit still has the id.
    """
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    return unique_id(digest, taken)


def has_work(entry: Entry) -> bool:
    """Return True when ``entry`` has, or had, a target, or has notes: it must not be dropped."""
    return bool(entry.target.text or entry.notes or entry.extra or entry.history)


def _new(unit: Unit, taken: Iterable[str]) -> Entry:
    return Entry(
        identity(unit.source, taken), unit.kind, unit.source, unit.path, author_notes=unit.notes
    )


def _follow(  # noqa: PLR0911 - one return for each case
    old: Entry, unit: Unit, *, accept: Callable[[str, str], bool] | None
) -> tuple[Entry, str]:
    """Return ``old`` with the text of ``unit``, and the field of ``Update`` it belongs to."""
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
    text = carry_over(made_from, unit.source, target.text)
    if text is not None:
        return replace(entry, target=replace(target, text=text, previous=None)), "accepted"
    if accept is not None and accept(made_from, unit.source):
        return replace(entry, target=replace(target, previous=None)), "accepted"
    return replace(entry, target=replace(target, previous=made_from)), "stale"
