"""What stops the tool. Faults *in the text* are findings, not errors.

    BilingualError
    ├── UsageError          wrong words on the command line, no such article    exit 2
    ├── ConfigurationError  bilingual.toml or glossary.yaml cannot be used      exit 2
    ├── ContentError        an article or a catalog cannot be read              exit 2
    ├── StorageError        disk full, no permission, locked                    exit 2
    ├── RefusedError        a gate refused; nothing was written                 exit 1
    └── EngineError         an engine or the network failed; work is saved      exit 3
        └── EngineDownError     not a matter of one unit: key, address, model

Only ``cli`` turns these into exit codes.
"""

from __future__ import annotations


class BilingualError(Exception):
    """Names the file, the line, the fault and the mend in one line.

    ``path`` is relative to the newsroom where it can be; ``line`` starts at 1, 0 when unknown.
    """

    def __init__(self, fault: str, *, path: str = "", line: int = 0, hint: str = "") -> None:
        self.fault = fault
        self.path = path
        self.line = line
        self.hint = hint
        super().__init__(str(self))

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}: " if self.line else f"{self.path}: " if self.path else ""
        hint = f" — {self.hint}" if self.hint else ""
        return f"{place}{self.fault}{hint}"


class UsageError(BilingualError):
    """The command was asked for something that does not exist."""


class ConfigurationError(BilingualError):
    """The configuration or the glossary cannot be used."""


class ContentError(BilingualError):
    """An article or a catalog cannot be read as what it should be."""


class StorageError(BilingualError):
    """The disk or another process is in the way."""


class RefusedError(BilingualError):
    """A gate refused; nothing was written."""


class EngineError(BilingualError):
    """An engine failed on a request; what was answered before is saved."""


class EngineDownError(EngineError):
    """No request to this engine can succeed: wrong key, address or model."""
