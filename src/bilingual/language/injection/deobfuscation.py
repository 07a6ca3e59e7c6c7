r"""What a model reads in a text whose words do not look like words.

A model passes over hidden characters, takes look-alikes (Cyrillic о, full-width ｉ, small ɪ) for
letters, knows entities and escapes (``&#73;``, ``%49``, ``\u0049``), spells spaced letters
together (``i g n o r e``), and reads base64 and hexadecimal numbers. So does this, and keeps the
place. A tag that is written with ``&lt;`` is shown and not made: it stays as it is.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from bilingual.language.injection.hidden_characters import ALIKE, hidden

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SMALL = dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnopqrstuvwyz", strict=True))
"""Small capitals; that they mix with Latin letters is no fault: phonetic script has them."""
_STRANGE = re.compile(r"[^\n\x20-\x7e\uac00-\ud7a3\u2010-\u2026\u3000-\u303f·×]")
_ESCAPED = re.compile(
    r"&(?!lt;|gt;|amp;)(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,20});|(?:%[0-9A-Fa-f]{2})+"
    r"|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\[\"{}]"
)
_ESCAPES = re.compile(r"[&%\\]")
_LOOSE = re.compile(r"(?<= ) +|(?<=\w)\*{1,3}")
"""Further spaces, and emphasis that begins or ends in a word or behind it."""
_LOOSENED = re.compile(r"  |\w\*")
_SPACED = re.compile(r"(?<![^\W_])[^\W\d_](?:(?P<gap>[ .*_·|/,~-]{1,3})[^\W\d_](?![^\W_])){5,}")
_DIGIT = str.maketrans("013457@$", "oieastas")
_WITHIN = re.compile(r"[a-z][013457@$][a-z]")
_DIGITS = re.compile(r"(?<!\w)(?=[0-9@$]*[A-Za-z])[A-Za-z0-9@$]{3,}(?!\w)")
_JAMO = re.compile(r"[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?")
_LETTER = re.compile(r"[^\W\d_]")
_BASE64 = re.compile(r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/]{32,}={0,2}(?![A-Za-z0-9+/_-])")
_HEX = re.compile(
    r"(?<![0-9A-Za-z])(?:0x)?(?:[0-9A-Fa-f]{2}[ :,-]{0,2}(?:0x)?){11,}[0-9A-Fa-f]{2}"
    r"(?![0-9A-Za-z])"
)
_LONG = re.compile(r"[A-Za-z0-9+/]{32}|(?:[0-9A-Fa-f]{2}[ :,-]{0,2}(?:0x)?){11}")


@dataclass(frozen=True, slots=True)
class Decoding:
    """A text as a model reads it, and where each of its characters comes from."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where the characters from ``start`` to ``end`` stand in the text as written."""
        return self.starts[start], self.ends[end - 1]


def read(text: str) -> Decoding:
    """Return ``text`` without what hides single letters."""
    reading = Decoding(text, range(len(text)), range(1, len(text) + 1))
    if _STRANGE.search(text):
        reading = _edited(reading, ((*span, "") for span in hidden(text)))
        jamo = ((*found.span(), _composed(found)) for found in _JAMO.finditer(reading.text))
        reading = _folded(_edited(reading, jamo))
    if _ESCAPES.search(text):
        said = ((found, _said(found[0])) for found in _ESCAPED.finditer(reading.text))
        reading = _edited(reading, ((*found.span(), new) for found, new in said if new))
        reading = _folded(reading)
    return reading


def tidied(reading: Decoding) -> Decoding:
    """Return ``reading`` with one space for several, and without emphasis inside words."""
    if not _LOOSENED.search(reading.text):
        return reading
    spans = (found.span() for found in _LOOSE.finditer(reading.text))
    return _edited(reading, ((*span, "") for span in spans))


def together(reading: Decoding) -> Decoding | None:
    """Return ``reading`` with its spaced letters as words; None when it has none.

    A gap that is longer than the others parts words.
    """
    edits: list[tuple[int, int, str]] = []
    for found in _SPACED.finditer(reading.text):
        gaps = [
            (each.start() + 1, following.start())
            for each, following in _pairs(_LETTER.finditer(found[0]))
        ]
        least = min(end - start for start, end in gaps)
        edits += (
            (found.start() + start, found.start() + end, " " if end - start > least else "")
            for start, end in gaps
        )
    return _edited(reading, edits) if edits else None


def spelled(reading: Decoding) -> Decoding | None:
    """Return ``reading`` with letters for digits within words (1gn0re); None when it has none."""
    if not _WITHIN.search(reading.text):
        return None
    text = _DIGITS.sub(lambda found: found[0].translate(_DIGIT), reading.text)
    return Decoding(text, reading.starts, reading.ends)


def coded(text: str) -> Iterator[tuple[int, int, str]]:
    """Give where a run in ``text`` is base64 or hexadecimal, and what it says."""
    if not _LONG.search(text):
        return
    for pattern, decode in ((_BASE64, _from_base64), (_HEX, _from_hex)):
        for found in pattern.finditer(text):
            if said := decode(found[0]):
                yield *found.span(), said


def _pairs(found: Iterator[re.Match[str]]) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    before = next(found)
    for each in found:
        yield before, each
        before = each


def _edited(reading: Decoding, edits: Iterable[tuple[int, int, str]]) -> Decoding:
    """Return ``reading`` with other words at places that follow one another."""
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    for start, end, new in (*edits, (len(reading.text), len(reading.text), "")):
        text += (reading.text[position:start], new)
        starts.extend(reading.starts[position:start])
        ends.extend(reading.ends[position:start])
        if new:
            first, last = reading.place(start, end)
            starts.extend([first] * len(new))
            ends.extend([last] * len(new))
        position = end
    return Decoding("".join(text), starts, ends)


def _folded(reading: Decoding) -> Decoding:
    """Return ``reading`` with plain letters for those that look like them, accents apart."""
    text = [_plain(each) for each in reading.text]
    kept = [place for place, each in enumerate(text) if each]
    return Decoding(
        "".join(text), [reading.starts[i] for i in kept], [reading.ends[i] for i in kept]
    )


def _plain(character: str) -> str:
    if character < "\x80":
        return " " if character == "\t" else character
    if "가" <= character <= "힣":
        return character
    if "\u0300" <= character <= "\u036f":
        return ""
    folded = unicodedata.normalize("NFKC", character)
    if character in ALIKE or character in SMALL:
        return ALIKE.get(character) or SMALL[character]
    return folded if len(folded) == 1 else character


def _composed(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", found[0])


def _said(escape: str) -> str:
    """Return what an entity or an escape stands for, or nothing."""
    if escape[0] == "&":
        said = html.unescape(escape)
        return "" if said == escape else said
    if escape[0] == "%":
        try:
            return unquote_to_bytes(escape).decode()
        except ValueError:
            return ""
    return chr(int(f"0x{escape[2:]}", 0)) if escape[1] in "ux" else escape[1]


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
