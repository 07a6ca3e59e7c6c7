"""From waiting entries to requests: by section, with what helps to translate them.

Where all that is new in a request is small beside what was translated before, it is a revision
(``Request.revision``), and this is the one place that decides it: each edited unit by itself, with
the sentences that changed alone (``revising``); units that the memory has almost to the letter;
cells and tags beside approved ones. A revision that is refused is asked for as any other request.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bilingual.catalog import history, origin
from bilingual.glossary.mention import first_mentions
from bilingual.journal import by_passage
from bilingual.language.injection.instruction import suspicious
from bilingual.markdown.segment import DEKS
from bilingual.model import Kind, State
from bilingual.prompting import marks, prompt
from bilingual.prompting.names import Names
from bilingual.prompting.request import ANEW, Neighbour, Passage, Request
from bilingual.workflow.drafting.revision import STRONG, revision

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from bilingual.engines.base import Manners
    from bilingual.glossary.match import Matcher
    from bilingual.markdown.document import Document
    from bilingual.model import Catalog, Entry, Match, Target, Term
    from bilingual.prompting.marks import Protected
    from bilingual.workflow.drafting.revision import Revision, SentencePair


NO_NAMES = Names(())
LABELS = frozenset({"tags", "category", "author", "source.name", "hero.credit"})
"""Front-matter fields that are names or single words."""
LABEL = 40
"""Code points of a cell or such a field, at the most; a longer one may be a sentence."""


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
    beside: tuple[Neighbour, ...] = ()
    """The entries as neighbours of each other, for when some of them are asked for apart."""
    settled: set[str] = field(default_factory=set)
    """Ids of entries that have an outcome."""
    kept: tuple[str, str] = ("", "")
    """Of a revision, what stays of the target in front of and behind what is asked for."""
    whole: Job | None = None
    """How the same is asked for when a revision was refused."""


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
    earlier: Callable[[Entry, tuple[str, str]], SentencePair | None] = lambda _entry, _languages: (
        None
    )
    """What an entry was translated to before it was edited, where that may be built on."""
    faults: Callable[[Entry, tuple[str, str]], tuple[str, ...]] = lambda _entry, _languages: ()
    """What is wrong with the present target of an entry; the languages are source and target."""


def protected(text: str, matcher: Matcher, language: str) -> Protected:
    """Return the source ``text`` with its marks; kept terms of the glossary are among them."""
    hits = [hit for hit in matcher.find(text, language) if hit.term.keep]
    return marks.protect(text, [(hit.start, hit.end) for hit in hits])


def another(entry: Entry, redo: Collection[str]) -> bool:
    """Return True when who named ``entry``, which is a draft, wants not more of the same."""
    return entry.id in redo and drafted(entry.target)


def drafted(target: Target) -> bool:
    """Return True for a ``target`` that no person wrote or approved."""
    theirs = target.origin.startswith((*origin.MACHINES, origin.IMPORT))
    return theirs and target.state.rank < State.REVIEWED.rank


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
    yield from _Jobs(document, catalog, helps, redo).of(entries)


class _Jobs:
    """Makes the jobs of one catalog."""

    def __init__(
        self, document: Document, catalog: Catalog, helps: Helps, redo: Collection[str]
    ) -> None:
        units = (i for i, unit in enumerate(document.units) if unit.translatable)
        self._document, self._catalog, self._helps, self._redo = document, catalog, helps, redo
        self._live = list(catalog.live)
        self._place = {each.id: index for each, index in zip(self._live, units, strict=True)}
        self._order = {entry.id: number for number, entry in enumerate(self._live)}
        self._languages = (catalog.source_language, catalog.target_language)
        self._first_of = _first_of(self._live, helps.matcher, catalog.source_language)

    def of(self, entries: Sequence[Entry]) -> Iterator[Job]:
        """Give the jobs for ``entries``."""
        manners = self._helps.manners
        for group in _groups(entries, 1 if manners.brief else manners.batch):
            revised = {each.id: found for each in group if (found := self._revised(each))}
            rest = [entry for entry in group if entry.id not in revised]
            if manners.brief or not self._familiar(rest):
                yield self._whole(group, revised)
                continue
            yield from (
                self._revision(each, revised[each.id]) for each in group if each.id in revised
            )
            if rest:
                yield self._little(rest)

    def _whole(self, group: Sequence[Entry], revised: Mapping[str, Revision]) -> Job:
        """Return the job for ``group`` that is told everything."""
        languages, helps = self._languages, self._helps
        texts = [protected(entry.source, helps.matcher, languages[0]) for entry in group]
        passages = [
            self._helped(
                replace(
                    _passage(str(number), entry, each, self._again(entry)),
                    matches=self._matches(entry, revised.get(entry.id)),
                    first_mentions=self._first_of.get(self._order[entry.id], ()),
                ),
                entry.source,
            )
            for number, (entry, each) in enumerate(zip(group, texts, strict=True), 1)
        ]
        before, after = self._around(group)
        request = Request(
            *languages,
            (),
            title=_field(self._live, "title"),
            dek=next(filter(None, (_field(self._live, key) for key in DEKS)), ""),
            section=_where(self._live, group[0]),
            brief=helps.manners.brief,
            guide=helps.guides.get(languages, ""),
        )
        return Job(
            self._catalog.slug,
            tuple(group),
            by_passage.of(request, passages, _neighbours(before), _neighbours(after)),
            tuple(texts),
            self._document,
            tuple(self._place[entry.id] for entry in group),
            _neighbours(group),
        )

    def _helped(self, passage: Passage, source: str) -> Passage:
        """Return ``passage`` with the terms and names that occur in its ``source``."""
        terms = _terms([source], self._helps.matcher, self._languages[0])
        names = self._helps.names.of((passage,), *self._languages, terms)
        return replace(passage, terms=terms, names=names)

    def _revision(self, entry: Entry, found: Revision) -> Job:
        """Return the job for what an edit changed in ``entry``."""
        whole = self._whole([entry], {entry.id: found})
        matcher, language = self._helps.matcher, self._languages[0]
        text = protected(found.source, matcher, language)
        ahead = {term.id for term in _terms([entry.source[: found.start]], matcher, language)}
        (passage,) = whole.request.passages
        passage = self._helped(
            replace(passage, text=text.text, marks=text.marks, matches=found.earlier, faults=()),
            found.source,
        )
        here = {term.id for term in passage.terms} - ahead
        first = tuple(each for each in passage.first_mentions if each in here)
        request = by_passage.of(
            replace(whole.request, title="", dek="", section=(), revision=True),
            [replace(passage, first_mentions=first)],
            found.before,
            found.after,
        )
        kept = (found.ahead, found.behind)
        return replace(whole, request=request, protected=(text,), kept=kept, whole=whole)

    def _little(self, group: Sequence[Entry]) -> Job:
        """Return the job for a ``group`` that is familiar: its models are its guide."""
        whole = self._whole(group, {})
        before, after = (_neighbours(list(filter(_model, each))) for each in self._around(group))
        request = replace(whole.request, dek="", before=before, after=after, revision=True)
        return replace(whole, request=request, whole=whole)

    def _revised(self, entry: Entry) -> Revision | None:
        """Return what an edit changed in ``entry``; None when it has to be translated anew."""
        if self._helps.manners.brief or another(entry, self._redo) or _alone(entry):
            return None
        earlier = self._helps.earlier(entry, self._languages)
        found = None if earlier is None else revision(earlier, entry.source, self._languages)
        return found if found is not None and found.source else None

    def _familiar(self, group: Sequence[Entry]) -> bool:
        """Return True when all in ``group`` is almost as people approved it elsewhere.

        That is a unit which the memory has almost to the letter, or a cell or tag beside ones that
        a person approved.
        """
        if not group:
            return True
        before, after = self._around(group)
        modelled = any(map(_model, (*before, *after)))
        return all(
            not _alone(entry)
            and entry.id not in self._redo
            and ((modelled and _label(entry)) or any(map(_strong, self._helps.matches(entry))))
            for entry in group
        )

    def _around(self, group: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
        """Return the entries in front of ``group`` and behind it that are shown with it."""
        context = self._helps.manners.context
        first, last = self._order[group[0].id], self._order[group[-1].id]
        return (
            self._live[max(0, first - context) : first],
            self._live[last + 1 : last + 1 + context],
        )

    def _matches(self, entry: Entry, revised: Revision | None) -> tuple[Match, ...]:
        """Return the matches of the whole of ``entry``; what it was itself is among them."""
        found = self._helps.matches(entry)
        if revised is None:
            return found
        own = revised.whole
        others = (each for each in found if (each.source, each.target) != (own.source, own.target))
        return (own, *others)

    def _again(self, entry: Entry) -> tuple[str, ...] | None:
        """Return what is wrong with a target that shall be another; None for one that need not."""
        return self._helps.faults(entry, self._languages) if entry.id in self._redo else None


def _strong(match: Match) -> bool:
    """Return True when ``match`` is a whole unit that says all that a guide would."""
    speaks = suspicious(match.source) or suspicious(match.target)
    return match.score >= STRONG and not match.segment and not speaks


def _label(entry: Entry) -> bool:
    """Return True for a table's cell, a tag and the like: words rather than a sentence."""
    key = ".".join(entry.path) if entry.kind is Kind.FIELD else ""
    kind = entry.kind is Kind.CELL or key in LABELS or key.split(".")[0] in LABELS
    return kind and len(entry.source) <= LABEL


