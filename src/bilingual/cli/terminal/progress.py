"""How far long work is: one line that moves on a terminal, plain lines elsewhere; on stderr."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import click

from bilingual.cli.app.options import terminal_columns
from bilingual.cli.terminal.safe_text import one_line
from bilingual.cli.terminal.width import cut
from bilingual.i18n import tell
from bilingual.language.width import width
from bilingual.model import N_

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Self

BAR = 20
"""Columns of the bar."""
STEP = 10.0
"""Seconds between two plain lines: a log should show life, not every unit."""


class ProgressLine:
    """Counts work that is done; used as a context, so that its line is cleared however it ends."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.moving = sys.stderr.isatty()
        self.began = clock()
        self.begun_at: int | None = None
        self.said = self.began
        self.shown = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._clear()

    def show(self, done: int, total: int, label: str) -> None:
        """Say that ``done`` of ``total`` are done and that ``label`` is in work."""
        if self.begun_at is None:
            self.begun_at, self.began = done, self.clock()
        counted = f"{done}/{total}"
        left = self._left(done, total)
        label = one_line(label)
        if self.moving:
            filled = BAR * done // max(total, 1)
            bar = "█" * filled + "░" * (BAR - filled)
            line = " ".join(part for part in (bar, counted, left, label) if part)
            room = max(terminal_columns(sys.stderr) - 1, 10)
            self._clear()
            self.shown = cut(line, room)
            click.echo(self.shown, err=True, nl=False)
        elif done >= total or done == 0 or self.clock() - self.said >= STEP:
            self.said = self.clock()
            click.echo(" ".join(part for part in (counted, left, label) if part), err=True)

    def _left(self, done: int, total: int) -> str:
        """Return how long the rest takes at the pace so far; nothing while there is none."""
        made = done - (self.begun_at or 0)
        if made <= 0 or done >= total:
            return ""
        seconds = round((self.clock() - self.began) / made * (total - done))
        if seconds < 60:
            return tell(N_("{seconds} s left"), seconds=max(seconds, 1))
        return tell(N_("{minutes} min left"), minutes=-(-seconds // 60))

    def _clear(self) -> None:
        if self.shown:
            click.echo(f"\r{' ' * width(self.shown)}\r", err=True, nl=False)
            self.shown = ""
