"""``bilingual glossary``."""

from __future__ import annotations

import click

from bilingual.cli.options import counted, json_option, open_newsroom, print_json, remark
from bilingual.model import mark


@click.group("glossary")
def command() -> None:
    """Work on the glossary."""


@command.command("check")
@json_option
def check(*, as_json: bool) -> int:
    """Check that the glossary can be used.

    Every fault is named with its line. `bilingual check` says what articles make of the glossary.
    """
    terms = open_newsroom().glossary().terms
    if as_json:
        print_json({"version": 1, "terms": len(terms)})
        return 0
    remark(
        counted(
            len(terms),
            mark("the glossary holds {count} term"),
            mark("the glossary holds {count} terms"),
        )
    )
    return 0
