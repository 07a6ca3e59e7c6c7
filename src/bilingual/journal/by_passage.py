"""Answers passage by passage: what determines the answer to one passage of a request.

An answer is paid for by the request but used by the unit: after an edit, or a run that was
interrupted, the same unit is asked for among other neighbours. The answer to a passage is that to
the request which asks for it alone, without what only surrounds it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bilingual.prompting import answers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bilingual.engines.base import Engine
    from bilingual.prompting.request import Answer, Passage, Request


def name(engine: Engine, request: Request, passage: Passage, slug: str) -> str:
    """Return everything that determines whether an answer to ``passage`` is right, as one text.

    That is its words and terms, the guide and the model, and which unit of the article ``slug`` it
    is; title, section, neighbours, names and the memory's matches may have changed since.
    """
    alone = request.only([replace(passage, id="1", matches=(), names=())])
    core = replace(alone, title="", dek="", section=())
    return f"{engine.key(core)}\n{slug}\n{passage.unit}"


def keyed(engine: Engine, request: Request, answer: Answer, slug: str) -> Mapping[str, str]:
    """Return the texts of ``answer`` by the ``name`` of their passage: those without a problem.

    A text that was asked for again is the newer answer to the first request for it, too.
    """
    good = answers.checked(request, answer).good
    return {
        name(engine, request, asked, slug): good[each.id]
        for each in request.passages
        if each.id in good
        for asked in (each, replace(each, problems=()))
    }
