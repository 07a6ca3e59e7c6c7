"""End a run on Ctrl-C between two answers: what is in flight arrives and is saved first."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType


class Interruption:
    """Whether the run was asked to end."""

    def __init__(self) -> None:
        self.asked = False

    def check(self) -> None:
        """Raise ``KeyboardInterrupt`` when the run was asked to end."""
        if self.asked:
            raise KeyboardInterrupt


@contextmanager
def patient() -> Iterator[Interruption]:
    """Hold the first Ctrl-C (or SIGTERM) back until ``check``; a second one ends at once.

    In a thread other than the main one, where signals do not arrive, nothing is held back.
    """
    interruption = Interruption()
    if threading.current_thread() is not threading.main_thread():
        yield interruption
        return

    def hold(_number: int, _frame: FrameType | None) -> None:
        if interruption.asked:
            raise KeyboardInterrupt
        interruption.asked = True

    held = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, hold) for number in held]
    try:
        yield interruption
    finally:
        for number, handler in zip(held, before, strict=True):
            signal.signal(number, handler)
    interruption.check()
