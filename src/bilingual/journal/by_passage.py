"""Requests and answers passage by passage: some of a request's passages, one passage's own answer.

An answer is paid for by the request, but wanted by the unit: after an edit, or a run that ended in
the middle, the same unit is asked for among other neighbours. What a passage was answered is the
answer to the request that would ask for it alone, without what only surrounds it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from bilingual.prompting import answers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bilingual.engines.base import Engine
    from bilingual.prompting.request import Answer, Neighbour, Passage, Request

Each = TypeVar("Each")


def of(
    request: Request,
    passages: Sequence[Passage],
    before: tuple[Neighbour, ...],
    after: tuple[Neighbour, ...],
) -> Request:
    """Return ``request`` for ``passages`` only, with the terms and names that occur in them."""
    return replace(
        request,
        passages=tuple(passages),
        terms=union(each.terms for each in passages),
        names=union(each.names for each in passages),
        before=before,
        after=after,
    )


def name(engine: Engine, request: Request, passage: Passage, slug: str) -> str:
    """Return everything that must be right about an answer to ``passage``, as one text.

    That is its words and terms, the guide and the model, and which unit of the article ``slug`` it
    is; title, section, neighbours, names and the memory's matches may have moved on since.
    """
    alone = of(request, [replace(passage, id="1", matches=(), names=())], (), ())
    core = replace(alone, title="", dek="", section=())
    return f"{engine.key(core)}\n{slug}\n{passage.unit}"


def keyed(engine: Engine, request: Request, answer: Answer, slug: str) -> Mapping[str, str]:
    """Return what ``answer`` says to the passages, by their ``name``: of those without a fault.

    What was asked again is the newer answer to its first asking, too.
    """
    good = answers.read(request, answer).good
    return {
        name(engine, request, asking, slug): good[each.id]
        for each in request.passages
        if each.id in good
        for asking in (each, replace(each, faults=()))
    }


def union(groups: Iterable[tuple[Each, ...]]) -> tuple[Each, ...]:
    """Return what is in any of ``groups``, each once, in order."""
    found: list[Each] = []
    for group in groups:
        found += [each for each in group if each not in found]
    return tuple(found)
