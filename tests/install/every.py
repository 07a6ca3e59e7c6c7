"""Install the tool with every installer and Python of this machine, and use it.

    python tests/install/every.py [--only 3.12] [--source wheel|sdist|repository] [--extras]

Packages come from the index that this machine's pip and uv are set up for, so it takes minutes:
`make test-install` and the workflow of continuous integration run it, `make test` a part of it.
Each line is one clean environment in which an article went from nothing to a published draft, or
the reason why it did not. `--extras` measures instead what each extra adds.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.support.installing import CONSTRAINTS, HERE, ROOT, Clean, build, run, walk

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
WAYS = (
    ("pip", "wheel"),
    ("pip", "sdist"),
    ("pipx", "wheel"),
    ("pipx", "repository"),
    ("uv_pip", "wheel"),
    ("uv_tool", "wheel"),
    ("uv_tool", "sdist"),
    ("uv_tool", "repository"),
    ("uv_run", "wheel"),
    ("uv_sync", "repository"),
)
EXTRAS = ("", "[keyring]", "[evaluate]", "[local]", "[test]", "[lint]", "[bench]")


def main() -> int:
    """Print a table; return 1 when something did not work."""
    options = argparse.ArgumentParser(description="Install with everything that is here.")
    options.add_argument("--only", action="append", metavar="VERSION")
    options.add_argument("--source", choices=("wheel", "sdist", "repository"))
    options.add_argument("--extras", action="store_true")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="install-") as name:
        folder = Path(name) / "새 도구"
        wheel, sdist = build(folder / "dist")
        if chosen.extras:
            return extras(folder, wheel)
        sources = {"wheel": str(wheel), "sdist": str(sdist), "repository": f"git+file://{ROOT}"}
        failed = 0
        for version in chosen.only or PYTHONS:
            python = find(version)
            if python is None:
                print(f"{version}  not on this machine")
                continue
            for tool, source in WAYS:
                if chosen.source not in {None, source}:
                    continue
                failed += not tried(folder / "clean", python, tool, sources[source], source)
            if chosen.source in {None, "repository"}:
                failed += not hook(folder / "hook", python)
    return 1 if failed else 0


def find(version: str) -> Path | None:
    """Return the interpreter of a version, by asking each program of that name on PATH."""
    for name in (f"python{version}", "python3"):
        if (path := shutil.which(name)) is None:
            continue
        says = "import sys; print('%d.%d' % sys.version_info[:2], sys._base_executable)"
        done = subprocess.run([path, "-c", says], capture_output=True, text=True, check=False)
        if done.stdout.startswith(f"{version} "):
            return Path(done.stdout.split(" ", 1)[1].strip())
    return None


def tried(folder: Path, python: Path, tool: str, what: str, source: str) -> bool:
    """Install once and use it; print the line."""
    shutil.rmtree(folder, ignore_errors=True)
    clean = Clean(folder, python=python)
    begun = time.perf_counter()
    try:
        program = getattr(clean, tool)(what)
        installed = time.perf_counter()
        walk(program, folder / "room", clean.env)
    except (AssertionError, OSError, subprocess.SubprocessError) as error:
        print(f"{python.name}  {tool:8}{source:11}FAILED: {str(error)[:2000]}", flush=True)
        return False
    used = time.perf_counter()
    print(
        f"{python.name:11} {tool:8}{source:11}installed in {installed - begun:5.1f} s,"
        f" {size(folder):4.0f} MB; an article in {used - installed:4.1f} s",
        flush=True,
    )
    return True


def hook(folder: Path, python: Path) -> bool:
    """Let pre-commit install a hook of this repository and run it on a PO file."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "words").mkdir(parents=True)
    clean = Clean(folder, python=python)
    (folder / "words" / "ko.po").write_text(
        'msgid ""\nmsgstr "Language: ko\\n"\n\n'
        'msgid "It costs $14.3 billion."\nmsgstr "143억 원이 듭니다."\n',
        "utf-8",
    )
    head = run("git", "rev-parse", "HEAD", cwd=ROOT).stdout.strip()
    (folder / "words" / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: file://{ROOT}\n    rev: {head}\n"
        "    hooks: [{id: bilingual-check-po}]\n",
        "utf-8",
    )
    words = [HERE / "uv", "tool", "run", "--python", python, "pre-commit", "run", "--all-files"]
    begun = time.perf_counter()
    try:
        for each in (["git", "init", "-q"], ["git", "add", "."]):
            run(*each, cwd=folder / "words", env=clean.env)
        done = run(*words, cwd=folder / "words", env=clean.env, code=1)
        assert "error money-mismatch" in done.stdout, done.stdout
        (site,) = folder.glob("home/.cache/pre-commit/repo*/py_env-*/lib/python*/site-packages")
        pinned = set(CONSTRAINTS.read_text("utf-8").split())
        (click,) = site.glob("click-*.dist-info")
        assert click.name.removesuffix(".dist-info").replace("-", "==") in pinned
    except (AssertionError, OSError, ValueError, subprocess.SubprocessError) as error:
        print(f"{python.name}  pre-commit FAILED: {str(error)[:2000]}", flush=True)
        return False
    took = time.perf_counter() - begun
    print(f"{python.name:11} pre-commit repository, in {took:.1f} s", flush=True)
    return True


def extras(folder: Path, wheel: Path) -> int:
    """Print what each extra adds to an environment, in megabytes."""
    base = 0.0
    for extra in EXTRAS:
        shutil.rmtree(folder / "clean", ignore_errors=True)
        Clean(folder / "clean").uv_pip(f"{wheel}{extra}")
        whole = size(folder / "clean" / "venv")
        base = base or whole
        print(f"{extra or 'without extras':16}{whole:6.0f} MB  (+{whole - base:.0f})", flush=True)
    return 0


def size(folder: Path) -> float:
    """Return the megabytes of a folder's files, each counted once."""
    files = {
        (stat.st_dev, stat.st_ino): stat.st_size
        for each in folder.rglob("*")
        if each.is_file() and not each.is_symlink() and (stat := each.stat())
    }
    return sum(files.values()) / 1e6


if __name__ == "__main__":
    sys.exit(main())
