"""``bilingual glossary``."""

from __future__ import annotations

import click

from bilingual.cli.app.options import (
    counted,
    json_option,
    open_newsroom,
    print_json,
    remark,
    report,
    slugs_argument,
)
from bilingual.cli.output import glossary as lines
from bilingual.i18n import tell
from bilingual.model import N_


@click.group("glossary")
def command() -> None:
    """Check and measure the glossary."""


@command.command("check")
@json_option
def check(*, as_json: bool) -> int:
    """Check that the glossary can be used.

    Reports every problem with its line, and also hidden characters and forms that address a model.
    Exits with 1 when there are any. Whether articles follow the glossary is checked by `bilingual
    check`.
    """
    from bilingual.workflow.glossary.check import check_glossary

    path, terms, found = check_glossary(open_newsroom())
    if as_json:
        findings = [lines.doubt(each) for each in found]
        print_json({"version": 1, "terms": terms, "findings": findings})
        return 1 if found else 0
    for each in found:
        report(lines.doubt_line(each, path))
    remark(
        counted(
            terms,
            N_("the glossary has {count} term"),
            N_("the glossary has {count} terms"),
        )
    )
    return 1 if found else 0


@command.command("suggest")
@slugs_argument
@click.option(
    "--least",
    type=click.IntRange(1),
    default=2,
    show_default=True,
    help=N_(
        "How often a name has to occur in articles; once is enough with its original in brackets."
    ),
)
@json_option
def suggest(slugs: tuple[str, ...], *, least: int, as_json: bool) -> int:
    """Suggest entries that the glossary lacks.

    Prints names from the articles, with the forms that approved translations use, as YAML to paste
    into `glossary.yaml` after somebody has read it. Writes nothing.
    """
    from bilingual.workflow.glossary.suggest import suggest_terms, yaml

    found = suggest_terms(open_newsroom(), slugs, least=least)
    if as_json:
        print_json({"version": 1, "suggestions": [lines.suggestion(each) for each in found]})
        return 0
    for line in yaml(found):
        report(line)
    remark(
        counted(
            len(found),
            N_("{count} suggestion; read it before you paste it"),
            N_("{count} suggestions; read them before you paste them"),
        )
    )
    return 0


@command.command("impact")
@click.option(
    "--since",
    metavar="REVISION",
    default="HEAD",
    show_default=True,
    help=N_("Git revision to compare the current glossary with."),
)
@click.option(
    "--mark",
    "send_back",
    is_flag=True,
    help=N_("Mark approved units that now break the glossary for review again."),
)
@json_option
def impact(*, since: str, send_back: bool, as_json: bool) -> int:
    """Show what a change of the glossary affects.

    Lists the changed entries, the units that contain one of them, the rules that these break now
    and did not break before, and the published pairs among them. Exits with 1 when units are
    affected.
    """
    from bilingual.workflow.glossary.impact import impact as compare

    found = compare(open_newsroom(), since, reopen=send_back)
    if as_json:
        print_json({"version": 1, **lines.impact(found)})
    else:
        for line in lines.impact_lines(found):
            report(line)
    return 1 if found.units else 0


@command.command("audit")
@slugs_argument
@json_option
def audit(slugs: tuple[str, ...], *, as_json: bool) -> int:
    """Measure each entry against the approved translations.

    Counts the units whose source has the term: with the preferred form, an allowed one, a forbidden
    one or none in the target. What may be used instead is a guess, from the words that occur with
    the term. The worst entries come first.
    """
    from bilingual.workflow.glossary.audit import audit_glossary

    usages, units = audit_glossary(open_newsroom(), slugs)
    if as_json:
        print_json({"version": 1, "units": units, "terms": [lines.usage(each) for each in usages]})
        return 0
    for line in lines.audit_lines(usages):
        report(line)
    remark(tell(N_("{units} approved units examined"), units=units))
    return 0
