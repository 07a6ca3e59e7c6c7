"""Frozen values that are made in a third of the time.

``dataclass(frozen=True)`` sets each field by its name through ``object.__setattr__``. Catalogs and
articles are thousands of values, and a quarter of the time of reading them went into that.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any, TypeVar

T = TypeVar("T", bound=type)


def quick(kind: T) -> T:
    """Give a frozen dataclass with slots an ``__init__`` that sets the slots themselves.

    Arguments and defaults are the dataclass's own; it may have no ``default_factory``, no
    keyword-only field and no ``__post_init__``.
    """
    slots: dict[str, Any] = {}
    arguments = ["self"]
    lines: list[str] = []
    for each in fields(kind):
        if each.default_factory is not MISSING or each.kw_only or not each.init:
            raise TypeError(f"{kind.__name__}.{each.name} is no plain field")
        name = each.name
        slots[f"set_{name}"] = getattr(kind, name).__set__
        slots[f"default_{name}"] = each.default
        arguments.append(name if each.default is MISSING else f"{name}=default_{name}")
        lines.append(f"    set_{name}(self, {name})")
    exec(f"def __init__({', '.join(arguments)}):\n" + "\n".join(lines), slots)  # noqa: S102 - as dataclass does: fields are known here only
    made = slots["__init__"]
    made.__qualname__ = f"{kind.__qualname__}.__init__"
    setattr(kind, "__init__", made)  # noqa: B010 - mypy takes the plain form for an error
    return kind
