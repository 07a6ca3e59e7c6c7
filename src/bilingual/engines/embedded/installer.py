"""Let an installer that is here bring a package: pip, or uv, with its own index and settings.

The package is data. pip only downloads it; uv, which cannot, lays it out in a folder of its own,
where it is never imported.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

from bilingual.engines.embedded.download import SourceError
from bilingual.errors import reason
from bilingual.model import Message, msg

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PATIENCE = 900
"""Seconds one package may take."""


def present() -> dict[str, Callable[[str, Path], None]]:
    """Return the installers that are here, by their names.

    Each takes a requirement and a folder, into which it brings a wheel or the wheel's files, and
    raises ``SourceError`` with the installer's own reason when it cannot.
    """
    found: dict[str, Callable[[str, Path], None]] = {}
    if find_spec("pip"):
        found["pip"] = _pip
    if uv := shutil.which("uv"):
        found["uv"] = lambda package, folder: _uv(uv, package, folder)
    return found


def _pip(package: str, folder: Path) -> None:
    # -P: a folder that is called pip, where the tool is run, is not this one.
    words = [sys.executable, "-P", "-m", "pip", "download", "--quiet"]
    words += ["--disable-pip-version-check", "--no-deps", "--only-binary=:all:", "--no-cache-dir"]
    _run([*words, "--dest", str(folder), package], folder)


def _uv(uv: str, package: str, folder: Path) -> None:
    words = [uv, "pip", "install", "--quiet", "--no-deps", "--only-binary=:all:", "--no-cache"]
    _run([*words, "--python", sys.executable, "--target", str(folder), package], folder)


def _run(words: list[str], folder: Path) -> None:
    try:
        ended = subprocess.run(  # noqa: S603 - an installer, with names from weights
            words,
            check=False,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired as error:
        raise SourceError(msg("nothing arrived in {seconds} seconds", seconds=PATIENCE)) from error
    except OSError as error:
        raise SourceError(msg("cannot be started ({reason})", reason=reason(error))) from error
    if ended.returncode:
        lines = [line.strip() for line in ended.stderr.splitlines() if line.strip()]
        told = [line for line in lines if "rror:" in line.lower() or "×" in line] or lines
        if not told:
            raise SourceError(msg("it ended with exit code {code}", code=ended.returncode))
        raise SourceError(Message(told[-1][:200]))
