"""Compare a search of the memory with comparing every text: time, recall, size, opening, updates.

    python benchmarks/memory_search.py --size 1000000

One run generates a memory (``memory_corpus.py``), stores it, and starts a process that opens it.
Each query then goes to ``rapidfuzz.process.cdist`` (``fuzz.ratio``, from 75, one thread) over all
texts, which returns every match there is, and to that process. Milliseconds are wall-clock time;
every match counts, not only the best of a query.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import memory_corpus
from rapidfuzz import fuzz, process

from bilingual.memory import tables
from bilingual.memory.store import Store
from bilingual.model import MemoryPair

SEED = 20260409
OTHER = {"en": "ko", "ko": "en"}


def build(folder: str, size: int) -> None:
    """Store a memory of ``size`` pairs in ``folder``; print its time and size."""
    english, korean = (memory_corpus.memory(language, size, SEED) for language in ("en", "ko"))
    started = time.perf_counter()
    store = Store(Path(folder), "en ko")
    pairs = (MemoryPair(*both, "en", "ko") for both in zip(english, korean, strict=True))
    store.put("memory/all.tmx", "", pairs)
    stored = time.perf_counter()
    store.grow()
    store.close()
    grown = time.perf_counter()
    sizes = {file.suffix: file.stat().st_size for file in Path(folder).iterdir()}
    print(json.dumps({
        "stored": stored - started, "blocks": grown - stored,
        "database": sizes[".sqlite"], "block files": sum(
            file.stat().st_size for file in Path(folder).glob("*.block")),
    }))  # fmt: skip


def search(folder: str) -> None:
    """Open the memory and answer one JSON line for each line of standard input."""
    started = time.perf_counter()
    store = Store(Path(folder), "en ko")
    for language in ("en", "ko"):
        store.near("The first search maps the blocks.", language)
    print(json.dumps({"open": time.perf_counter() - started}), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        started = time.perf_counter()
        if "query" in asked:
            answer: Any = [hit[0] for hit in store.near(asked["query"], asked["language"])]
        elif "put" in asked:
            store.put("one.po", "", [MemoryPair(asked["put"], "새 문장", "en", "ko")])
            store.grow()
            answer = len(store.same(asked["put"], "en", "ko"))
        elif "drop" in asked:
            store.drop("one.po")
            answer = len(store.same(asked["drop"], "en", "ko"))
        else:
            answer = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"took": time.perf_counter() - started, "answer": answer}), flush=True)


class Searcher:
    """The process that searches."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, __file__, "--search", str(folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        self.opened = json.loads(self.process.stdout.readline())["open"]

    def ask(self, **what: object) -> tuple[float, Any]:
        """Return the seconds that an answer took, and the answer."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        return answer["took"], answer["answer"]


def compare(folder: Path, searcher: Searcher, count: int) -> None:
    """Send the queries to both and print the table."""
    print("| language | queries | all compared, ms | memory, ms | × | median × | found | recall |")
    print("|---|---|---:|---:|---:|---:|---:|---:|")
    database = sqlite3.connect(folder / tables.FILE)
    for language in ("en", "ko"):
        rows = database.execute("SELECT id, text FROM texts WHERE language = ?", (language,))
        ids, texts = zip(*rows, strict=True)
        choices = list(texts)
        taken: dict[str, list[tuple[float, float]]] = defaultdict(list)
        hits: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for kind, query in memory_corpus.queries(language, choices, SEED, count):
            started = time.perf_counter()
            scores = process.cdist([query], choices, scorer=fuzz.ratio, score_cutoff=75, workers=1)[
                0
            ]
            force = time.perf_counter() - started
            there = {ids[place] for place in scores.nonzero()[0]}
            took, answer = searcher.ask(query=query, language=language)
            assert set(answer) <= there
            for name in (kind, "all"):
                taken[name].append((force, took))
                hits[name][0] += len(there & set(answer))
                hits[name][1] += len(there)
        for kind, both in taken.items():
            force, took = (statistics.mean(column) for column in zip(*both, strict=True))
            median = statistics.median(one / other for one, other in both)
            found, there = hits[kind]
            print(
                f"| {language} | {kind} | {force * 1e3:.0f} | {took * 1e3:.1f} "
                f"| {force / took:.0f} | {median:.0f} | {found:,}/{there:,} "
                f"| {100 * found / max(there, 1):.2f} % |"
            )


def main() -> None:
    """Build, open, compare and change the memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=100, help="of each kind")
    parser.add_argument("--folder", type=Path, help="keep the memory here, or use the one here")
    parser.add_argument("--build", help=argparse.SUPPRESS)
    parser.add_argument("--search", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.build:
        build(options.build, options.size)
        return
    if options.search:
        search(options.search)
        return
    folder = options.folder or Path(tempfile.mkdtemp(prefix="memory-"))
    try:
        if not (folder / tables.FILE).exists():
            words = [sys.executable, __file__, "--build", str(folder), "--size", str(options.size)]
            made = json.loads(subprocess.run(words, check=True, capture_output=True).stdout)
            print(
                f"{options.size:,} pairs: stored in {made['stored']:.0f} s, "
                f"blocks written in {made['blocks']:.0f} s; "
                f"database {made['database'] / 1e6:.0f} MB, "
                f"blocks {made['block files'] / 1e6:.0f} MB"
            )
        searcher = Searcher(folder)
        print(f"opened in {searcher.opened * 1e3:.0f} ms\n")
        compare(folder, searcher, options.queries)
        blocks = {file.name: file.stat().st_mtime_ns for file in folder.glob("*.block")}
        text = "A sentence that was approved just now and stands nowhere else."
        added, there = searcher.ask(put=text)
        removed, left = searcher.ask(drop=text)
        assert (there, left) == (1, 0)
        assert blocks == {file.name: file.stat().st_mtime_ns for file in folder.glob("*.block")}
        _, peak = searcher.ask(peak=True)
        print(
            f"\none pair added in {added * 1e3:.1f} ms, removed in {removed * 1e3:.1f} ms; "
            f"the searching process had {peak:.0f} MB at its peak"
        )
    finally:
        if not options.folder:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
