"""The words of the tool and of the site, in the language of the person who reads them.

The msgids are the English words: English needs no file, and what nobody translated shows in
English. ``locales/<language>/LC_MESSAGES/bilingual.po`` is compiled into the package by the build
(``hatch_build.py``) and read by Python's gettext. A newsroom's own file of that name may change
words of its site; polib reads it.
"""

from __future__ import annotations

import gettext
import os
import re
from contextlib import suppress
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from bilingual.errors import ContentError
from bilingual.language.message import fill, say
from bilingual.model import N_, msg

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import polib

    from bilingual.errors import BilingualError
    from bilingual.model import Message

DOMAIN = "bilingual"
PACKAGE = Path(__file__).resolve().parent
COMPILED = PACKAGE / "locales"
"""Where gettext finds the tool's compiled words, as ``<language>/LC_MESSAGES/bilingual.mo``."""
CHECKOUT = PACKAGE.parents[1] / "locales"
"""Where their PO files are in an editable checkout; an installed package has none."""
LANGUAGES = ("en", "ko")
NO_LANGUAGE = ("C", "POSIX")
"""Locales without a language; ``LANGUAGE`` does not count in them (gettext manual, 2.3)."""
MODEL = (
    *(N_("initial"), N_("translated"), N_("reviewed"), N_("final")),
    *(N_("error"), N_("warning"), N_("info")),
    *(N_("field"), N_("heading"), N_("paragraph"), N_("item"), N_("cell"), N_("alt")),
    *(N_("caption"), N_("footnote"), N_("definition"), N_("html"), N_("attribute")),
)
"""The words of the model (states, severities, kinds), printed as ``tell(str(state))``."""
SYSTEM = (
    *(N_("No space left on device"), N_("Disk quota exceeded"), N_("File too large")),
    *(N_("Permission denied"), N_("Operation not permitted"), N_("Read-only file system")),
    *(N_("No such file or directory"), N_("Is a directory"), N_("Not a directory")),
    *(N_("File exists"), N_("File name too long"), N_("Input/output error")),
)
"""What operating systems say in errors of files (``errors.reason``)."""


def language(environment: Mapping[str, str] = os.environ) -> str:
    """Return ``ko`` or ``en``: the first of them that the locale for messages asks for.

    ``LC_ALL`` wins over ``LC_MESSAGES``, that over ``LANG``; the list in ``LANGUAGE`` replaces the
    one that won, as in every gettext program.
    """
    names = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next((name for name in names if name), "C")
    if locale.split(".")[0] in NO_LANGUAGE:
        return "en"
    for wish in (environment.get("LANGUAGE") or locale).split(":"):
        if wish[:2] in LANGUAGES and not wish[2:3].isalpha():
            return wish[:2]
    return "en"


def tell(template: str, /, **values: object) -> str:
    """Return ``template`` in the language of this process, with ``values`` in it."""
    return fill(_tool(language())(template), values)


def sentence(message: Message) -> str:
    """Return ``message`` in the language of this process, and values that are messages too."""
    return say(message, _tool(language()))


def error_line(error: BilingualError) -> str:
    """Return ``error`` in one line, as ``str`` does, in the language of this process."""
    hint = f" — {sentence(error.hint)}" if error.hint else ""
    return f"{error.place}{sentence(error.problem)}{hint}"


def words(language: str, root: Path | None = None) -> Callable[[str], str]:
    """Return the gettext of ``language``: English msgid in, its translation out.

    ``root`` is a newsroom's folder, whose own file wins over the tool's. What has no translation
    is returned as it is. Raises ``ContentError`` with file and line for a file that is not PO.
    """
    tool = _tool(language)
    file = root / "locales" / language / "LC_MESSAGES" / f"{DOMAIN}.po" if root else None
    if file is None or not file.is_file():
        return tool
    own = _own(file, file.stat().st_mtime_ns)
    return lambda msgid: own.get(msgid) or tool(msgid)


@lru_cache(maxsize=16)
def _own(file: Path, _changed: int) -> Mapping[str, str]:
    """Return the words of a newsroom's own ``file``, fuzzy and empty ones left out."""
    try:
        catalog = _read(file)
    except UnicodeDecodeError as error:
        raise ContentError(
            msg("not UTF-8"), path=str(file), hint=msg("save it as UTF-8")
        ) from error
    except (OSError, ValueError) as error:
        where = re.search(r"\(line (\d+)\)", str(error))  # polib has it in its text only
        line = int(where[1]) if where else 0
        raise ContentError(
            msg("not a PO file"), path=str(file), line=line, hint=msg("correct this line")
        ) from error
    return {entry.msgid: entry.msgstr for entry in catalog.translated_entries()}


def _read(file: Path) -> polib.POFile:
    import polib  # noqa: PLC0415 - only where a PO file is read

    return polib.pofile(str(file), encoding="utf-8")


@lru_cache
def _tool(language: str) -> Callable[[str], str]:
    """Return the gettext of the tool's own words."""
    if language == "en":
        return str
    found = _translations(language).gettext
    return lambda msgid: found(msgid) if msgid else ""  # gettext's "" is the file's header


def _translations(language: str) -> gettext.NullTranslations:
    """Return the compiled words, as new as the PO file of a checkout."""
    compiled = COMPILED / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
    source = CHECKOUT / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    if source.is_file() and not _newer(compiled, source):
        return _compile(source, compiled)
    return gettext.translation(DOMAIN, COMPILED, [language], fallback=True)


def _newer(compiled: Path, source: Path) -> bool:
    return compiled.is_file() and compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns


def _compile(source: Path, compiled: Path) -> gettext.GNUTranslations:
    """Compile ``source`` and keep the result, as Python keeps ``__pycache__``: where it can."""
    content = _read(source).to_binary()
    with suppress(OSError):
        compiled.parent.mkdir(parents=True, exist_ok=True)
        new = compiled.with_suffix(f".{os.getpid()}")
        new.write_bytes(content)
        new.replace(compiled)
    return gettext.GNUTranslations(BytesIO(content))
