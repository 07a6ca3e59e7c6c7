"""The tool's and the site's own words in a reader's language.

They stand in ``locales/<language>/LC_MESSAGES/bilingual.po``: a newsroom's own file first, which
may change any of them or add its name, then the one that travels with the tool. The msgids are
the English words, so that English needs no file and a word nobody translated shows in English.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from bilingual.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

PACKAGE = Path(__file__).resolve().parents[1]
NAME = "LC_MESSAGES/bilingual.po"


def words(language: str, root: Path | None = None) -> Callable[[str], str]:
    """Return the gettext of ``language``: English msgid in, its translation out.

    ``root`` is a newsroom's folder, whose own file wins over the tool's. What has no translation
    there comes back as it is. Raises ``ContentError`` with file and line for a file that is no PO.
    """
    known = translations(language, root)
    return lambda msgid: known.get(msgid, msgid)


def missing(language: str, msgids: Iterable[str], root: Path | None = None) -> list[str]:
    """Return those of ``msgids`` that have no translation into ``language``, in their order."""
    known = translations(language, root)
    return [msgid for msgid in msgids if msgid not in known]


def translations(language: str, root: Path | None = None) -> Mapping[str, str]:
    """Return msgid to translation as ``words`` knows them, fuzzy and empty ones left out."""
    files = [] if language == "en" else [_packaged(language)]
    if root is not None:
        files.append(root / "locales" / language / NAME)
    found: dict[str, str] = {}
    for file in files:
        if file.is_file():
            found |= _read(file, file.stat().st_mtime_ns)
    return found


def _packaged(language: str) -> Path:
    """Return the tool's own file: in the wheel, or at the root of an editable checkout."""
    inside = PACKAGE / "locales" / language / NAME
    return inside if inside.is_file() else PACKAGE.parents[1] / "locales" / language / NAME


@lru_cache(maxsize=16)
def _read(file: Path, _changed: int) -> Mapping[str, str]:
    text = file.read_bytes()
    # A file with only its header, as the English one is, costs no import of Babel.
    if text.count(b"\nmsgid ") + text.startswith(b"msgid ") < 2:
        return {}
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415

    try:
        catalog = read_po(text.decode().splitlines(keepends=True), abort_invalid=True)
    except UnicodeDecodeError as error:
        raise ContentError("not UTF-8", path=str(file), hint="save it as UTF-8") from error
    except PoFileError as error:
        line = int(getattr(error, "lineno", 0) or 0)
        raise ContentError(f"no PO file: {error}", path=str(file), line=line) from error
    return {
        message.id: message.string
        for message in catalog
        if isinstance(message.id, str) and isinstance(message.string, str)
        if message.id and message.string and not message.fuzzy
    }
