"""Write a whole output folder at once: readers see the old one or the new one, never a mixture.

Everything is built in a new folder next to the output, which then takes the output's place in
one step: Linux and macOS can exchange two folders atomically (``renameat2(2)`` with
``RENAME_EXCHANGE``, ``renamex_np(2)`` with ``RENAME_SWAP``). On file systems that cannot, the old
folder steps aside first; a crash between those two renames is repaired by the next run.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from bilingual.errors import StorageError, reason
from bilingual.model import msg

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from bilingual.publish.base import File

MARKER = ".bilingual"
"""The file that marks a folder as made by this tool, which may replace it."""

AT_FDCWD = -100
EXCHANGE = 2
"""``RENAME_EXCHANGE`` on Linux and, by chance, ``RENAME_SWAP`` on macOS."""


def recover(output: Path) -> None:
    """Bring back an output that a crash left stepped aside, and drop unfinished ones."""
    output = output.resolve()
    old = _old(output)
    if old.exists() and not output.exists():
        old.rename(output)
    for left in (old, _staging(output)):
        shutil.rmtree(left, ignore_errors=True)


def write(files: Iterable[File], output: Path) -> int:
    """Replace the folder ``output`` by ``files``, whole; returns how many there are.

    Raises ``StorageError``, with the old folder untouched, when the disk does not allow it or
    when ``output`` holds what this tool did not make.
    """
    output = output.resolve()
    if output.exists() and not _ours(output):
        raise StorageError(
            msg("the folder contains files that `bilingual publish` did not write"),
            path=str(output),
            hint=msg("move it, or set another folder as `publish.output` in bilingual.toml"),
        )
    staging = _staging(output)
    try:
        recover(output)
        count = _fill(staging, files)
        _exchange(staging, output)
    except OSError as error:
        raise StorageError(
            msg("cannot write the output: {reason}", reason=reason(error)),
            path=str(output),
            hint=msg(
                "free some space or correct the permissions, and publish again; nothing changed"
            ),
        ) from error
    finally:
        # Before the exchange the unfinished folder, after it the old one.
        shutil.rmtree(staging, ignore_errors=True)
    return count


def _staging(output: Path) -> Path:
    return output.with_name(f".{output.name}.new")


def _old(output: Path) -> Path:
    return output.with_name(f".{output.name}.old")


def _ours(output: Path) -> bool:
    return output.is_dir() and ((output / MARKER).is_file() or not any(output.iterdir()))


def _fill(staging: Path, files: Iterable[File]) -> int:
    staging.mkdir(parents=True)
    (staging / MARKER).write_text("Made by `bilingual publish`; replaced whole.\n", "utf-8")
    written: set[str] = set()
    for file in files:
        place = PurePosixPath(file.path)
        if place.is_absolute() or ".." in place.parts:
            raise StorageError(
                msg("a published file would be outside the output folder"), path=file.path
            )
        if file.path in written:
            continue
        written.add(file.path)
        path = staging / place
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(file.content, bytes):
            path.write_bytes(file.content)
        else:
            shutil.copyfile(file.content, path)
    return len(written)


def _exchange(staging: Path, output: Path) -> None:
    if not output.exists():
        staging.rename(output)
        return
    if _swapped(staging, output):
        return
    output.rename(_old(output))
    staging.rename(output)
    shutil.rmtree(_old(output), ignore_errors=True)


def _swapped(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; false when this system cannot."""
    libc = ctypes.CDLL(None, use_errno=True)
    first, second = os.fsencode(one), os.fsencode(other)
    try:
        if sys.platform == "darwin":
            return bool(libc.renamex_np(first, second, EXCHANGE) == 0)
        return bool(libc.renameat2(AT_FDCWD, first, AT_FDCWD, second, EXCHANGE) == 0)
    except AttributeError:
        return False
