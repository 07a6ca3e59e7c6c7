"""What waits for a draft in which article, and what needs no engine."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from bilingual.catalog.history import is_declined
from bilingual.catalog.origin import MACHINES
from bilingual.catalog.update import update
from bilingual.checks import registry
from bilingual.model import State
from bilingual.prompting import marks
from bilingual.workflow.check import check
from bilingual.workflow.drafting.drafter import Outcome
from bilingual.workflow.drafting.jobs import another, jobs, protected
from bilingual.workflow.drafting.redo import named, needs_findings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from bilingual.glossary.match import Matcher
    from bilingual.model import Article, Catalog, Entry, Unit
    from bilingual.newsroom import Newsroom
    from bilingual.workflow.drafting.jobs import Helps, Job
    from bilingual.workflow.drafting.resources import Resources

COPIED = "mt:copy/source"
"""Origin of a target that is its source: all of it is marks, nothing is left to translate."""


@dataclass(frozen=True, slots=True)
class Work:
    """What waits in one article."""

    article: Article
    language: str
    catalog: Catalog
    entries: tuple[Entry, ...]
    waiting: int
    """Stale units whose target a person made: left for a person."""

    redo: frozenset[str] = frozenset()
    """Ids among ``entries`` that have a target which shall be made anew."""


def works(
    newsroom: Newsroom, slugs: Sequence[str] = (), redo: Sequence[str] = (), *, save: bool
) -> list[Work]:
    """Return what waits in the articles ``slugs`` (all when empty), by catalogs up to them.

    The catalogs are brought up to their articles, on disk if ``save``. ``redo`` are words as
    ``redo.named`` reads them. Raises ``UsageError`` for a word or a slug that names nothing.
    """
    found: list[tuple[Article, Catalog]] = []
    for article in newsroom.articles(slugs):
        language = newsroom.target_language(article)
        units = newsroom.document(article).units
        if save:
            catalog = newsroom.change(article, language, partial(_updated, units=units))
        else:
            catalog = _updated(newsroom.catalog(article.slug, language), units)
        found.append((article, catalog))
    again = _again(newsroom, found, slugs, redo)
    return [
        _work(article, catalog, again.get(article.slug, frozenset())) for article, catalog in found
    ]


def _updated(catalog: Catalog, units: Sequence[Unit]) -> Catalog:
    return update(catalog, units).catalog


def _again(
    newsroom: Newsroom,
    found: Sequence[tuple[Article, Catalog]],
    slugs: Sequence[str],
    words: Sequence[str],
) -> dict[str, frozenset[str]]:
    if not words:
        return {}
    rules = registry.rules()
    findings = check(newsroom, slugs).findings if needs_findings(words, rules) else ()
    return named([catalog for _, catalog in found], findings, words, rules=rules)


def _work(article: Article, catalog: Catalog, redo: frozenset[str]) -> Work:
    entries = tuple(entry for entry in catalog.live if open_to_draft(entry, redo))
    stale = sum(entry.target.stale for entry in catalog.live)
    again = frozenset(entry.id for entry in entries if entry.id in redo and entry.target.text)
    theirs = stale - sum(entry.target.stale for entry in entries)
    return Work(article, catalog.target_language, catalog, entries, theirs, again)


def open_to_draft(entry: Entry, redo: Collection[str] = ()) -> bool:
    """Return True when a machine may write the target of ``entry``."""
    target = entry.target
    if entry.obsolete:
        return False
    if entry.id in redo or (target.state is State.INITIAL and not target.text):
        return True
    machine = target.state is State.TRANSLATED and target.origin.startswith(MACHINES)
    return target.stale and machine


def without_engine(work: Work, helping: Resources) -> Iterator[Outcome]:
    """Give outcomes for the entries of ``work`` that an engine has nothing to add to."""
    helping.look_up(work)
    for entry in work.entries:
        for text, origin in _given(work, entry, helping):
            if not is_declined(entry, text):
                yield Outcome(entry, text, origin=origin)
                break


def _given(work: Work, entry: Entry, helping: Resources) -> Iterator[tuple[str, str]]:
    """Give the targets, with their origins, that ``entry`` may have without an engine."""
    if entry.id not in work.redo:
        if (known := helping.known(work, entry)) is not None:
            yield known
        if not has_words(entry, helping.helps.matcher, work.article.language):
            yield entry.source, COPIED
    if not another(entry, work.redo) and (part := helping.part(work, entry)) is not None:
        yield part


def engine_jobs(
    newsroom: Newsroom, work: Work, done: Collection[str], helps: Helps
) -> Iterator[Job]:
    """Give the jobs of ``work`` for an engine: all its entries but those with an id in ``done``."""
    entries = [entry for entry in work.entries if entry.id not in done]
    if entries:
        document = newsroom.document(work.article)
        yield from jobs(document, work.catalog, entries, helps, work.redo)


def has_words(entry: Entry, matcher: Matcher, language: str) -> bool:
    """Return True when something is left to translate beside marks."""
    text = marks.MARK.sub("", protected(entry.source, matcher, language).text)
    return any(each.isalpha() for each in text)
