r"""A rule's docstring: its title, its sections, and its examples as data.

The first line is the title. The sections follow, each under a line that is one of ``HEADINGS``,
with indented text. ``Wrong`` and ``Right`` hold examples, separated by empty lines. An example has
lines ``key: value`` with the keys ``en`` and ``ko`` (the first is the source), ``kind``, ``state``,
``previous``, ``glossary`` (one entry as a YAML flow mapping) and ``article``, which starts
another article of the same newsroom; ``outdated`` and ``orphan`` describe a catalog, ``suppress``
holds a suppression. ``\n`` in a value is a line break. The units of one article follow each other:
each repetition of the source's language starts the next unit.

The title, the headings and every paragraph of prose are messages that the command line translates.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HEADINGS = ("What", "Why", "Wrong", "Right", "Known limits", "Fix", "Source")
REQUIRED = ("What", "Why", "Wrong", "Right", "Known limits")
EXAMPLES = ("Wrong", "Right")


@dataclass(frozen=True, slots=True)
class Example:
    """One example: ``key: value`` lines in their order."""

    lines: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return "\n".join(f"{key}: {value}" for key, value in self.lines)


@dataclass(frozen=True, slots=True)
class Documentation:
    """The parsed docstring of a rule."""

    title: str
    sections: Mapping[str, str] = field(default_factory=dict)
    """Heading to text, without the indentation."""

    @property
    def wrong(self) -> tuple[Example, ...]:
        """Examples that the rule reports."""
        return tuple(_examples(self.sections.get("Wrong", "")))

    @property
    def right(self) -> tuple[Example, ...]:
        """Examples that the rule does not report."""
        return tuple(_examples(self.sections.get("Right", "")))

    def messages(self) -> Iterator[str]:
        """Yield the title and each paragraph of prose, as they are translated."""
        yield self.title
        for heading, text in self.sections.items():
            if heading not in EXAMPLES:
                yield from paragraphs(text)


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a section of prose, each in one line."""
    return [" ".join(part.split()) for part in text.split("\n\n")]


def parse(docstring: str) -> Documentation:
    """Return the documentation in a rule's ``docstring``."""
    title, _, rest = inspect.cleandoc(docstring).partition("\n")
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for line in rest.split("\n"):
        if line in HEADINGS:
            current = sections.setdefault(line, [])
        else:
            current.append(line)
    return Documentation(
        title.removesuffix("."),
        {name: inspect.cleandoc("\n".join(lines)) for name, lines in sections.items()},
    )


def _examples(text: str) -> Iterator[Example]:
    for block in text.split("\n\n"):
        lines = [line.partition(":") for line in block.split("\n") if line.strip()]
        if lines:
            yield Example(
                tuple((key.strip(), value.strip().replace("\\n", "\n")) for key, _, value in lines)
            )
