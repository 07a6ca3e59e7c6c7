"""Run processes as forks of one that has imported the tool, which saves Python's start.

A test that kills a hundred writers, or runs a hundred commands, would wait for a hundred starts of
Python. A fork is a process too, with its own id, files, locks and exit. Each process of pytest has
one that is forked, the ``forkserver`` of ``multiprocessing``. What a command imports cannot be
tested with forks: ``tests/cli/test_command_line.py`` starts real processes.
"""

from __future__ import annotations

import atexit
import functools
import multiprocessing
import os
import pkgutil
import subprocess
import sys
import tempfile
import threading
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import bilingual as package

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

COMMAND = "from bilingual.cli import main; main()"
LATE = ["openai.resources.chat", "openai.resources.files", "openai.resources.batches"]
"""Modules that the tool imports lazily."""


class Copy:
    """A copy that runs ``program`` with ``words`` as its arguments; as ``subprocess.Popen``."""

    def __init__(
        self,
        program: str,
        *words: str,
        folder: Path | None = None,
        environment: Mapping[str, str] | None = None,
        files: Sequence[int] = (),
    ) -> None:
        """Without ``files`` its standard streams are pipes, and stderr is this process's."""
        self.stdin: IO[str] | None = None
        self.stdout: IO[str] | None = None
        theirs = [os.dup(file) for file in files]
        if not files:
            reads, stdin = os.pipe()
            stdout, writes = os.pipe()
            self.stdin, self.stdout = os.fdopen(stdin, "w"), os.fdopen(stdout)
            theirs = [reads, writes, os.dup(2)]
        streams = [Connection(file) for file in theirs]
        state = dict(os.environ if environment is None else environment)
        place = str(folder or Path.cwd())
        self._process = _copied().Process(
            target=_become, args=(program, ["-c", *words], place, state, streams)
        )
        self._turn = threading.Lock()
        """A process reports its exit code to one thread only."""
        self._process.start()
        for stream in streams:
            stream.close()

    def poll(self) -> int | None:
        with self._turn:
            return self._process.exitcode

    def wait(self, timeout: float = 120.0) -> int:
        """Return its exit code; raises ``subprocess.TimeoutExpired``."""
        with self._turn:
            self._process.join(timeout)
            code = self._process.exitcode
        if code is None:
            raise subprocess.TimeoutExpired("a copy", timeout)
        return code

    def kill(self) -> None:
        self._process.kill()


def run(
    program: str,
    *words: str,
    folder: Path,
    stdin: str = "",
    environment: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run ``program`` in ``folder`` without a terminal; return its output and exit code."""
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
    ):
        given.write(stdin.encode())
        given.seek(0)
        files = [given.fileno(), out.fileno(), err.fileno()]
        copy = Copy(program, *words, folder=folder, environment=environment, files=files)
        code = copy.wait()
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(file.read().decode())
        return subprocess.CompletedProcess(words, code, *texts)


def bilingual(
    folder: Path, *words: str, stdin: str = "", environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command."""
    return run(COMMAND, *words, folder=folder, stdin=stdin, environment=environment)


@functools.cache
def _copied() -> Any:
    """Return the ``multiprocessing`` context that forks."""
    context = multiprocessing.get_context("forkserver")
    ours = (each.name for each in pkgutil.walk_packages(package.__path__, "bilingual."))
    context.set_forkserver_preload([*LATE, *(name for name in ours if "__main__" not in name)])
    atexit.register(_end)
    return context


def _end() -> None:
    """Kill processes that a failed test left; ``multiprocessing`` would wait for them."""
    for copy in multiprocessing.active_children():
        copy.kill()


def _become(
    program: str,
    words: list[str],
    folder: str,
    environment: dict[str, str],
    streams: list[Connection],
) -> None:
    """Run ``program`` as Python would have started it."""
    for number, stream in enumerate(streams):
        os.dup2(stream.fileno(), number)
        stream.close()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = words
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - it stays
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", 1, "utf-8", "backslashreplace", closefd=False)  # noqa: SIM115
    exec(compile(program, "<copy>", "exec"), {"__name__": "__main__"})  # noqa: S102 - the test's
