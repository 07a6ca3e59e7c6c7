"""Repair errors in an answer's marks that leave no doubt, rather than pay for another answer.

A model that drops the slash of ``<x1/>``, or writes the kept term or the code that the mark
replaces, means the mark: with it in that place the restored draft is exactly the same. A link
around the whole text, and a footnote reference after it, have only one possible place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bilingual.prompting.marks import KEPT, MARK

if TYPE_CHECKING:
    from bilingual.prompting.marks import Protected

FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
LAST = re.compile(r"<x(\d{1,4})/>\Z")
OPEN = re.compile(r"<x(\d{1,4})\s*>")
CODE = re.compile(r"`[^`]+`")


def fixed(protected: Protected, answer: str) -> str:
    """Return ``answer`` with the marks of ``protected`` where it has them by another spelling.

    Words that are in the text outside the marks, too, may mean those, and are left.
    """
    alone = {each.number for each in protected.marks if not each.spanning}

    def closed(match: re.Match[str]) -> str:
        sure = int(match[1]) in alone and f"</x{match[1]}" not in answer
        return f"<x{match[1]}/>" if sure else match[0]

    answer = OPEN.sub(closed, answer)
    there = {int(match[3]) for match in MARK.finditer(answer)}
    missing: dict[str, list[str]] = {}
    for each in protected.marks:
        plain = KEPT.fullmatch(each.opening) or CODE.fullmatch(each.opening)
        if each.number in alone - there and plain:
            missing.setdefault(each.opening, []).extend(each.names)
    for words in sorted(missing, key=len, reverse=True):
        spelled = re.compile(
            rf"(?<![\w.`-]){re.escape(words)}(?![A-Za-z0-9`]|[.-][A-Za-z0-9])", re.ASCII
        )
        found = spelled.findall(answer)
        if len(found) == len(missing[words]) and not spelled.search(protected.text):
            names = iter(missing[words])
            answer = spelled.sub(lambda _: next(names), answer)  # noqa: B023 - used at once
    return _framed(protected, answer)


def _framed(protected: Protected, answer: str) -> str:
    """Return ``answer`` with the missing mark around the whole text, or after it.

    That is a link that holds all there is, and the reference to a footnote at the very end.
    """
    numbers = {int(match[3]) for match in MARK.finditer(answer)}
    text, first = protected.text, next(iter(protected.marks), None)
    if first is not None and first.spanning and first.number not in numbers:
        opening, closing = first.names
        if text == f"{opening}{first.inner}{closing}" and answer.strip():
            return f"{opening}{answer.strip()}{closing}"
    last = LAST.search(text)
    if last and int(last[1]) not in numbers and answer.strip():
        end = next(each for each in protected.marks if each.number == int(last[1]))
        if FOOTNOTE.fullmatch(end.opening):
            return f"{answer.rstrip()}{last[0]}"
    return answer
