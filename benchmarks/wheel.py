"""Measure what an installation weighs and how soon the command answers.

    python benchmarks/wheel.py

Builds the wheel and the sdist, installs the wheel without extras by uv into an empty environment,
and starts the command there: once as it was installed, for which Python compiles the modules, then
RUNS times.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNS = 20


def main() -> None:
    """Print the table of ``README.md``."""
    sys.path.insert(0, str(ROOT))
    from tests.install.every import size
    from tests.support.installing import Clean, build

    with tempfile.TemporaryDirectory(prefix="wheel-") as name:
        wheel, sdist = build(Path(name) / "dist")
        clean = Clean(Path(name) / "clean")
        (program,) = clean.uv_pip(str(wheel))
        venv = clean.folder / "venv"
        packages = len(list(venv.glob("lib/python*/site-packages/*.dist-info")))
        rows = [
            ("wheel", f"{wheel.stat().st_size / 1e6:.2f} MB"),
            ("sdist", f"{sdist.stat().st_size / 1e6:.2f} MB"),
            (f"environment, {packages} packages", f"{size(venv):.0f} MB"),
        ]
        for words in (["--version"], ["--help"], ["check", "--help"]):
            first, *later = (started([program, *words], clean.env) for _ in range(RUNS + 1))
            clock, used = (statistics.median(each) for each in zip(*later, strict=True))
            said = f"{clock:.2f} ({used:.2f}) s, the first time {first[0]:.2f} ({first[1]:.2f}) s"
            rows.append((f"`bilingual {' '.join(words)}`", said))
    for what, measured in rows:
        print(f"| {what} | {measured} |")


def started(command: list[str], env: dict[str, str]) -> tuple[float, float]:
    """Return the seconds of the clock and of CPU time that a command takes."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, env=os.environ | env, stdout=subprocess.DEVNULL)
    after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return ended - begun, used


if __name__ == "__main__":
    main()
