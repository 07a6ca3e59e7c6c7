"""One run of a command that asks an engine: its name, its clock, and whether it is to end."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from time import monotonic, sleep
from typing import TYPE_CHECKING

from bilingual import clock
from bilingual.workflow.drafting.interruption import Interruption

if TYPE_CHECKING:
    from bilingual.newsroom import Newsroom

LOOK = 0.1
"""Seconds between two looks at whether the run is to end, or what is waited for is there."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run in ``newsroom``."""

    newsroom: Newsroom
    name: str
    """No other run has it."""
    interruption: Interruption = field(default_factory=Interruption)

    def now(self) -> str:
        """Return the time: UTC, ISO 8601."""
        return clock.timestamp()

    def alive(self, name: str) -> bool:
        """Return True while the run ``name`` has not ended."""
        return self.newsroom.present(name)

    @property
    def stopped(self) -> bool:
        """True when the run is to end: what was sent arrives, nothing more is sent."""
        return self.interruption.asked

    def rest(self, seconds: float) -> bool:
        """Wait for ``seconds``; return False, at once, when the run is to end."""
        end = monotonic() + seconds
        while (left := end - monotonic()) > 0 and not self.stopped:
            sleep(min(left, LOOK))
        return not self.stopped


def name(command: str) -> str:
    """Return a name for a run of ``command`` that no other process has."""
    return f"{command} {clock.timestamp()} {os.getpid()}"
