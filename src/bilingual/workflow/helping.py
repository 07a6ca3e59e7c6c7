"""What a newsroom has that helps an engine: its guides, names, terms, rules and approved units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.engines.names import Names
from bilingual.glossary.match import Matcher
from bilingual.workflow.approved import approved, korean_english, targets
from bilingual.workflow.check import newsroom_selection
from bilingual.workflow.guide import guide
from bilingual.workflow.jobs import Helps
from bilingual.workflow.judging import Judge

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from bilingual.engines.base import Manners
    from bilingual.newsroom import Newsroom


class Helping:
    """A newsroom's help for one run; raises ``ConfigurationError`` for a guide that is broken."""

    def __init__(
        self, newsroom: Newsroom, manners: Manners, *, without: Collection[str] = ()
    ) -> None:
        """Read the glossary, the guides and every approved unit but those of a source ``without``.

        Those are held out: nothing is learned from their targets.
        """
        matcher = Matcher(newsroom.glossary().terms)
        self.judge = Judge(matcher, newsroom_selection(newsroom, (), ()))
        units = [each for each in approved(newsroom) if each.source not in without]
        self.approved: Mapping[tuple[str, str], str] = targets(units)
        """Target language and source to the one target that people gave it."""
        first, second = newsroom.config.newsroom.languages
        self.helps = Helps(
            manners,
            matcher,
            guides={both: guide(newsroom, *both) for both in ((first, second), (second, first))},
            names=Names(korean_english(units)),
            faults=self.judge.reasons,
        )
