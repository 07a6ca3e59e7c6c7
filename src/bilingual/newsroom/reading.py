"""Read the files that people edit as strict UTF-8, with clear errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.errors import ContentError
from bilingual.model import msg
from bilingual.storage.atomic import storage_error

if TYPE_CHECKING:
    from pathlib import Path

MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
"""The first bytes of files in another encoding."""


def read(path: Path, name: str) -> bytes:
    """Return the bytes of the file at ``path``.

    ``name`` is its name in errors. Raises ``StorageError`` when it exists and cannot be read, and
    ``FileNotFoundError``, which the caller handles.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise storage_error(error, name, msg("cannot be read")) from error


def text(content: bytes, name: str) -> str:
    """Return ``content`` as text, with its byte order mark and line endings.

    Raises ``ContentError`` with the line of the first byte that is not UTF-8, or of a NUL.
    """
    for begin, encoding in MARKS.items():
        if content.startswith(begin):
            raise ContentError(
                msg("the file is {encoding}, not UTF-8", encoding=encoding),
                path=name,
                line=1,
                hint=msg("save it as UTF-8"),
            )
    nul = content.find(b"\0")
    if nul >= 0:
        raise ContentError(
            msg("the file is binary (it contains a NUL byte)"),
            path=name,
            line=_line(content, nul),
            hint=msg("replace it with a text file, or move it out of the newsroom"),
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        byte = f"0x{content[error.start]:02x}"
        raise ContentError(
            msg("byte {byte} is not UTF-8 (the file may be CP949/EUC-KR)", byte=byte)
            if _is_cp949(content)
            else msg("byte {byte} is not UTF-8", byte=byte),
            path=name,
            line=_line(content, error.start),
            hint=msg("save it as UTF-8"),
        ) from error


def _line(content: bytes, offset: int) -> int:
    return content.count(b"\n", 0, offset) + 1


def _is_cp949(content: bytes) -> bool:
    """Return True when ``content`` has Hangul in the encoding of older Korean files."""
    try:
        decoded = content.decode("cp949")
    except UnicodeDecodeError:
        return False
    return any("가" <= character <= "힣" for character in decoded)
