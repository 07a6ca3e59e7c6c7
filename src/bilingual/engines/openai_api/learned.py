"""What each endpoint was found to be like, so that the next run does not find it out again.

A JSON file (``.bilingual/endpoints.json`` in a newsroom), by address and model, with no key in
it. What was found is forgotten after some days, for servers learn; deleting the file loses nothing
else.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from bilingual import clock
from bilingual.storage import cache

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bilingual.engines.openai_api.endpoint import Endpoint

FILE = "endpoints.json"
KEY = "endpoints 1"
KEPT = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an endpoint; nothing at first."""

    lacks: frozenset[str] = frozenset()
    """What it does not take (``capability.LACKS``)."""
    context: int = 0
    """Tokens of prompt and answer together; 0 when it did not say."""
    density: float = 0.0
    """Tokens a byte of prompt, the most that was seen; 0 when nothing was."""
    refused: int = 0
    """Bytes of the smallest prompt that was too long; 0 when none was."""
    reasoning: int = 0
    """Tokens that its thinking needs in addition to the answer's."""


class Endpoints:
    """Knowledge of endpoints, kept in the folder ``keep``; in memory only without one."""

    def __init__(self, keep: Path | None = None, now: Callable[[], datetime] = clock.now) -> None:
        """Nothing is read or written yet. What cannot be read or written is done without."""
        self._path = keep / FILE if keep else None
        self._now = now
        self._lock = threading.Lock()
        self._found: dict[str, Known] = {}

    def find(self, endpoint: Endpoint) -> Known:
        """Return what is known of ``endpoint``."""
        name = _name(endpoint)
        with self._lock:
            if name not in self._found:
                self._found[name] = _known(self._read().get(name), self._now())
            return self._found[name]

    def learn(self, endpoint: Endpoint, change: Callable[[Known], Known]) -> Known:
        """Return what is known after ``change``, and keep it when it is news."""
        name = _name(endpoint)
        before = self.find(endpoint)
        with self._lock:
            after = self._found[name] = change(self._found[name])
            # A density that grows by a hair is no news.
            if replace(after, density=before.density) != before or after.density > (
                before.density * 1.1
            ):
                self._write(name, after)
            return after

    def _read(self) -> dict[str, Any]:
        if self._path is None:
            return {}
        return cache.read(self._path, KEY, dict) or {}

    def _write(self, name: str, known: Known) -> None:
        """Put ``known`` into the file, next to what other processes put there."""
        if self._path is None:
            return
        now = self._now()
        rows = {key: row for key, row in self._read().items() if _known(row, now) != Known()}
        since = rows.get(name, {}).get("since") or now.strftime("%Y-%m-%dT%H:%M:%SZ")
        rows[name] = {
            "since": since,
            "lacks": sorted(known.lacks),
            "context": known.context,
            "density": round(known.density, 4),
            "refused": known.refused,
            "reasoning": known.reasoning,
        }
        cache.write(self._path, KEY, rows)


def _name(endpoint: Endpoint) -> str:
    return f"{endpoint.shown} {endpoint.model}"


def _known(row: Any, now: datetime) -> Known:
    """Return what a ``row`` of the file says; nothing when it is old or none of ours."""
    try:
        since = datetime.fromisoformat(row["since"])
        if not timedelta(0) <= now - since + timedelta(hours=1) <= KEPT:
            return Known()
        return Known(
            frozenset(map(str, row["lacks"])),
            max(0, int(row["context"])),
            max(0.0, float(row["density"])),
            max(0, int(row["refused"])),
            max(0, int(row["reasoning"])),
        )
    except (KeyError, TypeError, ValueError):
        return Known()
