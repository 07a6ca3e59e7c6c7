"""The fake: an engine whose answers are written down. Tests and documentation use it.

As an engine of a newsroom it answers from the table ``[engines.scripted.answers]`` (source to
target) and gives every other text a made-up translation that keeps marks and numbers and is
written in the target's script, the same each time.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from bilingual.engines.base import Manners
from bilingual.engines.options import EngineOptions
from bilingual.prompting import marks
from bilingual.prompting.request import Answer, Usage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bilingual.engines.base import Engine
    from bilingual.prompting.request import Passage, Request

NAME = "scripted"
FILLER = {"ko": "가나다라마바사아자차카타파하", "en": "abcdefghijklmnopqrstuvwxyz"}
WORD = re.compile(r"[A-Za-z]+|[가-힣]+")


class Scripted:
    """An engine whose answers ``script`` gives; ``requests`` are those it was asked."""

    def __init__(
        self, script: Callable[[Request], Answer | str], *, manners: Manners | None = None
    ) -> None:
        self._script = script
        self._manners = manners or Manners(batch=4)
        self.requests: list[Request] = []

    @property
    def origin(self) -> str:
        """``mt:scripted/script``."""
        return f"mt:{NAME}/script"

    @property
    def manners(self) -> Manners:
        """As given."""
        return self._manners

    def key(self, request: Request) -> str:
        """Return the request itself."""
        return f"{NAME} {request!r}"

    def bound(self, request: Request) -> Usage:  # noqa: ARG002 - the seam's
        """Return nothing: no token is billed."""
        return Usage()

    def ask(self, request: Request) -> Answer:
        """Return what the script says to ``request``; what the script raises is the engine's."""
        self.requests.append(request)
        answer = self._script(request)
        return Answer(answer, usage=Usage(requests=1)) if isinstance(answer, str) else answer

    def close(self) -> None:
        """Do nothing: there is nothing to give back."""


def made_up(text: str, language: str) -> str:
    """Return a pretended translation of ``text`` into ``language``: marks and numbers stay."""
    parts: list[str] = []
    position = 0
    for match in marks.MARK.finditer(text):
        parts += [_filled(text[position : match.start()], language), match[0]]
        position = match.end()
    return "".join((*parts, _filled(text[position:], language)))


def spoken(request: Request, translate: Callable[[Passage], str]) -> str:
    """Return a well-formed answer to ``request`` with what ``translate`` says to each passage."""
    if request.brief:
        return translate(request.passages[0])
    rows = {each.id: translate(each) for each in request.passages}
    return json.dumps(rows, ensure_ascii=False)


def engine(table: Mapping[str, object]) -> Engine:
    """Return the scripted engine of a newsroom; raises ``ConfigurationError`` on a wrong table."""
    settings = EngineOptions(NAME, table)
    answers = settings.table("answers")
    manners = Manners(settings.count("batch", 4, least=1), settings.count("context", 0), retries=1)
    settings.done()

    def script(request: Request) -> str:
        def translate(passage: Passage) -> str:
            known = answers.get(passage.text)
            return known if isinstance(known, str) else made_up(passage.text, target)

        target = request.target_language
        return spoken(request, translate)

    return Scripted(script, manners=manners)


def _filled(text: str, language: str) -> str:
    letters = FILLER[language]

    def fill(match: re.Match[str]) -> str:
        word = match[0]
        length = max(1, round(len(word) * (0.5 if language == "ko" else 2.0)))
        first = sum(map(ord, word)) % len(letters)
        return "".join(letters[(first + i) % len(letters)] for i in range(length))

    return WORD.sub(fill, text)
