"""The fake: an engine whose answers are written down. Tests and documentation use it.

As an engine of a newsroom it answers from the table ``[engines.scripted.answers]`` (source to
target) and gives every other text a made-up translation that keeps marks and numbers and is
written in the target's script, the same each time.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bilingual.engines.base import Engine, EngineTraits
from bilingual.engines.options import EngineOptions
from bilingual.prompting import answers, marks
from bilingual.prompting.request import Answer, Reply, Usage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bilingual.prompting.request import Passage, Request

NAME = "scripted"
FILLER = {"ko": "가나다라마바사아자차카타파하", "en": "abcdefghijklmnopqrstuvwxyz"}
WORD = re.compile(r"[A-Za-z]+|[가-힣]+")


class Scripted(Engine):
    """An engine whose answers ``script`` gives; ``requests`` are those it was asked."""

    def __init__(
        self,
        script: Callable[[Request], Answer | Reply | str],
        *,
        traits: EngineTraits | None = None,
    ) -> None:
        self._script = script
        self._manners = traits or EngineTraits(batch=4)
        self.requests: list[Request] = []

    @property
    def origin(self) -> str:
        """``mt:scripted/script``."""
        return f"mt:{NAME}/script"

    @property
    def traits(self) -> EngineTraits:
        """As given."""
        return self._manners

    def key(self, request: Request) -> str:
        """Return the request itself."""
        return f"{NAME} {request!r}"

    def ask(self, request: Request) -> Answer:
        """Return what the script says to ``request``; what the script raises is the engine's."""
        self.requests.append(request)
        said = self._script(request)
        if isinstance(said, Answer):
            return said
        if isinstance(said, str):
            said = Reply(said, usage=Usage(requests=1))
        return answers.read(request, said)


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
    return answers.written(request, {each.id: translate(each) for each in request.passages})


def engine(table: Mapping[str, object]) -> Engine:
    """Return the scripted engine of a newsroom; raises ``ConfigurationError`` on a wrong table."""
    settings = EngineOptions(NAME, table)
    known = settings.table("answers")
    traits = EngineTraits(
        settings.count("batch", 4, least=1), settings.count("context", 0), retries=1
    )
    settings.done()

    def script(request: Request) -> str:
        def translate(passage: Passage) -> str:
            text = known.get(passage.text)
            return text if isinstance(text, str) else made_up(passage.text, target)

        target = request.target_language
        return spoken(request, translate)

    return Scripted(script, traits=traits)


def _filled(text: str, language: str) -> str:
    letters = FILLER[language]

    def fill(match: re.Match[str]) -> str:
        word = match[0]
        length = max(1, round(len(word) * (0.5 if language == "ko" else 2.0)))
        first = sum(map(ord, word)) % len(letters)
        return "".join(letters[(first + i) % len(letters)] for i in range(length))

    return WORD.sub(fill, text)
