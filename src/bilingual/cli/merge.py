"""``bilingual merge``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bilingual.cli.options import counted, open_newsroom, remark, slug_argument
from bilingual.cli.speech import sentence, tell
from bilingual.errors import UsageError
from bilingual.model import mark

if TYPE_CHECKING:
    from bilingual.newsroom import Newsroom
    from bilingual.workflow.merge import Merge


@click.command("merge")
@slug_argument
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=mark("Write it there instead of printing it."),
)
@click.option("--drafts", is_flag=True, help=mark("Use translations nobody has approved, too."))
@click.option(
    "--check",
    is_flag=True,
    help=mark("Print nothing; exit 1 unless every unit is approved and has its place."),
)
def command(slug: str, output: Path | None, *, drafts: bool, check: bool) -> int:
    """Print the translated article.

    The exact bytes of the target article: the source's own, with approved translations in the
    place of their units. Units without one stand in the source language; how many is said on
    standard error.
    """
    from bilingual.newsroom import atomic
    from bilingual.workflow.merge import merge

    newsroom = open_newsroom()
    merged = merge(newsroom, slug, drafts=drafts)
    if not check:
        content = merged.text.encode()
        if output is None:
            sys.stdout.buffer.write(content)
        else:
            _keep_sources(newsroom, output)
            atomic.write(output.absolute(), content, name=str(output))
    _tell(merged)
    return 1 if merged.refused or (check and not merged.complete) else 0


def _tell(merged: Merge) -> None:
    """Say what in the text is no approved translation."""
    for each in merged.refused:
        remark(f"{merged.slug} {each.entry.id}: {sentence(each.reason)}")
    for count, one, many in (
        (
            len(merged.missing),
            mark("{count} unit stands in the source language"),
            mark("{count} units stand in the source language"),
        ),
        (
            len(merged.drafts),
            mark("{count} unit is a draft nobody approved"),
            mark("{count} units are drafts nobody approved"),
        ),
    ):
        if count:
            remark(counted(count, one, many))
    if not merged.current:
        hint = mark("the article changed since its catalog was made; run: bilingual segment {slug}")
        remark(tell(hint).format(slug=merged.slug))


def _keep_sources(newsroom: Newsroom, output: Path) -> None:
    """Raise ``UsageError`` when ``output`` would be taken for an article's source."""
    place = output.absolute().resolve()
    articles = newsroom.root / "articles"
    if place.is_relative_to(articles) and place.name.startswith("index."):
        raise UsageError(
            f"{output} would be a second source of the article",
            mend="write it elsewhere; `bilingual publish` lays pairs into the output folder",
        )
