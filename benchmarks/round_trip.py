"""Extract and merge a corpus with its own text as the translation; compare bytes, HTML and time.

    python benchmarks/round_trip.py [--corpus DIR] [--rounds N] [--before WORDS]

Every tool gets the same Markdown files. Extraction writes one PO file for each; then each entry's
msgstr becomes its msgid (not timed); then merging writes a Markdown file from each. Tools with a
Python interface run in this process, po4a as a command. The rounds alternate, so that a slow minute
of the machine affects every tool. It prints medians and their ratios, of wall-clock time and of CPU
time (for po4a its processes'), which other processes disturb less. The first round is not counted,
for it includes imports.

The garbage collector has the settings of the ``bilingual`` command, for every tool. mdpo keeps line
breaks (``wrapwidth=0``).

Peers are the extra ``bench`` (mdpo, translate-toolkit) and Debian's po4a; missing ones are listed.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import importlib.util
import io
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

import polib
from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from bilingual.markdown.document import Document
    from bilingual.newsroom.segment_cache import SegmentCache

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus" / "articles"


class Tool(Protocol):
    """A tool, which extracts one file and merges it back."""

    name: str

    def missing(self) -> str:
        """Return what has to be installed; empty when nothing is missing."""
        ...

    def extract(self, article: Path, catalog: Path) -> None:
        """Write ``catalog`` (PO) from ``article`` (Markdown)."""
        ...

    def merge(self, article: Path, catalog: Path, out: Path) -> None:
        """Write ``out`` (Markdown) from ``article`` and ``catalog``."""
        ...


class Bilingual:
    """The tool of this repository, with reading and writing files.

    As in its commands, extraction caches the segmentation, and merging uses it.
    """

    name = "bilingual"

    def missing(self) -> str:
        """Return nothing: it is installed."""
        return ""

    def extract(self, article: Path, catalog: Path) -> None:
        """Segment the article, cache the segmentation and write a new catalog."""
        document = self.cut(article)
        self.write(document, catalog)
        self.cuts(catalog).put(catalog.stem, document)

    def merge(self, article: Path, catalog: Path, out: Path) -> None:
        """Merge the catalog's targets into the article."""
        text = article.read_bytes().decode()
        document = self.cuts(catalog).get(catalog.stem, text) or self.cut(article)
        self.lay(document, catalog, out)

    @staticmethod
    def cuts(catalog: Path) -> SegmentCache:
        """Return the path of an article's cached segmentation, next to its catalog."""
        from bilingual.newsroom.segment_cache import SegmentCache

        return SegmentCache(catalog.parent, "bench")

    @staticmethod
    def cut(article: Path) -> Document:
        """Segment the article."""
        from bilingual.markdown import segment

        return segment.segment(article.read_bytes().decode())

    @staticmethod
    def write(document: Document, catalog: Path) -> None:
        """Write a new catalog."""
        from bilingual.catalog import po, update
        from bilingual.model import Catalog

        empty = Catalog("bench", "en", "ko", "index.en.md")
        catalog.write_bytes(po.serialize(update.update(empty, document.units).catalog).encode())

    @staticmethod
    def lay(document: Document, catalog: Path, out: Path) -> None:
        """Write the article with the catalog's targets."""
        from bilingual.catalog import po
        from bilingual.markdown import merge

        entries = iter(po.parse(catalog.read_bytes().decode()).live)
        targets = {
            index: next(entries).target.text
            for index, unit in enumerate(document.units)
            if unit.translatable
        }
        out.write_bytes(merge.merge(document, targets).text.encode())


class CutAnew(Bilingual):
    """The same without ``.bilingual/``: every article is segmented each time."""

    name = "bilingual, no cache"

    def extract(self, article: Path, catalog: Path) -> None:
        """Segment the article and write a new catalog."""
        self.write(self.cut(article), catalog)

    def merge(self, article: Path, catalog: Path, out: Path) -> None:
        """Merge the catalog's targets into the article, which is segmented first."""
        self.lay(self.cut(article), catalog, out)


class Mdpo:
    """mdpo: md4c (C) through pymd4c."""

    name = "mdpo"

    def missing(self) -> str:
        """Return the package when it is not installed."""
        return "" if importlib.util.find_spec("mdpo") else "pip install '.[bench]'"

    def extract(self, article: Path, catalog: Path) -> None:
        """Run md2po."""
        from mdpo.md2po import markdown_to_pofile

        markdown_to_pofile(str(article), po_filepath=str(catalog), save=True)

    def merge(self, article: Path, catalog: Path, out: Path) -> None:
        """Run po2md."""
        from mdpo.po2md import pofile_to_markdown

        pofile_to_markdown(str(article), str(catalog), save=str(out), wrapwidth=0)


class TranslateToolkit:
    """translate-toolkit's md2po and po2md: mistletoe."""

    name = "translate-toolkit"

    def missing(self) -> str:
        """Return the package when it is not installed."""
        return "" if importlib.util.find_spec("translate") else "pip install '.[bench]'"

    def extract(self, article: Path, catalog: Path) -> None:
        """Run md2po."""
        from translate.convert import md2po

        run_main(md2po.main, "--duplicates=msgctxt", str(article), str(catalog))

    def merge(self, article: Path, catalog: Path, out: Path) -> None:
        """Run po2md with the article as the template."""
        from translate.convert import po2md

        run_main(po2md.main, "--template", str(article), str(catalog), str(out))


