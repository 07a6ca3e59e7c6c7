"""Measure how much of a provider's allowed rate ``translate`` uses, against a server on loopback.

python benchmarks/throughput.py [--seconds 30] [--rates 2,5,10,20]

The server needs 500 ms for an answer, allows R requests a second (in a bucket of R, or one at a
time), and rejects faster requests with 429 and Retry-After. The results are the share of R that was
answered from the first answer to the last, and the number of rejected requests.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from bilingual.newsroom import Newsroom
from bilingual.testing.provider.rate_limit import Rate
from bilingual.testing.provider.server import ScriptedServer
from bilingual.workflow.translate import translate

LATENCY = 0.5
CONCURRENCY = 32


def run(rate: float, burst: float, seconds: float) -> tuple[float, int, int]:
    """Return the used share of ``rate``, and the numbers of answered and rejected requests."""
    answered: list[float] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        ScriptedServer(latency=LATENCY, rate=Rate(rate, burst)) as server,
    ):
        root = Path(folder)
        requests = int(rate * seconds)
        made_up = server.translate

        def translated(text: str) -> str:
            answered.append(time.monotonic())
            return made_up(text)

        server.translate = translated
        paragraphs = (f"The paragraph with the number {n} is here." for n in range(requests))
        article = root / "articles" / "long" / "index.en.md"
        article.parent.mkdir(parents=True)
        article.write_text("\n\n".join(paragraphs) + "\n", "utf-8")
        (root / "bilingual.toml").write_text(
            "[translate]\nengine = 'openai'\n[engines.openai]\n"
            f"base_url = '{server.url}'\nmodel = 'm'\nbatch = 1\ncontext = 0\nretries = 0\n"
            f"concurrency = {CONCURRENCY}\n",
            "utf-8",
        )
        translate(Newsroom.open(root))
        busy = server.busy
    took = answered[-1] - answered[0]
    # The first burst is not part of the rate.
    return (len(answered) - min(burst, len(answered))) / took / rate, len(answered), busy


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--rates", default="2,5,10,20")
    chosen = parser.parse_args()
    print("| R, requests/s | at once | answered | sent away | share of R kept |")
    print("|---:|---:|---:|---:|---:|")
    for rate in (float(each) for each in chosen.rates.split(",")):
        for burst in (1.0, rate):
            share, answered, busy = run(rate, burst, chosen.seconds)
            print(f"| {rate:g} | {burst:g} | {answered} | {busy} | {share:.0%} |", flush=True)


if __name__ == "__main__":
    main()
