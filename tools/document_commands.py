"""Write docs/commands.md from the commands themselves; a test fails when the page is not current.

python tools/document_commands.py
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bilingual.cli.app.commands import COMMANDS, bilingual

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).parents[1] / "docs" / "commands.md"
HEAD = """\
# Commands

<!-- Made by tools/document_commands.py: change the commands, then run it. -->

Data goes to standard output, words about the work to standard error. Messages are Korean or
English by the locale (`LC_ALL`, `LC_MESSAGES`, `LANG`; before the one that counts, `LANGUAGE`).
`NO_COLOR` and an output that is no terminal turn colours off. What `--json` prints is described in
[json.md](json.md). `bilingual --help` lists the commands, `bilingual COMMAND --help` says what one
does.

| exit code | meaning |
| --- | --- |
| 0 | done |
| 1 | findings, or a gate refused |
| 2 | usage, configuration, content or storage error; nothing was half written |
| 3 | an engine or the network failed; what was answered before is saved |
| 130 | interrupted; what was done is saved |

An error is one line: `error: articles/spark/index.en.md:3: what is wrong — what mends it`.
`BILINGUAL_DEBUG=1` adds where in the code it arose.

Completion: `eval "$(_BILINGUAL_COMPLETE=bash_source bilingual)"` (or `zsh_source`, `fish_source`).
"""


def page() -> str:
    """Return the whole page."""
    root = click.Context(bilingual, info_name="bilingual")
    parts = [HEAD]
    for name, listing in COMMANDS.items():
        command = bilingual.get_command(root, name)
        assert command is not None
        parts += _sections(command, root, name, hidden=listing.hidden)
    return "\n".join(parts)


def _sections(
    command: click.Command, parent: click.Context, name: str, *, hidden: bool = False
) -> Iterator[str]:
    context = click.Context(command, parent, name)
    if isinstance(command, click.Group):
        for below, subcommand in command.commands.items():
            yield from _sections(subcommand, context, below)
        return
    arguments = " ".join(
        each.make_metavar(context)
        for each in command.get_params(context)
        if isinstance(each, click.Argument)
    )
    yield f"## {context.command_path}\n"
    yield f"    {context.command_path} [OPTIONS] {arguments}".rstrip() + "\n"
    yield f"{_paragraphs(command.help or '')}\n"
    if hidden:
        yield "It is not listed in `bilingual --help`.\n"
    options = [each for each in command.get_params(context) if isinstance(each, click.Option)]
    rows = [_row(each, context) for each in options if "--help" not in each.opts]
    if rows:
        yield "\n".join(["| option | meaning |", "| --- | --- |", *rows]) + "\n"


def _paragraphs(help_text: str) -> str:
    return help_text.replace("\b\n", "").strip()


def _row(option: click.Option, context: click.Context) -> str:
    names = ", ".join(f"`{name}`" for name in option.opts)
    if not option.is_flag:
        names += f" {option.make_metavar(context)}".replace("|", " or ")
    shown = str(option.default) if option.show_default else ""
    default = f" Default: `{shown}`." if shown else ""
    return f"| {names} | {option.help}{default} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
