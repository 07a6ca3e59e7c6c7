"""``bilingual check``."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bilingual.cli.app.options import (
    complete_slug,
    counted,
    open_newsroom,
    print_json,
    remark,
    report,
    terminal_columns,
)
from bilingual.cli.terminal.width import lines, padded
from bilingual.clock import timestamp
from bilingual.errors import ConfigurationError, UsageError
from bilingual.i18n import tell
from bilingual.language.width import width
from bilingual.model import N_, Severity, msg
from bilingual.report.base import names as formats
from bilingual.report.base import report as format_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bilingual.newsroom import Newsroom
    from bilingual.workflow.check import CheckResult
    from bilingual.workflow.checking.rules import Described


@click.command("check")
@click.argument("targets", metavar="[SLUG or PATH]...", nargs=-1, shell_complete=complete_slug)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(formats()),
    default="text",
    show_default=True,
    help=N_("Output format of the findings."),
)
@click.option("--json", "as_json", is_flag=True, help=N_("The same as `--format json`."))
@click.option(
    "--select",
    metavar="RULE,…",
    multiple=True,
    help=N_("Rules to run, and no others; may be repeated."),
)
@click.option(
    "--ignore",
    metavar="RULE,…",
    multiple=True,
    help=N_("Rules to leave out; may be repeated."),
)
@click.option(
    "--fail-on",
    type=click.Choice([str(each) for each in Severity]),
    default="warning",
    show_default=True,
    help=N_("Exit with 1 for findings of this severity and above."),
)
@click.option(
    "--source", metavar="LANGUAGE", default="", help=N_("Language of a file from elsewhere.")
)
@click.option(
    "--target", metavar="LANGUAGE", default="", help=N_("Language of a file from elsewhere.")
)
@click.option(
    "--pair",
    "as_pair",
    is_flag=True,
    help=N_("Check two Markdown files against each other: SOURCE TARGET."),
)
@click.option(
    "--changed-since",
    "revision",
    metavar="REVISION",
    help=N_("Only what differs from this git revision; a changed glossary affects all."),
)
@click.option("--fix", "fix", is_flag=True, help=N_("Apply the certain fixes, then check."))
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=0),
    help=N_(
        "Number of processes; 0 for one per processor, which is also the default when "
        "there is much to check."
    ),
)
@click.option("--list", "list_rules", is_flag=True, help=N_("List all rules and exit."))
@click.option("--explain", metavar="RULE", help=N_("Explain one rule and exit."))
def command(
    targets: tuple[str, ...],
    *,
    format_name: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    source: str,
    target: str,
    explain: str | None,
    as_json: bool,
    list_rules: bool,
    as_pair: bool,
    revision: str | None,
    fix: bool,
    jobs: int | None,
) -> int:
    """Check articles and catalogs.

    Runs every rule on the articles named by slug or path (default: all), or on any PO file, also
    one from outside a newsroom; `-` is a PO file on standard input. Exits with 1 when there are
    findings.
    """
    if list_rules:
        return _list(as_json=as_json)
    if explain:
        return _explain(explain)
    chosen, without = _names(select), _names(ignore)
    if fix:
        if as_pair or revision or source or target:
            raise UsageError(
                msg("`--fix` works on the catalogs of a newsroom only"),
                hint=msg("name articles, or none for all"),
            )
        _apply_fixes(targets, chosen, without)
    if as_pair:
        result = _pair(targets, chosen, without, (source, target))
    elif revision:
        result = _changed(targets, revision, chosen, without, jobs)
    else:
        result = _result(targets, chosen, without, (source, target), jobs)
    _print("json" if as_json else format_name, result)
    worst = [each.value for each in Severity]
    counted = worst[: worst.index(fail_on) + 1]
    return 1 if any(finding.severity in counted for finding in result.findings) else 0


def _names(options: Sequence[str]) -> list[str]:
    """Return the names in ``a,b`` options given once or more."""
    return [name.strip() for option in options for name in option.split(",") if name.strip()]


def _result(
    targets: tuple[str, ...],
    select: list[str],
    ignore: list[str],
    languages: tuple[str, str],
    jobs: int | None,
) -> CheckResult:
    from bilingual.workflow.check import check, check_files

    try:
        newsroom = open_newsroom()
    except ConfigurationError as error:
        # A broken bilingual.toml has a path; here there is none, and PO files need none.
        foreign = all(name.endswith((".po", ".pot")) or name == "-" for name in targets)
        if error.path or not targets or not foreign:
            raise
        files = [Path(name) for name in targets]
        return check_files(files, select=select, ignore=ignore, languages=languages, jobs=jobs)
    wanted = [_target(newsroom, name) for name in targets]
    return check(newsroom, wanted, select=select, ignore=ignore, languages=languages, jobs=jobs)


def _apply_fixes(targets: tuple[str, ...], select: list[str], ignore: list[str]) -> None:
    from bilingual.workflow.fix import fix

    newsroom = open_newsroom()
    wanted = [_target(newsroom, name) for name in targets]
    count = fix(newsroom, wanted, select=select, ignore=ignore, time=timestamp())
    remark(counted(count, N_("{count} finding fixed"), N_("{count} findings fixed")))


def _changed(
    targets: tuple[str, ...],
    revision: str,
    select: list[str],
    ignore: list[str],
    jobs: int | None,
) -> CheckResult:
    from bilingual.workflow.check import check, newsroom_selection, result
    from bilingual.workflow.checking.changed_since import changed

    if targets:
        raise UsageError(
            msg("`--changed-since` finds the articles itself"),
            hint=msg("leave out the names or the option"),
        )
    newsroom = open_newsroom()
    slugs = changed(newsroom, revision)
    if slugs == []:
        return result((), 0, newsroom_selection(newsroom, select, ignore))
    return check(newsroom, slugs or (), select=select, ignore=ignore, jobs=jobs)


def _pair(
    targets: tuple[str, ...], select: list[str], ignore: list[str], languages: tuple[str, str]
) -> CheckResult:
    from bilingual.workflow.check_pair import PairFile, check_pair
    from bilingual.workflow.checking.catalogs import read

    if len(targets) != 2 or targets == ("-", "-"):
        raise UsageError(
            msg("`--pair` takes two files"), hint=msg("run `bilingual check --pair SOURCE TARGET`")
        )
    source, target = (PairFile(name, read(Path(name), name)) for name in targets)
    try:
        newsroom = open_newsroom()
    except ConfigurationError as error:
        if error.path:
            raise
        return check_pair(source, target, select=select, ignore=ignore, languages=languages)
    return check_pair(
        source,
        target,
        select=select,
        ignore=ignore,
        languages=languages,
        glossary=newsroom.glossary(),
        levels=newsroom.config.checks,
        keys=newsroom.config.markdown.keys,
    )


def _target(newsroom: Newsroom, name: str) -> str:
    """Return the slug of the article whose file or catalog ``name`` is, else ``name`` itself."""
    place = Path(name).absolute()
    if not (name.endswith((".md", ".po")) and place.is_relative_to(newsroom.root)):
        return name
    parts = place.relative_to(newsroom.root).parts
    if parts[0] == "articles" and len(parts) > 1:
        return parts[1]
    if parts[0] == "locales" and parts[2:3] == ("articles",):
        return place.stem
    return name


def _print(format_name: str, result: CheckResult) -> None:
    if format_name == "text":
        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        text = format_of("text").render(result, tell, colour=colour, width=terminal_columns())
    else:
        text = format_of(format_name).render(result)
    sys.stdout.write(text)


def _list(*, as_json: bool) -> int:
    from bilingual.workflow.checking.rules import rules

    found = rules()
    if as_json:
        print_json({"version": 1, "rules": [_fields(rule) for rule in found]})
        return 0
    names = max(width(rule.name) for rule in found)
    levels = max(width(tell(rule.severity.value)) for rule in found)
    for rule in found:
        level = padded(tell(rule.severity.value), levels)
        report(f"{padded(rule.name, names)}  {level}  {tell(rule.title)}")
    return 0


def _fields(rule: Described) -> dict[str, object]:
    return {
        "rule": rule.name,
        "title": rule.title,
        "severity": rule.severity.value,
        "scope": rule.scope,
        "confidence": rule.confidence,
        "languages": list(rule.languages),
    }


def _explain(name: str) -> int:
    from bilingual.workflow.checking.rules import describe

    rule = describe(name)
    report(f"{rule.name}: {tell(rule.title)}")
    report(f"{tell(rule.severity.value)} · {tell(rule.scope)} · {', '.join(rule.languages)}")
    for heading, text in rule.sections.items():
        report("")
        report(click.style(tell(heading), bold=True))
        prose = [tell(paragraph) for paragraph in rule.prose(heading)]
        for line in _wrapped(prose) if prose else text.split("\n"):
            report(f"  {line}".rstrip())
    return 0


def _wrapped(paragraphs: Sequence[str]) -> Iterator[str]:
    columns = min(terminal_columns(), 100) - 2
    for paragraph in paragraphs:
        yield from (paragraph[start:end] for start, end in lines(paragraph, columns))
