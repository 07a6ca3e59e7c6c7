"""Files that lie in a newsroom are data: no command imports or runs them, whatever their names.

Each command is started as users start it, by the program that the installation made, in a cloned
newsroom whose Python files have the names of modules that our processes import first.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from bilingual.newsroom import Newsroom

PROGRAM = Path(sys.executable).with_name("bilingual")
NAMES = (
    "bilingual/__init__", "concurrent/__init__", "json", "multiprocessing/__init__", "numpy",
    "openai", "pickle", "pip/__init__", "polib", "runpy", "signal", "sitecustomize",
    "usercustomize", "xllamacpp", "yaml",
)  # fmt: skip
ARTICLES = {f"{slug}/en": f"# The {slug} article\n\nIt has words.\n" for slug in ("a", "b", "c")}


@pytest.fixture
def trapped(make_newsroom: Callable[..., Newsroom]) -> Path:
    """A newsroom of three articles in which each trap that is imported writes a file ``ran-…``."""
    root = make_newsroom(ARTICLES, toml="[translate]\nengine = 'local'\n").root
    for name in NAMES:
        file = root / f"{name}.py"
        file.parent.mkdir(exist_ok=True)
        mark = root / f"ran-{name.split('/')[0]}"
        file.write_text(f"open({str(mark)!r}, 'w').close()\nraise SystemExit(99)\n", "utf-8")
    return root


def run(root: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PROGRAM, *words],
        cwd=root,
        env={**os.environ, **variables},
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
    )


def ran(root: Path) -> list[str]:
    return sorted(each.name for each in root.glob("ran-*"))


def test_a_trap_runs_where_python_is_started_without_care(trapped: Path):
    subprocess.run([sys.executable, "-c", "import json"], cwd=trapped, check=False)
    assert ran(trapped) == ["ran-json"]


@pytest.mark.parametrize(
    "words",
    [("segment",), ("status",), ("queue",), ("check", "--jobs", "2"), ("publish", "--draft")],
    ids=" ".join,
)
def test_a_command_imports_no_file_of_the_newsroom(trapped: Path, words: tuple[str, ...]):
    assert run(trapped, "segment").returncode == 0
    done = run(trapped, *words)
    assert done.returncode in {0, 1}, done.stderr
    assert ran(trapped) == []


def test_the_embedded_engines_process_imports_no_file_of_the_newsroom(
    trapped: Path, tmp_path: Path
):
    """The process starts and reads the model, which is none: its own words come back."""
    model = tmp_path / "own.gguf"
    model.write_bytes(b"GGUF" + bytes(64))
    done = run(trapped, "translate", BILINGUAL_LOCAL_MODEL=str(model))
    assert (done.returncode, "did not start" in done.stderr) == (3, True), done.stderr
    assert ran(trapped) == []
