"""Bring the tool's own words up to date: code and templates → ``locales/*/LC_MESSAGES``.

Run ``.venv/bin/python tools/words.py``. It extracts every ``N_("…")``, ``Message("…")``,
``msg("…")`` and ``tell("…")`` of the package and every ``_("…")`` of the site's templates, adds
what is new to the Korean file, removes what is gone, and lists what needs a translation. With
``--check`` it writes nothing and exits with 1 when something is missing.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from extraction import extract
from rule_words import rule_words

from bilingual.cli.app.click_words import PLURALS
from bilingual.cli.app.commands import bilingual, flowing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Message

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "bilingual"


def template() -> Catalog:
    """Return every msgid of the package, sorted by its words, each with its files."""
    catalog = Catalog(project="bilingual", charset="utf-8")
    for message in extract(PACKAGE):
        # Line numbers would change the file with every edit of the code.
        catalog.add(message.text, locations=[(f"src/bilingual/{message.path}", None)])
    for text, file in rule_words():
        catalog.add(text, locations=[(f"src/bilingual/{file}", None)])
    for pair in PLURALS:
        catalog.add(pair, locations=[("src/bilingual/cli/app/click_words.py", None)])
    os.environ["LC_ALL"] = "C"  # the commands' help as it is written
    for command in commands(bilingual):
        catalog.add(flowing(command.help or ""), locations=[("src/bilingual/cli", None)])
    return catalog


def commands(group: click.Group) -> Iterator[click.Command]:
    """Yield every command: its help is the docstring of its function, which nothing marks."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is not None:
            yield command
        if isinstance(command, click.Group):
            yield from commands(command)


def path(language: str) -> Path:
    """Return the file of the tool's words in ``language``."""
    return ROOT / "locales" / language / "LC_MESSAGES" / "bilingual.po"


def main(arguments: list[str]) -> int:
    """Update the Korean file or, with ``--check``, only look; returns the exit code."""
    words = template()
    file = path("ko")
    with file.open("rb") as stream:
        korean = read_po(stream, locale="ko")
    korean.update(words, no_fuzzy_matching=True)
    korean.obsolete.clear()  # git keeps what is gone
    wanting = [message.id for message in korean if message.id and not translated(message)]
    if "--check" not in arguments:
        header = korean.get("")
        with file.open("wb") as stream:
            if header is not None:
                korean.mime_headers = HEADERS
            write_po(stream, korean, width=100, sort_output=True, omit_header=True)
        body = file.read_text("utf-8")
        lines = "".join(f'"{name}: {value}\\n"\n' for name, value in HEADERS)
        file.write_text(f'msgid ""\nmsgstr ""\n{lines}\n{body}', "utf-8")
    for message in wanting:
        print(f"no Korean for: {message}")
    return 1 if wanting else 0


def translated(message: Message) -> bool:
    """Return True when ``message`` has a Korean text in each of its forms."""
    return all(message.string) if isinstance(message.string, tuple) else bool(message.string)


HEADERS = [
    ("Language", "ko"),
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=UTF-8"),
    ("Content-Transfer-Encoding", "8bit"),
    ("Plural-Forms", "nplurals=1; plural=0;"),
]
"""Nothing that changes by itself: no dates, no generator."""

if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
