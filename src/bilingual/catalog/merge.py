"""Merge two versions of a catalog entry by entry (a three-way merge).

Entries are identified by their ids, so neither order nor neighbours can conflict. Within an entry a
change of one side is taken; changes of both are resolved so that no work is lost: notes are joined,
and of two different targets one is kept and marked for review, the other becomes a note.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from bilingual.catalog import history
from bilingual.catalog.origin import MACHINES
from bilingual.catalog.po import unique_id
from bilingual.model import Entry, State, Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bilingual.model import Catalog

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class MergedCatalog:
    """The result of merging two catalogs."""

    catalog: Catalog
    disputed: tuple[str, ...] = ()
    """Ids of the units with a different target on each side: both are kept, for review."""


def merge(base: Catalog | None, ours: Catalog, theirs: Catalog) -> MergedCatalog:
    """Return the merge of ``ours`` and ``theirs``; ``base`` is their common ancestor.

    Without a base (both sides added the catalog) every entry counts as added by both. The merged
    catalog may not match the merged article yet; ``update`` updates it without loss.
    """
    first = _by_id(base.entries) if base else {}
    mine, other = _by_id(ours.entries), _by_id(theirs.entries)
    disputed: list[str] = []
    merged: dict[str, Entry] = {}
    extra: dict[str, Entry] = {}
    for name in _order(ours.entries, theirs.entries):
        old, one, two = first.get(name), mine.get(name), other.get(name)
        if one is not None and two is not None:
            if old is None and one.source != two.source:
                # Two units that got the same id on the two branches: both are kept.
                merged[name] = one
                twin = unique_id(name, {*mine, *other, *extra})
                extra[twin] = replace(two, id=twin)
                continue
            merged[name], dispute = _merge_entries(old, one, two)
            if dispute:
                disputed.append(name)
        else:
            left = one or two
            if left is not None and left != old:  # dropped on the other side: only if untouched
                merged[name] = left
    entries = sorted((*merged.values(), *extra.values()), key=lambda entry: entry.obsolete)
    past = base or replace(ours, headers=(), comment=())
    catalog = replace(
        ours,
        slug=_changed(past.slug, ours.slug, theirs.slug),
        path=_changed(past.path, ours.path, theirs.path),
        entries=tuple(entries),
        headers=_headers(past, ours, theirs),
        comment=_changed(past.comment, ours.comment, theirs.comment),
    )
    return MergedCatalog(catalog, tuple(disputed))


def _by_id(entries: Iterable[Entry]) -> dict[str, Entry]:
    return {entry.id: entry for entry in entries}


def _changed(base: T, ours: T, theirs: T) -> T:
    """Return the changed one; ours when both changed."""
    return theirs if ours == base else ours


def _headers(base: Catalog, ours: Catalog, theirs: Catalog) -> tuple[tuple[str, str], ...]:
    past, mine, other = dict(base.headers), dict(ours.headers), dict(theirs.headers)
    merged: dict[str, str] = {}
    for name in {**mine, **other}:
        value = _changed(past.get(name, ""), mine.get(name, ""), other.get(name, ""))
        if value:
            merged[name] = value
    return tuple(merged.items())


def _order(ours: Sequence[Entry], theirs: Sequence[Entry]) -> list[str]:
    """Return all ids in the order of ``ours``; those only in theirs follow their predecessor."""
    mine = [entry.id for entry in ours]
    known = set(mine)
    following: dict[str, list[str]] = {}
    last = ""
    for entry in theirs:
        if entry.id in known:
            last = entry.id
        else:
            following.setdefault(last, []).append(entry.id)
    order = list(following.get("", []))
    for name in mine:
        order += [name, *following.get(name, [])]
    return order


def _merge_entries(old: Entry | None, one: Entry, two: Entry) -> tuple[Entry, bool]:
    """Return the merge of ``one`` and ``two``, and whether a person must review its target."""
    past = old or replace(one, target=Target(), notes=(), extra=(), author_notes=(), history=())
    source = _changed(past.source, one.source, two.source)
    side = one if source == one.source else two
    target, alternative, dispute = _merge_targets(past, one, two)
    notes = _join(past.notes, one.notes, two.notes)
    if alternative and alternative not in notes:
        notes = (*notes, alternative)
    entry = Entry(
        id=one.id,
        kind=side.kind,
        source=source,
        path=side.path,
        target=_for_source(target, source),
        notes=notes,
        author_notes=side.author_notes,
        obsolete=_changed(past.obsolete, one.obsolete, two.obsolete),
        extra=_join(past.extra, one.extra, two.extra),
        history=history.merge_histories(past.history, one.history, two.history),
    )
    return entry, dispute


def _join(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    """Return the lines of both, without those that one side removed."""
    gone = {line for line in base if line not in ours or line not in theirs}
    kept = [line for line in ours if line not in gone]
    return (*kept, *(line for line in theirs if line not in gone and line not in kept))


def _with_source(entry: Entry) -> Target:
    """Return the target with the source it was made from, so that two can be compared."""
    target = entry.target
    if not target.text or target.previous is not None:
        return target
    return replace(target, previous=entry.source)


def _for_source(target: Target, source: str) -> Target:
    """Return ``target`` for ``source``: stale when it was made from another."""
    return replace(target, previous=None) if target.previous == source else target


def _merge_targets(past: Entry, one: Entry, two: Entry) -> tuple[Target, str, bool]:
    """Return the target to keep, a note with the other one, and whether a review is needed."""
    base, ours, theirs = _with_source(past), _with_source(one), _with_source(two)
    if theirs in (ours, base):
        return ours, "", False
    if ours == base:
        return theirs, "", False
    best, other = sorted((ours, theirs), key=_rank, reverse=True)
    if best.text == other.text or not other.text:
        # One side removed the target while the other worked on it: it needs a review.
        removed = bool(best.text and not other.text and base.text)
        return (_draft(best) if removed else best), "", removed
    note = f"merge: the other branch has ({_who(other)}) {other.text}"
    if (
        best.state.rank > State.TRANSLATED.rank
        and other.origin.startswith(MACHINES)
        and (other.state.rank <= State.TRANSLATED.rank)
    ):
        return best, note, False
    return _draft(best), note, True


def _rank(target: Target) -> tuple[int, str, str]:
    """Return the sort key of a target: its state, then its time; its text breaks ties."""
    return (target.state.rank if target.text else -1, target.time, target.text)


def _draft(target: Target) -> Target:
    return replace(target, state=State.TRANSLATED) if target.text else target


def _who(target: Target) -> str:
    return ", ".join(filter(None, (target.origin or target.reviewer or "unknown", target.time)))
