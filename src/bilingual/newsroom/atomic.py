"""Writing a file whole or not at all.

The bytes go to a new file in the same folder, are forced to the disk, and take the old file's name
in one step; a process killed at any moment leaves the old or the new file, never a part of one.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import tempfile
from typing import TYPE_CHECKING

from bilingual.errors import StorageError

if TYPE_CHECKING:
    from pathlib import Path

PREFIX = ".bilingual-"
"""How the new file is called until it is whole; one that a killed process left may be deleted."""

HINTS = {
    errno.ENOSPC: "free some space and run it again; nothing was lost",
    errno.EDQUOT: "free some space and run it again; nothing was lost",
    errno.EFBIG: "raise the limit on the size of files; nothing was lost",
    errno.EACCES: "make the folder writable for you",
    errno.EPERM: "make the folder writable for you",
    errno.EROFS: "the file system is read-only",
}


def write(path: Path, content: bytes, *, name: str = "") -> None:
    """Put ``content`` at ``path``, making its folders; keeps the mode of a file that was there.

    ``name`` is how errors call the file (its path when empty). Raises ``StorageError`` when the
    disk or the permissions do not let it; the old file then stands as it was.
    """
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=PREFIX, dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), _mode(path))
            os.fsync(file.fileno())
        os.replace(temporary, path)  # noqa: PTH105 - the temporary name is a string from mkstemp
        temporary = ""
        _force_folder(path.parent)
    except OSError as error:
        raise storage_error(error, name or str(path), "cannot be written") from error
    finally:
        if temporary:
            with contextlib.suppress(OSError):
                os.unlink(temporary)  # noqa: PTH108


def rename(old: Path, new: Path, *, name: str) -> None:
    """Give the file at ``old`` the path ``new`` in one step; raises ``StorageError``."""
    try:
        old.replace(new)
        _force_folder(new.parent)
    except OSError as error:
        raise storage_error(error, name, "cannot be renamed") from error


def storage_error(error: OSError, name: str, fault: str) -> StorageError:
    """Return ``error`` on the file ``name`` as an error that says fault and mend in one line."""
    hint = HINTS.get(error.errno or 0, "look at the folder and run it again")
    return StorageError(f"{fault}: {error.strerror or error}", path=name, hint=hint)


def _mode(path: Path) -> int:
    """Return the permissions the new file gets: the old file's, else what the umask leaves."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        mask = os.umask(0o077)
        os.umask(mask)
        return 0o666 & ~mask


def _force_folder(folder: Path) -> None:
    """Make the new name itself survive a power cut; where folders cannot be opened, go on."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
