"""Which old entry is which unit of the article as it stands now.

First equal texts: those that occur once on both sides, wherever they moved; then repeated ones,
each to the place whose neighbours it had. Then edited texts: within the gap between two aligned
neighbours a moderate likeness is enough, across the article it must be strong. What is left is
new or gone. Everything is decided by text and order alone, so that the same edit gives the same
answer on every machine; the cost is linear in the number of units but for the likeness of the
few that are left.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from bilingual.catalog.likeness import CLOSE, LONE, NEAR, likeness, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bilingual.model import Entry, Unit

REACH = 4
"""How many neighbours on each side tell one repeated text from another."""
COMMON = 24
"""A word in more texts than this says nothing about which of them was edited."""
CANDIDATES = 6
"""How many texts are measured against one that is left."""


def align(live: Sequence[Entry], gone: Sequence[Entry], units: Sequence[Unit]) -> dict[int, Entry]:
    """Return the old entry for each index of ``units`` that has one.

    ``live`` are the entries of the article before, in its order; ``gone`` the obsolete ones. No
    entry is given twice.
    """
    old = [entry.source for entry in live]
    new = [unit.source for unit in units]
    pairs = _equal(old, new, live, units)
    _edited_in_gaps(pairs, old, new)
    found = {index: live[place] for place, index in pairs.items()}
    _come_back(found, gone, units)
    rest = [entry for place, entry in enumerate(live) if place not in pairs]
    used = {id(entry) for entry in found.values()}
    rest += [entry for entry in gone if id(entry) not in used]
    _edited_elsewhere(found, rest, new)
    return found


def in_order(places: Sequence[int]) -> set[int]:
    """Return the positions in ``places`` of a longest rising subsequence: what did not move."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for position, place in enumerate(places):
        length = bisect_left(tails, place)
        before.append(ends[length - 1] if length else -1)
        if length == len(tails):
            tails.append(place)
            ends.append(position)
        else:
            tails[length] = place
            ends[length] = position
    chosen: set[int] = set()
    position = ends[-1] if ends else -1
    while position >= 0:
        chosen.add(position)
        position = before[position]
    return chosen


# Equal texts


def _equal(
    old: Sequence[str], new: Sequence[str], live: Sequence[Entry], units: Sequence[Unit]
) -> dict[int, int]:
    """Return old place → new index for texts that did not change."""
    places, indices = defaultdict(list), defaultdict(list)
    for place, text in enumerate(old):
        places[text].append(place)
    for index, text in enumerate(new):
        indices[text].append(index)
    pairs: dict[int, int] = {}
    repeated: list[tuple[list[int], list[int]]] = []
    for text, here in places.items():
        there = indices.get(text, [])
        if len(here) == 1 and len(there) == 1:
            pairs[here[0]] = there[0]
        elif there:
            repeated.append((here, there))
    if repeated:
        _spread(pairs, old, new)
        taken = set(pairs.values())
        for here, there in repeated:
            left = [place for place in here if place not in pairs]
            free = [index for index in there if index not in taken]
            _by_context(pairs, left, free, live, units)
    return pairs


def _spread(pairs: dict[int, int], old: Sequence[str], new: Sequence[str]) -> None:
    """Pair equal neighbours of what is paired, onward and then backward; in place."""
    taken = set(pairs.values())
    pairs |= {-1: -1, len(old): len(new)}  # the article's edges are neighbours, too
    for step, order in ((1, range(len(old))), (-1, range(len(old) - 1, -1, -1))):
        for place in order:
            beside = pairs.get(place - step)
            if beside is None or place in pairs:
                continue
            index = beside + step
            if 0 <= index < len(new) and index not in taken and old[place] == new[index]:
                pairs[place] = index
                taken.add(index)
    del pairs[-1], pairs[len(old)]


def _by_context(
    pairs: dict[int, int],
    here: Sequence[int],
    there: Sequence[int],
    live: Sequence[Entry],
    units: Sequence[Unit],
) -> None:
    """Pair the places ``here`` and ``there`` of one text by what stands around them; in place."""
    scored = [
        (-_context(place, index, live, units), order, place, index)
        for order, place in enumerate(here)
        for index in there
    ]
    _assign(pairs, scored)


