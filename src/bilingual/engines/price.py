"""What tokens cost: a table of models, and a newsroom's own prices before it.

Prices are data (``prices.toml``), in US dollars a million tokens, as the providers' pages gave them
on the day the file names; a newsroom that pays others sets ``[engines.<name>.price]``.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from bilingual.model import msg

if TYPE_CHECKING:
    from bilingual.engines.options import EngineOptions
    from bilingual.prompting.request import Usage

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars a million tokens."""

    prompt: float = 0.0
    cached: float = 0.0
    """Of the prompt's tokens that the provider had in its cache."""
    completion: float = 0.0
    batch: float = 1.0
    """What a batch's tokens cost of that: 0.5 is half."""

    def of(self, usage: Usage, *, batch: bool = False) -> float:
        """Return the dollars that ``usage`` costs."""
        fresh = max(usage.prompt - usage.cached, 0)
        cost = fresh * self.prompt + usage.cached * self.cached + usage.completion * self.completion
        return cost / MILLION * (self.batch if batch else 1.0)


def dollars(amount: float) -> str:
    """Return ``amount`` in full, with two decimals at least: a small budget is not nothing."""
    whole, _, cents = f"{amount:.10f}".rstrip("0").partition(".")
    return f"{whole}.{cents:0<2}"


FREE = Price()
"""Of an engine on a machine of one's own."""


def of_model(model: str) -> Price | None:
    """Return the price of ``model``, by its name without a provider's prefix or a date after it.

    None when the table does not have it.
    """
    name = model.rpartition("/")[2].lower()
    table = _table()
    while name:
        if name in table:
            return table[name]
        name, dash, last = name.rpartition("-")
        if not dash or not last.isdigit():  # gpt-4.1-mini-2025-04-14 is gpt-4.1-mini
            return None
    return None


def settled(settings: EngineOptions, model: str) -> Price | None:
    """Return the price in force for an engine's ``settings``: its own, else the model's, or None.

    What the own price leaves out is the model's. Raises ``ConfigurationError`` for a price that is
    no number, or leaves out what nobody knows.
    """
    own = settings.table("price")
    if not own:
        return of_model(model)
    values: dict[str, float] = {}
    for name, value in own.items():
        wrong = isinstance(value, bool) or not isinstance(value, (int, float))
        wrong = wrong or not 0 <= value < float("inf")  # type: ignore[operator] # looked at
        if name not in Price.__dataclass_fields__ or wrong:
            raise settings.fault(
                f"price.{name}",
                msg("price.{name} is not a price", name=name),
                msg("write `prompt`, `cached` and `completion` in US dollars per million tokens"),
            )
        values[name] = float(value)  # type: ignore[arg-type] # looked at above
    if "prompt" in values:
        values.setdefault("cached", values["prompt"])
    usual = of_model(model)
    if usual is not None:
        return replace(usual, **values)
    for name in ("prompt", "completion"):
        if name not in values:  # 0 would be counted, and no budget kept
            raise settings.fault(
                f"price.{name}",
                msg("price.{name} is missing", name=name),
                msg("write `prompt` and `completion` in US dollars per million tokens"),
            )
    return Price(**values)


@cache
def _table() -> dict[str, Price]:
    text = files("bilingual.engines").joinpath("prices.toml").read_text("utf-8")
    return {name: Price(**row) for name, row in tomllib.loads(text)["models"].items()}
