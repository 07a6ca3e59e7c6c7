"""Which engines there are, and how one is made from its settings.

A module with a function ``engine(table)`` is an engine: a file ``<name>.py`` of this folder, or
the entry point ``<name>`` of another package in the group ``bilingual.engines``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.engines.base import NeedsKey, RemembersEndpoint
from bilingual.engines.openai_api.learned import Endpoints
from bilingual.errors import ConfigurationError
from bilingual.model import msg
from bilingual.nearest import did_you_mean
from bilingual.plugins import Plugins

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bilingual.engines.base import Engine

ENGINES = Plugins("bilingual.engines", "bilingual.engines", "engine")


def names() -> tuple[str, ...]:
    """Return the names of all engines, sorted, without loading one."""
    return ENGINES.names()


def create(
    name: str, table: Mapping[str, object], keep: Path | None = None, *, asks: bool = True
) -> Engine:
    """Return the engine ``name`` with its settings ``table``.

    ``keep`` is a folder where it may keep what it learns of its endpoint between runs. Without
    ``asks`` only the requests are made, and none is sent.

    Raises ``ConfigurationError`` for an unknown name, naming the nearest, or for wrong settings;
    ``EngineDownError`` for an engine that cannot be asked, if it is to be.
    """
    if name not in names():
        hint = did_you_mean(name, names(), msg("use one of {names}", names=", ".join(names())))
        raise ConfigurationError(msg("unknown engine {name!r}", name=name), hint=hint)
    made: Engine = ENGINES.load(name).engine(table)
    if keep is not None and isinstance(made, RemembersEndpoint):
        made.remember(Endpoints(keep))
    if asks and isinstance(made, NeedsKey):
        made.ready()
    return made
