"""Cache files, all in one format: a checksum, a key and JSON, one line each.

The key is all that the content depends on. A file that is damaged, of another key, too large or
not readable counts as absent, so it may be deleted at any time and needs no migration.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from typing import TYPE_CHECKING, Any, TypeVar

from bilingual.errors import StorageError
from bilingual.storage import atomic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

Content = TypeVar("Content")

LIMIT = 256 * 2**20
"""Bytes of the largest file that is written or read."""


def read(path: Path | str, key: str, decode: Callable[[Any], Content]) -> Content | None:
    """Return what ``decode`` makes of the JSON at ``path``; None when it cannot be used."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - half the time of Path
            checksum, found, body = file.read(LIMIT).split(b"\n", 2)
        if found.decode() != key or checksum.decode() != digest(found + body):
            return None
        return decode(json.loads(body))
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None


def write(path: Path, key: str, content: object) -> None:
    """Keep ``content`` at ``path``; a disk that does not let it costs only time."""
    body = json.dumps(content, separators=(",", ":")).encode()
    name = key.encode()
    if len(body) < LIMIT - 1024:
        with contextlib.suppress(StorageError):
            whole = b"\n".join([digest(name + body).encode(), name, body])
            atomic.write(path, whole, lasting=False)


def digest(content: bytes) -> str:
    """Return a hash of ``content``."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def code_stamps(paths: Iterable[Path | str]) -> Iterator[str]:
    """Yield path, time and size of each Python file in ``paths``, subfolders included, sorted.

    A cache whose content depends on code puts them into its key.
    """
    for path in paths:
        yield from sorted(_stamps(os.fspath(path)))


def _stamps(path: str) -> Iterator[str]:
    with contextlib.suppress(OSError):
        if path.endswith(".py"):
            found = os.stat(path)  # noqa: PTH116 - faster than Path, and at every start
            yield f"{path} {found.st_mtime_ns} {found.st_size}"
            return
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.name.endswith(".py") or (entry.is_dir() and entry.name != "__pycache__"):
                    yield from _stamps(entry.path)
