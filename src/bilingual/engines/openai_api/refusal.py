"""What a server's refusal means: for this request, for a while, or for good."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bilingual.engines.base import BusyError, RequestError, TooLongError
from bilingual.engines.openai_api import rate_headers
from bilingual.errors import EngineDownError, EngineError
from bilingual.model import msg

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bilingual.engines.openai_api.endpoint import Endpoint

SAYS_TOO_LONG = re.compile(
    r"context.{0,20}(?:length|size|window)|too (?:long|many tokens)|exceeds? the (?:available|max)"
    r"|maximum.{0,20}tokens|request too large|must be reduced",
    re.IGNORECASE,
)
SAYS_NO_QUOTA = re.compile(
    r"insufficient.?(?:quota|balance|funds)|billing|exceeded your current quota|credit.balance"
    r"|budget.{0,20}exceeded|exceeded.?budget|specified API usage limits",
    re.IGNORECASE,
)
SAYS_BUSY = re.compile(r"overloaded|too many requests|rate.?limit|try again later", re.IGNORECASE)
SAYS_WRONG_KEY = re.compile(
    r"(?:invalid|incorrect|wrong|expired|no|missing).{0,20}(?:api.?key|token\b|credentials)",
    re.IGNORECASE,
)
SAYS_NO_MODEL = re.compile(
    r"model.{0,80}(?:not found|not exist|no such|unknown)|invalid model|unknown model"
    r"|DeploymentNotFound",
    re.IGNORECASE,
)
BUSY = frozenset({429, 503, 529})
NEVER = frozenset({400, 413, 422})


@dataclass(frozen=True, slots=True)
class ServerRefusal:
    """An answer of a server that is an error."""

    status: int
    said: str
    """Its own words: message, type, code and parameter."""
    headers: Mapping[str, str]
    """Names in lower case."""


TOLD = ("message", "type", "code", "param", "detail", "msg", "loc")
COUNTED = ("n_ctx", "n_prompt_tokens")
"""Fields of an error that name something or, in llama.cpp, count something."""


def words(body: Any) -> str:
    """Return what an error's ``body`` says, however it is wrapped; empty when nothing."""
    if isinstance(body, dict):
        inner = body.get("error")
        if inner and (isinstance(inner, dict) or not body.get("message")):
            return words(inner)
        counted = [f"{name} {body[name]}" for name in COUNTED if body.get(name)]
        told = [words(body[name]) for name in TOLD if body.get(name)]
        return " ".join((*told, *counted))
    if isinstance(body, (list, tuple)):
        return " ".join(words(each) for each in body)
    return str(body or "")


def too_long(endpoint: Endpoint, *, billed: bool = False) -> TooLongError:
    """Return the error of a request that is longer than the model's context.

    It is ``billed`` when the server read a part of it and answered that.
    """
    return TooLongError(
        msg("the unit with its context is too long for {model}", model=endpoint.model),
        hint=msg("choose a model with a larger context, or lower `batch` and `context`"),
        billed=billed,
    )


def error(refusal: ServerRefusal, endpoint: Endpoint, now: datetime) -> EngineError:  # noqa: PLR0911
    """Return ``refusal`` as an error of the tool, with a hint and never with a secret."""
    at, model = endpoint.shown, endpoint.model
    key = endpoint.key_env or "API key"
    status, said = refusal.status, refusal.said
    if SAYS_NO_QUOTA.search(said) and status in {400, 401, 402, 403, 429}:
        return EngineDownError(
            msg("the quota at {url} is used up", url=at), hint=msg("check your plan and billing")
        )
    if SAYS_TOO_LONG.search(said) and status in NEVER | {429, 500}:
        return too_long(endpoint)
    if status == 401 or (status == 400 and SAYS_WRONG_KEY.search(said)):
        hint = (
            msg("set {key} to a valid key", key=key) if endpoint.key else msg("set {key}", key=key)
        )
        return EngineDownError(msg("{url} refused the key", url=at), hint=hint)
    if status == 403:
        return EngineDownError(
            msg("{url} does not allow this key to use {model}", url=at, model=model),
            hint=msg("check the permissions of {key}", key=key),
        )
    if status in {404, 405} or (status == 400 and SAYS_NO_MODEL.search(said)):
        return EngineDownError(
            msg("{url} knows neither the model {model!r} nor the address", url=at, model=model),
            hint=msg("check `model` and `base_url` (it usually ends in `/v1`)"),
        )
    if status in NEVER:
        return RequestError(
            msg("{url} refused the request: {reason}", url=at, reason=endpoint.quoted(said))
        )
    problem = msg(
        "{url} answered with status {status}: {reason}",
        url=at,
        status=status,
        reason=endpoint.quoted(said),
    )
    if status in BUSY or (status >= 500 and SAYS_BUSY.search(said)):
        return BusyError(
            problem,
            hint=msg("try again later"),
            after=rate_headers.wait(refusal.headers, now, said),
        )
    return EngineError(problem, hint=msg("try again later"))
