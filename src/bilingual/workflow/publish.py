"""Publishing: the gate for every article, then all targets at once, both languages or none.

The output is a function of the newsroom: every pair that passes the gate stands in it, and every
draft that this run was asked for. A pair that does not pass keeps the version that was published
before, if there is one; a draft of an earlier run goes.
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
from bilingual.publish.page.anchor import bare
from bilingual.publish.page.article import version
from bilingual.workflow.check import check
from bilingual.workflow.merge import lay
from bilingual.workflow.publishing.published_edits import edits

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from bilingual.model import Article, Finding
    from bilingual.newsroom import Newsroom

RECORD = "markdown"
"""The target that is always made: its files say what is published."""

EDITED = N_("the published file was edited here; run `bilingual absorb {slug} {path}`")
EDITED_SOURCE = N_("the published file was edited here; make the edit in {source} instead")
EMPTY = N_("the article is empty")
MISSING_IMAGE = N_("the image {image} is not there, or not among the articles")


@dataclass(frozen=True, slots=True)
class BlockedArticle:
    """A pair that was asked for and does not publish."""

    slug: str
    path: str
    """The article's file."""
    language: str
    """The target language."""
    obstacles: tuple[Obstacle, ...]
    kept: bool = False
    """True when the version published before stays."""


@dataclass(frozen=True, slots=True)
class PublishResult:
    """What a publish did. It wrote nothing when neither pairs nor drafts were accepted."""

    published: tuple[str, ...] = ()
    """Slugs of the pairs that passed the gate."""
    drafts: tuple[str, ...] = ()
    """Slugs of the pairs that were built as drafts."""
    refused: tuple[BlockedArticle, ...] = ()
    waiting: tuple[str, ...] = ()
    """Slugs that nobody asked for by name and that are not ready."""
    kept: tuple[str, ...] = ()
    """Slugs whose earlier published version stays, refused or waiting."""
    output: str = ""
    """The output folder, relative to the newsroom; empty when nothing was written."""
    files: int = 0
    """How many files were written."""

    @property
    def ok(self) -> bool:
        """True when no pair that was asked for was refused."""
        return not self.refused


@dataclass(frozen=True, slots=True)
class Judged:
    """An article, its pair as it would be published, and what stands in its way."""

    article: Article
    pair: Pair
    obstacles: tuple[Obstacle, ...]
    complete: bool
    """True when every unit has a target, approved or not."""


def publish(
    newsroom: Newsroom, slugs: Sequence[str] = (), *, draft: bool = False, today: date
) -> PublishResult:
    """Publish every pair that passes the gate; ``slugs`` are those that have to.

    Without ``slugs`` every completely translated article has to pass. With ``draft``, those asked
    for that do not pass are built as drafts, marked as such in both languages, instead of being
    refused. A refusal concerns its pair alone: nothing of it is written, and the others publish.
    When everything asked for is refused, nothing at all is written; neither is it while a published
    file holds an edit that the newsroom does not know (see ``edited``), for the folder is replaced
    whole and the edit would be gone.

    Raises ``UsageError`` for an unknown slug, ``ContentError`` for an article or a catalog that
    has to pass and cannot be read, ``ConfigurationError`` for an unknown target, ``StorageError``
    when the output cannot be written; it stays as it was then.
    """
    asked = {article.slug for article in newsroom.articles(slugs)} if slugs else set()
    names = dict.fromkeys((RECORD, *newsroom.config.publish.targets))
    targets = [base.target(each) for each in names]
    judged, unreadable = _judge_all(newsroom, asked, today)

    place = newsroom.root / newsroom.config.publish.output
    with newsroom.lock(newsroom.config.publish.output):
        atomic_folder.recover(place)
        overwritten = _edited(newsroom, judged)
        if overwritten:
            return PublishResult(refused=overwritten)
        here = [*(each.article.slug for each in judged), *unreadable]
        before = {slug: old for slug in here if (old := _published(newsroom, slug))}
        passed = [each for each in judged if not each.obstacles]
        stopped = [each for each in judged if each.obstacles]
        wanted = [each for each in stopped if not slugs or each.article.slug in asked]
        drafts = wanted if draft else []
        refused = [] if draft else [each for each in wanted if slugs or each.complete]
        drafted = {each.article.slug for each in drafts}
        waiting = [
            each.article.slug for each in stopped if each not in refused and each not in drafts
        ]
        waiting += unreadable
        not_new = [*(each.article.slug for each in stopped), *unreadable]
        kept = [before[slug] for slug in not_new if slug in before and slug not in drafted]
        result = PublishResult(
            drafts=tuple(each.article.slug for each in drafts),
            refused=tuple(_refused(each, before) for each in refused),
            waiting=tuple(waiting),
            kept=tuple(old.slug for old in kept),
        )
        accepted = [each for each in passed if not slugs or each.article.slug in asked]
        if not accepted and not drafts:
            return result
        pairs = [each.pair for each in passed]
        pairs += [replace(each.pair, draft=True) for each in drafts]
        edition = _edition(newsroom, [*pairs, *kept], today)
        files = (file for target in targets for file in target.plan(edition))
        count = atomic_folder.write(files, place)
    return replace(
        result,
        published=tuple(each.article.slug for each in passed),
        output=newsroom.config.publish.output,
        files=count,
    )


