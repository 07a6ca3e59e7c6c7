"""A newsroom that asks the scripted server, and what that one bills, for tests about money."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bilingual.testing.provider.server import BilledRequest, ScriptedServer


MANY = {
    f"a{n}/en": "\n\n".join(
        f"The model number {n} of the series {word} costs {n + 3} dollars a month."
        for word in ("alpha", "beta", "gamma", "delta", "epsilon", "zeta")
    )
    for n in range(4)
}


def toml(server: ScriptedServer, translate_table: str = "", **settings) -> str:
    table = {"base_url": server.url, "model": "gpt-4.1-mini", "batch": 2, **settings}
    rows = "\n".join(f"{name} = {_toml(value)}" for name, value in table.items())
    return f"[translate]\nengine = 'openai'\n{translate_table}\n[engines.openai]\n{rows}\n"


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{name} = {each}' for name, each in value.items())} }}"
    return repr(value)


def cost(bills: Iterable[BilledRequest]) -> float:
    """Return what the provider bills at the prices of gpt-4.1-mini."""
    return sum(
        ((b.prompt - b.cached) * 0.4 + b.cached * 0.1 + b.completion * 1.6) / 1e6 for b in bills
    )


def billed(server: ScriptedServer) -> float:
    return cost(server.bills)
