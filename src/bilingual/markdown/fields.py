"""Find the translatable values of front matter, and write their targets.

A key is dotted (``hero.alt``) without positions in lists, so ``tags`` names all tags and
``sources.title`` the title of each source. Only text is a unit, not what YAML or TOML reads as a
date, a number or a boolean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from bilingual.markdown import toml
from bilingual.markdown.front_matter import Fence, Loader, decode, yaml_error

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_PLAIN_END = " \t\n"
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufeff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Field:
    """A translatable value of front matter."""

    path: tuple[str, ...]
    """Its key, with positions in lists from 0: ``("tags", "0")``."""
    value: str
    """Decoded; without the line break that ends a YAML block scalar."""
    start: int
    """Offset of the value, with its quotation marks, in ``Lines.source``."""
    end: int
    style: str
    """How it is quoted: a YAML scalar's style, or a TOML string's delimiter."""
    flow: bool = False
    """True within ``[…]`` or ``{…}``, where fewer plain scalars are allowed."""


def translatable(source: str, fence: Fence, keys: Collection[str]) -> Iterator[Field]:
    """Yield the values at ``keys`` in order; raises ``ContentError`` for invalid front matter."""
    if fence.syntax == "toml":
        values = decode(source, fence)
        for string in toml.strings(source, fence.start, fence.end):
            value = _at(values, string.path)
            if _has_key(string.path, keys) and value == string.value and value.strip():
                yield Field(string.path, value, string.start, string.end, string.quote)
        return
    content = source[fence.start : fence.end]
    try:
        root = yaml.compose(content, Loader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise yaml_error(error) from error
    if isinstance(root, yaml.MappingNode):
        yield from _walk(content, fence.start, root, keys)


def _at(values: Any, path: tuple[str, ...]) -> Any:
    for step in path:
        if isinstance(values, list):
            values = values[int(step)] if step.isdigit() and int(step) < len(values) else None
        else:
            values = values.get(step) if isinstance(values, dict) else None
    return values


def _has_key(path: tuple[str, ...], keys: Collection[str]) -> bool:
    return ".".join(step for step in path if not step.isdigit()) in keys


def _walk(
    content: str, base: int, root: yaml.MappingNode, keys: Collection[str]
) -> Iterator[Field]:
    """Yield the fields of the nodes, without recursion; an alias to a visited node is skipped."""
    seen: set[int] = set()
    stack: list[tuple[yaml.Node, tuple[str, ...], bool]] = [(root, (), False)]
    while stack:
        node, path, flow = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            inner = flow or bool(node.flow_style)
            stack.extend(
                (value, (*path, key.value), inner)
                for key, value in reversed(node.value)
                if isinstance(key, yaml.ScalarNode)
            )
        elif isinstance(node, yaml.SequenceNode):
            inner = flow or bool(node.flow_style)
            items = list(enumerate(node.value))
            stack.extend((item, (*path, str(index)), inner) for index, item in reversed(items))
        elif not isinstance(node, yaml.ScalarNode):
            continue
        elif node.tag == "tag:yaml.org,2002:str" and node.value.strip() and _has_key(path, keys):
            start, end = _extent(content, node)
            style = node.style or ""
            value = node.value.rstrip("\n") if style in {"|", ">"} else node.value
            yield Field(path, value, base + start, base + end, style, flow)


def _extent(content: str, node: yaml.Node) -> tuple[int, int]:
    """Return the span of a scalar, without an anchor or tag before it and blanks after it."""
    start, end = node.start_mark.index, node.end_mark.index
    while prefix := re.compile(r"(?:&\S+|!\S*)\s+").match(content, start, end):
        start = prefix.end()
    while end > start and content[end - 1] in _PLAIN_END:
        end -= 1
    return start, end


def write(field: Field, source: str, target: str) -> str | None:
    """Return ``target`` as it is written in place of ``field``; None when that is impossible.

    The value's own quoting is kept where the target can be written with it. Each candidate is
    checked by reading it back.
    """
    raw = source[field.start : field.end]
    if field.style in toml.QUOTES:
        return toml.write_string(target, field.style)
    for candidate in _candidates(field, raw, target):
        if _reads_as(candidate, target, field):
            return candidate
    return None


def _candidates(field: Field, raw: str, target: str) -> Iterator[str]:
    double = '"' + _escaped(target) + '"'
    single = "'" + target.replace("'", "''") + "'"
    one_line = not _CONTROL.search(target)
    if (
        field.style in {"|", ">"}
        and target.strip()
        and not _CONTROL.search(target.replace("\n", ""))
    ):
        yield _block(raw, target, field.style)
    elif field.style == "" and one_line:
        yield target
        yield single if '"' in target else double
    elif field.style == "'" and one_line:
        yield single
    yield double


def _block(raw: str, target: str, style: str) -> str:
    header, _, body = raw.partition("\n")
    first = next((line for line in body.split("\n") if line.strip()), "  ")
    indent = first[: len(first) - len(first.lstrip(" "))]
    # In a folded scalar one line break reads as a space, and an empty line as a break.
    lines = target.split("\n") if style == "|" else target.replace("\n", "\n\n").split("\n")
    return "\n".join([header, *(f"{indent}{line}" if line else "" for line in lines)])


def _escaped(text: str) -> str:
    short = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}

    def escape(match: re.Match[str]) -> str:
        character = match[0]
        code = ord(character)
        return short.get(character) or (f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}")

    return re.sub(rf"[\\\"\t]|{_CONTROL.pattern}", escape, text)


def _reads_as(candidate: str, target: str, field: Field) -> bool:
    text = f"[{candidate}, x]" if field.flow else f"a:\n  b: {candidate}\nc: x\n"
    if field.style in {"|", ">"}:
        # The block's own indentation counts from the key, which may be nested.
        indent = re.match(r"[^\n]*\n( *)", candidate)
        depth = len(indent[1]) - 1 if indent and indent[1] else 0
        text = f"{' ' * depth}b: {candidate}\n{' ' * depth}c: x\n"
    try:
        values = yaml.load(text, Loader)  # noqa: S506 - Loader is one of the safe loaders
    except (yaml.YAMLError, ValueError, RecursionError):
        return False
    if field.flow:
        return bool(values == [target, "x"])
    if field.style in {"|", ">"}:
        value = values.get("b") if isinstance(values, dict) else None
        return isinstance(value, str) and value.rstrip("\n") == target and values.get("c") == "x"
    return bool(values == {"a": {"b": target}, "c": "x"})
