"""Reading the files people edit: strict UTF-8, and a plain word on what is wrong with one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.errors import ContentError
from bilingual.storage.atomic import storage_error

if TYPE_CHECKING:
    from pathlib import Path

MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
"""What a file of another encoding begins with."""


def read(path: Path, name: str) -> bytes:
    """Return the bytes of the file at ``path``.

    ``name`` is how errors call it. Raises ``StorageError`` when it is there and cannot be read;
    ``FileNotFoundError`` is the caller's to explain.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise storage_error(error, name, "cannot be read") from error


def text(content: bytes, name: str) -> str:
    """Return ``content`` as text. A byte order mark and the kind of line ends are kept.

    Raises ``ContentError`` with the line of the first byte that is not UTF-8, or of a NUL.
    """
    for begin, encoding in MARKS.items():
        if content.startswith(begin):
            raise ContentError(
                f"the file is {encoding}, not UTF-8", path=name, line=1, hint="save it as UTF-8"
            )
    nul = content.find(b"\0")
    if nul >= 0:
        raise ContentError(
            "the file is binary (it holds a NUL)",
            path=name,
            line=_line(content, nul),
            hint="put a text in its place, or take it out of the newsroom",
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ContentError(
            f"byte 0x{content[error.start]:02x} is not UTF-8{_guess(content)}",
            path=name,
            line=_line(content, error.start),
            hint="save the file as UTF-8",
        ) from error


def _line(content: bytes, offset: int) -> int:
    return content.count(b"\n", 0, offset) + 1


def _guess(content: bytes) -> str:
    """Name the encoding that Korean files come in when they are not UTF-8."""
    try:
        decoded = content.decode("cp949")
    except UnicodeDecodeError:
        return ""
    hangul = sum("가" <= character <= "힣" for character in decoded)
    return " (it reads as CP949/EUC-KR)" if hangul else ""
