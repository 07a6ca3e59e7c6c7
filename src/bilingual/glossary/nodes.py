"""Parse YAML into nodes with line numbers, without constructors, aliases or deep nesting.

PyYAML's own composer recurses in C and crashes the process on a hundred thousand open brackets;
here the parser's events are read one by one, and the depth is limited.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bilingual.errors import ConfigurationError
from bilingual.model import msg

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPTH = 16
"""The maximum depth of lists and tables; an entry with its lists has three."""


@dataclass(slots=True)
class Node:
    """One YAML node: a scalar, a list or a table."""

    kind: str
    """``str``, ``bool``, ``null``, another scalar's YAML type, ``list`` or ``table``."""
    line: int
    value: str = ""
    """The text of a scalar."""
    items: list[Node] = field(default_factory=list)
    """The items of a list; alternating keys and values of a table."""

    def pairs(self) -> Iterator[tuple[Node, Node]]:
        """Yield the keys of a table with their values."""
        return zip(self.items[::2], self.items[1::2], strict=True)


def compose(text: str, path: str) -> Node | None:
    """Return the root of the YAML ``text``, None for an empty one.

    Raises ``ConfigurationError`` with ``path`` and the line of invalid YAML, or of YAML that a
    glossary may not have: aliases, several documents, deep nesting.
    """
    import yaml  # noqa: PLC0415 - loads slowly, and most commands read no glossary

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _read(yaml.parse(text, Loader=loader), yaml.resolver.Resolver(), path)
    except yaml.MarkedYAMLError as error:
        place = error.problem_mark or error.context_mark
        raise _no_yaml(text, place.line + 1 if place else 0, error.problem or "", path) from error
    except yaml.reader.ReaderError as error:
        raise ConfigurationError(
            msg("not YAML: it contains a control character"),
            path=path,
            line=_control(text),
            hint=msg("delete it"),
        ) from error


def _read(events: Iterator[Any], resolver: Any, path: str) -> Node | None:
    root: Node | None = None
    opened: list[Node] = []
    for event in events:
        name = type(event).__name__
        line = event.start_mark.line + 1
        if name in {"SequenceEndEvent", "MappingEndEvent"}:
            opened.pop()
        elif name == "AliasEvent":
            raise ConfigurationError(
                msg("an alias (`*{anchor}`) is not allowed", anchor=event.anchor),
                path=path,
                line=line,
                hint=msg("write the value itself"),
            )
        elif name == "DocumentStartEvent" and root is not None:
            raise ConfigurationError(
                msg("a second document begins"),
                path=path,
                line=line,
                hint=msg("delete the line `---`"),
            )
        elif name in {"ScalarEvent", "SequenceStartEvent", "MappingStartEvent"}:
            node = _node(event, name, line, resolver)
            if opened:
                opened[-1].items.append(node)
            else:
                root = node
            if name != "ScalarEvent":
                opened.append(node)
            if len(opened) > DEPTH:
                raise _too_deep(line, path)
    return root


def _too_deep(line: int, path: str) -> ConfigurationError:
    return ConfigurationError(
        msg("too deeply nested"), path=path, line=line, hint=msg("write a list of entries")
    )


def _node(event: Any, name: str, line: int, resolver: Any) -> Node:
    if name != "ScalarEvent":
        return Node("list" if name == "SequenceStartEvent" else "table", line)
    import yaml  # noqa: PLC0415

    tag = event.tag or resolver.resolve(yaml.ScalarNode, event.value, event.implicit)
    return Node(tag.rpartition(":")[2], line, event.value)


def _no_yaml(text: str, line: int, problem: str, path: str) -> ConfigurationError:
    lines = text.split("\n")
    # The parser reports the tab's line or the next one.
    for number in (line, line - 1):
        if 0 < number <= len(lines) and re.match(r"\s*(?:- *)?\t", lines[number - 1]):
            return ConfigurationError(
                msg("the line is indented with a tab"),
                path=path,
                line=number,
                hint=msg("indent it with spaces"),
            )
    if "nesting depth" in problem:  # some versions of the parser have a limit of their own
        return _too_deep(1, path)
    return ConfigurationError(
        msg("not YAML: {reason}", reason=problem),
        path=path,
        line=line,
        hint=msg("correct this line or the one above it"),
    )


def _control(text: str) -> int:
    # YAML 1.1, section 5.1: the printable characters.
    found = re.search("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
    return text.count("\n", 0, found.start() if found else 0) + 1
