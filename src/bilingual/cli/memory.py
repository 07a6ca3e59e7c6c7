"""``bilingual memory``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bilingual.cli.app.options import (
    counted,
    json_option,
    open_newsroom,
    print_json,
    remark,
    report,
    terminal_columns,
)
from bilingual.cli.output import memory as lines
from bilingual.cli.terminal.safe_text import one_line
from bilingual.i18n import error_line, tell
from bilingual.model import N_

LIMIT = 20
FILES_OR_NAMES = N_("`import:FILE`, as `memory status` and `log` print it; `import:` for all.")


@click.group("memory")
def command() -> None:
    """Search, import and export the translation memory."""


@command.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--language",
    metavar="LANGUAGE",
    help=N_("Language of the words; both are searched by default."),
)
@click.option(
    "--fuzzy",
    is_flag=True,
    help=N_("Find texts similar to the words as a whole, with a score."),
)
@click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(min=1),
    default=LIMIT,
    show_default=True,
    help=N_("Show the first N only; the count is of all."),
)
@json_option
def search(
    words: tuple[str, ...], language: str | None, limit: int, *, fuzzy: bool, as_json: bool
) -> int:
    """Find approved translations by words, or by a whole sentence.

    All words must occur in the text, in either language, also as parts of longer ones: 서울 finds
    서울은. With `--fuzzy` the words are one text, and similar texts are shown with the difference.
    """
    from bilingual.workflow.memory.search import search as find

    found = find(open_newsroom(), " ".join(words), language or "", limit, fuzzy=fuzzy)
    if as_json:
        print_json({"version": 1, "count": found.count, "matches": [
            lines.fields(each.match, each.source_language, each.language, scored=fuzzy)
            for each in found.hits
        ]})  # fmt: skip
        return 0
    columns = terminal_columns()
    for each in found.hits:
        for line in lines.hit_lines(each, " ".join(words), columns, scored=fuzzy):
            report(line)
    remark(counted(found.count, N_("{count} match"), N_("{count} matches")))
    return 0


@command.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="FILE...")
@click.option("--name", metavar="NAME", default="", help=N_("Name of the memory here."))
@json_option
def bring(files: tuple[str, ...], name: str, *, as_json: bool) -> int:
    """Import translation memories (TMX).

    Each file is checked and copied to `memory/`, which belongs in git; `memory remove` or `revert
    --origin import:FILE` removes it again. Units without one of the two languages are skipped and
    counted.
    """
    from bilingual.workflow.memory.files import bring as bring_in

    done = bring_in(open_newsroom(), files, name)
    if as_json:
        print_json({"version": 1, "imported": [
            {
                "path": each.path, "pairs": each.pairs, "new": each.new,
                "lacking": each.lacking, "line": each.line,
            } for each in done
        ]})  # fmt: skip
        return 0
    for each in done:
        pairs = counted(each.pairs, N_("{count} pair"), N_("{count} pairs"))
        known = "" if each.new else tell(N_("(it was there already)"))
        report(f"{each.path}: {pairs} {known}".rstrip())
        if each.lacking:
            said = counted(
                each.lacking,
                N_("{count} unit without one of the languages was skipped"),
                N_("{count} units without one of the languages were skipped; this is the first"),
            )
            remark(f"{one_line(each.source)}:{each.line}: {said}")
    return 0


@command.command("export")
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
def export(file: Path | None) -> int:
    """Export all approved translations as TMX.

    To standard output, or to FILE. Each has its article, unit and neighbours.
    """
    from bilingual.workflow.memory.files import export as exported
    from bilingual.workflow.memory.files import save

    content, count = exported(open_newsroom(), file.name if file else "")
    if file is None:
        sys.stdout.buffer.write(content)
    else:
        save(file, content)
    remark(counted(count, N_("{count} pair"), N_("{count} pairs")))
    return 0


@command.command("status")
@json_option
def status(*, as_json: bool) -> int:
    """Show the files and origins in the memory, with their sizes."""
    from bilingual.workflow.memory.files import status as look

    found = look(open_newsroom())
    if as_json:
        print_json({"version": 1, **lines.status_fields(found)})
        return 0
    for line in lines.status_lines(found):
        report(line)
    for problem in found.problems:
        remark(error_line(problem))
    return 0


@command.command("remove")
@click.argument("names", nargs=-1, metavar="[FILE]...")
@click.option("--origin", metavar="ORIGIN", default="", help=FILES_OR_NAMES)
@json_option
def remove(names: tuple[str, ...], origin: str, *, as_json: bool) -> int:
    """Remove imported memories.

    Their files are deleted (git still has them) and no longer used for matches. What they filled in
    stays in the catalogs; `revert --origin import:FILE` reverts that too.
    """
    from bilingual.workflow.memory.files import remove as take_back

    wanted = (*names, *([origin] if origin else ()))
    if not wanted:
        raise click.UsageError(tell(N_("name a memory, or use `--origin`")))
    gone = take_back(open_newsroom(), wanted)
    if as_json:
        print_json({"version": 1, "removed": gone})
        return 0
    for path in gone:
        report(path)
    remark(counted(len(gone), N_("{count} memory removed"), N_("{count} memories removed")))
    return 0
