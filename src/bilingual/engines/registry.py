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
from bilingual.engines.base import Learner
from bilingual.engines.endpoints import Endpoints
from bilingual.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bilingual.engines.base import Engine

PARTS = frozenset(
    {
        "base", "batch_api", "batch_dialect", "batch_lines", "batches", "capability", "client",
        "context", "endpoint", "endpoints", "guide", "journal", "key", "limits", "local_server",
        "marks", "model_file", "names", "prompt", "refusal", "registry", "repair", "reply",
        "retrying", "scripted_batches", "scripted_profiles", "scripted_rate", "scripted_server",
        "scripted_tokens", "scripted_wire", "settings", "shrink",
    }
)  # fmt: skip
"""Files that engines are made of; a test sees to it that every other file is an engine."""


def names() -> tuple[str, ...]:
    """Return the names of all engines, sorted, without loading one."""
    found = {module.name for module in pkgutil.iter_modules(engines.__path__)}
    return tuple(sorted(found - PARTS))


def create(name: str, table: Mapping[str, object], keep: Path | None = None) -> Engine:
    """Return the engine ``name`` with its settings ``table``.

    ``keep`` is a folder where it may keep what it learns of its endpoint between runs.

    Raises ``ConfigurationError`` for an unknown name, naming the nearest, or for wrong settings.
    """
    if name not in names():
        near = difflib.get_close_matches(name, names(), 1)
        mend = f"did you mean {near[0]}?" if near else f"there are {', '.join(names())}"
        raise ConfigurationError(f"no engine {name!r}", mend=mend)
    module = importlib.import_module(f"bilingual.engines.{name}")
    made: Engine = module.engine(table)
    if keep is not None and isinstance(made, Learner):
        made.remember(Endpoints(keep))
    return made
