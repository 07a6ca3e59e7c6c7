"""From waiting entries to requests: by section, with what helps to translate them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bilingual.catalog import history
from bilingual.engines import marks, prompt
from bilingual.engines.base import Neighbour, Passage, Request
from bilingual.engines.names import Names
from bilingual.glossary.mention import first_mentions
from bilingual.model import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from bilingual.engines.base import Manners
    from bilingual.engines.marks import Protected
    from bilingual.glossary.match import Matcher
    from bilingual.markdown.place import Document
    from bilingual.model import Catalog, Entry, Match, Term


NO_NAMES = Names(())


@dataclass(frozen=True, slots=True)
class Job:
    """Entries to be asked for together, and what goes with them."""

    slug: str
    entries: tuple[Entry, ...]
    request: Request
    """Its passages are the entries, in order, with the ids 1, 2 …"""
    protected: tuple[Protected, ...]
    document: Document
    indexes: tuple[int, ...]
    """Where the entries stand in ``document.units``."""
    settled: set[str] = field(default_factory=set)
    """Ids of entries that have an outcome."""


@dataclass(frozen=True, slots=True)
class Helps:
    """What there is for all articles: how the engine likes to be asked, and what helps it."""

    manners: Manners
    matcher: Matcher
    guides: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Source and target language to the newsroom's own style guide; none for the built-in one."""
    names: Names = NO_NAMES
    """How the newsroom spells people's names."""
    matches: Callable[[Entry], tuple[Match, ...]] = lambda _entry: ()
    """Fuzzy matches of the memory for an entry."""
    faults: Callable[[Entry, tuple[str, str]], tuple[str, ...]] = lambda _entry, _languages: ()
    """What is wrong with the present target of an entry; the languages are source and target."""


def protected(text: str, matcher: Matcher, language: str) -> Protected:
    """Return the source ``text`` with its marks; kept terms of the glossary are among them."""
    hits = [hit for hit in matcher.find(text, language) if hit.term.keep]
    return marks.protect(text, [(hit.start, hit.end) for hit in hits])


def jobs(
    document: Document,
    catalog: Catalog,
    entries: Sequence[Entry],
    helps: Helps,
    redo: Collection[str] = (),
) -> Iterator[Job]:
    """Give the jobs for ``entries``, which are live ones of ``catalog``, in article order.

    A job holds entries of one section that follow one another, as many as its manners say. The
    catalog must be up to ``document``. ``redo`` are ids of entries whose target shall be another.
    """
    units = (i for i, unit in enumerate(document.units) if unit.translatable)
    place = {entry.id: index for entry, index in zip(catalog.live, units, strict=True)}
    live = list(catalog.live)
    order = {entry.id: number for number, entry in enumerate(live)}
    manners, languages = helps.manners, (catalog.source_language, catalog.target_language)
    again = {each.id: helps.faults(each, languages) for each in entries if each.id in redo}
    first_of = _first_of(live, helps.matcher, catalog.source_language)
    for group in _groups(entries, 1 if manners.brief else manners.batch):
        texts = [protected(entry.source, helps.matcher, catalog.source_language) for entry in group]
        first, last = order[group[0].id], order[group[-1].id]
        passages = tuple(
            replace(
                _passage(str(number), entry, each.text, again.get(entry.id)),
                matches=helps.matches(entry),
                first_mentions=first_of.get(order[entry.id], ()),
            )
            for number, (entry, each) in enumerate(zip(group, texts, strict=True), 1)
        )
        terms = _terms(group, helps.matcher, catalog.source_language)
        request = Request(
            *languages,
            passages,
            title=_field(live, "title"),
            dek=_field(live, "dek"),
            section=() if group[0].kind is Kind.FIELD else group[0].path,
            terms=terms,
            names=helps.names.of(passages, *languages, terms),
            before=_neighbours(live[max(0, first - manners.context) : first]),
            after=_neighbours(live[last + 1 : last + 1 + manners.context]),
            brief=manners.brief,
            guide=helps.guides.get(languages, ""),
        )
        indexes = tuple(place[entry.id] for entry in group)
        yield Job(catalog.slug, tuple(group), request, tuple(texts), document, indexes)


def _first_of(
    entries: Sequence[Entry], matcher: Matcher, language: str
) -> dict[int, tuple[str, ...]]:
    """Return for each place in ``entries`` the ids of the terms that stand there first."""
    found: dict[int, tuple[str, ...]] = {}
    units = [(entry.kind, entry.source) for entry in entries]
    for term, index in first_mentions(units, matcher, language).items():
        found[index] = (*found.get(index, ()), term)
    return found


def _field(entries: Sequence[Entry], key: str) -> str:
    """Return the source of the front-matter field ``key``, or nothing."""
    return next((e.source for e in entries if e.kind is Kind.FIELD and e.path == (key,)), "")


def _groups(entries: Sequence[Entry], size: int) -> Iterator[list[Entry]]:
    """Give runs of entries of one section, at most ``size`` long.

    One that speaks to a model is alone: should it be obeyed, no other unit is concerned.
    """
    group: list[Entry] = []
    lonely = False
    for entry in entries:
        alone = prompt.alone(entry.source, (*entry.author_notes, *entry.notes))
        full = len(group) >= size or lonely or alone
        if group and (full or _section(entry) != _section(group[0])):
            yield group
            group = []
        group.append(entry)
        lonely = alone
    if group:
        yield group


def _section(entry: Entry) -> tuple[str, ...] | None:
    """Return the headings ``entry`` stands under; a heading belongs to the section it opens."""
    if entry.kind is Kind.FIELD:
        return None
    return (*entry.path, entry.source) if entry.kind is Kind.HEADING else entry.path


def _passage(
    number: str,
    entry: Entry,
    text: str,
    faults: tuple[str, ...] | None,
) -> Passage:
    """Return ``entry`` as it is asked for; ``faults`` are of a target that shall be another."""
    notes = tuple(note.partition(": ")[2] or note for note in entry.notes)
    return Passage(
        number,
        entry.kind,
        text,
        ".".join(entry.path) if entry.kind is Kind.FIELD else "",
        (*entry.author_notes, *notes),
        faults=faults or (),
        turn=_turn(entry, again=faults is not None),
    )


def _turn(entry: Entry, *, again: bool) -> str:
    """Return what tells this asking from an earlier one of the same words; mostly nothing.

    A target that was taken back left its time; one that shall be another is named by its words.
    """
    target = entry.target
    if not target.text:
        return target.time
    return f"not {history.mark(target.text)}" if again else ""


def _terms(entries: Sequence[Entry], matcher: Matcher, language: str) -> tuple[Term, ...]:
    found: dict[str, Term] = {}
    for entry in entries:
        for hit in matcher.find(entry.source, language):
            found.setdefault(hit.term.id, hit.term)
    return tuple(found.values())


def _neighbours(entries: Sequence[Entry]) -> tuple[Neighbour, ...]:
    return tuple(
        Neighbour(entry.source, entry.target.text if entry.target.approved else "")
        for entry in entries
    )
