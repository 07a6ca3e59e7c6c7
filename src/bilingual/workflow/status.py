"""Count the units of every article by state."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bilingual.model import State

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bilingual.model import Article
    from bilingual.newsroom import Newsroom


@dataclass(frozen=True, slots=True)
class ArticleStatus:
    """The progress of one article."""

    slug: str
    path: str
    source_language: str
    target_language: str
    segmented: bool
    """False when the article has no catalog yet; all numbers are 0 then."""
    states: Mapping[State, int]
    """The number of units in each state, for every state. A stale unit counts in its state."""
    stale: int
    failed: int
    """Units whose last draft was refused."""
    approved: int
    """Reviewed or final, and not stale: the units that may be published."""

    @property
    def units(self) -> int:
        """The number of units of the article."""
        return sum(self.states.values())

    @property
    def ready(self) -> bool:
        """True when every unit is approved."""
        return self.segmented and self.approved == self.units


def status(newsroom: Newsroom, slugs: Sequence[str] = ()) -> tuple[ArticleStatus, ...]:
    """Return the status of the articles ``slugs`` (all when empty), sorted by slug.

    Reads only catalogs, so edits since the last ``segment`` are not counted.
    Raises ``UsageError`` on an unknown slug, ``ContentError`` on a catalog that cannot be read.
    """
    return tuple(_status(newsroom, article) for article in newsroom.articles(slugs))


def _status(newsroom: Newsroom, article: Article) -> ArticleStatus:
    language = newsroom.target_language(article)
    live = newsroom.catalog(article.slug, language).live
    counts = Counter(entry.target.state for entry in live)
    return ArticleStatus(
        slug=article.slug,
        path=article.path,
        source_language=article.language,
        target_language=language,
        segmented=bool(live),
        states={state: counts[state] for state in State},
        stale=sum(entry.target.stale for entry in live),
        failed=sum(bool(entry.target.failure) for entry in live),
        approved=sum(entry.target.approved for entry in live),
    )
