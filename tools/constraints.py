"""Resolve the versions that everything here is installed with.

    python tools/constraints.py                  renew constraints.txt, and say what moved
    python tools/constraints.py --newest FILE    the newest of everything, for this Python
    python tools/constraints.py --lowest FILE    the lowest that pyproject.toml allows

`make update`, `make test-newest` and `make test-lowest` run it. constraints.txt holds names,
versions and markers for every Python and system at once: no address and no hash, so that any index
or mirror can serve them. It needs uv, which resolves for all of them in one go.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CONSTRAINTS = ROOT / "constraints.txt"
LINE = re.compile(r"(?P<name>[\w.-]+)==(?P<version>[^\s;]+)(?:\s*;\s*(?P<marker>.*))?")
HEAD = """\
# What is tested is what is installed: the versions of everything that bilingual needs, with every
# extra, on each Python and system. `make update` renews this file; do not edit it by hand.
#
#     pip install --constraint constraints.txt '.[local]'

"""


def main() -> int:
    """Write the versions asked for, print what differs from constraints.txt."""
    options = argparse.ArgumentParser(description="Resolve versions.")
    which = options.add_mutually_exclusive_group()
    which.add_argument("--newest", type=Path, metavar="FILE")
    which.add_argument("--lowest", type=Path, metavar="FILE")
    chosen = options.parse_args()
    try:
        if chosen.newest or chosen.lowest:
            how = ["--python", sys.executable]
            how += ["--resolution", "lowest-direct"] if chosen.lowest else []
            text, file = resolve(*how), chosen.newest or chosen.lowest
        else:
            lowest = PROJECT["project"]["requires-python"].removeprefix(">=")
            text, file = HEAD + resolve("--universal", "--python-version", lowest), CONSTRAINTS
    except subprocess.CalledProcessError as error:
        print(f"error: nothing was resolved, {CONSTRAINTS.name} is as it was:\n{error.stderr}")
        return 2
    was = CONSTRAINTS.read_text("utf-8") if CONSTRAINTS.exists() else ""
    for line in moves(versions(was), versions(text), subset=file != CONSTRAINTS):
        print(line)
    if not file.exists() or file.read_text("utf-8") != text:  # make goes by a file's time
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_suffix(".new")
        fresh.write_text(text, "utf-8")
        fresh.replace(file)
    return 0


def resolve(*how: str) -> str:
    """Return a line for each package that the project, its extras and its build need."""
    build = "\n".join(PROJECT["build-system"]["requires"])
    command = [
        os.environ.get("UV", "uv"), "pip", "compile", "--quiet", "--all-extras",
        "--no-annotate", "--no-header", *how, "pyproject.toml", "-",
    ]  # fmt: skip
    done = subprocess.run(
        command,
        cwd=ROOT,
        input=build,
        env=os.environ | index(),
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def index() -> dict[str, str]:
    """Return the variables that point uv to the index that pip is configured for, if any."""
    if {"UV_DEFAULT_INDEX", "UV_INDEX_URL"} & os.environ.keys():
        return {}
    asked = [sys.executable, "-m", "pip", "config", "list"]
    listed = subprocess.run(asked, check=False, capture_output=True, text=True).stdout
    found = dict(re.findall(r"^(global|:env:)\.index-url='(.*)'$", listed, re.MULTILINE))
    url = found.get(":env:") or found.get("global")
    return {"UV_DEFAULT_INDEX": url} if url else {}


def versions(text: str) -> dict[str, list[str]]:
    """Return each package's versions, with the markers they hold under."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in text.splitlines():
        if match := LINE.fullmatch(line.strip()):
            found[match["name"]].append(match["version"])
    return found


def moves(
    was: dict[str, list[str]], now: dict[str, list[str]], *, subset: bool = False
) -> list[str]:
    """Return a line for each package whose versions differ; of a ``subset``, only what it has."""
    lines = []
    for name in sorted(was.keys() | now.keys()):
        old, new = was.get(name, []), now.get(name, [])
        if old == new or (subset and (not new or set(new) <= set(old))):
            continue
        lines.append(f"{name}  {', '.join(old) or '-'} → {', '.join(new) or '-'}")
    return lines or ["nothing moved"]


if __name__ == "__main__":
    sys.exit(main())
