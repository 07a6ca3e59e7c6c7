"""Fuzz segmentation, merging, inline constructs and catalogs for a given time.

    python benchmarks/fuzz.py [--minutes N] [--engine atheris|hypothesis] [--findings DIR]

With atheris (libFuzzer guided by the coverage of this package and of markdown-it-py) the seeds are
the CommonMark spec's examples and the paragraphs of the corpus, and the fuzzer mutates and crosses
them. With hypothesis the strategies of ``tests/support`` generate the texts. The properties are in
``tests/support/promises.py``, so a finding can be made a test unchanged.

A failure does not stop the run: it is written to the findings' folder once for each place in the
code at which it occurs, and counted. A text that takes more than ``SLOW`` seconds of CPU time is a
finding too.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
SLOW = 1.0
"""Seconds of CPU time for one text and all properties."""
HANG = 20.0
LONGEST = 3000
"""Bytes of one text: longer ones find nothing more and are slow (see ``linear.py``)."""


class SlowError(AssertionError):
    """A text took longer than its length allows."""


class Findings:
    """Failures, one file for each place in the code."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True)
        self.count: dict[str, int] = {}
        self.texts = 0
        self.start = time.monotonic()

    def ask(self, content: bytes) -> None:
        """Check every property of one text, and record the failures."""
        from tests.support import promises

        self.texts += 1
        text = content.decode("utf-8", "replace")
        start = time.process_time()
        signal.setitimer(signal.ITIMER_VIRTUAL, HANG)
        try:
            promises.ask(text)
            in_time(time.process_time() - start, text)
        except Exception as error:  # noqa: BLE001 - whatever breaks is a finding
            self._write(content, error)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        if self.texts % 1000 == 0:
            self.say()

    def _write(self, content: bytes, error: Exception) -> None:
        frames = traceback.extract_tb(error.__traceback__)
        places = [f"{Path(each.filename).name}:{each.lineno}" for each in frames[-3:]]
        place = f"{type(error).__name__} {' '.join(places)}"
        self.count[place] = self.count.get(place, 0) + 1
        file = self.folder / f"{hashlib.sha256(place.encode()).hexdigest()[:12]}.md"
        if not file.exists() or len(content) < file.stat().st_size:
            file.write_bytes(content)
            said = "".join(traceback.format_exception(error))
            file.with_suffix(".txt").write_text(f"{place}\n\n{said}", "utf-8")
            print(f"finding: {place}: {str(error)[:200]}", flush=True)

    def say(self) -> None:
        """Print and save the progress of the run."""
        seconds = time.monotonic() - self.start
        cpu = time.process_time()
        record: dict[str, object] = {"texts": self.texts, "findings": self.count}
        record |= {"seconds": round(seconds), "cpu_seconds": round(cpu)}
        (self.folder / "record.json").write_text(json.dumps(record, indent=2), "utf-8")
        took = f"{seconds / 60:.1f} min ({cpu / 60:.1f} of CPU)"
        print(f"{self.texts} texts, {took}, findings: {len(self.count)}", flush=True)


def in_time(seconds: float, text: str) -> None:
    """Raise ``SlowError`` when ``text`` took too long."""
    if seconds > SLOW:
        raise SlowError(f"{seconds:.1f} s for {len(text)} characters")


def hang(_number: int, _frame: FrameType | None) -> None:
    """Stop a text that does not end."""
    raise SlowError(f"more than {HANG:g} s")


def seeds(folder: Path) -> None:
    """Write the fuzzer's first texts: the spec's examples, and the corpus in paragraphs."""
    from tests.support import fragments

    texts = (*fragments.EXAMPLES, *fragments.PARAGRAPHS, *fragments.BLOCKS)
    for number, text in enumerate(texts):
        (folder / f"{number:05}.md").write_bytes(text.encode()[:LONGEST])


def with_atheris(minutes: float, findings: Findings) -> None:
    """Run libFuzzer in this process; it ends the process by itself."""
    import atheris

    with atheris.instrument_imports(
        include=["bilingual", "markdown_it", "mdit_py_plugins", "promises"]
    ):
        from tests.support import promises

        promises.ask("# 제목\n\n- *글* `code` [a](b)\n\n| a |\n|---|\n| b |\n")
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    seeds(folder)
    words = folder.parent / f"{folder.name}.dict"
    marks = (
        "\\x0a> ", "\\x0a- ", "\\x0a1. ", "\\x0a    ", "\\x0a\\x0a", "```", "~~~", "|---|", "<div>",
        "</div>", "<!--", "-->", "]: ", "[^1]: ", "](", "![", "**", "$$", "{{<", ":::", "title: ",
        "---\\x0a", "\\x0d\\x0a", "\\x1e", "\\x0a: ", "\\x0a===", "&amp;", "bilingual:skip",
    )  # fmt: skip
    words.write_text("".join(f'"{mark}"\n' for mark in marks), "utf-8")
    atheris.Setup(
        [sys.argv[0], f"-max_total_time={minutes * 60:.0f}", f"-max_len={LONGEST}",
         f"-artifact_prefix={folder}/", "-timeout=300", "-rss_limit_mb=1500",
         "-print_final_stats=1", "-verbosity=0",
         f"-dict={words}", str(folder)],
        findings.ask,
    )  # fmt: skip
    atheris.Fuzz()


def with_hypothesis(minutes: float, findings: Findings) -> None:
    """Draw from the tests' strategies until the time is over."""
    from hypothesis import HealthCheck, Phase, given, settings
    from tests.support import strategies

    end = time.monotonic() + minutes * 60

    @settings(
        max_examples=200,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategies.mutated())
    def once(text: str) -> None:
        if time.monotonic() < end:
            findings.ask(text.encode("utf-8", "surrogatepass"))

    while time.monotonic() < end:
        once()


def main() -> None:
    """Run and print what was found."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--minutes", type=float, default=1)
    options.add_argument("--engine", choices=["atheris", "hypothesis"], default="hypothesis")
    options.add_argument("--findings", type=Path, default=Path(".bilingual/fuzz"))
    chosen = options.parse_args()
    sys.path.insert(0, str(ROOT))
    signal.signal(signal.SIGVTALRM, hang)
    findings = Findings(chosen.findings)
    run = with_atheris if chosen.engine == "atheris" else with_hypothesis
    run(chosen.minutes, findings)
    findings.say()


if __name__ == "__main__":
    main()