def _model(entry: Entry) -> bool:
    """Return True for a label that a person approved."""
    return _label(entry) and entry.target.approved


def _alone(entry: Entry) -> bool:
    return prompt.alone(entry.source, (*entry.author_notes, *entry.notes))


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


def _where(entries: Sequence[Entry], entry: Entry) -> tuple[str, ...]:
    """Return the newsroom's section that the article is in, and the headings above ``entry``."""
    category = _field(entries, "category")
    headings = () if entry.kind is Kind.FIELD else entry.path
    return (category, *headings) if category else headings


def _groups(entries: Sequence[Entry], size: int) -> Iterator[list[Entry]]:
    """Give runs of entries of one section, at most ``size`` long.

    One that speaks to a model is alone: should it be obeyed, no other unit is concerned.
    """
    group: list[Entry] = []
    lonely = False
    for entry in entries:
        alone = _alone(entry)
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
    text: Protected,
    faults: tuple[str, ...] | None,
) -> Passage:
    """Return ``entry`` as it is asked for; ``faults`` are of a target that shall be another."""
    notes = tuple(note.partition(": ")[2] or note for note in entry.notes)
    return Passage(
        number,
        entry.kind,
        text.text,
        ".".join(entry.path) if entry.kind is Kind.FIELD else "",
        (*entry.author_notes, *notes),
        unit=entry.id,
        marks=text.marks,
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
    return f"{ANEW}{history.fingerprint(target.text)}" if again else ""


def _terms(texts: Iterable[str], matcher: Matcher, language: str) -> tuple[Term, ...]:
    found: dict[str, Term] = {}
    for text in texts:
        for hit in matcher.find(text, language):
            found.setdefault(hit.term.id, hit.term)
    return tuple(found.values())


def _neighbours(entries: Sequence[Entry]) -> tuple[Neighbour, ...]:
    return tuple(
        Neighbour(entry.source, entry.target.text if entry.target.approved else "")
        for entry in entries
    )
