"""What an engine is asked and what it answers: the values that pass between them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bilingual.model import Kind, Match, Message, Term
    from bilingual.prompting.marks import Mark

Each = TypeVar("Each")

RETRANSLATE = "not "
"""How the ``turn`` of a passage begins whose present target is to be replaced by another."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One unit as it is sent to an engine."""

    id: str
    """Short, and of this request only (``1``, ``2`` …): what a model repeats without an error."""
    kind: Kind
    text: str
    """In the source language, with marks in place of what must not change."""
    key: str = ""
    """For a field its front-matter key (``title``)."""
    notes: tuple[str, ...] = ()
    """What the author and reviewers say about it."""
    matches: tuple[Match, ...] = ()
    """Fuzzy matches of the memory, best first: how similar texts were translated."""
    first_mentions: tuple[str, ...] = ()
    """Ids of the terms that the article mentions here for the first time."""
    terms: tuple[Term, ...] = ()
    """Glossary entries that occur in it."""
    names: tuple[tuple[str, str], ...] = ()
    """People's names in it that the glossary does not have, and how the newsroom writes them."""
    unit: str = ""
    """The unit's id; no model is shown it."""
    marks: tuple[Mark, ...] = ()
    """Those in ``text``: the matches are shown with the same ones."""
    problems: tuple[str, ...] = ()
    """Why the last answer was refused, in English; empty the first time."""
    turn: str = ""
    """Distinguishes two requests for the same words: after a person rejected the last draft."""

    @property
    def retranslate(self) -> bool:
        """True when its present target is to be replaced by another."""
        return self.turn.startswith(RETRANSLATE)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A unit next to those asked for, with its approved target if it has one."""

    source: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """One or more units of one section, and what helps to translate them."""

    source_language: str
    target_language: str
    passages: tuple[Passage, ...]
    title: str = ""
    """The article's title, in the source language."""
    dek: str = ""
    """The standfirst below the title, in the source language."""
    section: tuple[str, ...] = ()
    """The newsroom's section that the article is in, and the headings above the units, outermost
    first."""
    terms: tuple[Term, ...] = ()
    """Those of the passages, and no others."""
    names: tuple[tuple[str, str], ...] = ()
    """Those of the passages."""
    before: tuple[Neighbour, ...] = ()
    """Units before the first passage, in article order."""
    after: tuple[Neighbour, ...] = ()
    brief: bool = False
    """True for one passage and a small model: a short prompt, and the bare translation back."""
    revision: bool = False
    """True when little is new: the sentences that an edit changed, with their earlier translation.
    That translation is the style to keep, so the request carries the guide's short section for
    revisions instead of the whole guide."""
    guide: str = ""
    """The newsroom's own style guide for this direction; empty for the built-in one."""

    def only(
        self,
        passages: Sequence[Passage],
        before: tuple[Neighbour, ...] = (),
        after: tuple[Neighbour, ...] = (),
    ) -> Request:
        """Return the request for ``passages`` only, with the terms and names that occur in them."""
        return replace(
            self,
            passages=tuple(passages),
            terms=_union(each.terms for each in passages),
            names=_union(each.names for each in passages),
            before=before,
            after=after,
        )


@dataclass(frozen=True, slots=True)
class Usage:
    """What a request used, in tokens of the engine's own model; 0 where it does not say."""

    prompt: int = 0
    cached: int = 0
    """Of the prompt's tokens, those the provider had in its cache."""
    completion: int = 0
    requests: int = 0
    """Requests that were answered; 0 when the answer came out of the journal."""

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.prompt + other.prompt,
            self.cached + other.cached,
            self.completion + other.completion,
            self.requests + other.requests,
        )


@dataclass(frozen=True, slots=True)
class Estimate(Usage):
    """What a request is estimated to use before it is sent, and what it asks for."""

    units: int = 0
    termed: int = 0
    """Of them, those in which the glossary has a term: they are refused far more often."""
    again: bool | None = None
    """Whether it asks again for what was refused; None when that is not known."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much more a server says it will take; None where it does not say."""

    requests: int | None = None
    """Requests left in the present window."""
    tokens: int | None = None
    """Tokens left in it."""
    requests_limit: int | None = None
    """Requests that a whole window has."""
    tokens_limit: int | None = None
    requests_reset: float | None = None
    """Seconds until the window of requests is whole again."""
    tokens_reset: float | None = None


NO_USAGE, NO_LIMITS = Usage(), Limits()


@dataclass(frozen=True, slots=True)
class Reply:
    """A language model's own words, not yet read; also what the journal keeps of any answer."""

    text: str
    finish: str = "stop"
    """Why it stopped, as the protocol names it: ``stop``, ``length``, ``content_filter`` …"""
    usage: Usage = NO_USAGE
    limits: Limits = NO_LIMITS
    """What the headers say about the rate; empty for a reply out of the journal."""


@dataclass(frozen=True, slots=True)
class AnswerProblem:
    """One thing that is wrong with a draft."""

    message: Message
    fatal: bool = True
    """True when the draft must not be used."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine answered: a text for each passage that it translated."""

    texts: Mapping[str, str] = field(default_factory=dict)
    """Passage id to its translation, with the marks of the passage in it."""
    problems: Mapping[str, tuple[AnswerProblem, ...]] = field(default_factory=dict)
    """Passage id to why its text, if there is one, cannot be trusted."""
    usage: Usage = NO_USAGE
    limits: Limits = NO_LIMITS
    reply: Reply | None = None
    """The reply that it was read from; None for an engine that is no language model."""

    @property
    def good(self) -> dict[str, str]:
        """The texts without a problem, by passage id."""
        return {id_: text for id_, text in self.texts.items() if not self.problems.get(id_)}


def _union(groups: Iterable[tuple[Each, ...]]) -> tuple[Each, ...]:
    """Return what is in any of ``groups``, each once, in order."""
    found: list[Each] = []
    for group in groups:
        found += [each for each in group if each not in found]
    return tuple(found)
