"""``bilingual merge``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bilingual.cli.app.options import counted, open_newsroom, remark, report, slugs_argument
from bilingual.errors import UsageError
from bilingual.i18n import sentence, tell
from bilingual.model import N_, msg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilingual.newsroom import Newsroom
    from bilingual.workflow.merge import TargetArticle
    from bilingual.workflow.publishing.published_edits import PublishedEdit


@click.command("merge")
@slugs_argument
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=N_("File to write instead of printing."),
)
@click.option("--drafts", is_flag=True, help=N_("Use translations that are not approved too."))
@click.option(
    "--check",
    is_flag=True,
    help=N_(
        "Print no article; exit with 1 if a published file has edits that are not in the "
        "catalog, or if a named article is not fully approved."
    ),
)
@click.option(
    "--file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=N_("With `--check`: compare this target article instead of the published one."),
)
def command(
    slugs: tuple[str, ...], output: Path | None, file: Path | None, *, drafts: bool, check: bool
) -> int:
    """Print the translated article.

    The exact bytes of the target article: those of the source, with approved translations in place
    of their units. Units without one stay in the source language; their number is printed on
    standard error. `--check` lists every line of a published file that was edited and is not in the
    catalog; without SLUG, for all articles.
    """
    from bilingual.storage import atomic
    from bilingual.workflow.merge import merge

    newsroom = open_newsroom()
    if len(slugs) != 1 and (not check or file is not None):
        raise UsageError(msg("name one article"), hint=msg("run `bilingual merge SLUG`"))
    if check:
        return _check(newsroom, slugs, file, drafts=drafts)
    if file is not None:
        raise UsageError(
            msg("`--file` needs `--check`"), hint=msg("to write a file, use `--output FILE`")
        )
    merged = merge(newsroom, slugs[0], drafts=drafts)
    content = merged.text.encode()
    if output is None:
        sys.stdout.buffer.write(content)
    else:
        _keep_sources(newsroom, output)
        atomic.write(output.absolute(), content, name=str(output))
    _tell(merged)
    return 1 if merged.refused else 0


def _check(newsroom: Newsroom, slugs: Sequence[str], file: Path | None, *, drafts: bool) -> int:
    """Say what is not approved in ``slugs``, and what was edited in published files."""
    from bilingual.newsroom import reading
    from bilingual.workflow.merge import merge
    from bilingual.workflow.publishing.published_edits import differences, find_edits

    incomplete = False
    found: list[PublishedEdit] = []
    for article in newsroom.articles(slugs):
        if slugs:
            merged = merge(newsroom, article.slug, drafts=drafts)
            _tell(merged)
            incomplete = incomplete or not merged.complete
        if file is None:
            found += find_edits(newsroom, article)
        else:
            try:
                text = reading.text(reading.read(file, str(file)), str(file))
            except FileNotFoundError as error:
                raise UsageError(
                    msg("no such file"), path=str(file), hint=msg("check its name")
                ) from error
            found += differences(newsroom, article, text, str(file))
    for edit in found:
        words = tell(N_("edited")) if edit.text else tell(N_("lines were removed"))
        report(f"{edit.path}:{edit.line}: {words}" + (f": “{edit.text}”" if edit.text else ""))
    for hint in dict.fromkeys(map(_hint, found)):
        remark(hint)
    return 1 if incomplete or found else 0


def _hint(edit: PublishedEdit) -> str:
    if edit.source:
        hint = N_("make the edit in {source} and undo it in {path}")
        return tell(hint, source=edit.source, path=edit.path)
    hint = N_("to take it into the catalog, run `bilingual absorb {slug} {path}`")
    return tell(hint, slug=edit.slug, path=edit.path)


def _tell(merged: TargetArticle) -> None:
    """Say what in the text is no approved translation."""
    for each in merged.refused:
        remark(f"{merged.slug} {each.entry.id}: {sentence(each.reason)}")
    for count, one, many in (
        (
            len(merged.missing),
            N_("{count} unit is in the source language"),
            N_("{count} units are in the source language"),
        ),
        (
            len(merged.drafts),
            N_("{count} unit is an unapproved draft"),
            N_("{count} units are unapproved drafts"),
        ),
    ):
        if count:
            remark(counted(count, one, many))
    if not merged.current:
        hint = N_("the article changed since its catalog was made; run `bilingual segment {slug}`")
        remark(tell(hint, slug=merged.slug))


def _keep_sources(newsroom: Newsroom, output: Path) -> None:
    """Raise ``UsageError`` when ``output`` would be taken for an article's source."""
    place = output.absolute().resolve()
    articles = newsroom.root / "articles"
    if place.is_relative_to(articles) and place.name.startswith("index."):
        raise UsageError(
            msg("{output} would be a second source of the article", output=output),
            hint=msg("write it elsewhere; `bilingual publish` puts pairs into the output folder"),
        )
