"""From waiting entries to drafts: requests by section, answers judged, refused ones asked again."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bilingual.engines import marks, repair, retrying, shrink
from bilingual.engines.base import (
    Neighbour,
    Passage,
    Request,
    RequestError,
    TooLongError,
    Usage,
)
from bilingual.markdown.merge import merge
from bilingual.model import Kind, Message, mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bilingual.engines.base import Answer, Engine, Manners
    from bilingual.engines.journal import Journal
    from bilingual.engines.marks import Protected
    from bilingual.engines.repair import Fault
    from bilingual.glossary.match import Matcher
    from bilingual.markdown.place import Document
    from bilingual.model import Catalog, Entry, Term

REFUSED = mark("the draft was refused: {reasons}")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one entry: a target's text, or why there is none."""

    entry: Entry
    text: str = ""
    fault: Message | None = None
    origin: str = ""
    """Empty for the engine's own."""


@dataclass(frozen=True, slots=True)
class Job:
    """Entries to be asked for together, and what goes with them."""

    entries: tuple[Entry, ...]
    request: Request
    """Its passages are the entries, in order, with the ids 1, 2 …"""
    protected: tuple[Protected, ...]
    document: Document
    indexes: tuple[int, ...]
    """Where the entries stand in ``document.units``."""
    settled: set[str] = field(default_factory=set)
    """Ids of entries that have an outcome."""


def protected(text: str, matcher: Matcher, language: str) -> Protected:
    """Return the source ``text`` with its marks; kept terms of the glossary are among them."""
    hits = [hit for hit in matcher.find(text, language) if hit.term.keep]
    return marks.protect(text, [(hit.start, hit.end) for hit in hits])


def jobs(
    document: Document,
    catalog: Catalog,
    entries: Sequence[Entry],
    matcher: Matcher,
    manners: Manners,
) -> Iterator[Job]:
    """Give the jobs for ``entries``, which are live ones of ``catalog``, in article order.

    A job holds entries of one section that follow one another, as many as ``manners`` say. The
    catalog must be up to ``document``.
    """
    place = {
        entry.id: index
        for entry, index in zip(
            catalog.live,
            (i for i, unit in enumerate(document.units) if unit.translatable),
            strict=True,
        )
    }
    title = next(
        (e.source for e in catalog.live if e.kind is Kind.FIELD and e.path[:1] == ("title",)), ""
    )
    live = list(catalog.live)
    for group in _groups(entries, 1 if manners.brief else manners.batch):
        texts = [protected(entry.source, matcher, catalog.source_language) for entry in group]
        first, last = live.index(group[0]), live.index(group[-1])
        passages = tuple(
            _passage(str(i), entry, each.text)
            for i, (entry, each) in enumerate(zip(group, texts, strict=True), 1)
        )
        request = Request(
            catalog.source_language,
            catalog.target_language,
            passages,
            title=title,
            section=() if group[0].kind is Kind.FIELD else group[0].path,
            terms=_terms(group, matcher, catalog.source_language),
            before=_neighbours(live[max(0, first - manners.context) : first]),
            after=_neighbours(live[last + 1 : last + 1 + manners.context]),
            brief=manners.brief,
        )
        indexes = tuple(place[entry.id] for entry in group)
        yield Job(tuple(group), request, tuple(texts), document, indexes)


