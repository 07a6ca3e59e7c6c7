"""What stops the tool. Problems in the text are findings, not errors.

    BilingualError
    ├── UsageError          wrong words on the command line, no such article    exit 2
    ├── ConfigurationError  bilingual.toml or glossary.yaml cannot be used      exit 2
    ├── ContentError        an article or a catalog cannot be read              exit 2
    ├── StorageError        disk full, no permission, locked                    exit 2
    ├── RefusedError        a gate refused; nothing was written                 exit 1
    └── EngineError         an engine or the network failed; work is saved      exit 3
        └── EngineDownError     no request can succeed: key, address, model

Only ``cli`` turns these into exit codes, and into the user's language.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bilingual.model import N_, Message, msg

if TYPE_CHECKING:
    from collections.abc import Iterable


class BilingualError(Exception):
    """A problem and, where there is something to do about it, a hint.

    ``path`` is relative to the newsroom where it can be; ``line`` starts at 1, 0 when unknown.
    ``str()`` is one line in English.
    """

    def __init__(
        self, problem: Message, *, path: str = "", line: int = 0, hint: Message | None = None
    ) -> None:
        super().__init__(problem)
        self.problem = problem
        self.path = path
        self.line = line
        self.hint = hint

    def __str__(self) -> str:
        hint = f" — {self.hint}" if self.hint else ""
        return f"{self.place}{self.problem}{hint}"

    @property
    def place(self) -> str:
        """File and line as a prefix of the problem; empty when unknown."""
        return f"{self.path}:{self.line}: " if self.line else f"{self.path}: " if self.path else ""


def reason(error: OSError) -> Message:
    """Return the system's words for ``error``; ``i18n.SYSTEM`` has those that are translated."""
    return Message(error.strerror or str(error))


@dataclass(frozen=True, slots=True)
class Problem:
    """One of the problems of a configuration file."""

    line: int
    text: Message
    hint: Message


MOST = 10
"""How many problems of a file one error lists."""


def configuration_error(problems: Iterable[Problem], path: str) -> ConfigurationError:
    """Return the error of the first of ``problems``, which lists the others with their lines."""
    first, *others = sorted(problems, key=lambda problem: problem.line)
    text = first.text
    for other in others[: MOST - 1]:
        values = {"first": text, "line": other.line, "other": other.text}
        text = Message(OTHER, values)
    if len(others) >= MOST:
        text = msg("{first}; and {count} more", first=text, count=len(others) - MOST + 1)
    return ConfigurationError(text, path=path, line=first.line, hint=first.hint)


OTHER = N_("{first}; line {line}: {other}")


class UsageError(BilingualError):
    """The command line names something that does not exist or does not fit together."""


class ConfigurationError(BilingualError):
    """The configuration or the glossary cannot be used."""


class ContentError(BilingualError):
    """An article or a catalog cannot be read."""


class StorageError(BilingualError):
    """The disk or another process prevents reading or writing."""


class RefusedError(BilingualError):
    """A gate refused; nothing was written."""


class EngineError(BilingualError):
    """An engine failed on a request; earlier answers are saved."""


class EngineDownError(EngineError):
    """No request to this engine can succeed: wrong key, address or model."""
