"""Find edits that somebody made in the Markdown files of a published pair."""

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
from bilingual.publish.markdown import FOLDER, document, name, undo_publishing
from bilingual.publish.output import record
from bilingual.workflow.merge import merge_pairing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bilingual.model import Article
    from bilingual.newsroom import Newsroom
    from bilingual.publish.output.record import EditedLine


@dataclass(frozen=True, slots=True)
class PublishedEdit:
    """A line of a published file that is neither as published nor as the newsroom has it now."""

    slug: str
    language: str
    path: str
    line: int
    text: str
    """The beginning of the current line; empty where lines were removed."""
    source: str = ""
    """The article's file, when this is the version in the source language; else empty."""


def published_path(newsroom: Newsroom, slug: str, language: str) -> str:
    """Return the path of the published version of ``slug`` in ``language``."""
    return f"{newsroom.config.publish.output}/{FOLDER}/{slug}/{name(language)}"


def published_text(newsroom: Newsroom, slug: str, language: str) -> str | None:
    """Return the published text of ``slug`` in ``language``, None when there is none.

    Raises ``ContentError`` when the file is not text.
    """
    path = published_path(newsroom, slug, language)
    try:
        return reading.text(reading.read(newsroom.root / path, path), path)
    except FileNotFoundError:
        return None


def changed_lines(
    newsroom: Newsroom, slug: str, language: str, text: str
) -> tuple[EditedLine, ...] | None:
    """Return the lines of ``text`` that differ from the published ones; None without a record.

    With an invalid record all lines count as changed.
    """
    file = newsroom.root / published_path(newsroom, slug, language)
    try:
        content = (file.parent / record.NAME).read_text("utf-8", errors="replace")
    except OSError:
        return None
    return tuple(record.changes(record.parse(content).get(file.name, ()), text))


def find_edits(newsroom: Newsroom, article: Article) -> tuple[PublishedEdit, ...]:
    """Return the edits of both published files of ``article``, by file and line.

    A line that differs only because of later changes of the catalog or the article is not an
    edit, nor is one that the catalog has absorbed.
    """
    found: list[PublishedEdit] = []
    for language in newsroom.config.newsroom.languages:
        text = published_text(newsroom, article.slug, language)
        if text is None:
            continue
        changed = changed_lines(newsroom, article.slug, language, text)
        if changed:
            path = published_path(newsroom, article.slug, language)
            found += _edits(newsroom, article, text, changed, path)
    return tuple(found)


def differences(
    newsroom: Newsroom, article: Article, text: str, path: str
) -> tuple[PublishedEdit, ...]:
    """Return where ``text``, any target article, differs from what the catalog makes.

    ``path`` is its file.
    """
    language = newsroom.target_language(article)
    if path == published_path(newsroom, article.slug, language):
        changed = changed_lines(newsroom, article.slug, language, text)
        if changed is not None:
            return tuple(_edits(newsroom, article, text, changed, path))
    now = expected_text(newsroom, article, language)
    plain = both_versions(newsroom, article).texts[language]
    candidates = [tuple(record.changes(record.digests(each), text)) for each in (now, plain)]
    changed = min(candidates, key=lambda each: sum(one.end - one.start + 1 for one in each))
    return tuple(_edits(newsroom, article, text, changed, path))


def both_versions(newsroom: Newsroom, article: Article) -> Pair:
    """Return both versions of ``article`` as article and catalog make them, with drafts."""
    language = newsroom.target_language(article)
    cut = newsroom.document(article)
    pairing = pair(newsroom.catalog(article.slug, language), cut.units)
    target = merge_pairing(cut, pairing, slug=article.slug, language=language, drafts=True)
    texts = {article.language: article.text, language: target.text}
    return Pair(article.slug, article.language, texts, folder=article.path.rpartition("/")[0])


def expected_text(newsroom: Newsroom, article: Article, language: str) -> str:
    """Return what publishing ``article`` now would write to its file in ``language``."""
    folder = newsroom.root / newsroom.config.publish.output / FOLDER
    slugs = {each.name for each in folder.iterdir()} if folder.is_dir() else set()
    both = both_versions(newsroom, article)
    return document(both, language, slugs | {article.slug}, newsroom.config.publish.anchors)


def source_form(newsroom: Newsroom, article: Article, text: str) -> str:
    """Return the published ``text`` of ``article`` with links and anchors as its author wrote them.

    Lines keep their numbers; the front-matter keys that publishing added are kept.
    """
    ids = [each for _, each in anchors.anchors(article.text)]
    return undo_publishing(text, ids, _source_language(newsroom, article))


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
    own = path == published_path(newsroom, article.slug, article.language)
    language = article.language if own else newsroom.target_language(article)
    now = expected_text(newsroom, article, language)
    known = set(record.digests(now)) - set(record.digests(""))
    same = _unchanged_lines(newsroom, text, now)
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


def _unchanged_lines(newsroom: Newsroom, text: str, now: str) -> dict[int, bool]:
    """Return for each line of ``text`` with units whether they have the same text in ``now``.

    Empty when the two do not have the same kinds of units.
    """
    keys = newsroom.config.markdown.keys
    try:
        units, others = segment(text, keys=keys).units, segment(now, keys=keys).units
    except ContentError:
        return {}
    if [unit.kind for unit in units] != [unit.kind for unit in others]:
        return {}
    lines: dict[int, bool] = {}
    for unit, other in zip(units, others, strict=True):
        same = unit.source == other.source
        last = text.count("\n", 0, unit.position.end) + 1
        for line in range(unit.position.line, last + 1):
            lines[line] = lines.get(line, True) and same
    return lines
