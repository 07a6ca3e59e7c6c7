"""What an engine is asked and what it answers: the values that pass between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bilingual.model import Kind, Match, Term
    from bilingual.prompting.marks import Mark

ANEW = "not "
"""How the ``turn`` begins of a passage whose present target shall be another."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One unit on its way to an engine."""

    id: str
    """Short, of this request only (``1``, ``2`` …): what a model repeats without a slip."""
    kind: Kind
    text: str
    """In the source language, with marks in place of what must not change."""
    key: str = ""
    """For a field its front-matter key (``title``)."""
    notes: tuple[str, ...] = ()
    """What the author and reviewers say about it."""
    matches: tuple[Match, ...] = ()
    """Fuzzy matches of the memory, best first: how something alike was translated."""
    first_mentions: tuple[str, ...] = ()
    """Ids of the terms that the article mentions here for the first time."""
    terms: tuple[Term, ...] = ()
    """Glossary entries that occur in it."""
    names: tuple[tuple[str, str], ...] = ()
    """People's names in it that the glossary does not have, and how the newsroom writes them."""
    unit: str = ""
    """The unit's id; nothing that a model is told."""
    marks: tuple[Mark, ...] = ()
    """Those in ``text``: what helps with it is shown with the same."""
    faults: tuple[str, ...] = ()
    """Why the last answer was refused, in English; empty the first time."""
    turn: str = ""
    """Tells apart two askings of the same words: when a person rejected the last draft."""

    @property
    def anew(self) -> bool:
        """True when its present target shall be another."""
        return self.turn.startswith(ANEW)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A unit beside those asked for, with its approved target if it has one."""

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
    """What stands below the title, in the source language."""
    section: tuple[str, ...] = ()
    """The newsroom's section that the article is in, and the headings above the units, outermost
    first."""
    terms: tuple[Term, ...] = ()
    """Those of the passages, and no others."""
    names: tuple[tuple[str, str], ...] = ()
    """Those of the passages."""
    before: tuple[Neighbour, ...] = ()
    """Units in front of the first passage, in article order."""
    after: tuple[Neighbour, ...] = ()
    brief: bool = False
    """True for one passage and a small model: few words, and the bare translation back."""
    revision: bool = False
    """True when there is little that is new: the sentences that an edit changed, with what they
    were translated to before. What was there is the style to keep, so it takes the guide's few
    words for a revision instead of all of it."""
    guide: str = ""
    """The newsroom's own style guide for this direction; empty for the built-in one."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a request cost, in tokens of the engine's own model; 0 where it does not say."""

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
class Reckoned(Usage):
    """What a request was reckoned to use before it was sent, and what it asked for."""

    units: int = 0
    termed: int = 0
    """Of them, those in which the glossary has a term: they are refused far more often."""
    again: bool | None = None
    """Whether it asks again for what was refused; None when that cannot be told."""


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


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model said."""

    text: str
    finish: str = "stop"
    """Why it stopped, as the protocol names it: ``stop``, ``length``, ``content_filter`` …"""
    usage: Usage = Usage()
    limits: Limits = Limits()
    """What the answer's headers say of the pace; empty for an answer out of the journal."""
