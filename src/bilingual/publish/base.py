"""What a publish target gets and what it returns.

A target is a module with one function, ``plan(edition) -> Iterator[File]``: a file of this
package, under its name, or another package's entry point in the group ``bilingual.targets``. It
plans files and writes none: all targets of a run are written together or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

from bilingual.errors import ConfigurationError
from bilingual.model import msg
from bilingual.nearest import did_you_mean
from bilingual.plugins import Plugins

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from bilingual.model import Pair

TARGETS = Plugins("bilingual.publish", "bilingual.targets", "plan")


@dataclass(frozen=True, slots=True)
class File:
    """One file of the output."""

    path: str
    """Relative to the output folder, with ``/``."""
    content: bytes | Path
    """Its bytes, or the file it is a copy of."""


@dataclass(frozen=True, slots=True)
class Edition:
    """All that one run publishes: a target makes its files from this and nothing else."""

    pairs: tuple[Pair, ...]
    languages: tuple[str, ...]
    """The newsroom's languages, the one for undecided readers first."""
    words: Mapping[str, Callable[[str], str]]
    """Language to its gettext: English msgid in, word of the page out."""
    root: Path
    """The newsroom's folder: the pairs' folders are relative to it."""
    today: date
    name: str = ""
    """The newsroom's name as its pages show it."""
    url: str = ""
    """The site's address, for absolute links; empty when that is not known."""
    anchors: str = "attribute"
    """How Markdown files write the anchors of headings: one of ``anchor.STYLES``."""

    @property
    def slugs(self) -> frozenset[str]:
        """The articles that an article may link to."""
        return frozenset(pair.slug for pair in self.pairs)


class PublishTarget(Protocol):
    """The module of a target."""

    def plan(self, edition: Edition) -> Iterator[File]:
        """Yield every file of the target."""


def names() -> tuple[str, ...]:
    """Return the names of all targets, sorted."""
    return TARGETS.names()


def target(name: str) -> PublishTarget:
    """Return the target called ``name``; raises ``ConfigurationError`` when there is none."""
    known = names()
    if name not in known:
        hint = did_you_mean(name, known, msg("use one of {names}", names=", ".join(known)))
        raise ConfigurationError(
            msg("unknown publish target {name!r}", name=name), path="bilingual.toml", hint=hint
        )
    return cast("PublishTarget", TARGETS.load(name))
