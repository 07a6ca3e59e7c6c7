"""A smaller request for a small context: what helps goes, what is asked for stays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bilingual.prompting.request import Request


def smaller(request: Request) -> Request | None:
    """Return ``request`` with the help that is missed least taken out; None when none is left.

    Passages, terms, names and reasons of a refusal stay: without them the answer is another one.
    Several passages are better asked for apart, which is for the caller to do first.
    """
    if any(each.matches for each in request.passages):
        return replace(
            request, passages=tuple(replace(each, matches=()) for each in request.passages)
        )
    if request.before and request.after:
        return replace(request, after=())
    if request.before or request.after:
        return replace(request, before=(), after=())
    if request.dek:
        return replace(request, dek="")
    if request.title or request.section:
        return replace(request, title="", section=())
    return None
