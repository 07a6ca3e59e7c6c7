"""An edited target article, taken back into its catalog unit by unit."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bilingual.catalog.pairing import Pairing, pair
from bilingual.catalog.update import update
from bilingual.errors import ContentError, RefusedError
from bilingual.model import State, Target

if TYPE_CHECKING:
    from bilingual.markdown.place import Document
    from bilingual.model import Catalog, Unit
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

    Raises ``RefusedError`` with the line in the file where its structure is not the source's;
    nothing is written then. Raises ``ContentError`` for broken front matter in it.
    """
    from bilingual.markdown.segment import segment  # noqa: PLC0415 - the parser loads slowly

    article = newsroom.article(slug)
    language = newsroom.target_language(article)
    document = newsroom.document(article)
    try:
        edited = segment(text, keys=newsroom.config.markdown.keys)
    except ContentError as error:
        raise ContentError(error.fault, path=path, line=error.line, mend=error.mend) from error
    _same_structure(document, edited, path)
    taken = Target("", State.REVIEWED, f"human:{reviewer}", reviewer, time)
    absorbed: list[Absorbed] = []

    def take(catalog: Catalog) -> Catalog:
        current = update(replace(catalog, path=article.path), document.units).catalog
        pairing = pair(current, document.units)
        targets = _targets(document, edited, pairing, taken)
        _placeable(document, edited, targets, path)
        new = {
            entry.id: replace(entry, target=targets[index])
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


def _targets(
    document: Document, edited: Document, pairing: Pairing, taken: Target
) -> dict[int, Target]:
    """Return the new target for each index whose text says something else than the catalog."""
    shown = _shown(document, pairing)
    whole = not any(
        len(unit.source) >= PROSE and edited.units[index].source == unit.source
        for index, unit, entry in pairing.pairs()
        if not entry.target.text
    )
    found: dict[int, Target] = {}
    for index, unit, entry in pairing.pairs():
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


def _shown(document: Document, pairing: Pairing) -> dict[int, str]:
    """Return each unit's text as it reads in the target article that the catalog makes.

    A target may be escaped when it is laid into its place; reading it back is the fair measure of
    whether somebody changed it.
    """
    from bilingual.markdown.merge import merge  # noqa: PLC0415
    from bilingual.markdown.segment import segment  # noqa: PLC0415

    targets = {i: entry.target.text for i, _, entry in pairing.pairs() if entry.target.text}
    if not targets:
        return {}
    merged = merge(document, targets)
    refused = {refusal.index for refusal in merged.refusals}
    units = segment(merged.text).units
    if len(units) != len(document.units):
        return {}
    return {index: units[index].source for index in targets if index not in refused}


def _same_structure(document: Document, edited: Document, path: str) -> None:
    """Raise ``RefusedError`` at the first unit of ``edited`` that the source has not there."""
    for unit, found in zip(document.units, edited.units, strict=False):
        if unit.kind is not found.kind or (unit.kind == "field" and unit.path != found.path):
            raise _refused(_name(unit), _name(found), found.position.line, path)
    if len(edited.units) > len(document.units):
        extra = edited.units[len(document.units)]
        raise _refused("nothing more", _name(extra), extra.position.line, path)
    if len(edited.units) < len(document.units):
        first = document.units[len(edited.units)]
        raise _refused(_name(first), "nothing more", edited.text.count("\n") + 1, path)
    if document.skeleton != edited.skeleton:
        raise RefusedError(
            "lists, tables or quotes do not stand as in the source article",
            path=path,
            mend="give the file the source's structure, or change the source first",
        )


def _name(unit: Unit) -> str:
    words = " ".join(unit.source.split())
    shown = words if len(words) <= 30 else f"{words[:29]}…"
    name = f"{unit.kind} {unit.path[0]}" if unit.kind == "field" and unit.path else str(unit.kind)
    return f"the {name} “{shown}”"


def _refused(expected: str, found: str, line: int, path: str) -> RefusedError:
    return RefusedError(
        f"the source article has {expected} where this file has {found}",
        path=path,
        line=line,
        mend="give the file the source's structure, or change the source first",
    )


def _placeable(document: Document, edited: Document, targets: dict[int, Target], path: str) -> None:
    """Raise ``RefusedError`` when a new target would not find its place again."""
    from bilingual.markdown.merge import merge  # noqa: PLC0415

    for refusal in merge(document, {i: each.text for i, each in targets.items()}).refusals:
        raise RefusedError(
            f"{refusal.reason}", path=path, line=edited.units[refusal.index].position.line
        )
