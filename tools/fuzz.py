"""Run the property tests on random examples for some minutes, and print those that fail.

    .venv/bin/python tools/fuzz.py [--minutes N] [TEST…]

Without tests all that Hypothesis runs are asked, round after round with another seed, in as many
processes as there are cores. What fails is printed as an ``@example`` to paste above its test, and
kept in the findings' folder; Hypothesis asks it again first in the next run. Ends with 1 when
something was found, with 2 when nothing could be asked.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

FOLDER = "BILINGUAL_FUZZ_FINDINGS"
"""The variable that tells the processes of pytest where findings go."""
NOTHING_COLLECTED = 5
_NOTE = re.compile(r"F(?:alsifying|ailing) [a-z ]+: \w+(\(.*\))\s*\Z", re.DOTALL)
"""Hypothesis says "Failing test case: …", and said "Falsifying example: …"."""


def example(note: str) -> str | None:
    """Return Hypothesis's ``note`` on a failure as an ``@example``; None for any other note."""
    found = _NOTE.match(note)
    return f"@example{found[1]}" if found else None


def _errors(error: BaseException) -> Iterator[BaseException]:
    """Yield ``error``, or the errors that it groups: a test may fail in several ways."""
    if isinstance(error, BaseExceptionGroup):
        for each in error.exceptions:
            yield from _errors(each)
    else:
        yield error


def pytest_exception_interact(node: pytest.Item, call: pytest.CallInfo[object]) -> None:
    """Write down what failed; pytest calls this in the process that ran the test."""
    if call.excinfo is None:
        return
    for error in _errors(call.excinfo.value):
        notes: list[str] = getattr(error, "__notes__", [])
        examples = [found for note in notes if (found := example(note))]
        said = "\n".join(examples) or "(no example)"
        text = f"{node.nodeid}\n{type(error).__name__}: {str(error)[:500]}\n{said}\n"
        name = hashlib.sha256(f"{node.nodeid} {type(error).__name__}".encode()).hexdigest()[:12]
        Path(os.environ[FOLDER], f"{name}.txt").write_text(text, "utf-8")


def _round(tests: list[str], findings: Path, seconds: float, processes: int) -> int | None:
    """Ask everything once with a new seed; returns pytest's exit code, None when time is over."""
    words = [
        "-m", "hypothesis", "-q", "--no-header", "--tb=no", "-p", "tools.fuzz",
        "-p", "no:cacheprovider", "--hypothesis-profile", "fuzz",
        "--hypothesis-seed", str(random.SystemRandom().randrange(2**32)),
        *(["-n", str(processes)] if processes > 1 else []), *tests,
    ]  # fmt: skip
    environment = os.environ | {FOLDER: str(findings.absolute())}
    root = str(Path(__file__).resolve().parents[1])
    environment["PYTHONPATH"] = os.pathsep.join(
        [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    )
    with subprocess.Popen([sys.executable, "-m", "pytest", *words], env=environment) as run:
        try:
            return run.wait(seconds)
        except subprocess.TimeoutExpired:
            run.send_signal(signal.SIGINT)
            try:
                run.wait(60)
            except subprocess.TimeoutExpired:
                run.kill()
            return None


def main(arguments: list[str]) -> int:
    """Ask until the time is over; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--rounds", type=int, default=0, help="at most so many; 0: no limit")
    parser.add_argument("--findings", type=Path, default=Path(".bilingual/fuzz/tests"))
    parser.add_argument("tests", nargs="*")
    options = parser.parse_args(arguments)
    options.findings.mkdir(parents=True, exist_ok=True)
    for old in options.findings.glob("*.txt"):
        old.unlink()
    end = time.monotonic() + options.minutes * 60
    rounds = 0
    while (left := end - time.monotonic()) > 0 and (not options.rounds or rounds < options.rounds):
        processes = os.cpu_count() or 1 if not options.rounds else 1
        code = _round(options.tests, options.findings, left, processes)
        if code == NOTHING_COLLECTED:
            print("no property test among what was named", file=sys.stderr)
            return 2
        if code not in {0, 1, None}:
            print(f"pytest ended with {code}: the tests could not run", file=sys.stderr)
            return 2
        rounds += code is not None
    found = sorted(options.findings.glob("*.txt"))
    for each in found:
        print(f"\n{each.read_text('utf-8')}", end="")
    print(f"\n{rounds} whole rounds, failures: {len(found)}")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
