"""Time ``bilingual segment`` on newsrooms of growing size: first, unchanged, and after one edit.

    python benchmarks/scale.py [--sizes 100,1000,3000,10000] [--rounds N] [--plot FILE.svg]

Each newsroom has articles of some 5 kB and 40 units, as in news, all different. Every number is for
a whole process, including Python's start; start-up alone (``bilingual --version``) is measured in
the same run and printed next to it. "Unchanged" and "one edit" are medians
of ``--rounds``; CPU seconds are the process's own, memory is its peak resident set.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

WORDS = {  # sentences, of which the words are drawn
    "en": (
        "the model newsroom release weights score benchmark company said on Tuesday that its new "
        "open engine reads long documents faster than before and costs less to run while editors "
        "in Seoul and Paris check every sentence against the source before it is published"
    ),
    "ko": (
        "모델 뉴스룸 공개 가중치 점수 벤치마크 회사는 화요일에 새 엔진이 긴 문서를 이전보다 빠르게 "
        "읽고 비용도 덜 든다고 밝혔다 서울과 파리의 편집자는 모든 문장을 원문과 대조한 뒤에야 "
        "기사를 내보낸다"
    ),
}


@dataclass(frozen=True)
class Run:
    """The measurements of one process."""

    wall: float
    cpu: float
    megabytes: float


def article(number: int) -> tuple[str, str]:
    """Return the language and the text of one article; the same number gives the same text."""
    chance = random.Random(number)  # noqa: S311 - no secret
    language = "ko" if number % 3 == 0 else "en"

    words_of = WORDS[language].split()

    def sentence() -> str:
        words = [chance.choice(words_of) for _ in range(chance.randint(8, 18))]
        words.insert(2, f"{chance.randint(2, 9999)}")
        return " ".join(words).capitalize() + "."

    def paragraph() -> str:
        return " ".join(sentence() for _ in range(3))

    parts = [f"---\ntitle: {sentence()[:-1]}\ndate: 2026-04-08\ntags: [models, news]\n---"]
    for _ in range(4):
        parts += [f"## {sentence()[:-1]}", paragraph(), paragraph()]
        parts.append("\n".join(f"- {sentence()}" for _ in range(3)))
    rows = "\n".join(f"| {sentence()[:-1]} | {chance.random():.3f} |" for _ in range(5))
    parts.append(f"| Model | Score |\n|---|---|\n{rows}")
    parts.append(f"> {sentence()}\n\nSee the [card](https://example.com/{number}) and `run.py`.\n")
    return language, "\n\n".join(parts)


def generate(root: Path, size: int) -> None:
    """Make a newsroom of ``size`` articles."""
    root.mkdir()
    (root / "bilingual.toml").write_text('[newsroom]\nname = "Scale"\n', "utf-8")
    for number in range(size):
        language, text = article(number)
        folder = root / "articles" / f"article-{number:05}"
        folder.mkdir(parents=True)
        (folder / f"index.{language}.md").write_text(text, "utf-8")


def run(root: Path, *words: str) -> Run:
    """Run ``bilingual`` in the newsroom; its output goes nowhere."""
    command = [sys.executable, "-m", "bilingual", *words]
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"error: {' '.join(words)}: exit code {process.returncode}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def median(runs: list[Run]) -> Run:
    """Return the median of each number."""
    return Run(
        statistics.median(each.wall for each in runs),
        statistics.median(each.cpu for each in runs),
        max(each.megabytes for each in runs),
    )


def measure(root: Path, size: int, rounds: int) -> dict[str, Run]:
    """Return the measurements of each kind of run on a new newsroom of ``size`` articles."""
    generate(root, size)
    found = {"first": run(root, "segment")}
    time.sleep(2.5)  # within two seconds a change may go unnoticed, so files are hashed
    run(root, "segment")
    idle, start, edited = [], [], []
    for number in range(rounds):
        start.append(run(root, "--version"))
        idle.append(run(root, "segment"))
        file = next((root / "articles" / f"article-{number:05}").glob("index.*.md"))
        file.write_text(file.read_text("utf-8").replace("models", "models, new"), "utf-8")
        edited.append(run(root, "segment"))
        time.sleep(2.5)
        run(root, "segment")
    found |= {"start": median(start), "unchanged": median(idle), "one edit": median(edited)}
    (root / ".bilingual" / "index.json").unlink()
    found["no index"] = run(root, "segment")
    return found


def plot(results: dict[int, dict[str, Run]], file: Path) -> None:
    """Draw seconds over articles, both logarithmic, as SVG; a line of slope one is linear cost."""
    import math

    width, height, left, bottom = 720, 440, 70, 60
    sizes = list(results)
    kinds = {"first": "#b4451f", "no index": "#8a6d1b", "unchanged": "#1f6fb4", "start": "#777777"}
    seconds = [results[size][kind].wall for size in sizes for kind in kinds]
    low = math.floor(math.log10(min(seconds)))
    high = math.ceil(math.log10(max(seconds)))
    first, last = math.log10(sizes[0]), math.log10(sizes[-1])

    def x(size: float) -> float:
        return left + (math.log10(size) - first) / ((last - first) or 1) * (width - left - 130)

    def y(value: float) -> float:
        share = (math.log10(value) - low) / ((high - low) or 1)
        return height - bottom - share * (height - bottom - 20)

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"',
        'font-family="sans-serif" font-size="13" role="img">',
        "<title>Seconds that bilingual segment takes, by number of articles</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    for power in range(low, high + 1):
        at = y(10.0**power)
        out.append(
            f'<path d="M{left} {at:.1f}H{width - 130}" stroke="#dddddd"/>'
            f'<text x="{left - 8}" y="{at + 4:.1f}" text-anchor="end">{10.0**power:g} s</text>'
        )
    out += [
        f'<path d="M{x(size):.1f} 20V{height - bottom}" stroke="#eeeeee"/>'
        f'<text x="{x(size):.1f}" y="{height - bottom + 20}" text-anchor="middle">'
        f"{size:,}</text>"
        for size in sizes
    ]
    out.append(
        f'<text x="{(left + width - 130) / 2:.0f}" y="{height - 14}" text-anchor="middle">'
        "articles</text>"
    )
    taken: list[float] = []
    for kind, color in kinds.items():
        points = [(x(size), y(results[size][kind].wall)) for size in sizes]
        line = " ".join(f"{a:.1f},{b:.1f}" for a, b in points)
        out.append(f'<polyline points="{line}" fill="none" stroke="{color}" stroke-width="2"/>')
        out += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3.5" fill="{color}"/>' for a, b in points]
        beside = points[-1][1] + 4
        while any(abs(beside - each) < 15 for each in taken):
            beside += 3
        taken.append(beside)
        label = {"start": "start-up alone"}.get(kind, kind)
        out.append(f'<text x="{width - 122}" y="{beside:.1f}" fill="{color}">{label}</text>')
    file.write_text("\n".join([*out, "</svg>"]) + "\n", "utf-8")


def main() -> None:
    """Print the table and draw the plot."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--sizes", default="100,1000,3000,10000")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--plot", type=Path)
    chosen = options.parse_args()
    results: dict[int, dict[str, Run]] = {}
    print("Seconds as wall (CPU).\n")
    print("| articles | first | no index | unchanged | start-up | more than start-up | one edit "
          "| peak MB |")  # fmt: skip
    print("|---:|---:|---:|---:|---:|---:|---:|---:|")
    for size in map(int, chosen.sizes.split(",")):
        with tempfile.TemporaryDirectory() as name:
            found = measure(Path(name) / "newsroom", size, chosen.rounds)
        results[size] = found
        cells = [f"{found[kind].wall:.2f} ({found[kind].cpu:.2f})" for kind in
                 ("first", "no index", "unchanged", "start")]  # fmt: skip
        more = (found["unchanged"].wall - found["start"].wall,
                found["unchanged"].cpu - found["start"].cpu)  # fmt: skip
        cells.append(f"{more[0]:.2f} ({more[1]:.2f})")
        cells.append(f"{found['one edit'].wall:.2f} ({found['one edit'].cpu:.2f})")
        peak = max(each.megabytes for each in found.values())
        print(f"| {size:,} | {' | '.join(cells)} | {peak:.0f} |", flush=True)
    if chosen.plot:
        plot(results, chosen.plot)


if __name__ == "__main__":
    main()
