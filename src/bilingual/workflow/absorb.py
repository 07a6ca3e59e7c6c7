"""An edited target article, taken back into its catalog unit by unit."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bilingual.catalog.history import replaced
from bilingual.catalog.pairing import Pairing, pair
from bilingual.catalog.update import update
from bilingual.errors import ContentError, RefusedError
from bilingual.model import State, Target, msg
from bilingual.workflow.publishing.same_structure import fit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from bilingual.markdown.place import Document
    from bilingual.model import Article, Catalog
    from bilingual.newsroom import Newsroom

PROSE = 40
"""Code points of source from which a unit is a sentence, not a name or a figure."""


@dataclass(frozen=True, slots=True)
class Absorbed:
    """What an edited target article brought."""

    slug: str
    language: str
    changed: tuple[str, ...] = ()
    """Ids of the units that got a new target; each is reviewed now."""
    unchanged: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    """Ids of the units that still have none: the file has them in the source language."""


def absorb(  # noqa: PLR0913 - who, when and from where are three things
    newsroom: Newsroom, slug: str, text: str, reviewer: str, time: str, *, path: str = ""
) -> Absorbed:
    """Take ``text``, the whole target article of ``slug``, back into the catalog.

    A unit whose text differs from what the catalog would put there gets it as its target: state
    ``reviewed``, origin ``human:<reviewer>``. Units that say what they said keep state, origin and
    notes. A unit without a target whose text equals its source is taken for translated only where
    the file leaves no sentence in the source language (names and figures are often the same in
    both). ``time`` is UTC, ISO 8601 to the second; ``path`` names the file in errors.

    Of a published file, what publishing wrote into it is passed over, and only lines that are not
    as they were published count: work in the catalog since then stays.

    Raises ``RefusedError`` with the line in the file where its structure is not the source's,
    where it changes what is not translated, or when it is the version in the source language;
    nothing is written then. Raises ``ContentError`` for broken front matter in it.
    """
    from bilingual.markdown.segment import segment  # noqa: PLC0415 - the parser loads slowly
    from bilingual.workflow.publishing import published_edits as files  # noqa: PLC0415

    article = newsroom.article(slug)
    language = newsroom.target_language(article)
    document = newsroom.document(article)
    keys = newsroom.config.markdown.keys
    changed: set[int] | None = None
    try:
        _of_the_target(text, article, newsroom, path)
        if _is_published(text):
            found = files.changes(newsroom, slug, language, text)
            if found is not None:
                changed = {line for each in found for line in range(each.start, each.end)}
            text = files.unpublished(newsroom, article, text)
        edited = segment(text, keys=keys)
    except ContentError as error:
        raise ContentError(error.problem, path=path, line=error.line, hint=error.hint) from error
    taken = Target("", State.REVIEWED, f"human:{reviewer}", reviewer, time)
    absorbed: list[Absorbed] = []

    def take(catalog: Catalog) -> Catalog:
        current = update(replace(catalog, path=article.path), document.units).catalog
        pairing = pair(current, document.units)
        laid = _laid(document, pairing, keys)
        fit(document, edited, laid, path)
        targets = _targets(edited, pairing, taken, changed, _shown(document, pairing, laid))
        _placeable(document, edited, targets, path)
        new = {
            entry.id: replaced(entry, targets[index])
            for index, _, entry in pairing.pairs()
            if index in targets
        }
        entries = tuple(new.get(entry.id, entry) for entry in current.entries)
        live = [entry for entry in entries if not entry.obsolete]
        absorbed.append(
            Absorbed(
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
    """Return True for a file that publishing wrote: it names its pair."""
    from bilingual.markdown.front_matter import fields  # noqa: PLC0415

    front = fields(text)
    return "lang" in front and isinstance(front.get("translations"), dict)


def _of_the_target(text: str, article: Article, newsroom: Newsroom, path: str) -> None:
    """Raise ``RefusedError`` when ``text`` is the article in the language it was written in."""
    from bilingual.markdown.front_matter import fields  # noqa: PLC0415

    said = _is_published(text) and fields(text).get("lang") == article.language
    if said or (path not in ("", "-") and same_file(path, newsroom.root / article.path)):
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
    taken: Target,
    changed: set[int] | None,
    shown: Mapping[int, str],
) -> dict[int, Target]:
    """Return the new target for each index whose text says something else than the catalog.

    ``changed`` are the only lines of ``edited`` that count; None when all do. ``shown`` is how
    each unit reads in the target article that the catalog makes.
    """
    whole = not any(
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
            and not (whole and not entry.target.text)
        ):
            continue  # the source shows through where nothing was approved
        found[index] = replace(taken, text=text)
    return found


def _lines(edited: Document, index: int) -> range:
    """Return the lines on which a unit stands."""
    place = edited.units[index].position
    return range(place.line, edited.text.count("\n", 0, place.end) + 2)


def _shown(document: Document, pairing: Pairing, laid: Document) -> dict[int, str]:
    """Return each unit's text as it reads in ``laid``, the target article of the catalog.

    A target may be escaped when it is laid into its place; reading it back is the fair measure of
    whether somebody changed it.
    """
    from bilingual.markdown.merge import merge  # noqa: PLC0415

    targets = {i: entry.target.text for i, _, entry in pairing.pairs() if entry.target.text}
    if not targets:
        return {}
    units = laid.units
    if len(units) != len(document.units):
        return {}
    refused = {refusal.index for refusal in merge(document, targets).refusals}
    return {index: units[index].source for index in targets if index not in refused}


def _laid(document: Document, pairing: Pairing, keys: Sequence[str]) -> Document:
    """Return the target article that the catalog makes, drafts included, cut into units."""
    from bilingual.markdown.merge import merge  # noqa: PLC0415
    from bilingual.markdown.segment import segment  # noqa: PLC0415

    targets = {i: entry.target.text for i, _, entry in pairing.pairs() if entry.target.text}
    if not targets:
        return document
    return segment(merge(document, targets).text, keys=keys)


def _placeable(document: Document, edited: Document, targets: dict[int, Target], path: str) -> None:
    """Raise ``RefusedError`` when a new target would not find its place again."""
    from bilingual.markdown.merge import merge  # noqa: PLC0415

    for refusal in merge(document, {i: each.text for i, each in targets.items()}).refusals:
        raise RefusedError(
            refusal.reason, path=path, line=edited.units[refusal.index].position.line
        )
