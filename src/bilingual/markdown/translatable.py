"""Decide whether a unit has words to translate."""

from __future__ import annotations

import re

_LETTER = re.compile(r"[^\W\d_]")
_WORD_FIRST = re.compile(r"(?:[*(\"'“‘]|\[(?![\[^]))*+[^\W\d_]++(?=[\s*,)\]”’]|\Z)")
"""A word of letters, perhaps in brackets or emphasis: a unit that begins so is never ``_WORDLESS``.
Most units do."""
_SPECIAL = re.compile(r"[`<\[$&{@]")
_WORDLESS = re.compile(
    r"(?P<ticks>`+)(?:(?!`).)*?(?P=ticks)"
    r"|\$[^$\s](?:[^$\n]*[^$\s])?\$"
    r"|<!--[^<>]*-->|</?[A-Za-z][^<>]*>"
    r"|\]\([^()\s]*(?:\s+(?:\"[^\"]*\"|'[^']*'))?\)|\]\[[^\[\]]*\]"
    r"|\[\^[^\]\s]+\]|\[\[[^\[\]]*\]\][^\n]*(?:\n\s*- \S+)*"
    r"|\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{/\*[^{}]*\*/\}"
    r"|<?[A-Za-z][A-Za-z0-9+.-]{1,31}://[^\s<>]+>?|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+"
    r"|&(?:\#\w+|\w+);",
    re.DOTALL,
)


def is_translatable(source: str) -> bool:
    """Return False for a unit of only numbers, code, addresses and symbols."""
    if _WORD_FIRST.match(source):
        return True
    if not _LETTER.search(source):
        return False
    if not _SPECIAL.search(source) and "://" not in source:
        return True
    position = 0
    for wordless in _WORDLESS.finditer(source):
        if _LETTER.search(source, position, wordless.start()):
            return True
        position = wordless.end()
    return bool(_LETTER.search(source, position))
