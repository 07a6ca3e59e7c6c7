"""``make`` on a machine where installing goes wrong: one line each, and the next run repairs it.

The Makefile and its scripts are the real ones; what they install is a project of one file, from an
index on loopback.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.support.package_index import PackageIndex, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
BACKEND = """\
import zipfile

def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    name = "newsroom-1.0-py3-none-any.whl"
    with zipfile.ZipFile(f"{wheel_directory}/{name}", "w") as archive:
        archive.writestr("newsroom.py", "")
        archive.writestr(
            "newsroom-1.0.dist-info/METADATA",
            "Metadata-Version: 2.1\\nName: newsroom\\nVersion: 1.0\\nRequires-Dist: words\\n"
            "Provides-Extra: local\\n",
        )
        archive.writestr(
            "newsroom-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nTag: py3-none-any\\n"
        )
        archive.writestr("newsroom-1.0.dist-info/RECORD", "newsroom.py,,\\n")
    return name
"""
pytestmark = pytest.mark.xdist_group("install")


@pytest.fixture
def index() -> Iterator[PackageIndex]:
    with serving() as index:
        index.add("words", "1.0", {"words.py": "사과 = 'apple'\n".encode()})
        yield index


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose path has a space and Hangul, with a small project in it."""
    checkout = tmp_path / "새 기사" / "my newsroom"
    checkout.mkdir(parents=True)
    shutil.copy(ROOT / "Makefile", checkout)
    shutil.copytree(ROOT / "tools", checkout / "tools")
    (checkout / "backend.py").write_text(BACKEND, "utf-8")
    (checkout / "pyproject.toml").write_text(
        '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
        '[project]\nname = "newsroom"\nversion = "1.0"\ndependencies = ["words"]\n'
        "[project.optional-dependencies]\nlocal = []\n",
        "utf-8",
    )
    (checkout / "constraints.txt").write_text("words==1.0\n", "utf-8")
    return checkout


def environment(index: PackageIndex) -> dict[str, str]:
    own = {key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "MAKE"))}
    return own | {
        "PIP_INDEX_URL": index.url,
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_CACHE_DIR": "1",
        "PIP_RETRIES": "0",
        "PIP_NO_COMPILE": "1",
        "PYTHON": sys.executable,
    }


def make(checkout: Path, index: PackageIndex) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", ".venv/.demo"],
        cwd=checkout,
        env=environment(index),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def words(checkout: Path) -> str:
    """Return what the installed package says; the empty string when it is not whole."""
    command = [checkout / ".venv/bin/python", "-c", "import newsroom, words; print(words.사과)"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def error(done: subprocess.CompletedProcess[str]) -> str:
    """Return the one line that says what is wrong; make adds its own."""
    assert done.returncode == 2
    lines = [line for line in done.stderr.splitlines() if not line.startswith("make")]
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("error: ")
    return lines[0]


def test_an_install_that_was_killed_is_made_again(checkout: Path, index: PackageIndex):
    assert make(checkout, index).returncode == 0
    assert words(checkout) == "apple"
    # Killed while something newer comes: the index takes its time.
    (checkout / "constraints.txt").write_text("words==1.1\n", "utf-8")
    index.add("words", "1.1", {"words.py": "사과 = '사과'\n".encode()})
    index.delay = 60
    running = subprocess.Popen(
        ["make", ".venv/.demo"],
        cwd=checkout,
        env=environment(index),
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while not (checkout / ".venv/.unfinished").exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    index.delay = 0
    # What a kill leaves in the middle of a package: its name and version, and not its code.
    (site,) = checkout.glob(".venv/lib/python*/site-packages")
    (site / "words.py").unlink()
    (site / "words-1.0.dist-info/METADATA").write_text(
        "Metadata-Version: 2.1\nName: words\nVersion: 1.1\n", "utf-8"
    )

    done = make(checkout, index)
    assert "was cut off: making it again" in done.stdout
    assert done.returncode == 0
    assert words(checkout) == "사과"
    assert sorted(each.name for each in checkout.glob(".venv*")) == [".venv"]
    assert make(checkout, index).stdout == "make: '.venv/.demo' is up to date.\n"


def test_what_stops_an_install_is_said_on_one_line_and_the_next_run_goes_on(
    checkout: Path, index: PackageIndex
):
    index.status = 503
    said = error(make(checkout, index))
    assert "the package index does not answer" in said
    assert "503" in said
    assert "PIP_INDEX_URL" in said

    index.status, index.login = 0, True
    said = error(make(checkout, index))
    assert "the package index answers with a page that lists no package" in said
    assert "login" in said

    index.login = False
    (checkout / "constraints.txt").write_text("words==7.0\n", "utf-8")
    said = error(make(checkout, index))
    assert "constraints.txt does not resolve here" in said
    assert "words==7.0" in said
    assert "make update" in said

    (checkout / "constraints.txt").write_text("words==1.0\n", "utf-8")
    done = make(checkout, index)
    assert done.returncode == 0
    assert "making it again" not in done.stdout
    assert words(checkout) == "apple"

    # A Python that was removed or upgraded leaves a link to nothing.
    python = checkout / ".venv/bin/python"
    python.unlink()
    python.symlink_to(checkout / "gone")
    (checkout / ".venv/.demo").unlink()
    assert make(checkout, index).returncode == 0
    assert words(checkout) == "apple"
