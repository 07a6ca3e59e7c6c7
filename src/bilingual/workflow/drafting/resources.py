"""What a newsroom has that helps an engine: its guides, names, terms, rules and approved units."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bilingual.catalog import origin
from bilingual.glossary.match import Matcher
from bilingual.model import Target
from bilingual.prompting.names import Names
from bilingual.workflow.check import newsroom_selection
from bilingual.workflow.drafting.approved import approved, korean, korean_english, targets
from bilingual.workflow.drafting.draft_check import DraftCheck
from bilingual.workflow.drafting.guide import guide
from bilingual.workflow.drafting.jobs import Helps, drafted
from bilingual.workflow.drafting.revision import SentencePair, lost, revision

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from bilingual.engines.base import Manners
    from bilingual.model import Catalog, Entry, Match
    from bilingual.newsroom import Newsroom
    from bilingual.workflow.drafting.approved import Approved
    from bilingual.workflow.drafting.pending import Work
    from bilingual.workflow.memory.memory import Memory

EXACT = 100
"""The score of a match with the same source; above it the context is the same, too."""


class Resources:
    """A newsroom's help for one run; raises ``ConfigurationError`` for a guide that is broken."""

    def __init__(  # noqa: PLR0913 - what helps
        self,
        newsroom: Newsroom,
        manners: Manners,
        memory: Memory | None = None,
        *,
        origin: str = "",
        without: Collection[str] = (),
        at_hand: Iterable[Catalog] = (),
    ) -> None:
        """Read the glossary, the guides and every approved unit but those of a source ``without``.

        Those are held out: nothing is learned from their targets. Without a ``memory`` there are no
        matches. ``origin`` is the engine's: its own drafts are what it may revise. Catalogs
        ``at_hand`` are not read again.
        """
        self._memory = memory
        self._origin = origin
        self._found: dict[str, tuple[Match, ...]] = {}
        self._base: dict[str, Entry] = {}
        """Id of a unit that was split off another, to that one."""
        matcher = Matcher(newsroom.glossary().terms)
        self.judge = DraftCheck(matcher, newsroom_selection(newsroom, (), ()))
        units = [each for each in approved(newsroom, at_hand) if each.source not in without]
        self.approved: Mapping[tuple[str, str], Approved] = targets(units)
        """Target language and source to a unit with the one target that people gave it."""
        first, second = newsroom.config.newsroom.languages
        self.helps = Helps(
            manners,
            matcher,
            guides={both: guide(newsroom, *both) for both in ((first, second), (second, first))},
            names=Names(korean_english(units), korean(newsroom)),
            matches=lambda entry: self._found.get(entry.id, ()),
            faults=self.judge.reasons,
            earlier=self.earlier,
        )

    def look_up(self, work: Work) -> None:
        """Ask the memory about every entry of ``work``, with what stands around it.

        Of one that never had a target it is found out whether it was split off a unit with one.
        """
        stale = [each for each in work.catalog.entries if each.target.stale]
        for entry in work.entries:
            self._base.pop(entry.id, None)  # The same words in another article have the same id.
            if not entry.target.text and not entry.history:
                of = [each for each in stale if _split(each, entry, work.catalog.source_language)]
                self._base.update((entry.id, each) for each in of[:1])
        if self._memory is None:
            return
        live = work.catalog.live
        place = {entry.id: index for index, entry in enumerate(live)}
        languages = (work.catalog.source_language, work.language)
        for entry in work.entries:
            index = place[entry.id]
            found = self._memory.matches(
                entry.source,
                *languages,
                before=live[index - 1].source if index else "",
                after=live[index + 1].source if index + 1 < len(live) else "",
                slug=work.article.slug,
                unit=entry.id,
            )
            # What is like the whole unit says more than what is like its sentences.
            sentences = () if found else self._memory.segments(entry.source, *languages)
            self._found[entry.id] = found or tuple(each for _, hits in sentences for each in hits)

    def earlier(self, entry: Entry, languages: tuple[str, str]) -> SentencePair | None:
        """Return what ``entry`` was translated to before its source changed, to build on.

        That is what a person made or approved, and a draft of the same engine that the checks find
        nothing wrong with. Another engine's is none: who changes the engine wants another draft.
        """
        base = self._base.get(entry.id, entry)
        target = base.target
        if target.previous is None or not target.text or not self.helps.manners.revises:
            return None
        if drafted(target) and not target.origin.startswith(origin.MEMORY):
            before = replace(base, source=target.previous)
            if target.origin != self._origin or self.judge.reasons(before, languages):
                return None
        return SentencePair(target.previous, target.text)

    def part(self, work: Work, entry: Entry) -> tuple[str, str] | None:
        """Return the target of an ``entry`` that lost sentences, and its origin; None for others.

        Of the earlier target those sentences go whose source went. What was split off another unit
        gets its sentences' targets from there.
        """
        languages = (work.catalog.source_language, work.language)
        earlier = self.earlier(entry, languages)
        found = revision(earlier, entry.source, languages) if earlier else None
        if found is None or found.source:
            return None
        text = found.ahead + found.behind
        if self.judge.reasons(replace(entry, target=Target(text)), languages):
            return None
        base = self._base.get(entry.id, entry)
        if drafted(base.target):
            return text, base.target.origin
        return text, origin.of_match(EXACT, origin.of_unit(work.article.slug, base.id))

    def known(self, work: Work, entry: Entry) -> tuple[str, str] | None:
        """Return the target that ``entry`` gets without an engine, and its origin; None for none.

        It is the memory's match in the same context, or the one target that people gave to the same
        source everywhere. Where people gave two in the same context, a person has to choose.
        """
        found = self._found.get(entry.id, ())
        same = [each for each in found if each.score > EXACT and not each.segment]
        if same:
            one = len({each.target for each in same}) == 1
            return (same[0].target, _origin(same[0])) if one else None
        unit = self.approved.get((work.language, entry.source))
        if unit is None:
            return None
        return unit.target, origin.of_match(EXACT, origin.of_unit(unit.slug, unit.unit))


def _split(of: Entry, entry: Entry, language: str) -> bool:
    """Return True when all of ``entry`` stood in ``of`` before that was edited."""
    return lost(of.target.previous or "", entry.source, language)


def _origin(match: Match) -> str:
    """Return the origin of a target that is filled with ``match``."""
    foreign = origin.is_imported(match.origin)
    place = match.origin if foreign else origin.of_unit(match.slug, match.unit)
    return origin.of_match(match.score, place)
