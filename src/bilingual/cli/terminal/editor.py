"""A translation written in the person's own editor, with the source above it.

The file's head, commented with ``#``, ends at a cut line; only what is below it is taken, so
that a Markdown heading (``# …``) in the translation is never mistaken for a comment.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bilingual.cli.terminal.safe_text import visible
from bilingual.errors import UsageError, reason
from bilingual.i18n import tell
from bilingual.model import N_, msg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bilingual.model import Entry

CUT = "# ------------------------ >8 ------------------------"
BREAK = "⏎"
"""Stands for a line break where a translation is typed in one line."""


def editor(environment: Mapping[str, str] = os.environ) -> list[str]:
    """Return the command of the person's editor, empty when none is set."""
    return shlex.split(environment.get("VISUAL") or environment.get("EDITOR") or "")


def write(entry: Entry, source_language: str) -> str | None:
    """Let the person write the target of ``entry``; None when they left it empty.

    Without ``$VISUAL`` and ``$EDITOR`` the target is typed in one line, line breaks as ``⏎``.
    Raises ``UsageError`` when the editor cannot be started, fails, or took the cut line away; what
    was written is kept then, and the error says where.
    """
    command = editor()
    text = _in_editor(command, entry, source_language) if command else _in_line(entry)
    return text if text.strip() else None


def _in_editor(command: list[str], entry: Entry, language: str) -> str:
    folder = Path(tempfile.mkdtemp(prefix="bilingual-"))
    file = folder / "unit.md"
    file.write_text(_page(entry, language), encoding="utf-8")
    try:
        code = subprocess.run([*command, str(file)], check=False).returncode  # noqa: S603
    except OSError as error:
        _forget(file)
        raise UsageError(
            msg(
                "the editor {command!r} cannot be started: {reason}",
                command=command[0],
                reason=reason(error),
            ),
            hint=msg("set `EDITOR` to an installed editor"),
        ) from error
    if code:
        raise UsageError(
            msg(
                "the editor {command!r} exited with {code}; nothing was saved",
                command=command[0],
                code=code,
            ),
            hint=msg("your text is in {file}", file=file),
        )
    try:
        written = file.read_text(encoding="utf-8")
    except (UnicodeDecodeError, FileNotFoundError) as error:
        raise UsageError(
            msg("the edited text is not UTF-8: {reason}", reason=error),
            hint=msg("your text is in {file}", file=file),
        ) from error
    _head, cut, text = written.partition(f"{CUT}\n")
    if not cut:
        if not written.strip():  # emptying the whole file is how one takes it back
            _forget(file)
            return ""
        raise UsageError(
            msg("the cut line (`# --- >8 ---`) is missing; nothing was saved"),
            hint=msg("your text is in {file}", file=file),
        )
    _forget(file)
    return text


def _page(entry: Entry, language: str) -> str:
    explanation = tell(
        N_("Source ({language}). What is below the cut line is saved; empty saves nothing."),
        language=language,
    )
    head = [explanation, "", *visible(entry.source).split("\n")]
    if entry.notes:
        head += ["", *(visible(note) for note in entry.notes)]
    commented = "\n".join(f"# {line}".rstrip() for line in head)
    return f"{commented}\n{CUT}\n{entry.target.text}\n"


def _in_line(entry: Entry) -> str:
    """Ask for the target in one line, the present one filled in where the terminal can."""
    try:
        import readline
    except ImportError:
        return _asked()
    shown = entry.target.text.replace("\n", BREAK)
    readline.set_startup_hook(lambda: readline.insert_text(shown))
    try:
        return _asked()
    finally:
        readline.set_startup_hook(None)


def _asked() -> str:
    click.echo(tell(N_("Your translation ({mark} for a line break):"), mark=BREAK))
    try:
        return input("> ").replace(BREAK, "\n")
    except EOFError:
        return ""


def _forget(file: Path) -> None:
    file.unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # the editor left a backup there
        file.parent.rmdir()
