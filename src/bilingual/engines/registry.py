"""Which engines there are: the files of this folder that make one.

A file ``<name>.py`` with a function ``engine(table)`` is the engine ``<name>``; nothing else has
to be edited to add one.
"""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from typing import TYPE_CHECKING

from bilingual import engines
from bilingual.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bilingual.engines.base import Engine

PARTS = frozenset(
    {
        "base", "batch_api", "batch_dialect", "batch_lines", "batches", "capability", "client",
        "endpoint", "guides", "journal", "limits", "local_server", "marks", "model_file",
        "prompt", "refusal", "registry", "repair", "reply", "retrying", "scripted_batches",
        "scripted_profiles", "scripted_rate", "scripted_server", "scripted_tokens", "scripted_wire",
        "settings",
    }
)  # fmt: skip
"""Files that engines are made of; a test sees to it that every other file is an engine."""


def names() -> tuple[str, ...]:
    """Return the names of all engines, sorted, without loading one."""
    found = {module.name for module in pkgutil.iter_modules(engines.__path__)}
    return tuple(sorted(found - PARTS))


def create(name: str, table: Mapping[str, object]) -> Engine:
    """Return the engine ``name`` with its settings ``table``.

    Raises ``ConfigurationError`` for an unknown name, naming the nearest, or for wrong settings.
    """
    if name not in names():
        near = difflib.get_close_matches(name, names(), 1)
        mend = f"did you mean {near[0]}?" if near else f"there are {', '.join(names())}"
        raise ConfigurationError(f"no engine {name!r}", mend=mend)
    module = importlib.import_module(f"bilingual.engines.{name}")
    made: Engine = module.engine(table)
    return made
