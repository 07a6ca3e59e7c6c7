"""Which units wait for a draft in which article, and which of them need no engine."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bilingual.catalog.history import is_declined
from bilingual.catalog.origin import MACHINES
from bilingual.catalog.update import update
from bilingual.checks import registry
from bilingual.model import State
from bilingual.prompting import marks
from bilingual.workflow.check import check
from bilingual.workflow.drafting.jobs import jobs, protected
from bilingual.workflow.drafting.redo import named, needs_findings
from bilingual.workflow.drafting.work import Outcome, PendingArticle, is_rejected

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from bilingual.glossary.match import Matcher
    from bilingual.model import Article, Catalog, Entry, Unit
    from bilingual.newsroom import Newsroom
    from bilingual.workflow.drafting.resources import NewsroomResources
    from bilingual.workflow.drafting.work import Job

COPIED = "mt:copy/source"
"""Origin of a target that is its source: all of it is marks, nothing is left to translate."""


def pending(
    newsroom: Newsroom, slugs: Sequence[str] = (), redo: Sequence[str] = (), *, save: bool
) -> list[PendingArticle]:
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
    again = _named(newsroom, found, slugs, redo)
    return [
        _pending(article, catalog, again.get(article.slug, frozenset()))
        for article, catalog in found
    ]


def _updated(catalog: Catalog, units: Sequence[Unit]) -> Catalog:
    return update(catalog, units).catalog


def _named(
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


def _pending(article: Article, catalog: Catalog, redo: frozenset[str]) -> PendingArticle:
    entries = tuple(entry for entry in catalog.live if open_to_draft(entry, redo))
    stale = sum(entry.target.stale for entry in catalog.live)
    again = frozenset(entry.id for entry in entries if entry.id in redo and entry.target.text)
    waiting = stale - sum(entry.target.stale for entry in entries)
    return PendingArticle(article, catalog.target_language, catalog, entries, waiting, again)


def open_to_draft(entry: Entry, redo: Collection[str] = ()) -> bool:
    """Return True when a machine may write the target of ``entry``."""
    target = entry.target
    if entry.obsolete:
        return False
    if entry.id in redo or (target.state is State.INITIAL and not target.text):
        return True
    machine = target.state is State.TRANSLATED and target.origin.startswith(MACHINES)
    return target.stale and machine


def without_engine(article: PendingArticle, resources: NewsroomResources) -> Iterator[Outcome]:
    """Yield outcomes for the entries of ``article`` that an engine has nothing to add to."""
    resources.look_up(article)
    for entry in article.entries:
        for text, origin in _targets(article, entry, resources):
            if not is_declined(entry, text):
                yield Outcome(entry, text, origin=origin)
                break


def _targets(
    article: PendingArticle, entry: Entry, resources: NewsroomResources
) -> Iterator[tuple[str, str]]:
    """Yield the targets, with their origins, that ``entry`` may have without an engine."""
    if entry.id not in article.redo:
        if (found := resources.approved_elsewhere(article, entry)) is not None:
            yield found
        if not has_words(entry, resources.matcher, article.article.language):
            yield entry.source, COPIED
    rejected = is_rejected(entry, article.redo)
    if not rejected and (rest := resources.remainder(article, entry)) is not None:
        yield rest


def engine_jobs(
    newsroom: Newsroom,
    article: PendingArticle,
    done: Collection[str],
    resources: NewsroomResources,
) -> Iterator[Job]:
    """Yield the jobs of ``article`` for an engine: all entries but those with an id in ``done``."""
    entries = [entry for entry in article.entries if entry.id not in done]
    if entries:
        document = newsroom.document(article.article)
        yield from jobs(document, article.catalog, entries, resources, article.redo)


def has_words(entry: Entry, matcher: Matcher, language: str) -> bool:
    """Return True when ``entry`` has something to translate other than marks."""
    text = marks.MARK.sub("", protected(entry.source, matcher, language).text)
    return any(each.isalpha() for each in text)
