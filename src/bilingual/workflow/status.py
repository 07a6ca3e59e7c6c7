"""Where every article stands, counted by state."""

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
    """How far one article is."""

    slug: str
    path: str
    source_language: str
    target_language: str
    segmented: bool
    """False when the article has no catalog yet: nothing is counted then."""
    states: Mapping[State, int]
    """How many units are in each state; every state is there. Stale units count in theirs."""
    stale: int
    failed: int
    """Units whose last draft was refused."""
    approved: int
    """Reviewed or final, and not stale: what may publish."""

    @property
    def units(self) -> int:
        """How many units the article has."""
        return sum(self.states.values())

    @property
    def ready(self) -> bool:
        """True when every unit is approved."""
        return self.segmented and self.approved == self.units


def status(newsroom: Newsroom, slugs: Sequence[str] = ()) -> tuple[ArticleStatus, ...]:
    """Return where the articles ``slugs`` (all when empty) stand, in the order of their slugs.

    Reads catalogs only, so an article edited since the last ``segment`` is counted as it was.
    Raises ``UsageError`` on an unknown slug, ``ContentError`` on a catalog that cannot be read.
    """
    return tuple(_standing(newsroom, article) for article in newsroom.articles(slugs))


def _standing(newsroom: Newsroom, article: Article) -> ArticleStatus:
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
