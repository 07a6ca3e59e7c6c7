"""Detect a catalog's file that is cut off.

An interrupted copy or a failed merge leaves a file that gettext reads without complaint: its
header may lack half its fields, its last target half its lines, and the rest is missing. That is
an error here, so that no command overwrites the file. Missing entries are found by comparison
with the article (``catalog-outdated``).
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


def ensure_complete(text: str, records: Sequence[PoEntry], path: str) -> None:
    """Raise ``ContentError`` when the catalog ``text`` ends within the target of its last entry.

    Only for catalogs that this package wrote: others may wrap their lines anywhere.
    """
    last = records[-1]
    source, target = last.texts["msgid"], last.texts.get("msgstr", "")
    below = text.rstrip().rpartition("\n")[2].removeprefix("#~").lstrip()
    if below.startswith('"') and _is_cut_off(source, target):
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


def ensure_header(text: str, fields: Collection[str], required: Collection[str], path: str) -> None:
    """Raise ``ContentError`` when a catalog without entries lacks ``required`` fields."""
    if not set(required) <= set(fields):
        raise ContentError(
            msg("the file ends within its header"),
            path=path,
            line=text.rstrip().count("\n") + 1,
            hint=msg("restore it from git; or delete it and run `bilingual segment`"),
        )


def _is_cut_off(source: str, target: str) -> bool:
    """Return True when the ``target``, of several lines, lacks lines at its end.

    Every line but the last ends in a line break, or in a blank where a PO editor wrapped it, and
    a target ends in a line break when its source does (``msgfmt --check``). A line break that
    somebody typed after a target does not count: nothing is missing before it.
    """
    if source[-1:].isspace() or not target[-1:].isspace():
        return False
    return not target.endswith("\n") or target.count("\n") <= source.count("\n")