class Drafter:
    """Asks an engine through the journal, so that nothing is paid twice; counts the usage."""

    def __init__(self, engine: Engine, journal: Journal, now: Callable[[], str]) -> None:
        self._engine = engine
        self._journal = journal
        self._now = now
        self.usage = Usage()

    def draft(self, job: Job) -> Iterator[list[Outcome]]:
        """Give outcomes for the entries of ``job`` as they come, each entry once.

        Raises ``EngineError`` when the engine fails; entries without an outcome are those that
        are not in ``job.settled``.
        """
        waiting = list(range(len(job.entries)))
        best: dict[int, tuple[str, tuple[Fault, ...]]] = {}
        faults: dict[int, tuple[Fault, ...]] = {}
        for attempt in range(1 + self._engine.manners.retries):
            # What went wrong among many is asked again among few.
            size = self._engine.manners.batch if attempt == 0 else max(1, len(waiting) // 4)
            refused: list[int] = []
            for start in range(0, len(waiting), size):
                chunk = waiting[start : start + size]
                good: list[Outcome] = []
                for i, text, wrong in self._asked(job, chunk, faults):
                    if not wrong:
                        good.append(Outcome(job.entries[i], text))
                        job.settled.add(job.entries[i].id)
                        continue
                    faults[i] = wrong
                    refused.append(i)
                    usable = text and not any(fault.fatal for fault in wrong)
                    if usable and (i not in best or len(wrong) < len(best[i][1])):
                        best[i] = (text, wrong)
                yield good
            waiting = refused
            if not waiting:
                return
        for i in waiting:
            job.settled.add(job.entries[i].id)
        yield [
            Outcome(job.entries[i], best[i][0])
            if i in best
            else Outcome(job.entries[i], fault=_reasons(faults[i]))
            for i in waiting
        ]

    def _asked(
        self, job: Job, chunk: Sequence[int], faults: dict[int, tuple[Fault, ...]]
    ) -> Iterator[tuple[int, str, tuple[Fault, ...]]]:
        """Give for each index of ``chunk`` the restored text and what is wrong with it."""
        request = _asked_again(job, chunk, faults)
        try:
            request, answer = self._fitting(request)
        except RequestError as error:
            if len(chunk) == 1:
                wrong: tuple[Fault, ...] = (
                    repair.Fault(Message("{reason}", {"reason": error.fault})),
                )
                yield chunk[0], "", wrong
                return
            half = len(chunk) // 2
            yield from self._asked(job, chunk[:half], faults)
            yield from self._asked(job, chunk[half:], faults)
            return
        reading = repair.read(request, answer)
        for i, passage in zip(chunk, request.passages, strict=True):
            wrong = reading.faults.get(passage.id, ())
            text = reading.texts.get(passage.id, "")
            if not wrong:
                text, wrong = _judged(job, i, passage, text)
            yield i, text, wrong

    def _fitting(self, request: Request) -> tuple[Request, Answer]:
        """Return the answer, and the request that got it: for one passage with less help at need.

        Raises ``RequestError`` when nothing can be left out.
        """
        while True:
            try:
                return request, self._answer(request)
            except TooLongError:
                less = shrink.smaller(request) if len(request.passages) == 1 else None
                if less is None:
                    raise
                request = less

    def _answer(self, request: Request) -> Answer:
        """Return the journal's answer, else the engine's, recorded before anybody uses it."""
        key = self._engine.key(request)
        answer = self._journal.find(key)
        if answer is None:
            answer = retrying.ask(self._engine, request)
            self._journal.record(key, answer, origin=self._engine.origin, time=self._now())
            self.usage += answer.usage
        return answer


def _judged(job: Job, i: int, passage: Passage, text: str) -> tuple[str, tuple[Fault, ...]]:
    """Return the draft with its marks restored, and its faults, of its words and its place."""
    languages = (job.request.source_language, job.request.target_language)
    wrong = tuple(repair.judge(passage, job.protected[i], text, languages))
    if any(fault.fatal for fault in wrong):
        return "", wrong
    target = marks.restore(job.protected[i], text)
    refusals = merge(job.document, {job.indexes[i]: target}).refusals
    return target, (*wrong, *(repair.Fault(each.reason) for each in refusals))


def _asked_again(job: Job, chunk: Sequence[int], faults: dict[int, tuple[Fault, ...]]) -> Request:
    """Return the request for ``chunk``, with what was wrong with each last answer."""
    passages = tuple(
        replace(
            job.request.passages[i],
            id=str(n),
            faults=tuple(str(fault.message) for fault in faults.get(i, ())),
        )
        for n, i in enumerate(chunk, 1)
    )
    return replace(job.request, passages=passages)


def _reasons(faults: Sequence[Fault]) -> Message:
    reasons = "; ".join(str(fault.message) for fault in faults)
    return Message(REFUSED, {"reasons": reasons})


def _groups(entries: Sequence[Entry], size: int) -> Iterator[list[Entry]]:
    """Give runs of entries of one section, at most ``size`` long."""
    group: list[Entry] = []
    for entry in entries:
        if group and (len(group) >= size or _section(entry) != _section(group[0])):
            yield group
            group = []
        group.append(entry)
    if group:
        yield group


def _section(entry: Entry) -> tuple[str, ...] | None:
    """Return the headings ``entry`` stands under; a heading belongs to the section it opens."""
    if entry.kind is Kind.FIELD:
        return None
    return (*entry.path, entry.source) if entry.kind is Kind.HEADING else entry.path


def _passage(number: str, entry: Entry, text: str) -> Passage:
    key = ".".join(entry.path) if entry.kind is Kind.FIELD else ""
    notes = tuple(note.partition(": ")[2] or note for note in entry.notes)
    rejected = entry.target.time if not entry.target.text else ""
    return Passage(number, entry.kind, text, key, (*entry.author_notes, *notes), turn=rejected)


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
