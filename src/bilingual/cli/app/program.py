"""Run one command line: the only place where errors become exit codes.

======  ==================================================================
 code    meaning
======  ==================================================================
 0       done
 1       findings, or a gate refused
 2       usage, configuration, content or storage error
 3       an engine or the network failed; what was answered is saved
 130     interrupted; what was done is saved
======  ==================================================================
"""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING, TextIO

import click

from bilingual.cli.app import click_words
from bilingual.cli.app.commands import bilingual
from bilingual.cli.terminal.safe_text import one_line
from bilingual.errors import BilingualError, EngineError, RefusedError, reason
from bilingual.i18n import error_line, language, sentence, tell
from bilingual.model import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

DONE, FINDINGS, UNUSABLE, ENGINE, INTERRUPTED = 0, 1, 2, 3, 130

INTERRUPTION = N_("interrupted; finished work is saved")
ACCIDENT = N_(
    "internal error ({kind}: {what}) — finished work is saved; set `BILINGUAL_DEBUG=1` to "
    "see where it happened, and report it"
)
HINTS = {
    errno.ENOSPC: N_("free some space and run the command again; no file is half written"),
    errno.EDQUOT: N_("free some space and run the command again; no file is half written"),
    errno.EACCES: N_("check its permissions"),
    errno.EPERM: N_("check its permissions"),
    errno.ENOENT: N_("check its name"),
    errno.EROFS: N_("the disk is mounted read-only"),
}


def run(words: Sequence[str]) -> int:
    """Run the command line ``words`` (without the program's name); return the exit code."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        _speak_utf8(stream)
    click_words.choose(language())
    try:
        # NO_COLOR counts when it is not empty (no-color.org); None lets click look at the stream.
        color = False if os.environ.get("NO_COLOR") else None
        code = bilingual.main(list(words), "bilingual", standalone_mode=False, color=color)
        sys.stdout.flush()
    except BrokenPipeError:
        _silence()  # `bilingual queue | head`: the reader has read enough
        return DONE
    except (Exception, KeyboardInterrupt) as stop:  # noqa: BLE001 - the outermost place
        return _stopped(stop)
    return code if isinstance(code, int) else DONE


def _stopped(stop: BaseException) -> int:
    """Print what stopped the command in one line on stderr; return the exit code."""
    if os.environ.get("BILINGUAL_DEBUG"):
        import traceback

        traceback.print_exception(stop)
    if type(stop).__name__ == "NoArgsIsHelpError":  # since click 8.2; the message is the help
        click.echo(str(stop), err=True)
        return UNUSABLE
    line, code = verdict(stop)
    if line:
        _say(line)
    # What is left in stdout's buffer and cannot be written must not raise again at exit.
    try:
        sys.stdout.flush()
    except OSError:
        _silence()
    return code


def verdict(stop: BaseException) -> tuple[str, int]:
    """Return the line to print about ``stop`` (empty for none) and the exit code."""
    if isinstance(stop, BilingualError):
        code = (
            FINDINGS
            if isinstance(stop, RefusedError)
            else ENGINE
            if isinstance(stop, EngineError)
            else UNUSABLE
        )
        return error_line(stop), code
    if isinstance(stop, (KeyboardInterrupt, click.Abort)):
        return tell(INTERRUPTION), INTERRUPTED
    if isinstance(stop, click.ClickException):
        return _misuse(stop), UNUSABLE
    if isinstance(stop, UnicodeDecodeError):
        problem = tell(N_("the input is not UTF-8"))
        hint = tell(N_("save or convert it as UTF-8"))
        return f"{problem} ({stop.reason}) — {hint}", UNUSABLE
    if isinstance(stop, OSError):
        return _storage(stop), UNUSABLE
    return tell(ACCIDENT, kind=type(stop).__name__, what=stop), UNUSABLE


def _misuse(stop: click.ClickException) -> str:
    """Return click's complaint with the command whose help answers it."""
    context = getattr(stop, "ctx", None)
    if context is None:
        return stop.format_message()
    hint = tell(N_("see `{command} --help`"), command=context.command_path)
    return f"{stop.format_message().rstrip('.')} — {hint}"


def _storage(stop: OSError) -> str:
    """Return the line for a file system that refuses."""
    place = f"{stop.filename}: " if stop.filename else ""
    hint = HINTS.get(stop.errno or 0)
    return f"{place}{sentence(reason(stop))}" + (f" — {tell(hint)}" if hint else "")


def _say(line: str) -> None:
    """Print ``error: line`` on stderr; a closed stderr is ignored."""
    label = click.style(tell(N_("error:")), fg="red", bold=True)
    try:
        plain = True if os.environ.get("NO_COLOR") else None
        click.echo(f"{label} {one_line(line)}", err=True, color=False if plain else None)
    except OSError:
        pass


def _speak_utf8(stream: TextIO | None) -> None:
    """Read and write UTF-8 whatever the locale says: Korean under ``LC_ALL=C`` stays Korean."""
    reconfigure = getattr(stream, "reconfigure", None)
    if stream is not None and reconfigure is not None:
        reconfigure(
            encoding="utf-8", errors="strict" if stream is sys.stdin else "backslashreplace"
        )


def _silence() -> None:
    """Send what is still in stdout's buffer nowhere, so that leaving does not complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
