"""Processes that need no start of their own: copies of one that has imported the whole tool.

A test that kills a hundred writers, or runs a hundred commands, would wait for a hundred starts of
Python. A copy (``fork``) is a process all the same, with a number, files, locks and an end of its
own. Each process of pytest keeps one to be copied. What a command loads, and when, is no matter
for copies: ``tests/cli/test_command_line.py`` starts real ones.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

COPIED = r"""
import atexit, gc, importlib, json, os, pkgutil, signal, socket, sys, threading, traceback

import bilingual, openai.resources.chat, openai.resources.files, openai.resources.batches

for found in pkgutil.walk_packages(bilingual.__path__, "bilingual."):
    if not found.name.endswith("__main__"):
        importlib.import_module(found.name)

def heard(line):
    text, files = b"", []
    while not text.endswith(b"\n"):
        part, more, _, _ = socket.recv_fds(line, 1 << 16, 3)
        if not part:
            return None, []
        text, files = text + part, files + more
    return json.loads(text), files

def serve(line):
    "Return, in each copy, the program that it shall be."
    living = set()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        asked, files = heard(line)
        if asked is None:
            for copy in living:
                os.kill(copy, signal.SIGKILL)
            os._exit(0)
        if "ended" in asked:
            copy, told = os.waitpid(asked["ended"], os.WNOHANG)
            living.discard(copy)
            told = os.waitstatus_to_exitcode(told) if copy else None
        else:
            told = os.fork()
            if not told:
                line.close()
                for number, file in enumerate(files):
                    os.dup2(file, number)
                os.closerange(3, max(files) + 1)
                signal.signal(signal.SIGINT, signal.default_int_handler)
                os.chdir(asked["folder"])
                os.environ.clear()
                os.environ.update(asked["environment"])
                sys.argv = asked["words"]
                sys.stdin = open(0, encoding="utf-8", closefd=False)
                sys.stdout = open(1, "w", encoding="utf-8", closefd=False)
                sys.stderr = open(2, "w", 1, "utf-8", "backslashreplace", closefd=False)
                return asked["program"]
            living.add(told)
            for file in files:
                os.close(file)
        line.sendall(json.dumps(told).encode() + b"\n")

gc.collect()
gc.freeze()
program = serve(socket.socket(fileno=int(sys.argv[1])))
code = 0
try:
    exec(compile(program, "<copy>", "exec"), {"__name__": "__main__"})
except SystemExit as end:
    code = end.code if isinstance(end.code, int) else int(end.code is not None)
except BaseException:
    traceback.print_exc()
    code = 1
threading._shutdown()
atexit._run_exitfuncs()
for stream in (sys.stdout, sys.stderr):
    try:
        stream.flush()
    except (OSError, ValueError):
        code = code or 120
# Taking everything apart that was imported would cost more than most programs.
os._exit(code)
"""
COMMAND = "from bilingual.cli import main; main()"


class Original:
    """The process that is copied. It ends with this one, and its copies with it."""

    def __init__(self) -> None:
        self._line, theirs = socket.socketpair()
        words = [sys.executable, "-c", COPIED, str(theirs.fileno())]
        self._process = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()]
        )
        theirs.close()
        self._answers = self._line.makefile("r")
        self._lock = threading.Lock()

    def ask(self, asked: Mapping[str, object], files: Sequence[int] = ()) -> Any:
        with self._lock:
            text = json.dumps(asked).encode() + b"\n"
            sent = socket.send_fds(self._line, [text], list(files)) if files else 0
            self._line.sendall(text[sent:])
            return json.loads(self._answers.readline())


@functools.cache
def original() -> Original:
    return Original()


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
        """Without ``files`` for its standard streams it gets pipes, and this one's errors."""
        self.stdin: IO[str] | None = None
        self.stdout: IO[str] | None = None
        self.returncode: int | None = None
        self._lock = threading.Lock()
        theirs = list(files)
        if not files:
            reads, stdin = os.pipe()
            stdout, writes = os.pipe()
            self.stdin, self.stdout = os.fdopen(stdin, "w"), os.fdopen(stdout)
            theirs = [reads, writes, 2]
        asked = {
            "program": program,
            "words": ["-c", *words],
            "folder": str(folder or Path.cwd()),
            "environment": dict(os.environ if environment is None else environment),
        }
        self.pid: int = original().ask(asked, theirs)
        if not files:
            os.close(theirs[0])
            os.close(theirs[1])

    def poll(self) -> int | None:
        with self._lock:
            if self.returncode is None:
                self.returncode = original().ask({"ended": self.pid})
            return self.returncode

    def wait(self, timeout: float = 120.0) -> int:
        """Return its exit code; raises ``subprocess.TimeoutExpired``."""
        end = time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() > end:
                raise subprocess.TimeoutExpired("a copy", timeout)
            time.sleep(0.002)
        if self.stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                self.stdin.close()
        return code

    def kill(self) -> None:
        if self.poll() is None:  # its number is its own until that is asked
            os.kill(self.pid, signal.SIGKILL)


def run(
    program: str,
    *words: str,
    folder: Path,
    stdin: str = "",
    environment: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run ``program`` in ``folder`` without a terminal; return what it said, and its exit code."""
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
