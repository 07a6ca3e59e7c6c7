"""``bilingual init``."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from bilingual.cli.app.options import remark, report
from bilingual.clock import today
from bilingual.i18n import tell
from bilingual.model import N_


@click.command("init")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.option(
    "--name", metavar="NAME", help=N_("Name of the newsroom; by default that of the folder.")
)
@click.option(
    "--url",
    metavar="URL",
    default="https://news.example",
    show_default=True,
    help=N_("Address of the published site."),
)
@click.option("--inside", is_flag=True, help=N_("Allow a newsroom inside another one."))
def command(folder: Path, name: str | None, url: str, *, inside: bool) -> int:
    """Create a newsroom.

    Writes the configuration, a glossary, a sample article, a CI workflow, pre-commit hooks and git
    settings to DIR (default: the working directory). Existing files are kept.
    """
    from bilingual.workflow.init import DRIVER, init

    folder = folder.resolve()
    done = init(folder, name=name or folder.name or "News", url=url, today=today(), inside=inside)
    for path in done.created:
        report(tell(N_("created  {path}"), path=path))
    for path in done.kept:
        report(tell(N_("exists   {path}"), path=path))
    if done.driver:
        remark(tell(N_("git merges catalogs unit by unit here")))
    else:
        hint = N_(
            'once this is a git repository, run `git config merge.bilingual.driver "{driver}"`'
        )
        remark(tell(hint, driver=DRIVER))
    step = "bilingual segment && bilingual translate && bilingual review"
    if folder != Path.cwd():
        step = f"cd {shlex.quote(str(folder))} && {step}"
    remark(tell(N_("next: {step}"), step=step))
    return 0
