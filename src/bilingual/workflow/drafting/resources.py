"""What helps an engine with a request: guides, names, terms, matches and earlier translations."""

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
from bilingual.workflow.drafting.revision import SentencePair, lost, revision
from bilingual.workflow.drafting.work import is_draft

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from bilingual.engines.base import EngineTraits
    from bilingual.model import Catalog, Entry, Match
    from bilingual.newsroom import Newsroom
    from bilingual.workflow.drafting.approved import Approved
    from bilingual.workflow.drafting.work import PendingArticle
    from bilingual.workflow.memory.memory import Memory

EXACT = 100
"""The score of a match with the same source; above it the context is the same, too."""


class Resources:
    """How an engine is to be asked, with a glossary: all that a request needs."""

    names = Names(())
    """How the newsroom spells people's names."""

    def __init__(self, traits: EngineTraits, matcher: Matcher) -> None:
        self.traits = traits
        self.matcher = matcher
        self.guides: Mapping[tuple[str, str], str] = {}
        """Source and target language to the newsroom's own style guide."""

    def matches(self, entry: Entry) -> tuple[Match, ...]:  # noqa: ARG002 - without a memory
        """Return the fuzzy matches of the memory for ``entry``."""
        return ()

    def earlier(
        self,
        entry: Entry,  # noqa: ARG002 - without a newsroom
        languages: tuple[str, str],  # noqa: ARG002
    ) -> SentencePair | None:
        """Return what ``entry`` was translated to before its source changed, to build on."""
        return None

    def problems(
        self,
        entry: Entry,  # noqa: ARG002 - without a newsroom
        languages: tuple[str, str],  # noqa: ARG002
    ) -> tuple[str, ...]:
        """Return what is wrong with the present target of ``entry``, in English."""
        return ()


class NewsroomResources(Resources):
    """A newsroom's resources for one run; raises ``ConfigurationError`` for a broken guide."""

    def __init__(  # noqa: PLR0913 - what helps
        self,
        newsroom: Newsroom,
        traits: EngineTraits,
        memory: Memory | None = None,
        *,
        origin: str = "",
        without: Collection[str] = (),
        loaded: Iterable[Catalog] = (),
    ) -> None:
        """Read the glossary, the guides and every approved unit but those of a source ``without``.

        Those are held out: nothing is learned from their targets. Without a ``memory`` there are no
        matches. ``origin`` is the engine's: its own drafts are what it may revise. Catalogs that
        are ``loaded`` are not read again.
        """
        super().__init__(traits, Matcher(newsroom.glossary().terms))
        self._memory = memory
        self._origin = origin
        self._matches: dict[str, tuple[Match, ...]] = {}
        self._base: dict[str, Entry] = {}
        """Id of a unit that was split off another, to that one."""
        self.check = DraftCheck(self.matcher, newsroom_selection(newsroom, (), ()))
        units = [each for each in approved(newsroom, loaded) if each.source not in without]
        self.approved: Mapping[tuple[str, str], Approved] = targets(units)
        """Target language and source to a unit with the one target that people gave it."""
        first, second = newsroom.config.newsroom.languages
        self.guides = {both: guide(newsroom, *both) for both in ((first, second), (second, first))}
        self.names = Names(korean_english(units), korean(newsroom))

    def matches(self, entry: Entry) -> tuple[Match, ...]:
        """Return what ``look_up`` found for ``entry``."""
        return self._matches.get(entry.id, ())

    def look_up(self, article: PendingArticle) -> None:
        """Look up every entry of ``article`` in the memory, with its neighbours as context.

        An entry that never had a target may have been split off a unit with one.
        """
        source_language = article.catalog.source_language
        stale = [each for each in article.catalog.entries if each.target.stale]
        for entry in article.entries:
            self._base.pop(entry.id, None)  # The same words in another article have the same id.
            if not entry.target.text and not entry.history:
                of = [each for each in stale if _split(each, entry, source_language)]
                self._base.update((entry.id, each) for each in of[:1])
        if self._memory is None:
            return
        live = article.catalog.live
        indexes = {entry.id: index for index, entry in enumerate(live)}
        languages = (source_language, article.language)
        for entry in article.entries:
            index = indexes[entry.id]
            found = self._memory.matches(
                entry.source,
                *languages,
                before=live[index - 1].source if index else "",
                after=live[index + 1].source if index + 1 < len(live) else "",
                slug=article.article.slug,
                unit=entry.id,
            )
            # A match of the whole unit is more help than matches of its sentences.
            sentences = () if found else self._memory.segments(entry.source, *languages)
            self._matches[entry.id] = found or tuple(each for _, hits in sentences for each in hits)

    def earlier(self, entry: Entry, languages: tuple[str, str]) -> SentencePair | None:
        """Return what ``entry`` was translated to before its source changed, to build on.

        That is what a person made or approved, or a draft of the same engine in which the checks
        find nothing. Another engine's draft does not count: a new engine is to draft again.
        """
        base = self._base.get(entry.id, entry)
        target = base.target
        if target.previous is None or not target.text or not self.traits.revises:
            return None
        if is_draft(target) and not target.origin.startswith(origin.MEMORY):
            before = replace(base, source=target.previous)
            if target.origin != self._origin or self.problems(before, languages):
                return None
        return SentencePair(target.previous, target.text)

    def problems(self, entry: Entry, languages: tuple[str, str]) -> tuple[str, ...]:
        """Return what the checks find in the present target of ``entry``, in English."""
        return self.check.problems(entry, languages)

    def remainder(self, article: PendingArticle, entry: Entry) -> tuple[str, str] | None:
        """Return the target of an ``entry`` that only lost sentences, and its origin; else None.

        It is the earlier target without those sentences. A unit that was split off another gets
        its sentences' targets from there.
        """
        languages = (article.catalog.source_language, article.language)
        earlier = self.earlier(entry, languages)
        found = revision(earlier, entry.source, languages) if earlier else None
        if found is None or found.source:
            return None
        text = found.kept_before + found.kept_after
        if self.problems(replace(entry, target=Target(text)), languages):
            return None
        base = self._base.get(entry.id, entry)
        if is_draft(base.target):
            return text, base.target.origin
        return text, origin.of_match(EXACT, origin.of_unit(article.article.slug, base.id))

    def approved_elsewhere(self, article: PendingArticle, entry: Entry) -> tuple[str, str] | None:
        """Return the target that ``entry`` gets without an engine, and its origin; None for none.

        It is the memory's match in the same context, or the one target that people gave to the same
        source everywhere. Where people gave two in the same context, a person has to choose.
        """
        found = self.matches(entry)
        same = [each for each in found if each.score > EXACT and not each.segment]
        if same:
            one = len({each.target for each in same}) == 1
            return (same[0].target, _origin(same[0])) if one else None
        unit = self.approved.get((article.language, entry.source))
        if unit is None:
            return None
        return unit.target, origin.of_match(EXACT, origin.of_unit(unit.slug, unit.unit))


def _split(of: Entry, entry: Entry, language: str) -> bool:
    """Return True when all of ``entry`` was part of ``of`` before that was edited."""
    return lost(of.target.previous or "", entry.source, language)


def _origin(match: Match) -> str:
    """Return the origin of a target that is filled with ``match``."""
    foreign = origin.is_imported(match.origin)
    place = match.origin if foreign else origin.of_unit(match.slug, match.unit)
    return origin.of_match(match.score, place)
