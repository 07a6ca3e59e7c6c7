"""Write a file whole or not at all.

The bytes go to a new file in the same folder, which takes the old file's name in one step; a
process killed at any moment leaves the old or the new file, never a part of one.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from typing import TYPE_CHECKING, BinaryIO

from bilingual.errors import StorageError, reason
from bilingual.model import N_, Message, msg

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PREFIX = ".bilingual-"
"""How the name of an unfinished file begins; one that a killed process left may be deleted."""
NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL

HINTS = {
    errno.ENOSPC: N_("free some space and run it again; nothing was lost"),
    errno.EDQUOT: N_("free some space and run it again; nothing was lost"),
    errno.EFBIG: N_("raise the limit on the size of files; nothing was lost"),
    errno.EACCES: N_("make the folder writable for you"),
    errno.EPERM: N_("make the folder writable for you"),
    errno.EROFS: N_("the file system is read-only"),
}
CHECK = N_("check the folder and run it again")


def write(path: Path, content: bytes, *, name: str = "", lasting: bool = True) -> None:
    """Put ``content`` at ``path``, making its folders; keeps the mode of a file that was there.

    ``name`` is how errors call the file (its path when empty). Raises ``StorageError`` when the
    disk or the permissions do not let it; the old file is then unchanged. One that is not
    ``lasting`` may be gone after a power cut.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path, lasting=lasting) as file:
            file.write(content)
    except OSError as error:
        raise storage_error(error, name or str(path), msg("cannot be written")) from error


@contextlib.contextmanager
def replacing(path: Path, *, prefix: str = PREFIX, lasting: bool = True) -> Iterator[BinaryIO]:
    """Yield a new file that takes the name ``path`` at the end, unless there is an exception.

    Raises ``OSError``.
    """
    temporary = f"{path.parent}/{prefix}{os.urandom(8).hex()}"
    with os.fdopen(os.open(temporary, NEW, 0o666), "r+b") as file:
        try:
            yield file
            file.flush()
            with contextlib.suppress(FileNotFoundError):
                os.fchmod(file.fileno(), stat.S_IMODE(path.stat().st_mode))
            if lasting:
                os.fsync(file.fileno())
            os.replace(temporary, path)  # noqa: PTH105 - the temporary name is a string
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(temporary)  # noqa: PTH108 - the same
            raise
    if lasting:
        _force_folder(path.parent)


def rename(old: Path, new: Path, *, name: str) -> None:
    """Rename the file at ``old`` to ``new`` in one step; raises ``StorageError``."""
    try:
        old.replace(new)
        _force_folder(new.parent)
    except OSError as error:
        raise storage_error(error, name, msg("cannot be renamed")) from error


def storage_error(error: OSError, name: str, problem: Message) -> StorageError:
    """Return ``error`` on the file ``name`` as an error with problem and hint."""
    values = {"problem": problem, "reason": reason(error)}
    hint = Message(HINTS.get(error.errno or 0, CHECK))
    return StorageError(Message("{problem}: {reason}", values), path=name, hint=hint)


def _force_folder(folder: Path) -> None:
    """Make the new name itself survive a power cut; where folders cannot be opened, go on."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
