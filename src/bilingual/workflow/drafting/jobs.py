"""From pending entries to requests: by section, with what helps to translate them.

Where little is new in a request compared with what was translated before, it is a revision
(``Request.revision``), and this is the only place that decides it: each edited unit by itself, with
only the sentences that changed (``revision``); units that the memory has almost word for word;
cells and tags next to approved ones. A revision that is refused is asked for as any other request.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bilingual.catalog import history
from bilingual.glossary.mention import first_mentions
from bilingual.language.injection.instruction import suspicious
from bilingual.markdown.segment import DEKS
from bilingual.model import Kind
from bilingual.prompting import marks, prompt
from bilingual.prompting.request import RETRANSLATE, Neighbour, Passage, Request
from bilingual.workflow.drafting.revision import STRONG, revision
from bilingual.workflow.drafting.work import Job, is_rejected

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from bilingual.glossary.match import Matcher
    from bilingual.markdown.document import Document
    from bilingual.model import Catalog, Entry, Match, Term
    from bilingual.prompting.marks import Protected
    from bilingual.workflow.drafting.resources import Resources
    from bilingual.workflow.drafting.revision import Revision

LABELS = frozenset({"tags", "category", "author", "source.name", "hero.credit"})
"""Front-matter fields that are names or single words."""
LABEL = 40
"""Maximum code points of a cell or such a field; a longer one may be a sentence."""


def protected(text: str, matcher: Matcher, language: str) -> Protected:
    """Return the source ``text`` with its marks; kept terms of the glossary are among them."""
    hits = [hit for hit in matcher.find(text, language) if hit.term.keep]
    return marks.protect(text, [(hit.start, hit.end) for hit in hits])


def jobs(
    document: Document,
    catalog: Catalog,
    entries: Sequence[Entry],
    resources: Resources,
    redo: Collection[str] = (),
) -> Iterator[Job]:
    """Yield the jobs for ``entries``, which are live ones of ``catalog``, in article order.

    A job holds entries of one section that follow one another, as many as the engine takes. The
    catalog must be up to ``document``. ``redo`` are ids of entries whose target is to be replaced.
    """
    yield from _Jobs(document, catalog, resources, redo).of(entries)


class _Jobs:
    """Makes the jobs of one catalog."""

    def __init__(
        self, document: Document, catalog: Catalog, resources: Resources, redo: Collection[str]
    ) -> None:
        units = (i for i, unit in enumerate(document.units) if unit.translatable)
        self._document, self._catalog, self._resources, self._redo = (
            document,
            catalog,
            resources,
            redo,
        )
        self._live = list(catalog.live)
        self._index = {each.id: index for each, index in zip(self._live, units, strict=True)}
        self._order = {entry.id: number for number, entry in enumerate(self._live)}
        self._languages = (catalog.source_language, catalog.target_language)
        self._first_of = _first_of(self._live, resources.matcher, catalog.source_language)

    def of(self, entries: Sequence[Entry]) -> Iterator[Job]:
        """Yield the jobs for ``entries``."""
        traits = self._resources.traits
        for group in _groups(entries, 1 if traits.brief else traits.batch):
            revised = {each.id: found for each in group if (found := self._revised(each))}
            rest = [entry for entry in group if entry.id not in revised]
            if traits.brief or not self._familiar(rest):
                yield self._full(group, revised)
                continue
            yield from (
                self._revision(each, revised[each.id]) for each in group if each.id in revised
            )
            if rest:
                yield self._familiar_job(rest)

    def _full(self, group: Sequence[Entry], revised: Mapping[str, Revision]) -> Job:
        """Return the job for ``group`` with everything that helps."""
        languages, resources = self._languages, self._resources
        texts = [protected(entry.source, resources.matcher, languages[0]) for entry in group]
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
            brief=resources.traits.brief,
            guide=resources.guides.get(languages, ""),
        )
        return Job(
            self._catalog.slug,
            tuple(group),
            request.only(passages, _neighbours(before), _neighbours(after)),
            tuple(texts),
            self._document,
            tuple(self._index[entry.id] for entry in group),
            _neighbours(group),
        )

    def _helped(self, passage: Passage, source: str) -> Passage:
        """Return ``passage`` with the terms and names that occur in its ``source``."""
        terms = _terms([source], self._resources.matcher, self._languages[0])
        names = self._resources.names.of((passage,), *self._languages, terms)
        return replace(passage, terms=terms, names=names)

    def _revision(self, entry: Entry, found: Revision) -> Job:
        """Return the job for what an edit changed in ``entry``."""
        full = self._full([entry], {entry.id: found})
        matcher, language = self._resources.matcher, self._languages[0]
        text = protected(found.source, matcher, language)
        above = {term.id for term in _terms([entry.source[: found.start]], matcher, language)}
        (passage,) = full.request.passages
        passage = self._helped(
            replace(passage, text=text.text, marks=text.marks, matches=found.earlier, problems=()),
            found.source,
        )
        here = {term.id for term in passage.terms} - above
        first = tuple(each for each in passage.first_mentions if each in here)
        request = replace(full.request, title="", dek="", section=(), revision=True).only(
            [replace(passage, first_mentions=first)], found.before, found.after
        )
        kept = (found.kept_before, found.kept_after)
        return replace(full, request=request, protected=(text,), kept=kept, full=full)

    def _familiar_job(self, group: Sequence[Entry]) -> Job:
        """Return the job for a ``group`` that is familiar: approved texts are its guide."""
        full = self._full(group, {})
        before, after = (_neighbours(list(filter(_model, each))) for each in self._around(group))
        request = replace(full.request, dek="", before=before, after=after, revision=True)
        return replace(full, request=request, full=full)

    def _revised(self, entry: Entry) -> Revision | None:
        """Return what an edit changed in ``entry``; None when all of it has to be translated."""
        if self._resources.traits.brief or is_rejected(entry, self._redo) or _alone(entry):
            return None
        earlier = self._resources.earlier(entry, self._languages)
        found = None if earlier is None else revision(earlier, entry.source, self._languages)
        return found if found is not None and found.source else None

    def _familiar(self, group: Sequence[Entry]) -> bool:
        """Return True when all in ``group`` is almost as people approved it elsewhere.

        That is a unit which the memory has almost word for word, or a cell or tag next to approved
        ones.
        """
        if not group:
            return True
        before, after = self._around(group)
        modelled = any(map(_model, (*before, *after)))
        return all(
            not _alone(entry)
            and entry.id not in self._redo
            and ((modelled and _label(entry)) or any(map(_strong, self._resources.matches(entry))))
            for entry in group
        )

    def _around(self, group: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
        """Return the entries before and after ``group`` that are shown with it."""
        context = self._resources.traits.context
        first, last = self._order[group[0].id], self._order[group[-1].id]
        return (
            self._live[max(0, first - context) : first],
            self._live[last + 1 : last + 1 + context],
        )

    def _matches(self, entry: Entry, revised: Revision | None) -> tuple[Match, ...]:
        """Return the matches of ``entry``; what it was before the edit is the first of them."""
        found = self._resources.matches(entry)
        if revised is None:
            return found
        own = revised.unit
        others = (each for each in found if (each.source, each.target) != (own.source, own.target))
        return (own, *others)

    def _again(self, entry: Entry) -> tuple[str, ...] | None:
        """Return what is wrong with a target that is to be replaced; None for any other."""
        return self._resources.problems(entry, self._languages) if entry.id in self._redo else None


def _strong(match: Match) -> bool:
    """Return True when ``match`` is a whole unit that shows all that a guide would say."""
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
    """Return for each index in ``entries`` the ids of the terms that occur there first."""
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
    """Yield runs of entries of one section, at most ``size`` long.

    An entry that addresses a model is alone: should it be obeyed, no other unit is affected.
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
    """Return the headings above ``entry``; a heading belongs to the section it opens."""
    if entry.kind is Kind.FIELD:
        return None
    return (*entry.path, entry.source) if entry.kind is Kind.HEADING else entry.path


def _passage(
    number: str,
    entry: Entry,
    text: Protected,
    problems: tuple[str, ...] | None,
) -> Passage:
    """Return ``entry`` as it is asked for; ``problems`` are of a target to be replaced."""
    notes = tuple(note.partition(": ")[2] or note for note in entry.notes)
    return Passage(
        number,
        entry.kind,
        text.text,
        ".".join(entry.path) if entry.kind is Kind.FIELD else "",
        (*entry.author_notes, *notes),
        unit=entry.id,
        marks=text.marks,
        problems=problems or (),
        turn=_turn(entry, again=problems is not None),
    )


def _turn(entry: Entry, *, again: bool) -> str:
    """Return what distinguishes this request from an earlier one for the same words; often nothing.

    A target that was taken back left its time; one that is to be replaced is named by its words.
    """
    target = entry.target
    if not target.text:
        return target.time
    return f"{RETRANSLATE}{history.fingerprint(target.text)}" if again else ""


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