def _edited(newsroom: Newsroom, judged: Iterable[Judged]) -> tuple[BlockedArticle, ...]:
    """Return the pairs whose published files hold edits that would be lost."""
    refused: list[BlockedArticle] = []
    for each in judged:
        files: dict[tuple[str, str], list[Obstacle]] = {}
        for edit in edits(newsroom, each.article):
            said = (
                Message(EDITED_SOURCE, {"source": edit.source})
                if edit.source
                else Message(EDITED, {"slug": edit.slug, "path": edit.path})
            )
            obstacles = files.setdefault((edit.path, edit.language), [])
            obstacles.append(Obstacle(said, line=edit.line, excerpt=edit.text))
        refused += [
            BlockedArticle(each.article.slug, path, language, tuple(found), kept=True)
            for (path, language), found in files.items()
        ]
    return tuple(refused)


def _judge_all(
    newsroom: Newsroom, asked: Collection[str], today: date
) -> tuple[list[Judged], list[str]]:
    """Return all articles judged, and the slugs of those that cannot be read.

    A broken article that nobody asked for does not stop the others.
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
    return [_judge(newsroom, article, findings, today) for article in articles], unreadable


def _judge(
    newsroom: Newsroom, article: Article, findings: Iterable[Finding], today: date
) -> Judged:
    language = newsroom.target_language(article)
    document = newsroom.document(article)
    pairing = pair(newsroom.catalog(article.slug, language), document.units)
    laid = lay(document, pairing, slug=article.slug, language=language, drafts=True)
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
    # A copy that was interrupted leaves such a file: its page would replace the one that stands.
    empty = () if article.text.strip() else (Obstacle(Message(EMPTY)),)
    complete = all(entry.target.state is not State.INITIAL for _, _, entry in pairing.pairs())
    return Judged(article, both, (*empty, *obstacles, *pictures), complete)


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


def _published(newsroom: Newsroom, slug: str) -> Pair | None:
    """Return the version of an article that stands in the output, if that is no draft."""
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
    except ContentError:  # someone wrote into the output: it is no record any more
        return None
    try:
        source = newsroom.source(slug)[1]
    except ContentError:
        source = languages[0]
    ids = [each for _, each in anchors(texts[source])]
    texts = {language: bare(text, ids) for language, text in texts.items()}
    return Pair(slug, source, texts, folder=folder)


def _read(path: Path) -> str | None:
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return None


def _refused(judged: Judged, before: Mapping[str, Pair]) -> BlockedArticle:
    article = judged.article
    language = next(each for each in judged.pair.texts if each != article.language)
    kept = article.slug in before
    return BlockedArticle(article.slug, article.path, language, judged.obstacles, kept)


def _edition(newsroom: Newsroom, pairs: Sequence[Pair], today: date) -> base.Edition:
    from bilingual.i18n import words  # noqa: PLC0415 — Babel is slow to load

    settings = newsroom.config.newsroom
    speech: dict[str, Callable[[str], str]] = {
        language: words(language, newsroom.root) for language in settings.languages
    }
    return base.Edition(
        pairs=tuple(sorted(pairs, key=lambda each: each.slug)),
        languages=settings.languages,
        words=speech,
        root=newsroom.root,
        today=today,
        name=settings.name,
        url=settings.url,
        anchors=newsroom.config.publish.anchors,
    )
