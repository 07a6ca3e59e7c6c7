"""What ``bilingual --help`` costs in Korean, in processor time, and in English.

Run ``.venv/bin/python benchmarks/start_time.py [RUNS]``. The two take turns, so that a busy
machine slows both; the medians and their ratio are printed.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys

LOCALES = {"English": "C.UTF-8", "Korean": "ko_KR.UTF-8"}
COMMAND = [sys.executable, "-m", "bilingual", "--help"]


def seconds(locale: str) -> float:
    """Return the processor time of one run, user and system."""
    environment = {**os.environ, "LC_ALL": locale, "LANGUAGE": ""}
    process = subprocess.Popen(COMMAND, env=environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(COMMAND)} failed")
    return used.ru_utime + used.ru_stime


def main(runs: int) -> None:
    """Print the median of ``runs`` runs in each language and their ratio."""
    for locale in LOCALES.values():
        seconds(locale)  # compiles what Python caches
    times = {name: [] for name in LOCALES}
    for _ in range(runs):
        for name, locale in LOCALES.items():
            times[name].append(seconds(locale))
    medians = {name: statistics.median(each) for name, each in times.items()}
    for name, median in medians.items():
        print(f"{name}: {median * 1000:.0f} ms")
    print(f"Korean / English: {medians['Korean'] / medians['English']:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 21)
