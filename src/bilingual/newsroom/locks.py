"""One writer at a time for a file.

The lock is the kernel's (``flock``) on a file in ``.bilingual/locks/``: when its holder dies in
whatever way, the kernel lets it go, so there are no stale locks to break. The lock file itself
stays; only the hold on it means anything.
"""

from __future__ import annotations

import contextlib
import hashlib
from typing import TYPE_CHECKING

from bilingual.errors import StorageError
from bilingual.model import msg
from bilingual.storage.atomic import storage_error

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 30.0
"""Seconds to wait for another process; a catalog is held for some milliseconds."""


@contextlib.contextmanager
def locked(folder: Path, name: str, *, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock of the file called ``name`` (relative to the newsroom) within the block.

    ``folder`` is where lock files are. Raises ``StorageError`` when another process holds the
    lock for longer than ``patience`` seconds, or when the lock file cannot be made.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - only writers pay for the import

    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(_file(folder, name))
        lock.acquire(timeout=patience, poll_interval=0.01)
    except Timeout as error:
        raise StorageError(
            msg("another process has locked it for {patience:g} seconds", patience=patience),
            path=name,
            hint=msg("wait for the other `bilingual` to end, or stop it"),
        ) from error
    except OSError as error:
        raise storage_error(error, name, msg("cannot be locked")) from error
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def present(folder: Path, name: str) -> Iterator[None]:
    """Be there under ``name`` within the block; its lock file goes when the block ends well.

    Raises as ``locked`` does.
    """
    with locked(folder, name):
        yield
        _file(folder, name).unlink(missing_ok=True)


def is_present(folder: Path, name: str) -> bool:
    """Return True while a process is ``present`` under ``name``, however others ended."""
    from filelock import FileLock, Timeout  # noqa: PLC0415

    file = _file(folder, name)
    if not file.exists():
        return False
    try:
        with FileLock(file, timeout=0):
            file.unlink(missing_ok=True)
    except Timeout:
        return True
    except OSError:
        return False
    return False


def _file(folder: Path, name: str) -> Path:
    return folder / f"{hashlib.sha256(name.encode()).hexdigest()[:16]}.lock"
