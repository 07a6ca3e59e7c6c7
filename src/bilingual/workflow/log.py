"""The history of one unit: each target that it had, and the one that it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bilingual.catalog.history import fingerprint
from bilingual.model import EarlierTarget
from bilingual.workflow.review import find

if TYPE_CHECKING:
    from bilingual.model import Entry
    from bilingual.newsroom import Newsroom


@dataclass(frozen=True, slots=True)
class UnitHistory:
    """The history of one unit."""

    slug: str
    language: str
    """The target language."""
    entry: Entry
    targets: tuple[EarlierTarget, ...]
    """Oldest first; the last one is the current target, unless the unit has none."""

    @property
    def present(self) -> bool:
        """True when the last of ``targets`` is the current one."""
        return bool(self.entry.target.text)

    def fits(self, target: EarlierTarget) -> bool:
        """Return True when ``target`` was made from the current source."""
        return target.source == fingerprint(self.entry.source)


def log(newsroom: Newsroom, slug: str, unit: str) -> UnitHistory:
    """Return the history of ``unit`` (its id or a prefix of it) in the article ``slug``.

    Raises ``UsageError`` with similar names when there is no such article or unit.
    """
    article = newsroom.article(slug)
    entry = find(newsroom, slug, unit)
    target = entry.target
    targets = entry.history
    if target.text:
        made_from = entry.source if target.previous is None else target.previous
        now = EarlierTarget(
            target.text,
            target.state,
            target.origin,
            target.reviewer,
            target.time,
            target.drafted,
            fingerprint(made_from),
        )
        targets = (*targets, now)
    return UnitHistory(slug, newsroom.target_language(article), entry, targets)
