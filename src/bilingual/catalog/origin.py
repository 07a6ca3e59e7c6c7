"""What the origin of a target says, and how one is asked for.

An origin is one of ``mt:<engine>/<model>``, ``human:<name>``, ``import:<file>`` and
``tm:<score> <where>``: what the memory filled, with what it matched behind the score. ``where`` is
an imported memory (``import:memory/acme.tmx``) or the newsroom's own unit (``unit:<slug>/<id>``);
catalogs of earlier versions name none.
"""

from __future__ import annotations

import re

MACHINES = ("mt:", "tm:")
"""Origins whose drafts give way to what a person approved."""
MEMORY, IMPORT, UNIT = "tm:", "import:", "unit:"
KINDS = (*MACHINES, IMPORT, UNIT)
"""How an origin that brings in many targets at once begins."""
_IMPORTED = re.compile(r"import:memory/((.+)\.tmx)", re.DOTALL)


def of_unit(slug: str, unit: str) -> str:
    """Return what a unit of the newsroom is called as the source of a match."""
    return f"{UNIT}{slug}/{unit}"


def is_imported(origin: str) -> bool:
    """Return True for the origin of an imported memory."""
    return _IMPORTED.fullmatch(origin) is not None


def filled(score: int, where: str) -> str:
    """Return the origin of a target that the memory filled with a match from ``where``."""
    return f"{MEMORY}{score} {where}"


def where(origin: str) -> str:
    """Return what the memory matched to fill a target of ``origin``; nothing for another one."""
    return origin.partition(" ")[2] if origin.startswith(MEMORY) else ""


def group(origin: str) -> str:
    """Return ``origin`` for a sum: the units that the memory's matches come from are left out."""
    return origin.partition(" ")[0] if where(origin).startswith(UNIT) else origin


def below(origin: str, wanted: str) -> bool:
    """Return True when ``origin``, or what it was filled with, is ``wanted`` or lies below it.

    ``mt:`` is every machine, ``mt:openai`` every model of that engine, ``mt:openai/gpt-4.1`` one
    model and not ``gpt-4.1-mini``; ``import:memory/2025.tmx``, or ``import:2025``, one file and
    what the memory filled with it.
    """
    if not wanted:
        return True
    step = wanted if wanted.endswith((":", "/")) else f"{wanted}/"
    return any(name == wanted or name.startswith(step) for name in _names(origin))


def _names(origin: str) -> tuple[str, ...]:
    """Return everything that ``origin`` may be called when it is asked for."""
    inner = where(origin)
    named = _IMPORTED.fullmatch(inner or origin)
    short = (f"{IMPORT}{named[1]}", f"{IMPORT}{named[2]}") if named else ()
    if not inner:
        return (origin, *short)
    return (origin, origin.partition(" ")[0], inner, *short)
