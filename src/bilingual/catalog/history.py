"""Keep the earlier targets of a unit when another text repositions them.

The history shows a person how a draft changed, measures how much reviewers change an engine's
drafts, and is what ``revert`` restores from. An approval is not a new text and is not in it.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from bilingual.catalog.origin import MACHINES
from bilingual.model import EarlierTarget, State, Target

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bilingual.model import Entry

MAX_EARLIER = 5
"""How many earlier targets a unit keeps, in addition to the last draft of a machine and the last
text that a person wrote or approved."""


def replace_target(
    entry: Entry, target: Target, *, declined_by: str | None = None, reverted: bool = False
) -> Entry:
    """Return ``entry`` with ``target``; a current target with another text goes to the history.

    ``declined_by`` names who withdrew the current target as wrong: it is never restored, and
    ``is_declined`` finds it. It is ``reverted`` when its whole run or origin was withdrawn.
    """
    before = entry.target
    if not before.text or before.text == target.text:
        return replace(entry, target=target)
    made_from = fingerprint(entry.source if before.previous is None else before.previous)
    if declined_by is None:
        drafted = before.drafted if before.drafted != before.time else ""
        earlier = EarlierTarget(
            before.text,
            before.state,
            before.origin,
            before.reviewer,
            before.time,
            drafted,
            made_from,
        )
    else:
        drafted = before.made_at if before.made_at != target.time else ""
        earlier = EarlierTarget(
            before.text,
            State.INITIAL,
            before.origin,
            declined_by,
            target.time,
            drafted,
            made_from,
            reverted,
        )
    return replace(entry, target=target, history=trim((*entry.history, earlier)))


def is_declined(entry: Entry, text: str) -> bool:
    """Return True when ``text`` was withdrawn as the translation of the current source.

    What fills targets automatically (a memory, a journal) must not use it again.
    """
    now = fingerprint(entry.source)
    return any(
        each.state is State.INITIAL and each.text == text and each.source == now
        for each in entry.history
    )


def last_usable(entry: Entry, unwanted: Callable[[EarlierTarget], bool]) -> Target | None:
    """Return the last earlier target of the current source for which ``unwanted`` is False.

    It has the state, origin, reviewer and time that it had. None when there is none, or only
    withdrawn ones.
    """
    now = fingerprint(entry.source)
    for each in reversed(entry.history):
        if each.state is State.INITIAL or each.source != now or unwanted(each):
            continue
        return Target(
            each.text, each.state, each.origin, each.reviewer, each.time, drafted=each.drafted
        )
    return None


def drafts(entry: Entry) -> tuple[EarlierTarget, ...]:
    """Return the earlier targets of ``entry`` by a machine, oldest first."""
    return tuple(each for each in entry.history if _is_draft(each))


def fingerprint(source: str) -> str:
    """Return a short fingerprint of ``source``: eight hexadecimal digits."""
    return hashlib.blake2b(source.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def trim(history: Sequence[EarlierTarget]) -> tuple[EarlierTarget, ...]:
    """Return the last targets of ``history``, and the last one by a machine and by a person."""
    old, kept = history[:-MAX_EARLIER], history[-MAX_EARLIER:]
    extra = {
        max(positions)
        for is_one in (_is_draft, _is_approved)
        if not any(map(is_one, kept))
        and (positions := [place for place, each in enumerate(old) if is_one(each)])
    }
    return (*[old[place] for place in sorted(extra)], *kept)


def merge_histories(
    base: Sequence[EarlierTarget], ours: Sequence[EarlierTarget], theirs: Sequence[EarlierTarget]
) -> tuple[EarlierTarget, ...]:
    """Return one history from two with the common ancestor ``base``: no addition is lost.

    Additions of both sides are sorted by time.
    """
    past = set(base)
    old = [each for each in (ours if len(ours) <= len(theirs) else theirs) if each in past]
    new = {each for each in (*ours, *theirs) if each not in past}
    one_side = next((side for side in (ours, theirs) if new <= set(side)), None)
    if one_side is not None:
        return tuple(one_side)
    return trim((*old, *sorted(new, key=lambda each: (each.time, each.text, each.origin))))


def _is_approved(earlier: EarlierTarget) -> bool:
    """Return True for what a person wrote or approved, and did not withdraw."""
    return earlier.state.rank > State.TRANSLATED.rank


def _is_draft(earlier: EarlierTarget) -> bool:
    return earlier.origin.startswith(MACHINES)
