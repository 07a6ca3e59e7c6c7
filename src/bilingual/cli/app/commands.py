"""All commands as data: ``--help`` and completion know them without importing them."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click

from bilingual import __version__
from bilingual.i18n import tell
from bilingual.model import N_
from bilingual.nearest import nearest


@dataclass(frozen=True, slots=True)
class Listing:
    """One line of ``bilingual --help``."""

    module: str
    """The module under ``bilingual.cli`` that holds ``command``."""
    help: str
    """The first sentence of the command's own help, without its full stop."""
    hidden: bool = False


COMMANDS: dict[str, Listing] = {
    "init": Listing("init", N_("Create a newsroom")),
    "segment": Listing("segment", N_("Update catalogs from their articles")),
    "absorb": Listing("absorb", N_("Take an edited translation back into its catalog")),
    "translate": Listing("translate", N_("Draft units without a translation, and stale ones")),
    "queue": Listing("queue", N_("List the units that wait for review, riskiest first")),
    "review": Listing("review", N_("Review units one by one in the terminal")),
    "approve": Listing("approve", N_("Approve the draft of one unit")),
    "edit": Listing("edit", N_("Write the translation of one unit")),
    "reject": Listing("reject", N_("Reject the draft of one unit, with a reason")),
    "comment": Listing("comment", N_("Leave a note on one unit")),
    "log": Listing("log", N_("Show the history of one unit")),
    "revert": Listing("revert", N_("Revert what one run, engine or import added")),
    "check": Listing("check", N_("Check articles and catalogs")),
    "merge": Listing("merge", N_("Print the translated article")),
    "publish": Listing("publish", N_("Publish pairs: both languages, or nothing")),
    "status": Listing("status", N_("Show the state of every article")),
    "stats": Listing("stats", N_("Show what drafts cost and how much reviewers changed them")),
    "evaluate": Listing("evaluate", N_("Measure engines by approved translations")),
    "glossary": Listing("glossary", N_("Check and measure the glossary")),
    "memory": Listing("memory", N_("Search, import and export the translation memory")),
    "merge-driver": Listing(
        "merge_driver", N_("Merge two versions of a catalog for git"), hidden=True
    ),
}
"""In the order of an article's way."""


class Lazy(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order of an article's way."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the command ``cmd_name``; its help is in the language of the process."""
        listing = COMMANDS.get(cmd_name)
        if listing is None:
            return None
        module = import_module(f"bilingual.cli.{listing.module}")
        command: click.Command = module.command
        return spoken(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the table of commands from ``COMMANDS`` alone."""
        with formatter.section(tell("Commands")):
            formatter.write_dl(
                [
                    (name, tell(listing.help))
                    for name, listing in COMMANDS.items()
                    if not listing.hidden
                ]
            )

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command of ``args``; an unknown one is answered with those it may have meant."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-") and not ctx.resilient_parsing:
            shown = [known for known, listing in COMMANDS.items() if not listing.hidden]
            near = nearest(name, shown)
            problem = tell(N_("No command {name!r}."), name=name)
            hint = tell(N_("Did you mean {names}?"), names=", ".join(near))
            ctx.fail(f"{problem} {hint}" if near else problem)
        return super().resolve_command(ctx, args)


def spoken(command: click.Command) -> click.Command:
    """Return a copy of ``command`` whose help speaks the language of the process."""
    copied = copy.copy(command)
    if command.help:
        copied.help = tell(flowing(command.help))
    copied.params = [_spoken_option(parameter) for parameter in command.params]
    if isinstance(copied, click.Group):
        copied.commands = {name: spoken(below) for name, below in copied.commands.items()}
    return copied


def flowing(help_text: str) -> str:
    """Return ``help_text`` with each paragraph in one line, as it is translated."""
    return "\n\n".join(" ".join(part.split()) for part in help_text.strip().split("\n\n"))


def _spoken_option(parameter: click.Parameter) -> click.Parameter:
    if not isinstance(parameter, click.Option) or not parameter.help:
        return parameter
    copied = copy.copy(parameter)
    copied.help = tell(parameter.help)
    return copied


def _show_version(ctx: click.Context, _parameter: click.Parameter, wanted: Any) -> None:
    if wanted and not ctx.resilient_parsing:
        click.echo(f"bilingual {__version__}")
        ctx.exit()


HELP = N_(
    "Turn Korean and English news articles into reviewed, published pairs.\n\n"
    "The steps of an article: segment, translate, review, check, publish."
)


class _Root(Lazy):
    """The root's own help is spoken late: the module may outlive a change of language."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write what the tool is for."""
        for paragraph in tell(HELP).split("\n\n"):
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(paragraph)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the root's options with their help spoken."""
        return [_spoken_option(parameter) for parameter in super().get_params(ctx)]


@click.group(
    "bilingual",
    cls=_Root,
    help=HELP,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help=N_("Show the version and exit."),
)
def bilingual() -> None:
    """Choose a command; see ``HELP``."""
