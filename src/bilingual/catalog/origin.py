"""Read, write and match the origins of targets.

An origin is one of ``mt:<engine>/<model>``, ``human:<name>``, ``import:<file>`` and
``tm:<score> <source>`` for what the memory filled. The source of the match is an imported memory
(``import:memory/acme.tmx``) or the newsroom's own unit (``unit:<slug>/<id>``); catalogs of earlier
versions have none.
"""

from __future__ import annotations

import re

MACHINES = ("mt:", "tm:")
"""How the origins of machine drafts begin; what a person approved takes precedence over them."""
MEMORY, IMPORT, UNIT = "tm:", "import:", "unit:"
KINDS = (*MACHINES, IMPORT, UNIT)
"""How the origins of many targets at once begin."""
_IMPORTED = re.compile(r"import:memory/((.+)\.tmx)", re.DOTALL)


def of_unit(slug: str, unit: str) -> str:
    """Return the name of a unit of the newsroom as the source of a match."""
    return f"{UNIT}{slug}/{unit}"


def is_imported(origin: str) -> bool:
    """Return True for the origin of an imported memory."""
    return _IMPORTED.fullmatch(origin) is not None


def of_match(score: int, source: str) -> str:
    """Return the origin of a target that the memory filled with a match from ``source``."""
    return f"{MEMORY}{score} {source}"


def match_source(origin: str) -> str:
    """Return the source of the match in the ``origin`` of a memory; empty for another origin."""
    return origin.partition(" ")[2] if origin.startswith(MEMORY) else ""


def group(origin: str) -> str:
    """Return ``origin`` without the unit that a match of the memory comes from, for totals."""
    return origin.partition(" ")[0] if match_source(origin).startswith(UNIT) else origin


def matches(origin: str, prefix: str) -> bool:
    """Return True when ``origin``, or the source of its match, is ``prefix`` or below it.

    ``mt:`` is every machine, ``mt:openai`` every model of that engine, ``mt:openai/gpt-4.1`` one
    model and not ``gpt-4.1-mini``; ``import:memory/2025.tmx``, or ``import:2025``, one file and
    what the memory filled from it.
    """
    if not prefix:
        return True
    step = prefix if prefix.endswith((":", "/")) else f"{prefix}/"
    return any(name == prefix or name.startswith(step) for name in _aliases(origin))


def _aliases(origin: str) -> tuple[str, ...]:
    """Return all names by which ``origin`` can be selected."""
    inner = match_source(origin)
    named = _IMPORTED.fullmatch(inner or origin)
    short = (f"{IMPORT}{named[1]}", f"{IMPORT}{named[2]}") if named else ()
    if not inner:
        return (origin, *short)
    return (origin, origin.partition(" ")[0], inner, *short)
