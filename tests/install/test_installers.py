"""Each installer makes a tool that works, from an index on loopback, in an empty home.

``every.py`` does the same with every Python that is on a machine, and with the real index.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from tests.support.installing import ROOT, Clean, run, start

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.xdist_group("install")


def checkout(folder: Path) -> str:
    """Return the address of a repository with this checkout's files, as they are now."""
    listed = run("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", cwd=ROOT)
    names = ["pyproject.toml", "README.md", "LICENSE", "constraints.txt", "hatch_build.py"]
    for name in listed.stdout.split("\0"):
        if name.startswith(("src/", "locales/")) or name in names:
            if not (ROOT / name).is_file():
                continue
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    who = ["-c", "user.name=Kim", "-c", "user.email=kim@example.com"]
    for words in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "first"]):
        run("git", *words, cwd=folder)
    return f"git+file://{folder}"


@pytest.mark.parametrize("tool", ["pip", "pipx", "uv_pip", "uv_tool", "uv_run"])
def test_the_wheel_works_however_it_is_installed(tool: str, clean: Clean, built, tmp_path):
    program = getattr(clean, tool)(str(built[0]))
    start(program, tmp_path / "room", clean.env)


def test_the_sdist_works(clean: Clean, built, tmp_path):
    start(clean.uv_tool(str(built[1])), tmp_path / "room", clean.env)


def test_a_repository_works(clean: Clean, tmp_path):
    start(clean.uv_tool(checkout(tmp_path / "repository")), tmp_path / "room", clean.env)


def unprivileged(*command: str) -> list[str]:
    """Return the command as one whom permissions of files bind, even where the tests are root."""
    if os.geteuid() != 0:
        return list(command)
    bounds = "-dac_override,-dac_read_search,-fowner"
    return ["setpriv", f"--bounding-set={bounds}", f"--inh-caps={bounds}", *command]


def test_nothing_is_written_where_the_tool_is_installed(installed, tmp_path):
    clean, program = installed
    (site,) = clean.folder.glob("venv/lib/python*/site-packages")
    folders = [site, *(each for each in site.rglob("*") if each.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    try:
        probe = unprivileged("touch", str(site / "bilingual" / "x"))
        assert subprocess.run(probe, capture_output=True, check=False).returncode == 1
        start(unprivileged(*program), tmp_path / "room", clean.env)
    finally:
        for folder in folders:
            folder.chmod(0o755)


def test_git_is_not_needed(installed, tmp_path):
    clean, program = installed
    empty = tmp_path / "empty"
    empty.mkdir()
    assert shutil.which("git", path=str(empty)) is None
    start(program, tmp_path / "room", clean.env | {"PATH": str(empty)})


def test_no_home_is_needed(installed, tmp_path):
    clean, program = installed
    without = {key: value for key, value in clean.env.items() if key != "HOME"}
    start(program, tmp_path / "room", without)


def test_a_home_that_cannot_be_written_is_enough(installed, tmp_path):
    clean, program = installed
    home = tmp_path / "home"
    home.mkdir(mode=0o555)
    probe = unprivileged("touch", str(home / "x"))
    assert subprocess.run(probe, capture_output=True, check=False).returncode == 1
    start(unprivileged(*program), tmp_path / "room", clean.env | {"HOME": str(home)})
