"""A file on its way: what of it is whole, noted on the disk, so that the next run goes on there."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Partial:
    """The beginning of a file at ``path``, with a note next to it.

    Every source gives the same file, so that one may go on where another stopped. One that comes
    in parts can do so only at the end of a part of its own, which the note remembers.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.note = path.with_suffix(f"{path.suffix}.json")
        self._said: dict[str, Any] = {}
        with suppress(OSError, ValueError):
            self._said = json.loads(self.note.read_text("utf-8"))

    @property
    def size(self) -> int:
        """How many bytes are whole; 0 when the note cannot be trusted."""
        try:
            size = int(self._said["size"])
            return size if 0 <= size <= self.path.stat().st_size else 0
        except (OSError, KeyError, TypeError, ValueError):
            return 0

    def part(self, source: str) -> tuple[int, int]:
        """Return how many parts of ``source`` are whole, and how many bytes these are."""
        try:
            parts, size = self._said["parts"][source]
            return (int(parts), int(size)) if 0 <= int(size) <= self.size else (0, 0)
        except (KeyError, TypeError, ValueError):
            return 0, 0

    @contextmanager
    def opened(self, at: int) -> Iterator[BinaryIO]:
        """Open the file at a position; what follows it stays until something is written."""
        with self.path.open("r+b" if self.path.exists() else "w+b") as file:
            file.seek(at)
            yield file

    def keep(self, file: BinaryIO, source: str = "", parts: int = 0) -> None:
        """Note that all of ``file`` up to its position is whole: ``parts`` parts of ``source``."""
        file.flush()
        os.fsync(file.fileno())
        self._said["size"] = file.tell()
        if source:
            self._said["parts"] = {source: [parts, file.tell()]}
        fresh = self.note.with_suffix(".new")
        fresh.write_text(json.dumps(self._said), "utf-8")
        fresh.replace(self.note)

    def forget(self) -> None:
        """Delete the file and the note."""
        self._said = {}
        self.path.unlink(missing_ok=True)
        self.note.unlink(missing_ok=True)
