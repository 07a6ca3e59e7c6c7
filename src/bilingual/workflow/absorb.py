"""Absorb an edited target article into its catalog, unit by unit."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bilingual.catalog.history import replace_target
from bilingual.catalog.pairing import Pairing, pair
from bilingual.catalog.update import update
from bilingual.errors import ContentError, RefusedError
from bilingual.model import State, Target, msg
from bilingual.workflow.publishing.same_structure import require_same_structure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from bilingual.markdown.document import Document
    from bilingual.model import Article, Catalog
    from bilingual.newsroom import Newsroom

PROSE = 40
"""A unit with at least this many code points of source is a sentence, not a name or a number."""


@dataclass(frozen=True, slots=True)
class AbsorbResult:
    """The ids of the units by what an edited target article changed."""

    slug: str
    language: str
    changed: tuple[str, ...] = ()
    """Units with a new target, now reviewed."""
    unchanged: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    """Units without a target: the file has them in the source language."""


def absorb(  # noqa: PLR0913 - reviewer, time and path are independent
    newsroom: Newsroom, slug: str, text: str, reviewer: str, time: str, *, path: str = ""
) -> AbsorbResult:
    """Absorb ``text``, the complete target article of ``slug``, into the catalog.

    A unit whose text differs from the catalog's gets it as its target: state ``reviewed``, origin
    ``human:<reviewer>``. Unchanged units keep state, origin and notes. A unit without a target
    whose text equals its source counts as translated only where the file has no sentence in the
    source language (names and numbers are often the same in both). ``time`` is UTC, ISO 8601 to
    the second; ``path`` names the file in errors.

    In a published file, what publishing added is ignored, and only lines that differ from the
    published ones count: later changes of the catalog are kept.

    Raises ``RefusedError`` with the line where the file's structure differs from the source's,
    where it changes what is not translated, or when it is the version in the source language, and
    ``ContentError`` for invalid front matter. Nothing is written then.
    """
    from bilingual.markdown.segment import segment  # noqa: PLC0415 - the parser loads slowly
    from bilingual.workflow.publishing import published_edits as files  # noqa: PLC0415

    article = newsroom.article(slug)
    language = newsroom.target_language(article)
    document = newsroom.document(article)
    keys = newsroom.config.markdown.keys
    changed: set[int] | None = None
    try:
        _require_target_language(text, article, newsroom, path)
        if _is_published(text):
            found = files.changed_lines(newsroom, slug, language, text)
            if found is not None:
                changed = {line for each in found for line in range(each.start, each.end)}
            text = files.source_form(newsroom, article, text)
        edited = segment(text, keys=keys)
    except ContentError as error:
        raise ContentError(error.problem, path=path, line=error.line, hint=error.hint) from error
    template = Target("", State.REVIEWED, f"human:{reviewer}", reviewer, time)
    absorbed: list[AbsorbResult] = []

    def take(catalog: Catalog) -> Catalog:
        current = update(replace(catalog, path=article.path), document.units).catalog
        pairing = pair(current, document.units)
        laid = _target_article(document, pairing, keys)
        require_same_structure(document, edited, laid, path)
        targets = _targets(
            edited, pairing, template, changed, _current_texts(document, pairing, laid)
        )
        _require_mergeable(document, edited, targets, path)
        new = {
            entry.id: replace_target(entry, targets[index])
            for index, _, entry in pairing.pairs()
            if index in targets
        }
        entries = tuple(new.get(entry.id, entry) for entry in current.entries)
        live = [entry for entry in entries if not entry.obsolete]
        absorbed.append(
            AbsorbResult(
                slug,
                language,
                changed=tuple(new),
                unchanged=tuple(e.id for e in live if e.id not in new and e.target.text),
                missing=tuple(entry.id for entry in live if not entry.target.text),
            )
        )
        return replace(current, entries=entries)

    newsroom.change(article, language, take)
    return absorbed[0]


def _is_published(text: str) -> bool:
    """Return True for a published file, whose front matter has the keys of a pair."""
    from bilingual.markdown.front_matter import fields  # noqa: PLC0415

    front = fields(text)
    return "lang" in front and isinstance(front.get("translations"), dict)


def _require_target_language(text: str, article: Article, newsroom: Newsroom, path: str) -> None:
    """Raise ``RefusedError`` when ``text`` is the article in its source language."""
    from bilingual.markdown.front_matter import fields  # noqa: PLC0415

    is_source = _is_published(text) and fields(text).get("lang") == article.language
    if is_source or (path not in ("", "-") and same_file(path, newsroom.root / article.path)):
        raise RefusedError(
            msg("this is the source article ({language})", language=article.language),
            path=path,
            hint=msg(
                "edit {path} and run `bilingual segment {slug}`",
                path=article.path,
                slug=article.slug,
            ),
        )


def same_file(path: str, other: Path) -> bool:
    """Return True when ``path``, relative to the working directory, is the file ``other``."""
    try:
        return other.samefile(path)
    except OSError:
        return False


def _targets(
    edited: Document,
    pairing: Pairing,
    template: Target,
    changed: set[int] | None,
    shown: Mapping[int, str],
) -> dict[int, Target]:
    """Return the new target of each unit (by index) whose text differs from the catalog's.

    Only the lines ``changed`` of ``edited`` count; all when None. ``shown`` is the text of each
    unit in the target article that the catalog makes.
    """
    all_translated = not any(
        len(unit.source) >= PROSE and edited.units[index].source == unit.source
        for index, unit, entry in pairing.pairs()
        if not entry.target.text
    )
    found: dict[int, Target] = {}
    for index, unit, entry in pairing.pairs():
        if changed is not None and changed.isdisjoint(_lines(edited, index)):
            continue
        text = unicodedata.normalize("NFC", edited.units[index].source)
        if text in (entry.target.text, shown.get(index)):
            continue
        if (
            text == unit.source
            and not entry.target.approved
            and not (all_translated and not entry.target.text)
        ):
            continue  # the source is shown where no target is approved
        found[index] = replace(template, text=text)
    return found


def _lines(edited: Document, index: int) -> range:
    """Return the line numbers of a unit."""
    place = edited.units[index].position
    return range(place.line, edited.text.count("\n", 0, place.end) + 2)


def _current_texts(document: Document, pairing: Pairing, current: Document) -> dict[int, str]:
    """Return each unit's text in ``current``, the target article of the catalog.

    Merging may escape a target, so only the text read back can be compared with an edited file.
    """
    from bilingual.markdown.merge import merge  # noqa: PLC0415

    targets = {i: entry.target.text for i, _, entry in pairing.pairs() if entry.target.text}
    if not targets:
        return {}
    units = current.units
    if len(units) != len(document.units):
        return {}
    refused = {refusal.index for refusal in merge(document, targets).refusals}
    return {index: units[index].source for index in targets if index not in refused}


def _target_article(document: Document, pairing: Pairing, keys: Sequence[str]) -> Document:
    """Return the target article that the catalog makes, with drafts, segmented."""
    from bilingual.markdown.merge import merge  # noqa: PLC0415
    from bilingual.markdown.segment import segment  # noqa: PLC0415

    targets = {i: entry.target.text for i, _, entry in pairing.pairs() if entry.target.text}
    if not targets:
        return document
    return segment(merge(document, targets).text, keys=keys)


def _require_mergeable(
    document: Document, edited: Document, targets: dict[int, Target], path: str
) -> None:
    """Raise ``RefusedError`` when a new target cannot be merged."""
    from bilingual.markdown.merge import merge  # noqa: PLC0415

    for refusal in merge(document, {i: each.text for i, each in targets.items()}).refusals:
        raise RefusedError(
            refusal.reason, path=path, line=edited.units[refusal.index].position.line
        )
