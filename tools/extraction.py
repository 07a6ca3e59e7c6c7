"""Extract the messages that the package marks for translation.

Calls are found by the parsers of Python and of Jinja: a tokenizer that guesses finds different
messages from release to release.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import Environment
from jinja2.ext import extract_from_ast

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

IN_CODE = ("N_", "Message", "msg", "tell")
"""Functions whose first argument is a message, if it is a string. Nothing else has these names."""
IN_TEMPLATES = ("_",)


@dataclass(frozen=True, slots=True)
class Marked:
    """A message and its location; ``path`` is relative to the searched folder."""

    text: str
    path: str
    line: int


def extract(folder: Path, *patterns: str) -> Iterator[Marked]:
    """Yield the messages of the files below ``folder``, in the order of their paths.

    ``patterns`` are globs of files; without any, all ``.py`` and ``.html`` files are read. Raises
    ``SyntaxError`` or ``jinja2.TemplateSyntaxError`` for a file that cannot be parsed.
    """
    files = {file for each in patterns or ("**/*.py", "**/*.html") for file in folder.glob(each)}
    for file in sorted(files):
        find = in_code if file.suffix == ".py" else in_template
        for line, text in find(file.read_text("utf-8")):
            yield Marked(text, file.relative_to(folder).as_posix(), line)


def in_code(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of every message that the Python code ``source`` marks."""
    for call in calls(source):
        match call.args:
            case [ast.Constant(value=str(text)), *_]:
                yield call.lineno, text


def calls(source: str) -> Iterator[ast.Call]:
    """Yield every call of a function that marks a message, in no particular order."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in IN_CODE:
                yield node


def in_template(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of every message that the Jinja template ``source`` marks."""
    for line, _name, text in extract_from_ast(Environment().parse(source), IN_TEMPLATES):  # noqa: S701 - it renders nothing
        assert isinstance(text, str)
        yield line, text
