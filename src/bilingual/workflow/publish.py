"""Publish: check the gate for every article, then write all targets at once, in both languages.

The output is a function of the newsroom: it has every pair that passes the gate, and every draft
requested in this run. A pair that does not pass keeps its published version, if there is one; a
draft of an earlier run is removed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bilingual.catalog.pairing import pair
from bilingual.errors import ContentError
from bilingual.markdown.anchors import anchors
from bilingual.markdown.front_matter import fields
from bilingual.model import N_, Message, Pair, State
from bilingual.publish import base
from bilingual.publish.gate import Obstacle, gate
from bilingual.publish.markdown import FOLDER, name
from bilingual.publish.output import atomic_folder
from bilingual.publish.page.anchor import remove_anchors
from bilingual.publish.page.article import version
from bilingual.workflow.check import check
from bilingual.workflow.merge import merge_pairing
from bilingual.workflow.publishing.published_edits import find_edits

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from bilingual.model import Article, Finding
    from bilingual.newsroom import Newsroom

RECORD = "markdown"
"""The target that is always built: its files record what is published."""

EDITED = N_("the published file was edited here; run `bilingual absorb {slug} {path}`")
EDITED_SOURCE = N_("the published file was edited here; make the edit in {source} instead")
EMPTY = N_("the article is empty")
MISSING_IMAGE = N_("the image {image} is not there, or not among the articles")


@dataclass(frozen=True, slots=True)
class BlockedArticle:
    """A requested pair that is not published."""

    slug: str
    path: str
    """The article's file."""
    language: str
    """The target language."""
    obstacles: tuple[Obstacle, ...]
    kept: bool = False
    """True when the published version is kept."""


@dataclass(frozen=True, slots=True)
class PublishResult:
    """The result of publishing. Nothing is written when neither pairs nor drafts are accepted."""

    published: tuple[str, ...] = ()
    """Slugs of the pairs that passed the gate."""
    drafts: tuple[str, ...] = ()
    """Slugs of the pairs that were built as drafts."""
    refused: tuple[BlockedArticle, ...] = ()
    waiting: tuple[str, ...] = ()
    """Slugs of pairs that were not requested by name and are not ready."""
    kept: tuple[str, ...] = ()
    """Slugs of refused or waiting pairs whose published version is kept."""
    output: str = ""
    """The output folder, relative to the newsroom; empty when nothing was written."""
    files: int = 0
    """The number of written files."""

    @property
    def ok(self) -> bool:
        """True when no requested pair was refused."""
        return not self.refused


@dataclass(frozen=True, slots=True)
class AssessedArticle:
    """An article, its pair as it would be published, and the obstacles to publishing it."""

    article: Article
    pair: Pair
    obstacles: tuple[Obstacle, ...]
    complete: bool
    """True when every unit has a target, approved or not."""


def publish(
    newsroom: Newsroom, slugs: Sequence[str] = (), *, draft: bool = False, today: date
) -> PublishResult:
    """Publish every pair that passes the gate; the pairs ``slugs`` must pass.

    Without ``slugs`` every completely translated article must pass. With ``draft``, requested pairs
    that do not pass are built as drafts, marked as such in both languages, instead of being
    refused. Nothing of a refused pair is written; the others are published. Nothing at all is
    written when every requested pair is refused, or while a published file has an edit that is not
    in the newsroom, for the folder is replaced and the edit would be lost.

    Raises ``UsageError`` for an unknown slug, ``ContentError`` for an unreadable article or catalog
    that must pass, ``ConfigurationError`` for an unknown target, ``StorageError`` when the output
    cannot be written; it is unchanged then.
    """
    asked = {article.slug for article in newsroom.articles(slugs)} if slugs else set()
    names = dict.fromkeys((RECORD, *newsroom.config.publish.targets))
    targets = [base.target(each) for each in names]
    assessed, unreadable = _assess_all(newsroom, asked, today)

    place = newsroom.root / newsroom.config.publish.output
    with newsroom.lock(newsroom.config.publish.output):
        atomic_folder.recover(place)
        overwritten = _blocked_by_edits(newsroom, assessed)
        if overwritten:
            return PublishResult(refused=overwritten)
        slugs_in_order = [*(each.article.slug for each in assessed), *unreadable]
        before = {slug: old for slug in slugs_in_order if (old := _published_pair(newsroom, slug))}
        passing = [each for each in assessed if not each.obstacles]
        blocked = [each for each in assessed if each.obstacles]
        requested = [each for each in blocked if not slugs or each.article.slug in asked]
        drafts = requested if draft else []
        refused = [] if draft else [each for each in requested if slugs or each.complete]
        drafted = {each.article.slug for each in drafts}
        waiting = [
            each.article.slug for each in blocked if each not in refused and each not in drafts
        ]
        waiting += unreadable
        not_new = [*(each.article.slug for each in blocked), *unreadable]
        kept = [before[slug] for slug in not_new if slug in before and slug not in drafted]
        result = PublishResult(
            drafts=tuple(each.article.slug for each in drafts),
            refused=tuple(_blocked(each, before) for each in refused),
            waiting=tuple(waiting),
            kept=tuple(old.slug for old in kept),
        )
        accepted = [each for each in passing if not slugs or each.article.slug in asked]
        if not accepted and not drafts:
            return result
        pairs = [each.pair for each in passing]
        pairs += [replace(each.pair, draft=True) for each in drafts]
        edition = _edition(newsroom, [*pairs, *kept], today)
        files = (file for target in targets for file in target.plan(edition))
        count = atomic_folder.write(files, place)
    return replace(
        result,
        published=tuple(each.article.slug for each in passing),
        output=newsroom.config.publish.output,
        files=count,
    )


