"""Whether a catalog's file ends where whoever wrote it ended.

A copy that was interrupted, or a merge that went wrong, leaves a file that gettext reads without a
word: its header may lack half its fields, its last target half its lines, and what stood behind is
gone. What no whole file has is a fault here, so that no command writes over it. Which units are
missing altogether only the article knows (``catalog-outdated``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.errors import ContentError
from bilingual.model import N_, Message, msg

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bilingual.catalog.syntax import PoEntry

WRITE = N_(
    "restore the file from git; or write the target to its end, without a space or line break "
    "after it"
)
DRAFT = N_(
    "restore the file from git; or write the target; or delete the fuzzy flag and the `#|` lines"
)


def ensure(text: str, records: Sequence[PoEntry], path: str) -> None:
    """Raise ``ContentError`` when the catalog ``text`` ends within the target of its last entry.

    For catalogs that this package wrote: lines of other ones are wrapped anywhere.
    """
    last = records[-1]
    source, target = last.texts["msgid"], last.texts.get("msgstr", "")
    below = text.rstrip().rpartition("\n")[2].removeprefix("#~").lstrip()
    if below.startswith('"') and _stops_short(source, target):
        hint = WRITE
    elif not target and ("fuzzy" in last.flags or last.previous):
        # Only what has a target is a draft, or stale.
        hint = DRAFT
    else:
        return
    raise ContentError(
        msg("the file ends within the target of its last entry"),
        path=path,
        line=text.rstrip().count("\n") + 1,
        hint=Message(hint),
    )


def ensure_header(text: str, fields: Collection[str], wanted: Collection[str], path: str) -> None:
    """Raise ``ContentError`` when a catalog without entries lacks one of the ``wanted`` fields."""
    if not set(wanted) <= set(fields):
        raise ContentError(
            msg("the file ends within its header"),
            path=path,
            line=text.rstrip().count("\n") + 1,
            hint=msg("restore it from git; or delete it and run `bilingual segment`"),
        )


def _stops_short(source: str, target: str) -> bool:
    """Return True when the ``target``, of several lines, goes on behind its last one.

    Every line but the last ends in a line break, or where a PO editor wrapped it in a blank, and
    what a source has at its end its target has (``msgfmt --check``). A line break that somebody
    typed behind a target is none of that: nothing is missing in front of it.
    """
    if source[-1:].isspace() or not target[-1:].isspace():
        return False
    return not target.endswith("\n") or target.count("\n") <= source.count("\n")
