"""Time all rules over a PO file, compared with translate-toolkit's pofilter.

    python benchmarks/check_speed.py [--po FILE] [--rounds N] [--glossary YAML]

Both run in this process over the same file, including parsing; the rounds alternate, so that a slow
minute of the machine affects both. It prints the least processor time for each translated unit, and
how many units have a finding: the file is a good human translation. pofilter runs its
standard checks for Korean. ``--commands`` times both as commands instead, start-up and reports
included; ``--articles N`` times ``bilingual check`` on a newsroom of N articles, first and again.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

from bilingual.catalog import po
from bilingual.checks import registry
from bilingual.glossary.match import Matcher
from bilingual.glossary.schema import parse

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PO = ROOT.parent / "shared" / "corpus" / "po" / "comprehensive-rust.ko.po"


def main() -> None:
    """Time both, print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--po", type=Path, default=PO)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--glossary", type=Path, default=ROOT / "glossary.yaml")
    parser.add_argument("--articles", type=int, default=0)
    parser.add_argument("--commands", action="store_true")
    options = parser.parse_args()
    if options.articles:
        newsroom(options.articles)
        return
    if not options.po.exists():
        sys.exit(f"{options.po} is not here: name a PO file with --po")
    if options.commands:
        commands(options.po, options.rounds)
        return
    translated = sum(bool(entry.target.text) for entry in po.parse(options.po.read_text()).live)
    terms = Matcher(parse(options.glossary.read_text("utf-8"), path="glossary.yaml").terms)
    tools = {"bilingual": lambda: ours(options.po, terms), "pofilter": lambda: theirs(options.po)}
    times: dict[str, list[float]] = {name: [] for name in tools}
    found: dict[str, int] = {}
    for _ in range(options.rounds):
        for name, run in tools.items():
            start = time.process_time()
            found[name] = run()
            times[name].append(time.process_time() - start)
    print(f"{options.po.name}: {translated} translated units, {options.rounds} rounds\n")
    print("| tool | s | µs a unit | units with a finding |")
    print("|---|---:|---:|---:|")
    for name, taken in times.items():
        least = min(taken)
        share = 100 * found[name] / translated
        print(
            f"| {name} | {least:.2f} | {1e6 * least / translated:.0f} "
            f"| {found[name]} ({share:.0f} %) |"
        )


def ours(file: Path, terms: Matcher) -> int:
    """Return how many units of ``file`` have a finding, without the rules on states."""
    catalog = po.parse(file.read_text("utf-8"), path=file.name)
    selection = registry.select(ignore=["unreviewed", "untranslated", "stale"])
    translated = [entry for entry in catalog.live if entry.target.text]
    pair = registry.pair("", translated, ("en", "ko"), terms)
    return len({finding.unit for finding in registry.run([pair], selection)})


def theirs(file: Path) -> int:
    """Return how many units of ``file`` fail a check of pofilter."""
    try:
        from translate.filters import checks, pofilter
        from translate.storage import factory
    except ImportError:
        sys.exit("translate-toolkit is not installed: pip install -e '.[bench]'")
    options = SimpleNamespace(
        limitfilters=None,
        excludefilters={},
        includefuzzy=True,
        includereview=True,
        autocorrect=False,
        addnotes=False,
        error=None,
    )
    config = checks.CheckerConfig(targetlanguage="ko")
    checker = pofilter.pocheckfilter(
        options, [checks.StandardChecker, checks.StandardUnitChecker], config
    )
    store = factory.getobject(str(file))
    units = [unit for unit in store.units if unit.istranslated() or unit.isfuzzy()]
    return sum(bool(checker.filterunit(unit)) for unit in units if not unit.isheader())


def newsroom(count: int) -> None:
    """Time the command on ``count`` copies of this repository's articles: first, and again."""
    source = [each for each in sorted((ROOT / "articles").iterdir()) if each.is_dir()]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("bilingual.toml", "glossary.yaml"):
            (root / name).write_bytes((ROOT / name).read_bytes())
        made = 0
        while made < count:
            for each in source:
                article = next(each.glob("index.*.md"))
                target = "ko" if article.name == "index.en.md" else "en"
                catalog = ROOT / "locales" / target / "articles" / f"{each.name}.po"
                slug = f"{each.name}-{made}"
                copy = root / "articles" / slug / article.name
                copy.parent.mkdir(parents=True)
                copy.write_bytes(article.read_bytes())
                if catalog.exists():
                    place = root / "locales" / target / "articles" / f"{slug}.po"
                    place.parent.mkdir(parents=True, exist_ok=True)
                    place.write_bytes(catalog.read_bytes())
                made += 1
                if made == count:
                    break
        command = [str(BIN / "bilingual"), "check", "--format", "json"]
        kept = root / ".bilingual"
        print(f"{count} articles\n\n| run | s | processor s |\n|---|---:|---:|")
        for name, words in (
            ("start-up (`check --list`)", [command[0], "check", "--list"]),
            ("first, `--jobs 1`", [*command, "--jobs", "1"]),
            ("first, `--jobs 2`", [*command, "--jobs", "2"]),
            ("again", command),
            ("again", command),
        ):
            if name.startswith("first"):
                shutil.rmtree(kept, ignore_errors=True)
            taken, worked = timed(words, root)
            print(f"| {name} | {taken:.2f} | {worked:.2f} |", flush=True)


def commands(file: Path, rounds: int) -> None:
    """Time both tools as commands on ``file``, in turns."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "failures.po"
        state = "unreviewed,untranslated,stale"
        tools = {
            "bilingual check": [
                str(BIN / "bilingual"), "check", str(file), "--source", "en", "--target", "ko",
                "--ignore", state, "--jobs", "1",
            ],
            "pofilter": [
                str(BIN / "pofilter"), "--language=ko", "--progress=none", str(file), str(out)
            ],
        }  # fmt: skip
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in tools}
        for _ in range(rounds):
            for name, words in tools.items():
                times[name].append(timed(words, Path(folder)))
    print(f"{file.name}, {rounds} rounds\n\n| command | s | processor s |\n|---|---:|---:|")
    for name, taken in times.items():
        wall, work = (min(each) for each in zip(*taken, strict=True))
        print(f"| `{name}` | {wall:.2f} | {work:.2f} |")


def timed(words: list[str], folder: Path) -> tuple[float, float]:
    """Return the seconds that the command ``words`` takes in ``folder``, and of the processors."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(words, cwd=folder, capture_output=True, check=False, env=os.environ)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - start, worked


if __name__ == "__main__":
    main()
