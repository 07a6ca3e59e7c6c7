"""Arguments and options that several commands share, and how a command prints."""

from __future__ import annotations

import json
import os
import shutil
import sys
from typing import TYPE_CHECKING, Any, TextIO

import click
from click.shell_completion import CompletionItem

from bilingual.cli.terminal.safe_text import visible
from bilingual.errors import BilingualError
from bilingual.i18n import tell
from bilingual.model import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bilingual.newsroom import Newsroom


def open_newsroom() -> Newsroom:
    """Open the newsroom of the working directory."""
    from bilingual.newsroom import Newsroom

    return Newsroom.open()


def complete_slug(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Offer the articles whose slugs begin with ``incomplete``; outside a newsroom nothing."""
    try:
        articles = open_newsroom().articles()
    except (BilingualError, OSError):
        return []
    return [CompletionItem(each.slug) for each in articles if each.slug.startswith(incomplete)]


class Dollars(click.FloatRange):
    """A sum of money: a number from 0 on, which ``nan`` is not, though it is below nothing."""

    def __init__(self) -> None:
        super().__init__(min=0)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the sum; fails on anything else."""
        found = float(super().convert(value, param, ctx))
        if found != found:  # noqa: PLR0124 - only nan is not itself
            self.fail(f"{value!r} is not a valid {self.name}.", param, ctx)
        return found


slugs_argument = click.argument(
    "slugs", metavar="[SLUG]...", nargs=-1, shell_complete=complete_slug
)
slug_argument = click.argument("slug", shell_complete=complete_slug)
unit_argument = click.argument("unit")
json_option = click.option("--json", "as_json", is_flag=True, help=N_("Print one JSON object."))
reviewer_option = click.option(
    "--as",
    "name",
    metavar="NAME",
    envvar="BILINGUAL_REVIEWER",
    help=N_("Your name; by default `BILINGUAL_REVIEWER`, `user.name` of git, or the login name."),
)
seen_option = click.option(
    "--seen",
    "shown",
    metavar="MARK",
    default="",
    help=N_("Refuse if the unit changed since `queue --json` showed it with this value of `seen`."),
)


def print_json(value: Mapping[str, Any]) -> None:
    """Print ``value`` on stdout as one JSON object, Korean as Korean."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    # A lone surrogate (half of a broken file name) has no UTF-8; JSON can escape it.
    click.echo(text.encode("utf-8", "backslashreplace").decode("utf-8"))


def report(text: str) -> None:
    """Print ``text`` on stdout: data."""
    click.echo(visible_styled(text))


def remark(text: str) -> None:
    """Print ``text`` on stderr: words about the work."""
    click.echo(visible_styled(text), err=True)


def visible_styled(text: str) -> str:
    """Return ``text`` with what could steer a terminal made visible, our own colours kept."""
    parts = text.split("\x1b[")
    kept = [visible(parts[0])]
    for part in parts[1:]:
        code, letter, rest = part.partition("m")
        ours = letter and all(each.isdigit() for each in code.split(";"))
        kept.append(f"\x1b[{code}m{visible(rest)}" if ours else visible(f"\x1b[{part}"))
    return "".join(kept)


def on_terminal() -> bool:
    """Return True when a person types and reads here."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def terminal_columns(stream: TextIO | None = None) -> int:
    """Return the present width of the terminal of ``stream`` (standard output); 80 without one.

    The terminal itself is asked before ``COLUMNS``, which shells export and never update.
    """
    try:
        return os.get_terminal_size((stream or sys.stdout).fileno()).columns or 80
    except (OSError, ValueError):
        return shutil.get_terminal_size().columns


def counted(count: int, one: str, many: str) -> str:
    """Return ``count`` with its noun: ``one`` and ``many`` are templates with ``{count}``."""
    return tell(one if count == 1 else many, count=count)
