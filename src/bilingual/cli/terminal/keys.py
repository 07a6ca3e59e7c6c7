"""How decisions come in: single keys on a terminal, lines from anywhere else."""

from __future__ import annotations

import contextlib
import sys
from typing import Protocol

import click

HANGUL_KEYS = dict(zip("ㅁㄷㄱㅊㄴㅠㅂ", "aercsbq", strict=True))
"""What the keys give while a Korean keyboard (KS X 5002, two sets) is not switched to Latin."""
ARROWS = {"\x1b[C": "s", "\x1b[B": "s", "\x1b[D": "b", "\x1b[A": "b"}
"""Forwards and backwards (ECMA-48 cursor keys)."""


class Keys(Protocol):
    """Where a session's decisions come from."""

    def key(self) -> str:
        """Return the next decision, one lower-case character; raises ``EOFError`` at the end."""
        ...

    def line(self, question: str) -> str:
        """Ask ``question`` and return the answer; raises ``EOFError`` at the end."""
        ...


class TerminalKeys:
    """Single keys, without Enter."""

    def key(self) -> str:
        """Wait for one key; what was typed before the question was shown is dropped."""
        pressed = click.getchar()
        if pressed in ARROWS:
            return ARROWS[pressed]
        return HANGUL_KEYS.get(pressed, pressed).lower()

    def line(self, question: str) -> str:
        """Ask for one line; the terminal's own editing works in it."""
        with contextlib.suppress(ImportError):
            import readline  # noqa: F401 - with it, input() knows wide characters
        return input(f"{question} ")


class LineKeys:
    """One decision a line from standard input: for scripts and pipes."""

    def key(self) -> str:
        """Return the first character of the next line that holds something."""
        while not (line := self._next().strip()):
            pass
        return HANGUL_KEYS.get(line[0], line[0]).lower()

    def line(self, question: str) -> str:  # noqa: ARG002 - there is no person to ask
        """Return the next line."""
        return self._next().rstrip("\n")

    def _next(self) -> str:
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        return line


def keys() -> Keys:
    """Return the terminal's keys where a person sits, lines elsewhere."""
    return TerminalKeys() if sys.stdin.isatty() else LineKeys()