def _blocked_by_edits(
    newsroom: Newsroom, assessed: Iterable[AssessedArticle]
) -> tuple[BlockedArticle, ...]:
    """Return the pairs whose published files have edits that would be lost."""
    refused: list[BlockedArticle] = []
    for each in assessed:
        files: dict[tuple[str, str], list[Obstacle]] = {}
        for edit in find_edits(newsroom, each.article):
            reason = (
                Message(EDITED_SOURCE, {"source": edit.source})
                if edit.source
                else Message(EDITED, {"slug": edit.slug, "path": edit.path})
            )
            obstacles = files.setdefault((edit.path, edit.language), [])
            obstacles.append(Obstacle(reason, line=edit.line, excerpt=edit.text))
        refused += [
            BlockedArticle(each.article.slug, path, language, tuple(found), kept=True)
            for (path, language), found in files.items()
        ]
    return tuple(refused)


def _assess_all(
    newsroom: Newsroom, asked: Collection[str], today: date
) -> tuple[list[AssessedArticle], list[str]]:
    """Return all articles with their obstacles, and the slugs of those that cannot be read.

    An unreadable article that was not requested does not stop the others.
    """
    articles: list[Article] = []
    unreadable: list[str] = []
    for slug in newsroom.slugs():
        try:
            article = newsroom.article(slug)
            newsroom.document(article)
            newsroom.catalog(slug, newsroom.target_language(article))
        except ContentError:
            if not asked or slug in asked:
                raise
            unreadable.append(slug)
        else:
            articles.append(article)
    slugs = [article.slug for article in articles]
    findings = check(newsroom, slugs).findings if slugs else ()
    return [_assess(newsroom, article, findings, today) for article in articles], unreadable


def _assess(
    newsroom: Newsroom, article: Article, findings: Iterable[Finding], today: date
) -> AssessedArticle:
    language = newsroom.target_language(article)
    document = newsroom.document(article)
    pairing = pair(newsroom.catalog(article.slug, language), document.units)
    laid = merge_pairing(document, pairing, slug=article.slug, language=language, drafts=True)
    both = Pair(
        article.slug,
        article.language,
        {article.language: article.text, language: laid.text},
        folder=article.path.rpartition("/")[0],
    )
    obstacles = gate(
        [entry for _, _, entry in pairing.pairs()],
        [finding for finding in findings if finding.slug == article.slug],
        slug=article.slug,
        current=pairing.current,
        lines={entry.id: unit.position.line for _, unit, entry in pairing.pairs()},
        refusals={unplaced.entry.id: unplaced.reason for unplaced in laid.refused},
    )
    pictures = [
        Obstacle(Message(MISSING_IMAGE, {"image": image}), line=_line(article.text, image))
        for image in _missing_images(newsroom, both, today)
    ]
    # An interrupted copy leaves an empty file, whose page would replace the published one.
    empty = () if article.text.strip() else (Obstacle(Message(EMPTY)),)
    complete = all(entry.target.state is not State.INITIAL for _, _, entry in pairing.pairs())
    return AssessedArticle(article, both, (*empty, *obstacles, *pictures), complete)


def _missing_images(newsroom: Newsroom, both: Pair, today: date) -> list[str]:
    edition = _edition(newsroom, [both], today)
    missing: dict[str, None] = {}
    for language in edition.languages:
        shown = version(
            both, language, edition, page=lambda slug, _: slug, file=lambda place: place
        )
        missing |= dict.fromkeys(shown.missing)
    return list(missing)


def _line(text: str, words: str) -> int:
    return text.count("\n", 0, max(0, text.find(words))) + 1


def _published_pair(newsroom: Newsroom, slug: str) -> Pair | None:
    """Return the published version of an article, unless it is a draft."""
    languages = newsroom.config.newsroom.languages
    folder = f"{newsroom.config.publish.output}/{FOLDER}/{slug}"
    texts: dict[str, str] = {}
    for language in languages:
        text = _read(newsroom.root / folder / name(language))
        if text is None:
            return None
        texts[language] = text
    try:
        if any(fields(text).get("draft") for text in texts.values()):
            return None
    except ContentError:  # the output was edited and is no longer a record
        return None
    try:
        source = newsroom.source(slug)[1]
    except ContentError:
        source = languages[0]
    ids = [each for _, each in anchors(texts[source])]
    texts = {language: remove_anchors(text, ids) for language, text in texts.items()}
    return Pair(slug, source, texts, folder=folder)


def _read(path: Path) -> str | None:
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return None


def _blocked(assessed: AssessedArticle, before: Mapping[str, Pair]) -> BlockedArticle:
    article = assessed.article
    language = next(each for each in assessed.pair.texts if each != article.language)
    kept = article.slug in before
    return BlockedArticle(article.slug, article.path, language, assessed.obstacles, kept)


def _edition(newsroom: Newsroom, pairs: Sequence[Pair], today: date) -> base.Edition:
    from bilingual.i18n import words  # noqa: PLC0415 — Babel is slow to load

    settings = newsroom.config.newsroom
    words_by_language: dict[str, Callable[[str], str]] = {
        language: words(language, newsroom.root) for language in settings.languages
    }
    return base.Edition(
        pairs=tuple(sorted(pairs, key=lambda each: each.slug)),
        languages=settings.languages,
        words=words_by_language,
        root=newsroom.root,
        today=today,
        name=settings.name,
        url=settings.url,
        anchors=newsroom.config.publish.anchors,
    )
