"""Decisions of a reviewer on one unit: approve, edit, reject, comment.

Each one is a locked read, change and atomic write of the catalog, so that two reviewers and a
translator can work on one article at once. A decision with the fingerprint of what the reviewer
saw is refused when the unit has changed since.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bilingual.catalog.history import replace_target
from bilingual.errors import RefusedError, UsageError
from bilingual.model import State, Target, msg
from bilingual.nearest import did_you_mean
from bilingual.workflow.queue import fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable

    from bilingual.model import Catalog, Entry
    from bilingual.newsroom import Newsroom


UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decides, when, and what they saw."""

    by: str
    """The reviewer's name."""
    time: str
    """UTC, ISO 8601 to the second."""
    shown: str = ""
    """The fingerprint (``queue.fingerprint``) of the unit as shown; empty to skip the check."""


def approve(
    newsroom: Newsroom, slug: str, unit: str, decision: Decision, *, final: bool = False
) -> Entry:
    """Approve the target of ``unit`` for its current source; return the entry.

    The state becomes ``reviewed``, or ``final`` when an editor signs it off; ``previous`` is
    cleared. Raises ``UsageError`` for an unknown unit, ``RefusedError``
    when there is no target or the unit changed since it was shown.
    """

    def decide(entry: Entry) -> Entry:
        if not entry.target.text:
            raise RefusedError(
                msg("unit {id} has no translation to approve", id=entry.id),
                hint=msg("give it one with `bilingual translate` or `bilingual edit`"),
            )
        state = State.FINAL if final else State.REVIEWED
        target = replace(
            entry.target,
            state=state,
            reviewer=decision.by,
            time=decision.time,
            previous=None,
            failure="",
            drafted=entry.target.made_at if entry.target.made_at != decision.time else "",
        )
        return replace(entry, target=target)

    return _decide(newsroom, slug, unit, decision.shown, decide)


def edit(newsroom: Newsroom, slug: str, unit: str, text: str, decision: Decision) -> Entry:
    """Set the target of ``unit`` to ``text``, Markdown as an author writes it; return the entry.

    The text is normalised (NFC, no white space at its ends). The state becomes ``reviewed``, the
    origin ``human:<name>``; the replaced text is kept in the unit's history. The same text as the
    current target approves it and keeps its origin. Raises ``RefusedError`` when the text is empty
    or cannot be merged into the article, and as ``approve`` does.
    """
    normalised = normalise(text)
    if not normalised:
        raise RefusedError(
            msg("an empty translation is not saved"),
            hint=msg("use `bilingual reject` to take it back"),
        )
    entry = find(newsroom, slug, unit)
    if normalised == entry.target.text:
        return approve(newsroom, slug, entry.id, decision)
    _try_merge(newsroom, slug, entry, normalised)

    def decide(entry: Entry) -> Entry:
        by = decision.by
        return replace_target(
            entry, Target(normalised, State.REVIEWED, f"human:{by}", by, decision.time)
        )

    return _decide(newsroom, slug, entry.id, decision.shown, decide)


def reject(newsroom: Newsroom, slug: str, unit: str, reason: str, decision: Decision) -> Entry:
    """Reset the target of ``unit`` to ``initial`` and note the reason; return the entry.

    The text is kept in the unit's history; the next ``translate`` drafts it again. Raises
    ``RefusedError`` when there is no target, and as ``approve`` does.
    """

    def decide(entry: Entry) -> Entry:
        if not entry.target.text:
            raise RefusedError(msg("unit {id} has no translation to reject", id=entry.id))
        why = _line(reason)
        noted = _with_note(entry, decision, why) if why else entry
        return replace_target(
            noted, Target(failure=why, time=decision.time), declined_by=decision.by
        )

    return _decide(newsroom, slug, unit, decision.shown, decide)


def comment(newsroom: Newsroom, slug: str, unit: str, text: str, decision: Decision) -> Entry:
    """Add the note ``text`` to ``unit``, without changing its target; return the entry.

    Raises ``UsageError`` for an empty note or an unknown unit.
    """
    note = _line(text)
    if not note:
        raise UsageError(msg("an empty note is not saved"))
    return _decide(newsroom, slug, unit, "", lambda entry: _with_note(entry, decision, note))


