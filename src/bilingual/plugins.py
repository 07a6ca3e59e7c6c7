"""Find plugins: the tool's own by the files of a folder, other packages' by their entry points.

A file of the folder is a plugin when it defines the kind's function at its top level; any other
file is a helper. Nothing lists plugins, and none is imported before it is asked for by name.
"""

from __future__ import annotations

import glob
import pkgutil
import re
import sys
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from bilingual.errors import ConfigurationError
from bilingual.model import msg

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.metadata import EntryPoint
    from types import ModuleType

SECTION = b"[bilingual."
"""How a group of plugins begins in a package's ``entry_points.txt``."""


@dataclass(frozen=True)
class Plugins:
    """The plugins of one kind: modules (of other packages: any object) with one function."""

    folder: str
    """The package of the tool's own, such as ``bilingual.engines``."""
    group: str
    """The entry point group of other packages', such as ``bilingual.engines``."""
    function: str
    """The function that makes a module a plugin, such as ``engine``."""

    def names(self) -> tuple[str, ...]:
        """Return all names, sorted; a file's name is written with hyphens."""
        return _names(self)

    def load(self, name: str) -> ModuleType:
        """Return the plugin ``name``.

        Raises ``KeyError`` when there is none, ``ConfigurationError`` when another package's
        cannot be loaded, lacks the function, or has a name that is taken.
        """
        own, others = _own(self), _others(self.group).get(name, ())
        if name in own and not others:
            return import_module(own[name])
        if not others:
            raise KeyError(name)
        owners = [*(["bilingual"] if name in own else []), *map(_owner, others)]
        if len(owners) > 1:
            raise ConfigurationError(
                msg(
                    "{owners} both provide {name!r} ({group})",
                    owners=" and ".join(owners),
                    name=name,
                    group=self.group,
                ),
                hint=msg("uninstall one of the packages"),
            )
        try:
            plugin: ModuleType = others[0].load()
        except Exception as error:
            raise ConfigurationError(
                msg(
                    "{name!r} ({group}) of {owner} cannot be loaded: {reason}",
                    name=name,
                    group=self.group,
                    owner=owners[0],
                    reason=error,
                ),
                hint=msg("reinstall or uninstall that package"),
            ) from error
        if not callable(getattr(plugin, self.function, None)):
            raise ConfigurationError(
                msg(
                    "{name!r} ({group}) of {owner} has no function {function}()",
                    name=name,
                    group=self.group,
                    owner=owners[0],
                    function=self.function,
                ),
                hint=msg("reinstall or uninstall that package"),
            )
        return plugin


@cache
def _names(plugins: Plugins) -> tuple[str, ...]:
    return tuple(sorted({*_own(plugins), *_others(plugins.group)}))


@cache
def _own(plugins: Plugins) -> Mapping[str, str]:
    """Return the tool's own plugins: name to module."""
    defines = re.compile(rf"^def {plugins.function}\(", re.MULTILINE)
    found: dict[str, str] = {}
    for folder in import_module(plugins.folder).__path__:
        for _, name, is_package in pkgutil.iter_modules([folder]):
            file = Path(folder, f"{name}.py")
            if not is_package and defines.search(file.read_text("utf-8")):
                found[name.replace("_", "-")] = f"{plugins.folder}.{name}"
    return found


@cache
def _others(group: str) -> Mapping[str, tuple[EntryPoint, ...]]:
    """Return other packages' plugins: name to the entry points that provide it."""
    # ``importlib.metadata`` costs 30 ms, a search for the section 2: most have no such package.
    files = (file for path in sys.path for file in glob.iglob(f"{path}/*-info/entry_points.txt"))  # noqa: PTH207 - twice as fast
    if not any(SECTION in Path(file).read_bytes() for file in files):
        return {}
    from importlib.metadata import entry_points  # noqa: PLC0415

    found: dict[str, tuple[EntryPoint, ...]] = {}
    for point in entry_points(group=group):
        found[point.name] = (*found.get(point.name, ()), point)
    return found


def _owner(point: EntryPoint) -> str:
    return point.dist.name if point.dist else point.value