def _context(place: int, index: int, live: Sequence[Entry], units: Sequence[Unit]) -> float:
    """Return how alike the surroundings are: near neighbours weigh most, then the headings."""
    score = 0.0
    for step in range(1, REACH + 1):
        for side in (-step, step):
            before, after = place + side, index + side
            inside = 0 <= before < len(live), 0 <= after < len(units)
            if all(inside):
                score += (live[before].source == units[after].source) / step
            else:
                score += (not any(inside)) / step
    score += live[place].path == units[index].path
    return score + 0.5 * (live[place].kind is units[index].kind)


def _assign(pairs: dict[int, int], scored: Iterable[tuple[float, int, int, int]]) -> None:
    """Take the best of ``scored`` (lowest first; its last two are old and new) one by one."""
    taken = set(pairs.values())
    for _, _, place, index in sorted(scored):
        if place not in pairs and index not in taken:
            pairs[place] = index
            taken.add(index)


# Edited texts


def _edited_in_gaps(pairs: dict[int, int], old: Sequence[str], new: Sequence[str]) -> None:
    """Pair edited texts that stand between the same two neighbours; in place."""
    anchored = sorted((index, place) for place, index in pairs.items())
    fixed = in_order([place for _, place in anchored])
    anchors = [(place, index) for n, (index, place) in enumerate(anchored) if n in fixed]
    taken = set(pairs.values())
    for (p0, i0), (p1, i1) in zip(
        [(-1, -1), *anchors], [*anchors, (len(old), len(new))], strict=True
    ):
        here = [place for place in range(p0 + 1, p1) if place not in pairs]
        there = [index for index in range(i0 + 1, i1) if index not in taken]
        if here and there:
            lone = len(here) == len(there) == 1
            _assign(pairs, _alike(here, there, old, new, LONE if lone else NEAR))


def _come_back(found: dict[int, Entry], gone: Sequence[Entry], units: Sequence[Unit]) -> None:
    """Give obsolete entries whose very text stands in the article again; in place."""
    store: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in gone:
        store[entry.source].append(entry)
    for index, unit in enumerate(units):
        if index in found or not store.get(unit.source):
            continue
        offers = store[unit.source]
        best = max(
            offers,
            key=lambda entry: (
                entry.path == unit.path,
                entry.kind is unit.kind,
                entry.target.state.rank,
            ),
        )
        found[index] = best
        offers.remove(best)


def _edited_elsewhere(found: dict[int, Entry], rest: Sequence[Entry], new: Sequence[str]) -> None:
    """Pair edited texts that also moved, or came back edited; in place."""
    free = [index for index in range(len(new)) if index not in found]
    if not rest or not free:
        return
    pairs: dict[int, int] = {}
    old = [entry.source for entry in rest]
    _assign(pairs, _alike(range(len(old)), free, old, new, CLOSE))
    found |= {index: rest[place] for place, index in pairs.items()}


def _alike(
    here: Sequence[int], there: Sequence[int], old: Sequence[str], new: Sequence[str], least: float
) -> Iterator[tuple[float, int, int, int]]:
    """Give (minus likeness, distance in order, old, new) of texts that are alike enough."""
    before = [tokens(old[place]) for place in here]
    index_of = _by_word(before)
    for order, index in enumerate(there):
        words = tokens(new[index])
        for rank in _candidates(words, index_of, len(before)):
            score = likeness(before[rank], words)
            if score >= least:
                yield -score, abs(rank - order), here[rank], index


def _by_word(texts: Sequence[Sequence[str]]) -> dict[str, list[int]]:
    """Return for each word the numbers of the texts that hold it."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, words in enumerate(texts):
        for word in set(words):
            found[word].append(number)
    return found


def _candidates(words: Sequence[str], texts_of: dict[str, list[int]], number: int) -> Iterable[int]:
    """Return the texts that share most with ``words``, rare words first: those worth measuring."""
    if number <= CANDIDATES:
        return range(number)
    shared: Counter[int] = Counter()
    for word in set(words):
        texts = texts_of.get(word, ())
        if len(texts) <= COMMON:
            shared.update(dict.fromkeys(texts, len(word)))
    return [text for text, _ in shared.most_common(CANDIDATES)]
