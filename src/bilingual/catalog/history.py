"""What a unit was translated to before: kept when another text takes a target's place.

The history shows a person what became of a draft, measures how much reviewers change an engine's
drafts, and is what ``revert`` goes back to. An approval is no new text and is not in it.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from bilingual.catalog.origin import MACHINES
from bilingual.model import Earlier, State, Target

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bilingual.model import Entry

KEPT = 5
"""How many earlier targets a unit keeps; the last draft of a machine is kept besides, and the last
that a person wrote or approved."""


def replaced(
    entry: Entry, target: Target, *, declined_by: str | None = None, reverted: bool = False
) -> Entry:
    """Return ``entry`` with ``target``; where that has another text, the present one is kept.

    ``declined_by`` names who took the present target back as wrong, rather than writing another:
    it is never gone back to, and ``declined`` knows it. It is ``reverted`` when
    all of its run or origin is.
    """
    before = entry.target
    if not before.text or before.text == target.text:
        return replace(entry, target=target)
    made_from = fingerprint(entry.source if before.previous is None else before.previous)
    if declined_by is None:
        drafted = before.drafted if before.drafted != before.time else ""
        earlier = Earlier(
            before.text,
            before.state,
            before.origin,
            before.reviewer,
            before.time,
            drafted,
            made_from,
        )
    else:
        drafted = before.born if before.born != target.time else ""
        earlier = Earlier(
            before.text,
            State.INITIAL,
            before.origin,
            declined_by,
            target.time,
            drafted,
            made_from,
            reverted,
        )
    return replace(entry, target=target, history=bounded((*entry.history, earlier)))


def declined(entry: Entry, text: str) -> bool:
    """Return True when somebody took ``text`` back as the translation of the present source.

    What fills targets without asking anybody (a memory, a journal) must not bring it again.
    """
    now = fingerprint(entry.source)
    return any(
        each.state is State.INITIAL and each.text == text and each.source == now
        for each in entry.history
    )


def before(entry: Entry, unwanted: Callable[[Earlier], bool]) -> Target | None:
    """Return the last earlier target that fits the present source and is not ``unwanted``.

    It comes back as it was: with its state, origin, reviewer and time. None when there is none, or
    only ones that were taken back.
    """
    now = fingerprint(entry.source)
    for each in reversed(entry.history):
        if each.state is State.INITIAL or each.source != now or unwanted(each):
            continue
        return Target(
            each.text, each.state, each.origin, each.reviewer, each.time, drafted=each.drafted
        )
    return None


def drafts(entry: Entry) -> tuple[Earlier, ...]:
    """Return the earlier targets of ``entry`` that a machine made, oldest first."""
    return tuple(each for each in entry.history if _is_draft(each))


def fingerprint(source: str) -> str:
    """Return a short fingerprint of ``source``: eight hexadecimal digits."""
    return hashlib.blake2b(source.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def bounded(history: Sequence[Earlier]) -> tuple[Earlier, ...]:
    """Return the last of ``history``, with the last that a machine and a person made."""
    old, kept = history[:-KEPT], history[-KEPT:]
    besides = {
        max(places)
        for is_one in (_is_draft, _is_persons)
        if not any(map(is_one, kept))
        and (places := [place for place, each in enumerate(old) if is_one(each)])
    }
    return (*[old[place] for place in sorted(besides)], *kept)


def merged(
    base: Sequence[Earlier], ours: Sequence[Earlier], theirs: Sequence[Earlier]
) -> tuple[Earlier, ...]:
    """Return one history out of two that grew from ``base``: nothing that one side added is lost.

    Where both added, what is older stands first.
    """
    past = set(base)
    old = [each for each in (ours if len(ours) <= len(theirs) else theirs) if each in past]
    new = {each for each in (*ours, *theirs) if each not in past}
    one_side = next((side for side in (ours, theirs) if new <= set(side)), None)
    if one_side is not None:
        return tuple(one_side)
    return bounded((*old, *sorted(new, key=lambda each: (each.time, each.text, each.origin))))


def _is_persons(earlier: Earlier) -> bool:
    """Return True for what a person wrote or approved; what was taken back is neither."""
    return earlier.state.rank > State.TRANSLATED.rank


def _is_draft(earlier: Earlier) -> bool:
    return earlier.origin.startswith(MACHINES)
