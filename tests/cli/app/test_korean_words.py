"""Every word that the command line says has a Korean one, with the same values in it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import click
import pytest
from babel.messages.pofile import read_po

from bilingual.cli.app.commands import COMMANDS, HELP, bilingual, flowing
from bilingual.i18n import MODEL, words
from bilingual.language.ko.register import Register, of_word
from bilingual.model import Kind, Severity, State

PACKAGE = Path(__file__).parents[3] / "src" / "bilingual"
FILES = sorted(
    [
        *(PACKAGE / "cli").glob("*.py"),
        *(PACKAGE / "workflow" / f"{name}.py" for name in ("queue", "review", "init", "status")),
    ]
)
VALUE = re.compile(r"\{(\w+)[^}]*\}")


def commands(group: click.Group) -> list[click.Command]:
    context = click.Context(group)
    found = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        found += commands(command) if isinstance(command, click.Group) else [command]
    return found


def marked(file: Path) -> list[str]:
    """Return the templates that ``file`` marks with ``N_("…")``."""
    return [
        ast.literal_eval(call.args[0])
        for call in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "N_"
        if call.args and isinstance(call.args[0], (ast.Constant, ast.BinOp, ast.JoinedStr))
    ]


def said() -> list[str]:
    helps = [flowing(command.help) for command in commands(bilingual)]
    options = [
        parameter.help
        for command in commands(bilingual)
        for parameter in command.params
        if isinstance(parameter, click.Option) and parameter.help
    ]
    listed = [listing.help for listing in COMMANDS.values()]
    templates = [template for file in FILES for template in marked(file)]
    return list(dict.fromkeys([HELP, *listed, *helps, *options, *templates]))


@pytest.mark.parametrize("english", said())
def test_it_is_said_in_korean_with_the_same_values(english):
    korean = words("ko", None)(english)
    assert re.search("[가-힣]", korean), f"no Korean: {english!r}"
    assert sorted(VALUE.findall(korean)) == sorted(VALUE.findall(english))


def test_the_words_of_the_model_are_marked():
    assert {*State, *Severity, *Kind} <= {*MODEL}


def test_the_korean_is_polite_throughout():
    """One register, as `register-mixed` wants of an article: 합니다, and never 한다."""
    file = PACKAGE.parents[1] / "locales" / "ko" / "LC_MESSAGES" / "bilingual.po"
    with file.open("rb") as content:
        said = [str(each.string) for each in read_po(content) if each.id and each.string]
    lines = [line for text in said for line in re.split(r"[.:\n]", text)]
    last = [found[1] for line in lines if (found := re.search(r"([가-힣]+)\W*\Z", line))]
    assert [word for word in last if of_word(word) is Register.PLAIN] == []
    assert sum(of_word(word) is Register.FORMAL for word in last) > 200
