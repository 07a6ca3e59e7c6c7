"""What a model reads in a text whose words do not look like words.

A model ignores hidden characters, takes look-alikes (Cyrillic о, full-width ｉ, small ɪ) for
letters, knows entities and percent escapes (``&#73;``, ``%49``), reads spaced letters together
(``i g n o r e``) and digits as letters (``1gn0re``), and decodes base64 and hexadecimal numbers.
A tag that is written with ``&lt;`` is shown and is no tag: it stays as it is.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import unquote

from bilingual.language.injection.hidden_characters import ALIKE, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

_SMALL = zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnopqrstuvwyz", strict=True)
_LETTERS = str.maketrans({**ALIKE, **dict(_SMALL), "*": ""})
"""Plain letters for those that look like them; asterisks go, for they may be within a word."""
_ENTITY = re.compile(r"&(?!lt;|gt;|amp;)#?\w{1,20};")
_ACCENTS = re.compile(r"[\u0300-\u036f]+")
_SPACED = re.compile(r"(?<![^\W_])[^\W\d_](?:[ .*_·|/,~-]{1,3}[^\W\d_](?![^\W_])){4,}")
_GAP = re.compile(r"([^\w]+|_+)")
_DIGITS = str.maketrans("013457@$", "oieastas")
_IN_WORD = re.compile(r"[a-z][013457@$][a-z]")
_BASE64 = re.compile(r"(?<![\w+/-])[A-Za-z0-9+/]{32,}={0,2}(?![\w+/-])")
_HEX = re.compile(r"(?<!\w)(?:0x)?(?:[0-9A-Fa-f]{2}[ :,-]{0,2}(?:0x)?){11,}[0-9A-Fa-f]{2}(?!\w)")
_LONG = re.compile(r"[A-Za-z0-9+/]{32}|(?:[0-9A-Fa-f]{2}[ :,-]{0,2}(?:0x)?){11}")


def readings(text: str) -> Iterator[str]:
    """Yield ``text`` as a model may read it: without what hides single letters, then decoded."""
    plain = _plain(text)
    yield plain
    if _SPACED.search(plain):
        yield _SPACED.sub(_joined, plain)
    if _IN_WORD.search(plain):
        yield plain.translate(_DIGITS)
    if _LONG.search(plain):
        for found in _BASE64.finditer(plain):
            yield _from_base64(found[0])
        for found in _HEX.finditer(plain):
            yield _from_hex(found[0])


def _plain(text: str) -> str:
    text = visible(text)
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    if "%" in text:
        text = unquote(text)
    if text.isascii():
        return text.replace("*", "")
    return _ACCENTS.sub("", unicodedata.normalize("NFKC", text).translate(_LETTERS))


def _joined(found: re.Match[str]) -> str:
    """Return spaced letters as words; a gap that is longer than the others separates words."""
    parts = _GAP.split(found[0])
    shortest = min(map(len, parts[1::2]))
    return "".join(
        part if place % 2 == 0 else " " * (len(part) > shortest) for place, part in enumerate(parts)
    )


def _from_base64(run: str) -> str:
    try:
        return base64.b64decode(run + "=" * (-len(run) % 4), validate=True).decode()
    except (binascii.Error, ValueError):
        return ""


def _from_hex(run: str) -> str:
    try:
        return bytes.fromhex(re.sub(r"[ :,-]|0x", "", run)).decode()
    except ValueError:
        return ""