class Po4a:
    """po4a's text module, a process a file."""

    name = "po4a"

    def missing(self) -> str:
        """Return the package of the commands when it is not installed."""
        return "" if shutil.which("po4a-updatepo") else "apt install po4a"

    options = ("--format", "text", "--option", "markdown", "--master-charset", "UTF-8")

    def extract(self, article: Path, catalog: Path) -> None:
        """Run po4a-updatepo, which makes the catalog when there is none."""
        command = ["po4a-updatepo", *self.options, "--master", article, "--po", catalog]
        subprocess.run(command, check=True, capture_output=True)

    def merge(self, article: Path, catalog: Path, out: Path) -> None:
        """Run po4a-translate, keeping everything."""
        command = ["po4a-translate", *self.options, "--keep", "0"]
        command += ["--master", article, "--po", catalog, "--localized", out]
        command += ["--localized-charset", "UTF-8"]
        subprocess.run(command, check=True, capture_output=True)


def run_main(main: object, *arguments: str) -> None:
    """Call a command's ``main`` quietly, with its own arguments."""
    assert callable(main)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        main(["--progress=none", *arguments])


class Seconds(NamedTuple):
    """The time of one step over the whole corpus."""

    wall: float
    cpu: float

    @classmethod
    def now(cls) -> Seconds:
        """Return wall-clock time, and the CPU time of this process and its children."""
        own, children = (
            resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        cpu = own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
        return cls(time.perf_counter(), cpu)


@dataclass
class Result:
    """The results of one tool."""

    extract: list[Seconds] = field(default_factory=list)
    merge: list[Seconds] = field(default_factory=list)
    bytes_kept: int = 0
    html_kept: int = 0
    failed: int = 0


def fill(catalog: Path, before: str = "") -> None:
    """Make every entry's translation its own source, after ``before``."""
    entries = polib.pofile(str(catalog), wrapwidth=0)
    for entry in entries:
        entry.msgstr = f"{before}{entry.msgid}"
        entry.fuzzy = False
    entries.save(str(catalog))


def timed(articles: list[Path], step: str, tool: Tool, folder: Path) -> tuple[Seconds, set[int]]:
    """Run one step over all articles; return its time and the numbers of failed articles."""
    failed = set()
    start = Seconds.now()
    for number, article in enumerate(articles):
        catalog, out = folder / f"{number}.po", folder / f"{number}.md"
        try:
            if step == "extract":
                tool.extract(article, catalog)
            else:
                tool.merge(article, catalog, out)
        except Exception as error:  # noqa: BLE001 - a peer's failure is a result, not ours to judge
            print(f"  {tool.name}: {step} {article.name}: {error!r:.100}", file=sys.stderr)
            failed.add(number)
    end = Seconds.now()
    return Seconds(end.wall - start.wall, end.cpu - start.cpu), failed


def run(tool: Tool, articles: list[Path], result: Result, before: str = "") -> None:
    """Run one round of one tool, and add to its results."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seconds, failed = timed(articles, "extract", tool, folder)
        result.extract.append(seconds)
        for number in set(range(len(articles))) - failed:
            fill(folder / f"{number}.po", before)
        seconds, more = timed(articles, "merge", tool, folder)
        result.merge.append(seconds)
        result.failed = len(failed | more)
        result.bytes_kept = result.html_kept = 0
        for number, article in enumerate(articles):
            out = folder / f"{number}.md"
            if out.exists():
                before, after = article.read_bytes(), out.read_bytes()
                result.bytes_kept += before == after
                result.html_kept += html(before) == html(after)


def html(markdown: bytes) -> str:
    """Render with plain CommonMark and tables, to compare what readers see.

    Runs of white space count as one space, for wrapping a paragraph again does not matter.
    """
    renderer = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return " ".join(renderer.render(markdown.decode("utf-8", "replace")).split())


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--corpus", type=Path, default=CORPUS, help="folder of .md files")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument(
        "--before",
        default="",
        help="text to put before each source as its translation, so that every place changes",
    )
    chosen = options.parse_args()
    articles = sorted(chosen.corpus.rglob("*.md"))
    if not articles:
        sys.exit(f"error: no .md file under {chosen.corpus} — name a folder with --corpus")
    tools: list[Tool] = []
    for tool in (Bilingual(), CutAnew(), Mdpo(), TranslateToolkit(), Po4a()):
        if hint := tool.missing():
            print(f"left out: {tool.name} ({hint})")
        else:
            tools.append(tool)
    from bilingual.cli import COLLECT_AFTER

    gc.set_threshold(COLLECT_AFTER)
    results = {tool.name: Result() for tool in tools}
    for tool in tools:
        if tool.name != "po4a":
            run(tool, articles, Result())
    for _ in range(chosen.rounds):
        for tool in tools:
            run(tool, articles, results[tool.name], chosen.before)
    size = sum(article.stat().st_size for article in articles)
    print(f"{len(articles)} files, {size / 1e6:.2f} MB, {chosen.rounds} rounds; medians\n")
    print("| tool | bytes kept | same HTML | failed | extract s (CPU) | merge s (CPU) "
          "| extract × (CPU) | merge × (CPU) |")  # fmt: skip
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    ours = results["bilingual"]
    for name, result in results.items():
        steps = [(median(result.extract), median(ours.extract)),
                 (median(result.merge), median(ours.merge))]  # fmt: skip
        cells = [f"{done.wall:.2f} ({done.cpu:.2f})" for done, _ in steps]
        cells += [f"{done.wall / own.wall:.1f} ({done.cpu / own.cpu:.1f})" for done, own in steps]
        print(
            f"| {name} | {result.bytes_kept}/{len(articles)} | {result.html_kept}/{len(articles)} "
            f"| {result.failed} | {' | '.join(cells)} |"
        )


def median(rounds: list[Seconds]) -> Seconds:
    """Return the medians of both clocks."""
    return Seconds(
        statistics.median(each.wall for each in rounds),
        statistics.median(each.cpu for each in rounds),
    )


if __name__ == "__main__":
    main()