def find(newsroom: Newsroom, slug: str, unit: str) -> Entry:
    """Return the live entry of ``slug`` with the id ``unit``, or the only one with that prefix.

    Raises ``UsageError`` with similar ids when there is none, and with all when there are several.
    """
    article = newsroom.article(slug)
    catalog = newsroom.catalog(slug, newsroom.target_language(article))
    return _find(catalog, unit)


def normalise(text: str) -> str:
    r"""Return ``text`` as a target is stored: NFC, ``\n`` line ends, stripped.

    Keyboards and file systems may produce decomposed Hangul (NFD); catalogs, glossaries and
    readers' searches expect NFC. Raises ``UsageError`` for what is not allowed in a text file:
    controls other than tabs and line ends, and surrogates (arguments that are not UTF-8).
    """
    for wrong in UNWRITABLE.finditer(text):
        raise UsageError(
            msg(
                "the text contains U+{code:04X}, which is not allowed in a text file",
                code=ord(wrong[0]),
            ),
            hint=msg("send UTF-8 text without control characters"),
        )
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return unicodedata.normalize("NFC", "\n".join(line.rstrip() for line in lines)).strip()


def _decide(
    newsroom: Newsroom,
    slug: str,
    unit: str,
    shown: str,
    decide: Callable[[Entry], Entry],
) -> Entry:
    """Apply ``decide`` to one entry under the catalog's lock; return the written entry."""
    article = newsroom.article(slug)
    decided: list[Entry] = []

    def change(catalog: Catalog) -> Catalog:
        entry = _find(catalog, unit)
        if shown and not fingerprint(entry).startswith(shown.lower()):
            raise RefusedError(
                msg("unit {id} changed since it was shown; nothing was decided", id=entry.id),
                hint=msg("look at it again: `bilingual queue {slug}`", slug=slug),
            )
        decided.append(decide(entry))
        entries = tuple(decided[0] if each is entry else each for each in catalog.entries)
        return replace(catalog, entries=entries)

    newsroom.change(article, newsroom.target_language(article), change)
    return decided[0]


def _find(catalog: Catalog, unit: str) -> Entry:
    live = catalog.live
    exact = [entry for entry in live if entry.id == unit]
    begun = exact or [entry for entry in live if unit and entry.id.startswith(unit)]
    if len(begun) == 1:
        return begun[0]
    if begun:
        names = ", ".join(entry.id for entry in begun[:6]) + (" …" if len(begun) > 6 else "")
        raise UsageError(
            msg(
                "{count} units of {slug} begin with {unit!r}: {names}",
                count=len(begun),
                slug=catalog.slug,
                unit=unit,
                names=names,
            ),
            hint=msg("write more of the id"),
        )
    if not live:
        raise UsageError(
            msg("{slug} has no units yet", slug=catalog.slug),
            hint=msg("run `bilingual segment {slug}`", slug=catalog.slug),
        )
    ids = [entry.id for entry in live]
    hint = did_you_mean(unit, ids, msg("see `bilingual queue {slug}`", slug=catalog.slug))
    raise UsageError(msg("{slug} has no unit {unit!r}", slug=catalog.slug, unit=unit), hint=hint)


def _with_note(entry: Entry, decision: Decision, text: str) -> Entry:
    return replace(entry, notes=(*entry.notes, f"{decision.by}: {text}"))


def _line(text: str) -> str:
    """Return ``text`` as one line: a note is one comment line of the catalog."""
    return " ".join(normalise(text).split())


def _try_merge(newsroom: Newsroom, slug: str, entry: Entry, text: str) -> None:
    """Raise ``RefusedError`` when ``text`` cannot be merged into the article."""
    from bilingual.markdown.merge import merge  # noqa: PLC0415 - the parser is slow to load

    document = newsroom.document(newsroom.article(slug))
    for index, unit in enumerate(document.units):
        if unit.source == entry.source and unit.kind is entry.kind:
            refusals = merge(document, {index: text}).refusals
            if refusals:
                raise RefusedError(
                    msg(
                        "the translation does not fit into the article: {reason}",
                        reason=refusals[0].reason,
                    ),
                    hint=msg("keep the unit's links, code and line structure"),
                )
            return
