"""Put values into a sentence; in Korean the particle after a value takes the form that fits it.

Translators write both forms in the usual notation, ``{slug}을(를)`` or `` `{path}`(으)로 ``. Values
are put in as they are: the notation counts only in the template, right after a value or after the
quotation mark, backtick or bracket that closes it. Sentences without it are filled by
``str.format`` alone, whatever their language.
"""

from __future__ import annotations

import re
from string import Formatter
from typing import TYPE_CHECKING

from bilingual.model import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NOTATION: Mapping[str, str] = {
    "은(는)": "은",
    "이(가)": "이",
    "을(를)": "을",
    "과(와)": "과",
    "(으)로": "으로",
    "(이)라": "이라",
    "(이)나": "이나",
}
"""Each notation with its form after a consonant."""
_AFTER = re.compile(
    r"(?P<closing>[`'\"’”)\]」』》〉*_]*)(?P<both>" + "|".join(map(re.escape, NOTATION)) + ")"
)
_BRACKETED = re.compile(r"(?<=\w)\s?[(\[][^()\[\]]*[)\]]\W*\Z")
_SILENT = re.compile(r"[^\w%％℃°]+\Z|_+\Z")


def say(message: Message, gettext: Callable[[str], str]) -> str:
    """Return ``message``, and the values that are messages, in the language of ``gettext``."""
    values = {
        name: say(each, gettext) if isinstance(each, Message) else each
        for name, each in message.values.items()
    }
    return fill(gettext(message.template), values)


def fill(template: str, values: Mapping[str, object]) -> str:
    """Return ``template`` with ``values``, as ``str.format`` puts them in; no values, no change."""
    if not values:
        return template
    if "(" not in template or not _AFTER.search(template):
        return template.format(**values)
    parts: list[str] = []
    value: str | None = None
    for literal, name, form, conversion in Formatter().parse(template):
        found = None if value is None else _AFTER.match(literal)
        if found and value is not None:
            parts.append(f"{found['closing']}{particle(found['both'], value)}")
            literal = literal[found.end() :]  # noqa: PLW2901 - what is left of it
        parts.append(literal)
        value = None
        if name is not None:
            field = name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "")
            value = f"{{{field}}}".format(**values)
            parts.append(value)
    return "".join(parts)


def particle(notation: str, value: str) -> str:
    """Return the form of ``notation`` that fits after ``value``, by its most likely reading."""
    from bilingual.language.ko.particle import FORMS  # noqa: PLC0415 - English needs none of it
    from bilingual.language.ko.reading import Sound  # noqa: PLC0415

    forms = FORMS[NOTATION[notation]]
    sound = _sound(value)
    if sound is Sound.VOWEL or (sound is Sound.RIEUL and forms.rieul_open):
        return forms.open
    return forms.closed


def _sound(value: str) -> object:
    from bilingual.language.ko.reading import Sound, of_number, of_text, of_word  # noqa: PLC0415

    if not value:
        return Sound.VOWEL
    spoken = _SILENT.sub("", _BRACKETED.sub("", value) or value) or value
    sounds = of_text(spoken)
    if len(sounds) != 1:  # readers differ, or nothing is known: spell the last sign
        last = spoken[-1] if spoken[-1].isascii() else ""
        sounds = of_number(last) if last.isdigit() else of_word(last) if last.isalpha() else sounds
    return next(iter(sounds), Sound.VOWEL)
