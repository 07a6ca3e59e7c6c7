"""Which engines there are: the files of this folder that make one.

A file ``<name>.py`` with a function ``engine(table)`` is the engine ``<name>``; nothing else has
to be edited to add one.
"""

from __future__ import annotations

import difflib
import importlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bilingual import engines
from bilingual.engines.base import Guarded, Learner
from bilingual.engines.openai_api.learned import Endpoints
from bilingual.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bilingual.engines.base import Engine

MAKES_ONE = re.compile(r"^def engine\(", re.MULTILINE)


@cache
def names() -> tuple[str, ...]:
    """Return the names of all engines, sorted, without loading one."""
    files = (file for folder in engines.__path__ for file in Path(folder).glob("*.py"))
    return tuple(sorted(file.stem for file in files if MAKES_ONE.search(file.read_text("utf-8"))))


def create(
    name: str, table: Mapping[str, object], keep: Path | None = None, *, asks: bool = True
) -> Engine:
    """Return the engine ``name`` with its settings ``table``.

    ``keep`` is a folder where it may keep what it learns of its endpoint between runs. Nobody
    ``asks`` it anything who only wants to know what it would be asked.

    Raises ``ConfigurationError`` for an unknown name, naming the nearest, or for wrong settings;
    ``EngineDownError`` for an engine that cannot be asked, where somebody ``asks``.
    """
    if name not in names():
        near = difflib.get_close_matches(name, names(), 1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(names())}"
        raise ConfigurationError(f"no engine {name!r}", hint=hint)
    module = importlib.import_module(f"bilingual.engines.{name}")
    made: Engine = module.engine(table)
    if keep is not None and isinstance(made, Learner):
        made.remember(Endpoints(keep))
    if asks and isinstance(made, Guarded):
        made.ready()
    return made
