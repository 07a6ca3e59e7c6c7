"""What passes through the layers around an engine: one method, ``ask``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bilingual.model import Message
    from bilingual.prompting.request import Answer, Request


@dataclass(frozen=True, slots=True)
class Call:
    """A request on its way through the layers."""

    request: Request
    slug: str
    """The article that it is for."""
    key: str
    """Everything that determines its answer (``Engine.key``)."""


class Why(Enum):
    """Why a request was not sent although nothing failed."""

    IN_BATCH = auto()
    """Its answer comes with a batch, or will be asked for in one."""
    ELSEWHERE = auto()
    """Another run or thread is asking the same, or has just got the answer."""
    OVER_BUDGET = auto()
    STOPPED = auto()
    """Somebody asked the run to end."""


@dataclass(frozen=True, slots=True)
class NotAsked:
    """A request that was not sent although nothing failed."""

    why: Why
    message: Message | None = None
    """What the budget allows; of ``OVER_BUDGET`` only."""


IN_BATCH, ELSEWHERE, STOPPED = map(NotAsked, (Why.IN_BATCH, Why.ELSEWHERE, Why.STOPPED))


class Layer(Protocol):
    """One layer; all but the innermost wrap another."""

    def ask(self, call: Call) -> Answer | NotAsked:
        """Return the answer to ``call``, or why it was not asked.

        Raises ``EngineError`` when the engine failed, ``StorageError`` when the answer cannot be
        kept.
        """
