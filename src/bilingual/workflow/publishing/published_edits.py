"""Edits of published files: where somebody changed a pair's Markdown behind the catalog's back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bilingual.catalog.pairing import pair
from bilingual.errors import ContentError, UsageError
from bilingual.markdown import anchors
from bilingual.markdown.segment import segment
from bilingual.model import Pair
from bilingual.newsroom import reading
from bilingual.publish.gate import excerpt
from bilingual.publish.markdown import FOLDER, document, name, written
from bilingual.publish.output import record
from bilingual.workflow.merge import lay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bilingual.model import Article
    from bilingual.newsroom import Newsroom
    from bilingual.publish.output.record import EditedLine


@dataclass(frozen=True, slots=True)
class PublishedEdit:
    """One line of a published file that neither was published nor is what the newsroom says."""

    slug: str
    language: str
    path: str
    line: int
    text: str
    """The beginning of the line as it stands; empty where lines were taken out."""
    source: str = ""
    """The article's file, when this is the version in its own language; else empty."""


def place(newsroom: Newsroom, slug: str, language: str) -> str:
    """Return where the version of ``slug`` in ``language`` is published, in the newsroom."""
    return f"{newsroom.config.publish.output}/{FOLDER}/{slug}/{name(language)}"


def published(newsroom: Newsroom, slug: str, language: str) -> str | None:
    """Return the published text of ``slug`` in ``language``, None when there is none.

    Raises ``ContentError`` when the file is no text.
    """
    path = place(newsroom, slug, language)
    try:
        return reading.text(reading.read(newsroom.root / path, path), path)
    except FileNotFoundError:
        return None


def changes(
    newsroom: Newsroom, slug: str, language: str, text: str
) -> tuple[EditedLine, ...] | None:
    """Return where ``text`` is not what was published; None when no record says what was.

    A record that somebody broke says nothing of any line: all of them count as changed.
    """
    file = newsroom.root / place(newsroom, slug, language)
    try:
        said = (file.parent / record.NAME).read_text("utf-8", errors="replace")
    except OSError:
        return None
    return tuple(record.changes(record.parse(said).get(file.name, ()), text))


def edits(newsroom: Newsroom, article: Article) -> tuple[PublishedEdit, ...]:
    """Return the edits of both published files of ``article``, by file and line.

    A line that differs only because the catalog or the article went on since is none, and
    neither is an edit that the catalog has taken back.
    """
    found: list[PublishedEdit] = []
    for language in newsroom.config.newsroom.languages:
        text = published(newsroom, article.slug, language)
        if text is None:
            continue
        changed = changes(newsroom, article.slug, language, text)
        if changed:
            path = place(newsroom, article.slug, language)
            found += _edits(newsroom, article, text, changed, path)
    return tuple(found)


def differences(
    newsroom: Newsroom, article: Article, text: str, path: str
) -> tuple[PublishedEdit, ...]:
    """Return where ``text``, a target article from anywhere, is not what the catalog makes.

    ``path`` names its file.
    """
    language = newsroom.target_language(article)
    if path == place(newsroom, article.slug, language):
        changed = changes(newsroom, article.slug, language, text)
        if changed is not None:
            return tuple(_edits(newsroom, article, text, changed, path))
    now = expected(newsroom, article, language)
    plain = lay_out(newsroom, article).texts[language]
    candidates = [tuple(record.changes(record.digests(each), text)) for each in (now, plain)]
    changed = min(candidates, key=lambda each: sum(one.end - one.start + 1 for one in each))
    return tuple(_edits(newsroom, article, text, changed, path))


def lay_out(newsroom: Newsroom, article: Article) -> Pair:
    """Return both versions of ``article`` as article and catalog make them, drafts included."""
    language = newsroom.target_language(article)
    cut = newsroom.document(article)
    pairing = pair(newsroom.catalog(article.slug, language), cut.units)
    laid = lay(cut, pairing, slug=article.slug, language=language, drafts=True)
    texts = {article.language: article.text, language: laid.text}
    return Pair(article.slug, article.language, texts, folder=article.path.rpartition("/")[0])


def expected(newsroom: Newsroom, article: Article, language: str) -> str:
    """Return what publishing ``article`` now would put into its file in ``language``."""
    folder = newsroom.root / newsroom.config.publish.output / FOLDER
    slugs = {each.name for each in folder.iterdir()} if folder.is_dir() else set()
    both = lay_out(newsroom, article)
    return document(both, language, slugs | {article.slug}, newsroom.config.publish.anchors)


def unpublished(newsroom: Newsroom, article: Article, text: str) -> str:
    """Return the published ``text`` of ``article`` with links and anchors as its author has them.

    Lines keep their numbers; the front-matter keys that publishing added stay.
    """
    ids = [each for _, each in anchors.anchors(article.text)]
    return written(text, ids, _source_language(newsroom, article))


def _source_language(newsroom: Newsroom, article: Article) -> Callable[[str | None], str]:
    def of(slug: str | None) -> str:
        try:
            return article.language if slug is None else newsroom.source(slug)[1]
        except (ContentError, UsageError):
            return ""

    return of


def _edits(
    newsroom: Newsroom,
    article: Article,
    text: str,
    changed: Sequence[EditedLine],
    path: str,
) -> Iterator[PublishedEdit]:
    own = path == place(newsroom, article.slug, article.language)
    language = article.language if own else newsroom.target_language(article)
    now = expected(newsroom, article, language)
    known = set(record.digests(now)) - set(record.digests(""))
    same = _same(newsroom, text, now)
    source = article.path if own else ""
    lines = text.split("\n")
    digests = record.digests(text)
    for change in changed:
        if change.start == change.end and not known.isdisjoint(change.gone):
            line = min(change.start, len(lines))
            yield PublishedEdit(article.slug, language, path, line, "", source)
        for line in range(change.start, change.end):
            words = lines[line - 1].strip()
            if words and not same.get(line, digests[line - 1] in known):
                yield PublishedEdit(article.slug, language, path, line, excerpt(words), source)


def _same(newsroom: Newsroom, text: str, now: str) -> dict[int, bool]:
    """Return for each line of ``text`` that holds units whether they say what they do in ``now``.

    Where the two have not the same units nothing is said.
    """
    keys = newsroom.config.markdown.keys
    try:
        here, there = segment(text, keys=keys).units, segment(now, keys=keys).units
    except ContentError:
        return {}
    if [unit.kind for unit in here] != [unit.kind for unit in there]:
        return {}
    lines: dict[int, bool] = {}
    for unit, other in zip(here, there, strict=True):
        same = unit.source == other.source
        last = text.count("\n", 0, unit.position.end) + 1
        for line in range(unit.position.line, last + 1):
            lines[line] = lines.get(line, True) and same
    return lines
