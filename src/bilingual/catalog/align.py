"""Find the old entry of each unit of the article as it is now.

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
from itertools import pairwise
from typing import TYPE_CHECKING

from bilingual.catalog.similarity import CLOSE, LONE, NEAR, likeness, tokens
from bilingual.model import Entry, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bilingual.model import Unit

REACH = 4
"""How many neighbours on each side tell one repeated text from another."""
OBSOLETE_LAST = 100.0
"""More than any likeness of surroundings: what is obsolete is asked after all that is live."""
COMMON = 24
"""A word in more texts than this does not tell which of them was edited."""
EDGE = Entry("", Kind.PARAGRAPH, "\0")
"""Separates live and obsolete entries; no article has its text."""
CANDIDATES = 6
"""How many texts are measured against one that is left."""


def align(live: Sequence[Entry], gone: Sequence[Entry], units: Sequence[Unit]) -> dict[int, Entry]:
    """Return the old entry for each index of ``units`` that has one.

    ``live`` are the entries of the article before, in its order; ``gone`` the obsolete ones. No
    entry is given twice.
    """
    new = [unit.source for unit in units]
    pairs = _equal([*live, EDGE, *gone], len(live), units)
    found = {
        index: gone[place - len(live) - 1] for place, index in pairs.items() if place > len(live)
    }
    stayed = {place: index for place, index in pairs.items() if place < len(live)}
    taken = set(found)
    _edited_in_gaps(stayed, taken, [entry.source for entry in live], new)
    found |= {index: live[place] for place, index in stayed.items()}
    used = {id(entry) for entry in found.values()}
    _edited_elsewhere(found, [entry for entry in (*live, *gone) if id(entry) not in used], new)
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


def _equal(old: Sequence[Entry], edge: int, units: Sequence[Unit]) -> dict[int, int]:
    """Return old place → new index for texts that did not change.

    ``old`` are the live entries, ``EDGE`` at the place ``edge``, and the obsolete ones: what left
    together is together among these, so neighbours tell repeated texts apart there, too.
    """
    places, indices = defaultdict(list), defaultdict(list)
    for place, entry in enumerate(old):
        places[entry.source].append(place)
    for index, unit in enumerate(units):
        indices[unit.source].append(index)
    pairs: dict[int, int] = {}
    repeated: list[tuple[list[int], list[int]]] = []
    for text, here in places.items():
        there = indices.get(text, [])
        if len(here) == 1 and len(there) == 1:
            pairs[here[0]] = there[0]
        elif there:
            repeated.append((here, there))
    if repeated:
        _surely_edited(pairs, old[:edge], units, places, indices)
        _spread(pairs, old, edge, units)
        taken = set(pairs.values())
        for here, there in repeated:
            left = [place for place in here if place not in pairs]
            free = [index for index in there if index not in taken]
            _by_context(pairs, left, free, old, units)
    return pairs


def _spread(pairs: dict[int, int], old: Sequence[Entry], edge: int, units: Sequence[Unit]) -> None:
    """Pair equal neighbours of what is paired, onward and then backward; in place.

    Close neighbours decide first, under the headings that the text had: a table's head belongs to
    its rows, and only where they decide nothing to the paragraph above it.
    """
    taken = set(pairs.values())
    here, there = _bonds(old), _bonds(units)
    pairs |= {-1: -1, edge: len(units)}  # the article's edges are neighbours, too
    directions = ((1, range(len(old))), (-1, range(len(old) - 1, -1, -1)))
    for at_home, least in ((True, 2), (True, 1), (True, 0), (False, 2), (False, 1), (False, 0)):
        for step, order in directions:
            for place in order:
                neighbour = pairs.get(place - step)
                if neighbour is None or place in pairs:
                    continue
                index = neighbour + step
                if index < 0 or index >= len(units) or index in taken:
                    continue
                entry, unit = old[place], units[index]
                if entry.source != unit.source or (at_home and entry.path != unit.path):
                    continue
                if min(here[max(place, place - step)], there[max(index, neighbour)]) >= least:
                    pairs[place] = index
                    taken.add(index)
    del pairs[-1], pairs[edge]


def _bonds(texts: Sequence[Entry | Unit]) -> list[int]:
    """Return how close each text is to the one before it: 2 same kind and headings, 1 same kind."""
    bonds = [0]
    for one, two in pairwise(texts):
        bonds.append((one.kind is two.kind) + (one.kind is two.kind and one.path == two.path))
    return [*bonds, 0]


def _by_context(
    pairs: dict[int, int],
    here: Sequence[int],
    there: Sequence[int],
    old: Sequence[Entry],
    units: Sequence[Unit],
) -> None:
    """Pair the places ``here`` and ``there`` of one text by what is around them; in place."""
    taken = set(pairs.values())
    # A unit that moved is likelier than one that came back, and of these the one that left last.
    turns = (
        (
            _last(old[place], units[index]) - _context(place, index, old, units, pairs, taken),
            -place if old[place].obsolete else place,
            place,
            index,
        )
        for place in here
        for index in there
    )
    _assign(pairs, turns)


def _last(entry: Entry, unit: Unit) -> float:
    """Return what puts an obsolete entry after live ones; a cell does not move alone."""
    return OBSOLETE_LAST if entry.obsolete and unit.kind is not Kind.CELL else 0.0


def _context(  # noqa: PLR0913, PLR0917 - both sides, and what is known of them
    place: int,
    index: int,
    old: Sequence[Entry],
    units: Sequence[Unit],
    pairs: dict[int, int],
    taken: set[int],
) -> float:
    """Return how alike the surroundings are: near neighbours weigh most, then the headings.

    A neighbour that has its place counts for no other.
    """
    score = 0.0
    for step in range(1, REACH + 1):
        for side in (-step, step):
            before, after = place + side, index + side
            # Beyond EDGE the article ends; what is obsolete is in no article.
            inside = 0 <= before < len(old) and old[before] is not EDGE
            if not inside or not 0 <= after < len(units):
                ends = not inside and not 0 <= after < len(units) and not old[place].obsolete
                score += ends / step
            elif before in pairs or after in taken:
                score += (pairs.get(before, -1) == after) / step
            else:
                score += (old[before].source == units[after].source) / step
    score += old[place].path == units[index].path
    score += 0.25 * bool(old[place].target.text)  # of equal claims, the one with work in it
    return score + 0.5 * (old[place].kind is units[index].kind)


def _assign(pairs: dict[int, int], scored: Iterable[tuple[float, int, int, int]]) -> None:
    """Take the best of ``scored`` (lowest first; its last two are old and new) one by one."""
    taken = set(pairs.values())
    for _, _, place, index in sorted(scored):
        if place not in pairs and index not in taken:
            pairs[place] = index
            taken.add(index)


# Edited texts


def _surely_edited(
    pairs: dict[int, int],
    live: Sequence[Entry],
    units: Sequence[Unit],
    places: Mapping[str, Sequence[int]],
    indices: Mapping[str, Sequence[int]],
) -> None:
    """Pair texts that occur on one side only and are very alike, in place.

    They anchor what repeats next to them: a row whose name was corrected still has its other cells.
    """
    stayed = {place: index for place, index in pairs.items() if place < len(live)}
    # Texts that occur on both sides are not for this step: they count as taken.
    passed = [place for place, entry in enumerate(live) if entry.source in indices]
    taken = {index for index, unit in enumerate(units) if unit.source in places}
    old, new = [entry.source for entry in live], [unit.source for unit in units]
    _edited_in_gaps(stayed, taken, old, new, least=CLOSE, passed=frozenset(passed))
    pairs |= stayed


def _edited_in_gaps(  # noqa: PLR0913 - two texts, what is known of them, and how sure to be
    pairs: dict[int, int],
    taken: set[int],
    old: Sequence[str],
    new: Sequence[str],
    *,
    least: float = NEAR,
    passed: frozenset[int] = frozenset(),
) -> None:
    """Pair edited texts that are between the same two neighbours; in place.

    ``taken`` are indices, and ``passed`` places, that are not asked.
    """
    anchored = sorted((index, place) for place, index in pairs.items())
    fixed = in_order([place for _, place in anchored])
    anchors = [(place, index) for n, (index, place) in enumerate(anchored) if n in fixed]
    taken = taken | set(pairs.values())
    for (p0, i0), (p1, i1) in zip(
        [(-1, -1), *anchors], [*anchors, (len(old), len(new))], strict=True
    ):
        here = [place for place in range(p0 + 1, p1) if place not in pairs and place not in passed]
        there = [index for index in range(i0 + 1, i1) if index not in taken]
        if here and there:
            lone = len(here) == len(there) == 1
            enough = LONE if lone and least == NEAR else least
            _assign(pairs, _alike(here, there, old, new, enough))


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
    """Yield (minus likeness, distance in order, old, new) of texts that are alike enough."""
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
