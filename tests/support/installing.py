"""Build the tool, install it as people do, and use it: for ``tests/install``."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).parents[2]
CONSTRAINTS = ROOT / "constraints.txt"
NAME = "bilingual-newsroom"
HERE = Path(sys.executable).parent
"""Where uv, pipx, build and twine are: in the tests' own environment."""
OURS = ("PIP_", "UV_", "PIPX_", "PYTHON", "VIRTUAL_ENV", "BILINGUAL_", "GIT_", "XDG_")
"""How variables begin that a clean environment does not have."""


def run(
    *words: str | Path,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    code: int = 0,
    stdin: str = "",
) -> subprocess.CompletedProcess[str]:
    """Run a program that must end with ``code``, and without a traceback."""
    done = subprocess.run(
        [str(each) for each in words],
        cwd=cwd,
        env=env,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == code, f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    assert "Traceback" not in done.stderr, done.stderr
    return done


def build(folder: Path) -> tuple[Path, Path]:
    """Build the wheel and the sdist as ``python -m build`` does; return both."""
    # Relative, for pip splits the variable at spaces.
    versions = {"PIP_CONSTRAINT": CONSTRAINTS.name, "PIP_BUILD_CONSTRAINT": CONSTRAINTS.name}
    command = [sys.executable, "-m", "build", "--outdir", folder, ROOT]
    run(*command, cwd=ROOT, env=os.environ | versions)
    (wheel,), (sdist,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    return wheel, sdist


@dataclass
class Clean:
    """A clean environment: a home of its own, and packages from one index."""

    folder: Path
    index: str = ""
    """Where packages come from; this machine's own index when it is empty."""
    python: Path = field(default_factory=lambda: Path(sys.executable).resolve())

    @property
    def env(self) -> dict[str, str]:
        """The variables; every tool keeps what it writes below the folder."""
        home = self.folder / "home"
        home.mkdir(parents=True, exist_ok=True)
        if self.index:
            kept = {key: each for key, each in os.environ.items() if not key.startswith(OURS)}
            kept |= {
                "PIP_INDEX_URL": self.index,
                "PIP_CONFIG_FILE": os.devnull,
                "UV_DEFAULT_INDEX": self.index,
                "UV_NO_CONFIG": "1",
            }
        else:
            tools = ("PIPX_", "PYTHON", "VIRTUAL_ENV", "BILINGUAL_", "GIT_", "XDG_")
            kept = {key: each for key, each in os.environ.items() if not key.startswith(tools)}
        return kept | {
            "HOME": str(home),
            "UV_CACHE_DIR": str(self.folder.parent / "uv-cache"),
            "UV_PYTHON_DOWNLOADS": "never",
            "UV_TOOL_DIR": str(self.folder / "uv-tools"),
            "UV_TOOL_BIN_DIR": str(self.folder / "bin"),
            "PIPX_HOME": str(self.folder / "pipx"),
            "PIPX_BIN_DIR": str(self.folder / "bin"),
            "PIPX_DEFAULT_PYTHON": str(self.python),
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_NO_COMPILE": "1",
        }

    def pip(self, what: str) -> list[str]:
        """Install with pip into a new environment; return how the tool is called."""
        venv = self.folder / "venv"
        run(self.python, "-m", "venv", venv, env=self.env)
        run(
            venv / "bin/python", "-m", "pip", "install", "--constraint", CONSTRAINTS, what,
            env=self.env,
        )  # fmt: skip
        return [str(venv / "bin/bilingual")]

    def uv_pip(self, what: str) -> list[str]:
        """Install with uv into a new environment, which has no pip."""
        venv = self.folder / "venv"
        uv = HERE / "uv"
        run(uv, "venv", "--python", self.python, venv, env=self.env)
        run(
            uv, "pip", "install", "--python", venv / "bin/python",
            "--constraint", CONSTRAINTS, what,
            env=self.env,
        )  # fmt: skip
        has_pip = "import importlib.util as i; print(i.find_spec('pip') is not None)"
        assert run(venv / "bin/python", "-c", has_pip, env=self.env).stdout == "False\n"
        return [str(venv / "bin/bilingual")]

    def pipx(self, what: str) -> list[str]:
        """Install with pipx."""
        run(
            sys.executable, "-m", "pipx", "install", "--python", self.python,
            f"--pip-args=--constraint={shlex.quote(str(CONSTRAINTS))}", what,
            env=self.env,
        )  # fmt: skip
        return [str(self.folder / "bin/bilingual")]

    def uv_tool(self, what: str) -> list[str]:
        """Install with ``uv tool install``."""
        run(
            HERE / "uv", "tool", "install", "--python", self.python,
            "--constraints", CONSTRAINTS, what,
            env=self.env,
        )  # fmt: skip
        return [str(self.folder / "bin/bilingual")]

    def uv_run(self, what: str) -> list[str]:
        """Install nothing: ``uv tool run``, known as uvx, makes an environment by the way."""
        return [
            str(HERE / "uv"), "tool", "run", "--python", str(self.python),
            "--constraints", str(CONSTRAINTS), "--from", what, "bilingual",
        ]  # fmt: skip

    def uv_sync(self, what: str) -> list[str]:
        """Clone a checkout and let ``uv sync`` make its environment."""
        checkout = self.folder / "checkout"
        run("git", "clone", "--quiet", what.removeprefix("git+"), checkout, env=self.env)
        run(HERE / "uv", "sync", "--python", self.python, cwd=checkout, env=self.env)
        return [str(HERE / "uv"), "run", "--project", str(checkout), "--no-sync", "bilingual"]


def start(program: Sequence[str], folder: Path, env: Mapping[str, str]) -> Path:
    """Make a newsroom and cut its article into units; return the newsroom."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    version = run(*program, "--version", cwd=folder, env=env).stdout
    assert version.startswith("bilingual "), version
    run(*program, "init", "news", cwd=folder, env=env)
    room = folder / "news"
    assert "new: " in run(*program, "segment", cwd=room, env=env).stdout
    return room


def walk(program: Sequence[str], folder: Path, env: Mapping[str, str]) -> None:
    """Take a new newsroom's article from nothing to a published draft."""
    room = start(program, folder, env)
    run(*program, "translate", "--engine", "pseudo", cwd=room, env=env)
    # The filler has none of the glossary's terms: rules, words and glossary were read.
    found = run(*program, "check", "--fail-on", "error", cwd=room, env=env, code=1)
    assert "error term-missing: " in found.stdout
    # Only for messages: where a Korean locale is not installed, Python before 3.13 would read the
    # path of an editable install as ASCII.
    korean = {key: value for key, value in env.items() if key not in {"LC_ALL", "LANGUAGE"}}
    korean |= {"LC_CTYPE": "C.UTF-8", "LC_MESSAGES": "ko_KR.UTF-8"}
    assert "단위" in run(*program, "queue", cwd=room, env=korean).stderr
    run(*program, "publish", "--draft", cwd=room, env=env)
    pair = room / "public" / "pairs" / "first-story"
    assert {"index.en.md", "index.ko.md"} <= {each.name for each in pair.iterdir()}
    page = room / "public" / "site" / "ko" / "first-story" / "index.html"
    assert "⟦" in page.read_text("utf-8")
    assert (room / "public" / "site" / "style.css").stat().st_size > 0
