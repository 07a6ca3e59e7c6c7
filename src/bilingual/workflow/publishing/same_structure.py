"""Check that an edited target article still has the structure of its source."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from bilingual.errors import RefusedError
from bilingual.markdown import blocks
from bilingual.markdown.front_matter import fields
from bilingual.markdown.structure import outline
from bilingual.model import Message, msg
from bilingual.publish.markdown import OWN_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.markdown.document import Document
    from bilingual.model import Unit

HINT = msg("give the file the structure of the source, or change the source first")
ELSEWHERE = msg("change it in the source article, which both languages follow")
CODE = frozenset({"fence", "code_block", "math_block", "math_block_label", "amsmath"})


def require_same_structure(
    document: Document, edited: Document, current: Document, path: str
) -> None:
    """Raise ``RefusedError`` at the first line of ``edited`` that does not fit ``document``.

    ``current`` is the target article as the catalog makes it; comparing with it locates an added
    or removed block. ``path`` is the file's name in errors. Refused are another structure, and
    changes of what is not translated: code, bare numbers, other front-matter values.
    """
    _require_same_units(document, edited, current, path)
    for unit, found in zip(document.units, edited.units, strict=True):
        if unit.kind is not found.kind or (unit.kind == "field" and unit.path != found.path):
            raise _refused(_name(unit), _name(found), found.position.line, path)
    _require_same_blocks(document, edited, path)
    _require_same_rest(document, edited, path)


def _require_same_units(document: Document, edited: Document, current: Document, path: str) -> None:
    if len(document.units) == len(edited.units):
        return
    before = [(unit.kind, unit.source) for unit in current.units]
    after = [(unit.kind, unit.source) for unit in edited.units]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for name, first, last, start, end in matcher.get_opcodes():
        if name == "equal" or last - first == end - start:
            continue
        same = min(last - first, end - start)
        expected = document.units[first + same] if first + same < last else None
        found = edited.units[start + same] if start + same < end else None
        near = found or (edited.units[start + same] if start + same < len(after) else None)
        line = near.position.line if near else edited.text.rstrip().count("\n") + 1
        raise _refused(_name(expected), _name(found), line, path)


def _require_same_blocks(document: Document, edited: Document, path: str) -> None:
    expected, found = list(_outline(document.text)), list(_outline(edited.text))
    for (name, _), (other, line) in zip(expected, found, strict=False):
        if name != other:
            raise _block_refused(path, line)
    if len(expected) != len(found):
        shorter = min(len(expected), len(found))
        line = found[shorter][1] if len(found) > shorter else edited.text.rstrip().count("\n") + 1
        raise _block_refused(path, line)


def _outline(text: str) -> Iterator[tuple[str, int]]:
    """Yield each block's name and line, from 1, without the keys that publishing adds."""
    for name, line in outline(blocks.parse(text)):
        if name.startswith("front matter"):
            keys = [key for key in name.split()[2:] if key.split(".")[1] not in OWN_KEYS]
            if keys:
                yield " ".join(("front matter", *keys)), line + 1
        else:
            yield name, line + 1


def _require_same_rest(document: Document, edited: Document, path: str) -> None:
    """Refuse changes of what is not translated."""
    for unit, found in zip(document.units, edited.units, strict=True):
        if not unit.translatable and unit.source != found.source:
            problem = msg(
                "{unit} is not translated, and this file has “{text}”",
                unit=_name(unit),
                text=found.source,
            )
            raise RefusedError(problem, path=path, line=found.position.line, hint=ELSEWHERE)
    before, after = _code(document.text), _code(edited.text)
    for (content, _), (other, line) in zip(before, after, strict=False):
        if content.split() != other.split():
            raise RefusedError(
                msg("the code differs from the source article"),
                path=path,
                line=line,
                hint=ELSEWHERE,
            )
    expected, found_values = _values(document), _values(edited)
    for key, value in expected.items():
        if found_values.get(key) != value:
            problem = msg(
                "{key} is not translated, and is {value!r} in the source article",
                key=key,
                value=value,
            )
            raise RefusedError(problem, path=path, line=_line_of(edited.text, key), hint=ELSEWHERE)


def _code(text: str) -> list[tuple[str, int]]:
    tokens = blocks.parse(text).tokens
    return [(each.content, each.map[0] + 1) for each in tokens if each.type in CODE and each.map]


def _values(document: Document) -> dict[str, object]:
    """Return the front-matter values that are not units, by their dotted keys."""
    units = {".".join(unit.path) for unit in document.units if unit.kind == "field"}
    return {
        key: value
        for key, value in _leaves(dict(fields(document.text)), "")
        if key not in units and key.split(".")[0] not in OWN_KEYS
    }


def _leaves(value: object, path: str) -> Iterator[tuple[str, object]]:
    if path.count(".") > 8:  # an alias may contain itself
        return
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _leaves(item, f"{path}.{index}")
    else:
        yield path, value


def _line_of(text: str, key: str) -> int:
    last = next(part for part in reversed(key.split(".")) if not part.isdigit())
    for number, line in enumerate(text.split("\n"), 1):
        if line.lstrip(" -").startswith((f"{last}:", f"{last} ", f"{last}=")):
            return number
    return 1


def _name(unit: Unit | None) -> Message:
    if unit is None:
        return msg("nothing")
    words = " ".join(unit.source.split())
    shown = words if len(words) <= 30 else f"{words[:29]}…"
    if unit.kind == "field":
        return msg("the field {key} “{text}”", key=".".join(unit.path), text=shown)
    return msg("the {kind} “{text}”", kind=Message(unit.kind.value), text=shown)


def _refused(expected: Message, found: Message, line: int, path: str) -> RefusedError:
    problem = msg(
        "the source article has {expected} where this file has {found}",
        expected=expected,
        found=found,
    )
    return RefusedError(problem, path=path, line=line, hint=HINT)


def _block_refused(path: str, line: int) -> RefusedError:
    return RefusedError(
        msg("the block (list, table, quotation, heading) differs from the source article"),
        path=path,
        line=line,
        hint=HINT,
    )
