"""The interface of an engine, and what passes through it.

An engine gets a ``Request`` and returns an ``Answer``: a text for each passage. A language model
builds its prompt and reads its reply with the helpers of ``prompting`` (``prompt.turns``,
``answers.read``); any other engine returns the texts as they are. An engine knows no catalog and
sends each request once: waiting, asking again, budgets and the journal are the layers around it
(``workflow.drafting.stack``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from bilingual.errors import EngineError
from bilingual.prompting import estimate
from bilingual.prompting.request import NO_USAGE

if TYPE_CHECKING:
    from bilingual.engines.openai_api.learned import Endpoints
    from bilingual.engines.price import Price
    from bilingual.model import Message
    from bilingual.prompting.request import Answer, Estimate, Request, Usage


class RequestError(EngineError):
    """One request cannot be answered, being too long or refused; others are not affected."""


class TooLongError(RequestError):
    """The request is longer than the model's context: a smaller one may pass."""

    def __init__(
        self, problem: Message, *, hint: Message | None = None, billed: bool = False
    ) -> None:
        super().__init__(problem, hint=hint)
        self.billed = billed
        """True when the server answered nevertheless, to a part of it."""


class UnreachableError(EngineError):
    """Nothing answered at the address: the next attempt may, or the server is not there."""


class LostError(EngineError):
    """A request was sent and no answer arrived that can be read: it may have been billed."""


class BusyError(EngineError):
    """The server asks to be asked later: too many requests, or overloaded (429, 503, 529)."""

    def __init__(
        self, problem: Message, *, hint: Message | None = None, after: float | None = None
    ) -> None:
        super().__init__(problem, hint=hint)
        self.after = after
        """Seconds to wait, where the server says so (``Retry-After``)."""


@dataclass(frozen=True, slots=True)
class EngineTraits:
    """How an engine is to be asked."""

    batch: int = 1
    """Units a request: small models confuse more than one."""
    context: int = 0
    """Neighbouring units shown on each side."""
    brief: bool = False
    """Ask with a short prompt, one unit at a time."""
    revises: bool = True
    """Whether it is asked for the changed sentences of an edited unit alone."""
    retries: int = 1
    """How often a refused answer is asked again with the reasons."""
    attempts: int = 1
    """How often a request is sent that fails for a passing reason (a broken connection, a 5xx),
    the first time included."""
    concurrency: int = 1
    """Requests in flight at a time, at most; above 1 ``ask`` is called by several threads."""
    price: Price | None = None
    """What its tokens cost; None when it is not known."""


class Engine(Protocol):
    """Something that drafts; derive from it for what ``bound``, ``estimate`` and ``close`` do."""

    @property
    def origin(self) -> str:
        """The origin of its drafts: ``mt:<engine>/<model>``."""

    @property
    def traits(self) -> EngineTraits:
        """How it is to be asked."""

    def key(self, request: Request) -> str:
        """Return everything that determines the answer to ``request``, as one text."""

    def ask(self, request: Request) -> Answer:
        """Send ``request`` once and return the answer; the caller waits and asks again.

        Raises ``BusyError`` when the server asks to wait, ``RequestError`` when it will never
        take this request, another ``EngineError`` when this attempt failed and the next may
        succeed, ``EngineDownError`` when none can.
        """

    def bound(self, request: Request) -> Usage:  # noqa: ARG002 - of an engine that bills nothing
        """Return the most tokens that ``request`` and its answer can have."""
        return NO_USAGE

    def estimate(self, request: Request) -> Estimate:
        """Return what ``request`` will probably use."""
        return estimate.usage(request)

    def close(self) -> None:
        """Release connections and processes; called once, after a failure too."""
        return


@runtime_checkable
class RemembersEndpoint(Protocol):
    """An engine that finds out what its endpoint is like."""

    def remember(self, endpoints: Endpoints) -> None:
        """Keep what is found out in ``endpoints``, and begin with what is there."""


@runtime_checkable
class NeedsKey(Protocol):
    """An engine that may lack what it needs to be asked: a key."""

    def ready(self) -> None:
        """Raise ``EngineDownError`` when it cannot be asked."""
